import type { Store } from '../../../core/ports/store.js';
import type { Persistence } from './commit-queue.js';
import { createEngine } from './engine.js';
import { OutboxIndex } from './outbox-index.js';
import { createRows, type Rows } from './rows.js';
import { tablesOver } from './tables.js';

/** Puts a store together from rows and a persistence. */
export function storeOver(rows: Rows, persistence: Persistence): Store {
  const index = new OutboxIndex(rows);
  const engine = createEngine(rows, persistence);
  return {
    ...tablesOver((work) => engine.run(work), index),
    transact: (work) =>
      engine.run((transaction) =>
        work(
          tablesOver(
            // An async function, so that what a call throws is a rejection, as outside a transaction.
            async (call) => Promise.resolve(call(transaction)),
            index,
          ),
        ),
      ),
    close: () => engine.close(),
  };
}

/** A store that forgets everything when the process ends; for tests and trying out. */
export function createMemoryStore(): Store {
  const nothing = () => Promise.resolve();
  return storeOver(createRows(), { append: nothing, wantsFold: () => false, fold: nothing, close: nothing });
}
