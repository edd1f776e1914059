import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { SamlingError } from '../../../core/errors.js';
import { isConflict, storeError } from './errors.js';
import { migrate } from './migrate.js';
import type { Runs } from './rows.js';
import { createTurns } from './turns.js';
import { Transaction, namedQuery, type Session } from './transaction.js';

export interface DatabaseOptions {
  /** Whether use of the store from inside one of its transactions is found and refused; default true. */
  readonly guard?: boolean;
  /** Connections at once; default 10. */
  readonly connections?: number;
  /** Brings what else lies in the database up to this version, under the same lock. */
  readonly prepare?: (pool: pg.Pool) => Promise<void>;
}

/** Reads are statements of their own; what writes is a transaction, run again after a conflict. */
export interface Database extends Runs {
  readonly pool: pg.Pool;
  /** Statements by themselves; they see what is committed, and need to wait for nobody. */
  readonly direct: Session;
  close(): Promise<void>;
}

/** Somebody who asks must be answered with 503 before they give up: Slack waits 3 s. */
const CONNECT_MS = 2_000;
/** No statement of ours takes a tenth of it; a database that does not answer is as good as lost. */
const QUERY_MS = 20_000;
/** Conflicts are resolved in favour of one, so a few times are enough for a few processes. */
const MOST_RUNS = 10;

/** Opens the database and brings it up to this version. */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    keepAlive: true,
    application_name: 'samling',
    options: '-c lock_timeout=10s -c idle_in_transaction_session_timeout=30s',
  });
  // A connection that is lost while nobody uses it: the next who asks gets another.
  pool.on('error', () => undefined);
  // One that is lost in the middle of a transaction: its next statement fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    const client = await pool.connect();
    try {
      await migrate(client, () => options.prepare?.(pool));
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw storeError(error);
  }
  return databaseOver(pool, options.guard ?? true);
}

function databaseOver(pool: pg.Pool, guard: boolean): Database {
  const inside = new AsyncLocalStorage<{ running: boolean }>();
  const turns = createTurns();
  const direct = readingOf(pool);
  let closing: Promise<void> | undefined;
  const check = () => {
    if (closing !== undefined) throw new SamlingError('INTERNAL', 'The store is closed.');
    if (guard && inside.getStore()?.running === true)
      throw new SamlingError('INTERNAL', 'Inside a transaction use the tables that it gives, not the store.');
  };
  const attempt = async <R>(work: (session: Session) => Promise<R>): Promise<R> => {
    const scope = { running: true };
    const run = (session: Session) => (guard ? inside.run(scope, () => work(session)) : work(session));
    try {
      return await inTransaction(new Transaction(pool, turns), run);
    } finally {
      scope.running = false;
    }
  };
  return {
    pool,
    direct,
    read: async (work) => {
      check();
      return work(direct);
    },
    write: async (work) => {
      for (let runs = 1; ; runs += 1) {
        check();
        try {
          return await attempt(work);
        } catch (error) {
          const isAgain = error instanceof SamlingError && isConflict(error.cause);
          if (!isAgain || runs >= MOST_RUNS) throw error;
        }
      }
    },
    close: () => (closing ??= pool.end()),
  };
}

async function inTransaction<R>(
  transaction: Transaction,
  work: (session: Session) => Promise<R>,
): Promise<R> {
  try {
    const value = await work(transaction);
    await transaction.commit();
    return value;
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}

function readingOf(pool: pg.Pool): Session {
  return {
    async query<T extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) {
      try {
        return (await pool.query<T>(namedQuery(text, values))).rows;
      } catch (error) {
        throw storeError(error);
      }
    },
    lock: () => Promise.resolve(),
    later: (run) => run(),
  };
}
