import type { Haste, Store, Tables } from '../core/ports/store.js';

/** Runs small work in a transaction that it may share with others'. */
export type GroupCommit = <R>(work: (tables: Tables) => Promise<R>, haste?: Haste) => Promise<R>;

interface Waiting {
  readonly work: (tables: Tables) => Promise<unknown>;
  readonly isPatient: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Creates what runs all work that waits in one transaction, and resolves each when it is durable. When one of them
 * fails, each is run in a transaction of its own: work must not count on having been run once only.
 */
export function createGroupCommit(store: Pick<Store, 'transact'>): GroupCommit {
  let waiting: Waiting[] = [];
  const flush = () => {
    const batch = waiting;
    waiting = [];
    void runTogether(store, batch);
  };
  return <R>(work: (tables: Tables) => Promise<R>, { isPatient = false }: Haste = {}) =>
    new Promise<R>((resolve, reject) => {
      // What comes in the same turn of the event loop goes together; the store syncs turns together on its own.
      if (waiting.push({ work, isPatient, resolve: resolve as (value: unknown) => void, reject }) === 1)
        setImmediate(flush);
    });
}

async function runTogether(store: Pick<Store, 'transact'>, batch: readonly Waiting[]): Promise<void> {
  try {
    const values = await store.transact(
      async (tables) => {
        const done: unknown[] = [];
        for (const each of batch) done.push(await each.work(tables));
        return done;
      },
      { isPatient: batch.every((each) => each.isPatient) },
    );
    for (const [index, each] of batch.entries()) each.resolve(values[index]);
  } catch (error) {
    if (batch.length === 1) for (const each of batch) each.reject(error);
    else for (const each of batch) await runTogether(store, [each]);
  }
}
