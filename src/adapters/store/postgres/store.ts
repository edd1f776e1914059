import { randomBytes } from 'node:crypto';
import { tablesByKind } from '../../../core/ports/kinds.js';
import type { Store, Tables } from '../../../core/ports/store.js';
import type { Share } from '../../../runtime/sharing.js';
import { claimsIn } from './claims.js';
import { openDatabase, type DatabaseOptions } from './database.js';
import { outboxIn, type OutboxMemory } from './outbox.js';
import { DEPTHS } from './outbox-sql.js';
import { createTurnReads, RowReader } from './row-reader.js';
import { prepareJobs, wakeLanes } from './sharing/jobs.js';
import { LaneBook } from './sharing/lane-book.js';
import { shareDatabase } from './sharing/share.js';
import { tableIn, type RowAccess, type Runs } from './rows.js';

export type PostgresStoreOptions = DatabaseOptions;

/** The store, and the way into the company of processes that work on it. */
export interface PostgresStore extends Store {
  readonly share: Share;
}

/**
 * Opens the store in a PostgreSQL database, whose structure is brought up to this version first. Any number of
 * processes may have it open. Transactions that touch a programme happen one after another, over all processes.
 * @param url such as `postgres://samling:secret@127.0.0.1:5432/samling`
 * @throws SamlingError `STORE_WRITE_FAILED` when the database is not there, `STORE_DAMAGED` when it is of a newer
 * version.
 */
export async function openPostgresStore(
  url: string,
  options: PostgresStoreOptions = {},
): Promise<PostgresStore> {
  const database = await openDatabase(url, { ...options, prepare: prepareJobs });
  const book = new LaneBook();
  const memory: OutboxMemory = { urgentInARow: new Map(), wake: wakeLanes, book };
  const process = randomBytes(6).toString('base64url');
  const reader = new RowReader();
  const readSoon = createTurnReads(reader, database.direct);
  return {
    ...tablesOver(
      {
        runs: database,
        process,
        read: (kind, programme, id) => database.read(() => readSoon(kind, programme, id)),
      },
      memory,
    ),
    transact: (work) =>
      database.write((session) => {
        const run: Runs['read'] = (call) => call(session);
        const read: RowAccess['read'] = async (kind, programme, id) => {
          await session.lock(programme);
          return id === null
            ? reader.list(session, kind, programme)
            : reader.get(session, kind, programme, id);
        };
        return work(tablesOver({ runs: { read: run, write: run }, read, process }, memory));
      }),
    depths: () =>
      database.read(async (session) => {
        const rows = await session.query<{ lane: string; depth: number }>(DEPTHS);
        return new Map(rows.map((row) => [row.lane, row.depth]));
      }),
    share: (shared) => shareDatabase({ ...shared, url, database, book, process }),
    close: () => database.close(),
  };
}

function tablesOver(access: RowAccess, memory: OutboxMemory): Tables {
  return {
    ...tablesByKind((kind) => tableIn(access, kind)),
    outbox: outboxIn(access.runs, memory),
    claims: claimsIn(access.runs),
  };
}
