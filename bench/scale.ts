import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../test/support/postgres-server.js';
import type { Platforms } from './fanout/told.js';
import { report } from './support.js';

/**
 * One round to many members in 110 workspaces, sent by one process with the embedded store, and by 1, 2 and 4 on one
 * PostgreSQL server of this machine. `npm run bench -- scale 1000 10000` for other sizes.
 */
const WORKSPACES = 110;
const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [1_000, 10_000, 100_000];
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

interface Told {
  readonly planMs: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

async function start(file: string, args: readonly string[]): Promise<[ChildProcess, unknown]> {
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
  const child = fork(here(file), args, { execArgv: ['--import', 'tsx'], stdio: [...stdio] });
  const [said] = (await once(child, 'message')) as [unknown];
  return [child, said];
}

async function ask(child: ChildProcess, what: unknown): Promise<unknown> {
  const told = once(child, 'message');
  child.send(what as string);
  return (await told)[0];
}

/** Sends one round by so many processes. */
async function round(platforms: Platforms, local: ChildProcess, processes: number, url: string | undefined) {
  const folder = await mkdtemp(join(tmpdir(), 'samling-scale-'));
  const args = url === undefined ? [folder] : [folder, url];
  const children: ChildProcess[] = [];
  for (let nth = 0; nth < processes; nth += 1) {
    const [child] = await start('scale/worker.ts', args);
    await ask(child, platforms);
    if (nth === 0) await ask(child, 'fill');
    children.push(child);
  }
  const told = (await Promise.all(
    children.map((child, nth) => ask(child, nth === 0 ? 'plan' : 'work')),
  )) as Told[];
  const { slack } = (await ask(local, 'count')) as { slack: number };
  const total = platforms.slack.people.length;
  if (slack !== total) throw new TypeError(`${String(slack)} of ${String(total)} arrived`);
  for (const child of children) {
    const gone = once(child, 'exit');
    child.disconnect();
    await gone;
  }
  await rm(folder, { recursive: true });
  const sum = (of: keyof Told) => told.reduce((all, each) => all + each[of], 0);
  const wallMs = told[0]?.wallMs ?? Number.NaN;
  return {
    ...{ members: total, store: url === undefined ? 'embedded' : 'PostgreSQL', processes },
    ...{ 'messages/s': Math.round((total / wallMs) * 1000), 'CPU ms/message': sum('cpuMs') / total },
    ...{ 'MB a process': Math.round(Math.max(...told.map((each) => each.peakMb))) },
    ...{ 'plan ms': Math.round(sum('planMs')) },
  };
}

const server = await startServer();
const rows: Awaited<ReturnType<typeof round>>[] = [];
for (const size of sizes) {
  const [local, said] = await start('fanout/platforms.ts', [
    String(WORKSPACES),
    String(Math.ceil(size / WORKSPACES)),
  ]);
  const platforms = said as Platforms;
  rows.push(await round(platforms, local, 1, undefined));
  for (const processes of [1, 2, 4])
    rows.push(await round(platforms, local, processes, await server.database()));
  local.disconnect();
}
await server.stop();
const costOf = (row: (typeof rows)[number] | undefined) => row?.['CPU ms/message'] ?? Number.NaN;
const [first, last] = [rows.slice(0, 4), rows.slice(-4)];
report('scale', rows, {
  'embedded CPU per message, largest / smallest': {
    value: costOf(last[0]) / costOf(first[0]),
    goal: '<= 1.5',
  },
  'PostgreSQL CPU per message, largest / smallest': {
    value: costOf(last[1]) / costOf(first[1]),
    goal: '<= 1.5',
  },
});
