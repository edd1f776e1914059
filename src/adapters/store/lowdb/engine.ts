import { AsyncLocalStorage } from 'node:async_hooks';
import { SamlingError } from '../../../core/errors.js';
import type { Haste, Row } from '../../../core/ports/store.js';
import { CommitQueue, type Persistence } from './commit-queue.js';
import type { Rows, Write } from './rows.js';

/** What a transaction may do with rows. */
export interface Transaction {
  readonly get: (table: string, programme: string, id: string) => Row | undefined;
  readonly list: (table: string, programme: string) => readonly Row[];
  write(write: Write): void;
}

/** Runs one call in a transaction: the one under way, or one of its own. */
export type Run = <R>(work: (transaction: Transaction) => R) => Promise<R>;

export interface Engine {
  /**
   * Runs work alone and resolves when what it wrote, and what it read, is durable. Work that only read what was then
   * taken back is run again.
   * @throws SamlingError `STORE_WRITE_FAILED`; `INTERNAL` when called from inside a transaction or after `close`.
   */
  run<R>(work: (transaction: Transaction) => Promise<R> | R, haste?: Haste): Promise<R>;
  close(): Promise<void>;
}

export interface EngineOptions {
  /**
   * Whether a call from inside a transaction is found and refused; else it waits for ever. Default true. Node 20 finds
   * it by a hook on every promise of the process, a fifth of the CPU of a chat request: off where requests are served.
   */
  readonly guard?: boolean;
  /**
   * How long, in ms, a patient transaction may wait for one that is in a hurry; default 0: none is patient, and none
   * waits for more of a crowd.
   */
  readonly patienceMs?: number;
}

/** A transaction under way, and the one of another store that it was begun in. */
interface Scope {
  readonly of: CommitQueue;
  readonly outer: Scope | undefined;
  running: boolean;
}

/** One for all stores: Node 20 asks each one ever used at every promise of the process. */
const scopes = new AsyncLocalStorage<Scope>();

function isInside(queue: CommitQueue): boolean {
  for (let scope = scopes.getStore(); scope !== undefined; scope = scope.outer)
    if (scope.of === queue && scope.running) return true;
  return false;
}

/** Runs transactions one after another in memory; several share a sync on their way to the disk. */
export function createEngine(
  rows: Rows,
  persistence: Persistence,
  { guard = true, patienceMs = 0 }: EngineOptions = {},
): Engine {
  const queue = new CommitQueue(rows, persistence, patienceMs);
  let closing: Promise<void> | undefined;

  async function run<R>(work: (transaction: Transaction) => Promise<R> | R, haste?: Haste): Promise<R> {
    if (guard && isInside(queue)) {
      throw new SamlingError('INTERNAL', 'Inside a transaction use the tables that it gives, not the store.');
    }
    for (;;) {
      if (closing !== undefined) throw new SamlingError('INTERNAL', 'The store is closed.');
      const { value, wrote, commit } = await queue.alone(async () => {
        const scope: Scope = { of: queue, outer: guard ? scopes.getStore() : undefined, running: true };
        try {
          const done = await (guard ? scopes.run(scope, () => perform(rows, work)) : perform(rows, work));
          const durable = queue.add(done.writes, done.undo, haste);
          return { value: done.value, wrote: done.writes.length > 0, commit: { durable } };
        } finally {
          scope.running = false;
        }
      });
      const failure = await commit.durable;
      if (failure === undefined) return value;
      if (wrote) throw failure;
    }
  }

  return { run, close: () => (closing ??= queue.close()) };
}

/** A row written twice: the later one, and of fields those of both. */
function together({ changed: earlier }: Write, { changed, ...later }: Write): Write {
  return earlier === undefined || changed === undefined
    ? later
    : { ...later, changed: { ...earlier, ...changed } };
}

async function perform<R>(rows: Rows, work: (transaction: Transaction) => Promise<R> | R) {
  const writes: Write[] = [];
  const undo: Write[] = [];
  try {
    const value = await work({
      get: rows.get,
      list: rows.list,
      write(write) {
        const before = rows.apply(write);
        const last = writes.at(-1);
        if (last?.id === write.id && last.table === write.table && last.programme === write.programme) {
          // The same row again: the disk needs the later one, taking back the earlier.
          writes[writes.length - 1] = together(last, write);
          return;
        }
        writes.push(write);
        undo.push(before);
      },
    });
    return { value, writes, undo };
  } catch (error) {
    for (const write of undo.reverse()) rows.apply(write);
    throw error;
  }
}
