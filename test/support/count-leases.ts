import type { Store } from '../../src/core/ports/store.js';

/** Has a store count how often transactions ask for something to send. @returns what tells how often. */
export function countLeases(store: Store): () => number {
  let leases = 0;
  const transact = store.transact.bind(store);
  const counting: Store['transact'] = (work, haste) =>
    transact((tables) => {
      const { outbox } = tables;
      const lease: typeof outbox.lease = (...given) => {
        leases += 1;
        return outbox.lease(...given);
      };
      return work({ ...tables, outbox: { ...outbox, lease } });
    }, haste);
  Object.assign(store, { transact: counting });
  return () => leases;
}
