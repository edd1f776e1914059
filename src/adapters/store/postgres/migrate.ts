import type { PoolClient } from 'pg';
import { SamlingError } from '../../../core/errors.js';
import { MIGRATIONS } from './migrations.js';

/** Any number will do that nobody else takes in this database: the word "saml" in ASCII. */
export const LOCKS = 0x73616d6c;
const MIGRATION_LOCK = 0;

/**
 * Brings the database's structure up to this version, one step after another, each in a transaction, under a lock: of
 * many processes that start at once, one does it and the others wait.
 * @param also runs under the same lock, afterwards.
 * @throws SamlingError `STORE_DAMAGED` when the database was made by a newer version.
 */
export async function migrate(client: PoolClient, also: () => Promise<void> | undefined): Promise<void> {
  await client.query(`SELECT pg_advisory_lock(${String(LOCKS)}, ${String(MIGRATION_LOCK)})`);
  try {
    await client.query('CREATE SCHEMA IF NOT EXISTS samling');
    await client.query(
      `CREATE TABLE IF NOT EXISTS samling.migrations
        (number integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())`,
    );
    const { rows } = await client.query<{ number: number }>('SELECT number FROM samling.migrations');
    const done = new Set(rows.map((row) => row.number));
    const newest = MIGRATIONS.at(-1)?.number ?? 0;
    if (Math.max(0, ...done) > newest)
      throw new SamlingError('STORE_DAMAGED', 'The database was made by a newer version of Samling.');
    for (const { number, sql } of MIGRATIONS) {
      if (done.has(number)) continue;
      // One message of several statements is one transaction.
      await client.query(`${sql}; INSERT INTO samling.migrations (number) VALUES (${String(number)})`);
    }
    await also();
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${String(LOCKS)}, ${String(MIGRATION_LOCK)})`);
  }
}
