import type { Store } from '../../src/core/ports/store.js';
import { storeOver } from '../../src/adapters/store/lowdb/memory.js';
import { createRows, type Write } from '../../src/adapters/store/lowdb/rows.js';

/** A disk in memory: what was written and synced survives a crash. */
export interface Disk {
  /** Opens the embedded store's own code over what the disk holds. */
  open(): Store;
  /** Every row that was ever written, as JSON. */
  written(): readonly string[];
  isFull: boolean;
  /** A disk that answers before it has written: what it was given is gone after a crash. For a fault put in on purpose. */
  forgets: boolean;
}

/** Creates an empty disk. */
export function createDisk(): Disk {
  const log: (readonly Write[])[] = [];
  const json: string[] = [];
  const disk: Disk = {
    isFull: false,
    forgets: false,
    written: () => json,
    open() {
      const rows = createRows();
      for (const write of log.flat()) rows.apply(write);
      const nothing = () => Promise.resolve();
      return storeOver(
        rows,
        {
          append(transactions) {
            if (disk.isFull) return Promise.reject(Object.assign(new RangeError('full'), { code: 'ENOSPC' }));
            for (const each of transactions) for (const { row } of each) json.push(JSON.stringify(row));
            if (!disk.forgets) log.push(...transactions);
            return Promise.resolve();
          },
          ...{ wantsFold: () => false, fold: nothing, close: nothing },
        },
        { guard: false },
      );
    },
  };
  return disk;
}
