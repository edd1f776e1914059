import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { median, report } from './support.js';

/**
 * How long until the health check answers: the built product with both platforms, and with one, beside a bare program
 * that imports Bolt and botbuilder unbundled and answers. All in turns, so that none has the quieter machine.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const ROUNDS = 9;
const KEY = Buffer.alloc(32, 7).toString('base64');

/** Neither program gets as far as calling a platform. */
const nowhere = 'http://127.0.0.1:9/';
const slack = { SAMLING_SLACK_SIGNING_SECRET: 'x', SAMLING_SLACK_API_URL: `${nowhere}api/` };
const teams = {
  ...{ SAMLING_TEAMS_APP_ID: 'x', SAMLING_TEAMS_APP_SECRET: 'x', SAMLING_TEAMS_TENANT_ID: 'x' },
  ...{ SAMLING_TEAMS_OPENID_URL: nowhere, SAMLING_TEAMS_LOGIN_URL: nowhere },
};

interface Program {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly times: number[];
}

function programsIn(folder: string): readonly Program[] {
  const bare = join(root, '.cache', 'bench', 'bare.mjs');
  mkdirSync(join(root, '.cache', 'bench'), { recursive: true });
  writeFileSync(
    bare,
    `import '@slack/bolt';
import 'botbuilder';
import { createServer } from 'node:http';
createServer((_, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1');
`,
  );
  const product = join(root, 'dist', 'bin.js');
  const env = { SAMLING_KEYS: KEY, SAMLING_DATA_DIR: folder, SAMLING_LOG_LEVEL: 'silent' };
  const started = (name: string, more: object): Program => {
    return { name, args: [product, 'start'], env: { ...env, ...more }, times: [] };
  };
  return [
    { name: 'bare: Bolt and botbuilder', args: [bare], env: {}, times: [] },
    started('samling start, both platforms', { ...slack, ...teams }),
    started('samling start, Slack', slack),
    started('samling start, Teams', teams),
  ];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ port, host: '127.0.0.1', path: '/healthz' }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => resolve(false));
  });
}

/** Milliseconds from the start of the process to its first answer. */
async function startOf({ name, args, env }: Program): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, args, {
    stdio: 'ignore',
    env: {
      PATH,
      PORT: String(port),
      ...(name.startsWith('samling') ? { ...env, SAMLING_PORT: String(port) } : {}),
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new TypeError(`${name} ended with ${String(child.exitCode)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const ms = performance.now() - started;
  child.kill('SIGTERM');
  await ended;
  return ms;
}

if (!existsSync(join(root, 'dist', 'start.cache')))
  execFileSync('npm', ['run', '-s', 'build'], { cwd: root });
const folder = await mkdtemp(join(tmpdir(), 'samling-startup-'));
const programs = programsIn(folder);
// The first start of each fills the caches of the file system.
for (let round = -1; round < ROUNDS; round += 1) {
  for (const program of programs) {
    const ms = await startOf(program);
    if (round >= 0) program.times.push(ms);
  }
}
await rm(folder, { recursive: true, force: true });
const [bare = NaN, both = NaN] = programs.map((program) => median(program.times));
report(
  'startup',
  programs.map(({ name, times }) => ({ program: name, 'ms to the first answer': median(times) })),
  {
    'samling start, both platforms: time beside Bolt and botbuilder': { value: both / bare, goal: '<= 0.6' },
  },
);
