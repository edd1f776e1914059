import { SamlingError } from '../../../core/errors.js';
import type { Row } from '../../../core/ports/store.js';
import type { Rows, Write } from './rows.js';

/** Makes transactions durable. */
export interface Persistence {
  /** Resolves once the writes would survive a crash. Calls made while one is under way share a sync. */
  append(writes: readonly Write[]): Promise<void>;
  /** Called with no transaction under way; may take its time. */
  fold(force: boolean): Promise<void>;
  close(): Promise<void>;
}

/** What a transaction may do with rows. */
export interface Transaction {
  get(table: string, programme: string, id: string): Row | undefined;
  list(table: string, programme: string): readonly Row[];
  write(write: Write): void;
}

export interface Engine {
  run<R>(work: (transaction: Transaction) => Promise<R> | R): Promise<R>;
  close(): Promise<void>;
}

/** Runs transactions one after another in memory; several share a sync on their way to the disk. */
export function createEngine(rows: Rows, persistence: Persistence): Engine {
  let turn: Promise<unknown> = Promise.resolve();
  /** What undoes each transaction that is not durable yet, oldest first. */
  const undone: Write[][] = [];
  let generation = 0;

  const inTurn = <R>(work: () => Promise<R>): Promise<R> => {
    const result = turn.then(work, work);
    turn = result.catch(() => undefined);
    return result;
  };

  const rollBackAll = () => {
    generation += 1;
    for (const undo of undone.splice(0).reverse()) rollBack(rows, undo);
  };

  async function run<R>(work: (transaction: Transaction) => Promise<R> | R): Promise<R> {
    let durable: Promise<void> | undefined;
    const result = await inTurn(async () => {
      const { value, writes, undo } = await perform(rows, work);
      if (writes.length > 0) {
        undone.push(undo);
        durable = makeDurable(writes, undo, generation);
        // Awaited below, outside the turn; until then its failure must not count as unhandled.
        durable.catch(() => undefined);
      }
      return value;
    });
    await durable;
    return result;
  }

  async function makeDurable(writes: readonly Write[], undo: Write[], born: number): Promise<void> {
    try {
      await persistence.append(writes);
    } catch (cause) {
      if (born === generation) rollBackAll();
      throw new SamlingError('STORE_WRITE_FAILED', 'The store could not be written; nothing has changed.', {
        cause,
        retryable: true,
      });
    }
    const index = undone.indexOf(undo);
    if (index >= 0) undone.splice(index, 1);
    // A fold that fails loses nothing: the journal still has it all, and the next fold tries again.
    if (undone.length === 0) void inTurn(foldWhenIdle).catch(() => undefined);
  }

  async function foldWhenIdle(): Promise<void> {
    if (undone.length === 0) await persistence.fold(false);
  }

  return {
    run,
    close: () =>
      inTurn(async () => {
        await persistence.fold(true);
        await persistence.close();
      }),
  };
}

async function perform<R>(rows: Rows, work: (transaction: Transaction) => Promise<R> | R) {
  const writes: Write[] = [];
  const undo: Write[] = [];
  try {
    const value = await work({
      get: rows.get,
      list: rows.list,
      write(write) {
        writes.push(write);
        undo.push(rows.apply(write));
      },
    });
    return { value, writes, undo };
  } catch (error) {
    rollBack(rows, undo);
    throw error;
  }
}

function rollBack(rows: Rows, undo: readonly Write[]): void {
  for (const write of [...undo].reverse()) rows.apply(write);
}
