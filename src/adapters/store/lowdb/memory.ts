import { SamlingError } from '../../../core/errors.js';
import type { Store } from '../../../core/ports/store.js';
import type { Persistence } from './commit-queue.js';
import { createEngine, type EngineOptions, type Transaction } from './engine.js';
import { OutboxIndex } from './outbox-index.js';
import { createRows, type Rows } from './rows.js';
import { tablesOver } from './tables.js';

/** Puts a store together from rows and a persistence. */
export function storeOver(rows: Rows, persistence: Persistence, options: EngineOptions = {}): Store {
  const index = new OutboxIndex(rows);
  const engine = createEngine(rows, persistence, options);
  let current: Transaction | undefined;
  // Made once: transactions run one after another, and a table for each of them would cost more than most do.
  // eslint-disable-next-line @typescript-eslint/require-await -- what a call throws is a rejection, as outside
  const tables = tablesOver(async <R>(call: (transaction: Transaction) => R): Promise<R> => {
    if (current === undefined)
      throw new SamlingError('INTERNAL', 'The transaction of these tables has ended.');
    return call(current);
  }, index);
  return {
    ...tablesOver((work) => engine.run(work), index),
    transact: (work, haste) =>
      engine.run(async (transaction) => {
        current = transaction;
        try {
          return await work(tables);
        } finally {
          current = undefined;
        }
      }, haste),
    depths: () => Promise.resolve(index.depths()),
    close: () => engine.close(),
  };
}

/** A store that forgets everything when the process ends; for tests and trying out. */
export function createMemoryStore(): Store {
  const nothing = () => Promise.resolve();
  return storeOver(createRows(), { append: nothing, wantsFold: () => false, fold: nothing, close: nothing });
}
