import { SamlingError } from '../../../../core/errors.js';
import type { OutboxEntry } from '../../../../core/ports/outbox.js';
import type { SealedBox, StoredRow, StoreWriter } from '../../../../runtime/archive/types.js';
import { boxName } from '../../../../runtime/ballots/hashes.js';
import { unpack, unseal } from '../../../../runtime/ballots/packed.js';
import { KeyFolder } from '../ballots/key-folder.js';
import { keyMissing, writeBox } from '../ballots/sealed-row.js';
import { openDatabase, type Database } from '../database.js';
import { Transaction } from '../transaction.js';
import { createTurns } from '../turns.js';
import { rowsIn } from './read-rows.js';
import type { PostgresArchiveOptions } from './reader.js';
import * as sql from './sql.js';

/** Rows go to the database so many, or so much, together. */
const MOST_ROWS = 500;
const MOST_LENGTH = 1_000_000;

/**
 * Fills an empty database in one transaction.
 * @throws SamlingError as `openPostgresStore` does, and `STORE_NOT_EMPTY`.
 */
export async function openPostgresWriter({ url, keysFolder }: PostgresArchiveOptions): Promise<StoreWriter> {
  const database = await openDatabase(url, { connections: 1, guard: false });
  const transaction = new Transaction(database.pool, createTurns());
  try {
    // Who wants to write waits; a Samling that is running finds everything there, or nothing.
    await transaction.query(`LOCK TABLE ${sql.TABLES} IN SHARE ROW EXCLUSIVE MODE`);
    const [found] = await transaction.query<{ empty: boolean }>(sql.IS_EMPTY);
    if (found?.empty !== true) {
      const message =
        'There is something in the database already; nothing was changed. Only an empty one is filled: make a new one.';
      throw new SamlingError('STORE_NOT_EMPTY', message);
    }
  } catch (error) {
    await transaction.rollback();
    await database.close();
    throw error;
  }
  return new PostgresWriter(database, transaction, new KeyFolder(keysFolder));
}

class PostgresWriter implements StoreWriter {
  readonly #database: Database;
  readonly #transaction: Transaction;
  readonly #keys: KeyFolder;
  #batch: StoredRow[] = [];
  #length = 0;
  #isOver = false;

  constructor(database: Database, transaction: Transaction, keys: KeyFolder) {
    this.#database = database;
    this.#transaction = transaction;
    this.#keys = keys;
  }

  async box({ programme, round, sealed }: SealedBox): Promise<void> {
    const name = boxName({ programme, round });
    const key = await this.#keys.archiveKey(name);
    const packed = key && unseal(key, name, sealed);
    if (packed === undefined) throw keyMissing({ programme, round });
    await writeBox(this.#transaction, this.#keys, { programme, round }, { bodies: unpack(packed) });
  }

  async row(row: StoredRow): Promise<void> {
    if (this.#batch.length > 0 && this.#batch[0]?.table !== row.table) await this.#flush();
    this.#batch.push(row);
    this.#length += JSON.stringify(row.row).length;
    if (this.#batch.length >= MOST_ROWS || this.#length >= MOST_LENGTH) await this.#flush();
  }

  async *rows(): AsyncGenerator<StoredRow> {
    await this.#flush();
    yield* rowsIn(this.#transaction);
  }

  async commit(): Promise<void> {
    await this.#flush();
    await this.#transaction.commit();
    this.#isOver = true;
    await this.#database.close();
  }

  async abandon(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#transaction.rollback();
    await this.#database.close();
  }

  async #flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    this.#length = 0;
    const [first] = batch;
    if (first === undefined) return;
    const { text, columns } = columnsOf(first.table, batch);
    await this.#transaction.query(text, columns);
  }
}

/** The statement and its columns for rows of one table. */
function columnsOf(table: string, rows: readonly StoredRow[]): { text: string; columns: unknown[][] } {
  const programmes = rows.map((each) => each.programme);
  const ids = rows.map((each) => each.id);
  if (table === 'taken') return { text: sql.ADD_TAKEN, columns: [programmes, ids] };
  if (table === 'outbox') return { text: sql.ADD_OUTBOX, columns: entryColumns(rows) };
  if (table === 'claims') return { text: sql.ADD_CLAIMS, columns: claimColumns(rows) };
  const bodies = rows.map((each) => JSON.stringify(each.row));
  return { text: sql.ADD_ROWS, columns: [rows.map(() => table), programmes, ids, bodies] };
}

function entryColumns(rows: readonly StoredRow[]): unknown[][] {
  const entries = rows.map((each) => each.row as OutboxEntry);
  const kinds = entries.map(({ state }) =>
    state.kind === 'waiting' || state.kind === 'leased' ? state.kind : 'settled',
  );
  return [
    entries.map((each) => each.programme),
    entries.map((each) => each.id),
    entries.map((each) => each.lane),
    entries.map((each) => each.member),
    entries.map((each) => each.urgent),
    entries.map(dueMs),
    entries.map((each) => each.notBeforeMs),
    entries.map(({ state: _, ...delivery }) => JSON.stringify(delivery)),
    kinds,
    entries.map(({ state }) => ('attempt' in state ? state.attempt : 0)),
    entries.map(({ state }, index) => (kinds[index] === 'settled' ? JSON.stringify(state) : null)),
  ];
}

function dueMs({ state, notBeforeMs }: OutboxEntry): number | null {
  if (state.kind === 'waiting') return notBeforeMs;
  return state.kind === 'leased' ? state.untilMs : null;
}

interface Claim {
  readonly atMs: number;
  readonly untilMs: number;
  readonly done: boolean;
}

function claimColumns(rows: readonly StoredRow[]): unknown[][] {
  const claims = rows.map((each) => each.row as unknown as Claim);
  // Programmes' ids have no slash.
  const parts = rows.map(({ id }) => ({
    programme: id.slice(0, id.indexOf('/')),
    event: id.slice(id.indexOf('/') + 1),
  }));
  return [
    parts.map((each) => each.programme),
    parts.map((each) => each.event),
    claims.map((each) => each.atMs),
    claims.map((each) => each.untilMs),
    claims.map((each) => each.done),
  ];
}
