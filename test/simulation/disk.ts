import type { Store } from '../../src/core/ports/store.js';
import { storeOver } from '../../src/adapters/store/lowdb/memory.js';
import { createRows, type Write } from '../../src/adapters/store/lowdb/rows.js';
import type { History } from './history.js';

/** A disk in memory: what was written and synced survives a crash. */
export interface Disk {
  /** Opens the embedded store's own code over what the disk holds. */
  open(): Store;
  /** Every row that was ever written, as JSON. */
  written(): readonly string[];
  isFull: boolean;
  /** Asked at each write: after how many of its transactions the process dies, if it does. */
  breaksAfter: (transactions: number) => number | undefined;
  /** For faults put in on purpose: it answers before it has written, so that a crash takes the last write. */
  answersEarly: boolean;
  /** For faults put in on purpose: it does not say that it is full. */
  hidesFull: boolean;
}

type Transactions = readonly (readonly Write[])[];
const never = new Promise<never>(() => undefined);

/** Creates an empty disk. */
export function createDisk(history: History): Disk {
  const log: (readonly Write[])[] = [];
  const json: string[] = [];
  let late: Transactions = [];
  const keep = (transactions: Transactions) => {
    if (!disk.answersEarly) return void log.push(...transactions);
    log.push(...late);
    late = transactions;
  };
  const append = (transactions: Transactions): Promise<void> => {
    if (disk.isFull) {
      if (disk.hidesFull) return Promise.resolve();
      return Promise.reject(Object.assign(new RangeError('full'), { code: 'ENOSPC' }));
    }
    const whole = disk.breaksAfter(transactions.length);
    const kept = whole === undefined ? transactions : transactions.slice(0, whole);
    for (const each of kept.flat()) {
      const row = JSON.stringify(each);
      json.push(row);
      history.note(row);
    }
    keep(kept);
    return whole === undefined ? Promise.resolve() : never;
  };
  const disk: Disk = {
    isFull: false,
    answersEarly: false,
    hidesFull: false,
    breaksAfter: () => undefined,
    written: () => json,
    open() {
      late = [];
      const rows = createRows();
      for (const write of log.flat()) rows.apply(write);
      const nothing = () => Promise.resolve();
      const files = { append, wantsFold: () => false, fold: nothing, close: nothing };
      return storeOver(rows, files, { guard: false });
    },
  };
  return disk;
}
