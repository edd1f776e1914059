import { mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import type { Store } from '../../../core/ports/store.js';
import { sync } from '../../../runtime/files.js';
import type { Persistence } from './commit-queue.js';
import { aggregateOf, aggregatesAmong, fileOf, isSameAggregate, placeOf } from './aggregate.js';
import { openJournal, readJournal, type Journal } from './journal.js';
import { takeLock } from './lock.js';
import type { EngineOptions } from './engine.js';
import { storeOver } from './memory.js';
import { createRows, rowAfter, type Kept, type Rows } from './rows.js';
import { damaged, SyncedFile, type Snapshot } from './synced-file.js';

export interface LowdbStoreOptions extends EngineOptions {
  /** Size of the journal at which it is folded into snapshots, if these are not larger; default 64 MiB. */
  readonly foldAtBytes?: number;
}

/** Folding writes whole tables anew; after a crash, so much is read again in about two seconds. */
const FOLD_AT_BYTES = 64 * 1024 * 1024;
/**
 * A journal may grow to the size of the snapshots, so that what is written anew is not more than what was written; but to
 * no more than so many times the size at which small ones are folded, for the sake of the start after a crash.
 */
const MOST_GROWTH = 4;

/**
 * Opens the embedded store in a folder: rows in memory, each transaction in an append-only journal that is synced
 * before the answer, the journal folded into lowdb snapshots, one small file for each table and programme.
 * @throws SamlingError `STORE_LOCKED` when another process has it open, `STORE_DAMAGED` when a file is damaged.
 */
export async function openLowdbStore(folder: string, options: LowdbStoreOptions = {}): Promise<Store> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unlock = await takeLock(join(await realpath(folder), 'lock'));
  try {
    const rows = createRows();
    const snapshotSeq = await loadSnapshots(folder, rows);
    const file = join(folder, 'journal');
    const { records, validBytes } = await readJournal(file);
    const sizes = await sizesIn(folder);
    const dirty = new Set<string>();
    let seq = Math.max(0, ...snapshotSeq.values());
    for (const record of records) {
      seq = Math.max(seq, record.seq);
      for (const kept of record.writes) replay({ rows, snapshotSeq, dirty, file }, kept, record.seq);
    }
    const journal = await openJournal(file, validBytes);
    await sync(folder);
    const foldAtBytes = options.foldAtBytes ?? FOLD_AT_BYTES;
    const persistence = persistenceOver({ folder, rows, journal, dirty, sizes, seq, foldAtBytes, unlock });
    return storeOver(rows, persistence, options);
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function loadSnapshots(folder: string, rows: Rows): Promise<Map<string, number>> {
  const seqs = new Map<string, number>();
  for (const aggregate of aggregatesAmong(await readdir(folder))) {
    const place = placeOf(aggregate);
    const database = await openSnapshot(folder, aggregate);
    seqs.set(aggregate, database.data.seq);
    for (const row of database.data.rows) rows.apply({ ...place, id: row.id, row });
  }
  return seqs;
}

/** How large each snapshot is, in bytes. */
async function sizesIn(folder: string): Promise<Map<string, number>> {
  const names = aggregatesAmong(await readdir(folder)).map(fileOf);
  const sizes = names.map(async (name) => [name, (await stat(join(folder, name))).size] as const);
  return new Map(await Promise.all(sizes));
}

async function openSnapshot(folder: string, aggregate: string): Promise<Low<Snapshot>> {
  const file = join(folder, fileOf(aggregate));
  const database = new Low<Snapshot>(new SyncedFile(file), { seq: 0, rows: [] });
  await database.read();
  return database;
}

interface Replayed {
  readonly rows: Rows;
  readonly snapshotSeq: ReadonlyMap<string, number>;
  readonly dirty: Set<string>;
  readonly file: string;
}

function replay({ rows, snapshotSeq, dirty, file }: Replayed, kept: Kept, seq: number): void {
  const { table, programme, id } = kept;
  const aggregate = aggregateOf(kept);
  if (seq <= (snapshotSeq.get(aggregate) ?? 0)) return;
  const row = rowAfter(rows.get(table, programme, id), kept);
  if (row === undefined) throw damaged(file, `record ${String(seq)} changes a row that is not there`);
  rows.apply({ table, programme, id, row });
  dirty.add(aggregate);
}

interface Parts {
  readonly folder: string;
  readonly rows: Rows;
  readonly journal: Journal;
  readonly dirty: Set<string>;
  /** How large each snapshot is, by its file's name. */
  readonly sizes: Map<string, number>;
  seq: number;
  readonly foldAtBytes: number;
  readonly unlock: () => Promise<void>;
}

function persistenceOver(parts: Parts): Persistence {
  const { journal, dirty, sizes, foldAtBytes } = parts;
  const foldAtNow = () => {
    const snapshots = [...sizes.values()].reduce((sum, each) => sum + each, 0);
    return Math.max(foldAtBytes, Math.min(snapshots, MOST_GROWTH * foldAtBytes));
  };
  let foldAt = foldAtNow();
  return {
    append(transactions) {
      const records = transactions.map((writes) => {
        parts.seq += 1;
        for (const [index, write] of writes.entries())
          if (!isSameAggregate(writes[index - 1], write)) dirty.add(aggregateOf(write));
        return { seq: parts.seq, writes };
      });
      return journal.append(records);
    },
    wantsFold: () => journal.sizeBytes() >= foldAt,
    async fold() {
      try {
        await writeSnapshots(parts);
        await journal.clear();
        dirty.clear();
      } catch {
        // Nothing is lost: the journal still has it all. Tried again after as much again has been written.
        foldAt = journal.sizeBytes() + foldAtBytes;
        return;
      }
      foldAt = foldAtNow();
    },
    async close() {
      await journal.close();
      await parts.unlock();
    },
  };
}

async function writeSnapshots({ folder, rows, dirty, sizes, seq }: Parts): Promise<void> {
  for (const aggregate of dirty) {
    const { table, programme } = placeOf(aggregate);
    const name = fileOf(aggregate);
    const file = join(folder, name);
    const snapshot: Snapshot = { seq, rows: rows.list(table, programme) as Snapshot['rows'] };
    await new Low<Snapshot>(new SyncedFile(file), snapshot).write();
    sizes.set(name, (await stat(file)).size);
  }
}
