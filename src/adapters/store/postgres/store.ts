import type { Store, Tables } from '../../../core/ports/store.js';
import { claimsIn } from './claims.js';
import { openDatabase, type DatabaseOptions } from './database.js';
import { outboxIn, type OutboxMemory } from './outbox.js';
import { DEPTHS } from './outbox-sql.js';
import { tableIn, type Runs } from './rows.js';

export type PostgresStoreOptions = DatabaseOptions;

/**
 * Opens the store in a PostgreSQL database, whose structure is brought up to this version first. Any number of
 * processes may have it open. Transactions that touch a programme happen one after another, over all processes.
 * @param url such as `postgres://samling:secret@127.0.0.1:5432/samling`
 * @throws SamlingError `STORE_WRITE_FAILED` when the database is not there, `STORE_DAMAGED` when it is of a newer
 * version.
 */
export async function openPostgresStore(url: string, options: PostgresStoreOptions = {}): Promise<Store> {
  const database = await openDatabase(url, options);
  const memory: OutboxMemory = { urgentInARow: new Map() };
  return {
    ...tablesOver(database, memory),
    transact: (work) =>
      database.write((session) => {
        const run: Runs['read'] = (call) => call(session);
        return work(tablesOver({ read: run, write: run }, memory));
      }),
    depths: () =>
      database.read(async (session) => {
        const rows = await session.query<{ lane: string; depth: number }>(DEPTHS);
        return new Map(rows.map((row) => [row.lane, row.depth]));
      }),
    close: () => database.close(),
  };
}

function tablesOver(runs: Runs, memory: OutboxMemory): Tables {
  return {
    members: tableIn(runs, 'members'),
    preferences: tableIn(runs, 'preferences'),
    submissions: tableIn(runs, 'submissions'),
    snoozes: tableIn(runs, 'snoozes'),
    handovers: tableIn(runs, 'handovers'),
    settings: tableIn(runs, 'settings'),
    accounts: tableIn(runs, 'accounts'),
    accessRequests: tableIn(runs, 'access-requests'),
    installs: tableIn(runs, 'installs'),
    savedKnowledge: tableIn(runs, 'saved-knowledge'),
    enquiries: tableIn(runs, 'enquiries'),
    unhelpful: tableIn(runs, 'unhelpful'),
    audit: tableIn(runs, 'audit'),
    works: tableIn(runs, 'works'),
    gatherings: tableIn(runs, 'gatherings'),
    rsvps: tableIn(runs, 'rsvps'),
    guests: tableIn(runs, 'guests'),
    attendance: tableIn(runs, 'attendance'),
    feeds: tableIn(runs, 'feeds'),
    notices: tableIn(runs, 'notices'),
    sendings: tableIn(runs, 'sendings'),
    receipts: tableIn(runs, 'receipts'),
    pulses: tableIn(runs, 'pulses'),
    rounds: tableIn(runs, 'rounds'),
    seats: tableIn(runs, 'seats'),
    pulseResults: tableIn(runs, 'pulse-results'),
    outbox: outboxIn(runs, memory),
    claims: claimsIn(runs),
  };
}
