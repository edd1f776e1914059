import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median, report, type Measured as Goal } from '../support.js';
import type { Measured, Platforms } from './told.js';

/** Messages in a round (`npm run bench -- fanout 2000` for a quick look), and rounds after one that warms up. */
const messages = Number(process.argv[2] ?? 10_000);
const only = process.argv[3];
const WORKSPACES = 220;
const ROUNDS = 3;

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

async function start(
  file: string,
  args: readonly string[],
): Promise<{ process: ChildProcess; said: unknown }> {
  const child = fork(here(file), args, {
    // As the image runs Samling; the others gain by it too.
    execArgv: ['--import', 'tsx', '--max-semi-space-size=64'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [said] = (await once(child, 'message')) as [unknown];
  return { process: child, said };
}

async function startPeer(file: string, args: readonly string[]) {
  const started = await start(file, args);
  started.process.send(platforms);
  await once(started.process, 'message');
  return started;
}

async function ask(child: ChildProcess): Promise<unknown> {
  child.send('go');
  const [said] = (await once(child, 'message')) as [unknown];
  return said;
}

const each = Math.ceil(messages / WORKSPACES);
const local = await start('platforms.ts', [String(WORKSPACES), String(each)]);
const platforms = local.said as Platforms;
const total = each * WORKSPACES;
const rows: Record<string, string | number>[] = [];
const goals: Record<string, Goal> = {};

for (const platform of ['slack', 'teams'] as const) {
  if (only !== undefined && only !== platform) continue;
  const names = ['samling', 'stock', 'bare'] as const;
  const peers = await Promise.all(
    names.map((name) => startPeer(name === 'samling' ? 'samling.ts' : 'peer.ts', [platform, name])),
  );
  const runs = new Map<string, Measured[]>(names.map((name) => [name, []]));
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [index, name] of names.entries()) {
      const peer = peers[index];
      if (peer === undefined) continue;
      const measured = (await ask(peer.process)) as Measured;
      const arrived = (await ask(local.process)) as Record<string, number>;
      if (arrived[platform] !== total)
        throw new TypeError(`${platform} ${name}: ${String(arrived[platform])} of ${String(total)} arrived`);
      if (round >= 0) runs.get(name)?.push(measured);
    }
  }
  for (const peer of peers) peer.process.disconnect();
  const middle = (name: string, what: keyof Measured) =>
    median((runs.get(name) ?? []).map((run) => run[what]));
  for (const name of names)
    rows.push({
      ...{ platform, peer: name, 'CPU ms/message': middle(name, 'cpuMs') / total },
      ...{
        'messages/s': Math.round((total / middle(name, 'wallMs')) * 1000),
        'RSS MB': middle(name, 'rssMb'),
      },
    });
  const cpu = (name: string) => middle('samling', 'cpuMs') / middle(name, 'cpuMs');
  const speed = middle('stock', 'wallMs') / middle('samling', 'wallMs');
  goals[`${platform} CPU / stock`] = {
    value: cpu('stock'),
    goal: platform === 'slack' ? '<= 0.45' : '<= 0.35',
  };
  goals[`${platform} CPU / bare POST`] = { value: cpu('bare'), goal: '<= 2.5' };
  goals[`${platform} messages/s / stock`] = { value: speed, goal: platform === 'slack' ? '>= 2.5' : '>= 3' };
}
local.process.disconnect();
report('fanout', rows, goals);
