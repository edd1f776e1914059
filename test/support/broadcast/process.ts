import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { openLowdbStore } from '../../../src/adapters/store/lowdb/persistence.js';
import { asset } from '../../../src/cli/assets.js';
import type { OutboxEntry } from '../../../src/core/ports/outbox.js';
import { bundle } from '../bundle.js';

const run = promisify(execFile);

/** The `samling` command of the sources. */
let program = '';

export async function buildSamling(): Promise<void> {
  program = await bundle(asset('src', 'cli.ts'), 'samling');
}

export const removeSamling = () => rm(program, { force: true });

type Environment = Readonly<Record<string, string>>;
const withPath = (environment: Environment) => ({ PATH: process.env['PATH'], ...environment });

/** Runs a command to its end, and gives what it printed. */
export async function samling(environment: Environment, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [program, ...args], {
    env: withPath(environment),
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** Starts Samling; resolves when it listens. What it logs as an error is kept. */
export async function startSending(environment: Environment, errors: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, 'start'], {
    env: withPath(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.on('data', (part: Buffer) => void errors.push(part.toString()));
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`it ended: ${errors.join('')}`)));
    child.stdout.on('data', (part: Buffer) => {
      const text = part.toString();
      if (text.includes('listens on')) resolve();
      else if (text.startsWith('{')) errors.push(text);
    });
  });
  return child;
}

/** Ends a process by a signal, and waits until it is gone. */
export async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Copies the store of a process that is gone, as it left it. */
export async function copyStore(dataDir: string, name: string): Promise<string> {
  const copy = `${dataDir}-${name}`;
  await cp(`${dataDir}/store`, copy, { recursive: true, filter: (file) => !file.endsWith('/lock') });
  return copy;
}

/** The deliveries that a copy of a store holds, in the order of their ids; the copy is thrown away. */
export async function deliveriesIn(
  copy: string,
  programme: string,
  ids: readonly string[],
): Promise<readonly (OutboxEntry | undefined)[]> {
  const store = await openLowdbStore(copy);
  const entries = await store.outbox.list(programme, ids);
  await store.close();
  await rm(copy, { recursive: true, force: true });
  return entries;
}
