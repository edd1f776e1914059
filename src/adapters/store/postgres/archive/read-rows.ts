import type { QueryResultRow } from 'pg';
import type { Row } from '../../../../core/ports/store.js';
import type { StoredRow } from '../../../../runtime/archive/types.js';
import { entryOf, type EntryRow } from '../outbox.js';
import type { Session } from '../transaction.js';
import * as sql from './sql.js';

/** So many rows are in memory at once. */
const FETCHED = 500;
/** Claims of all programmes are one table of the embedded store. */
export const CLAIMS_OF = 'all';

async function* cursor<T extends QueryResultRow>(
  session: Session,
  name: string,
  query: string,
): AsyncGenerator<T, void, undefined> {
  await session.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${query}`);
  for (;;) {
    const rows = await session.query<T>(`FETCH ${String(FETCHED)} FROM ${name}`);
    yield* rows as Awaited<T>[];
    if (rows.length < FETCHED) break;
  }
  await session.query(`CLOSE ${name}`);
}

type BodyRow = Readonly<Record<'kind' | 'programme' | 'id', string>> & { readonly body: Row };

interface ClaimRow {
  readonly programme: string;
  readonly event_id: string;
  readonly at_ms: number;
  readonly until_ms: number;
  readonly done: boolean;
}

/** Everything that a transaction sees, as the embedded store would have it. */
export async function* rowsIn(session: Session): AsyncGenerator<StoredRow> {
  for await (const { kind, programme, id, body } of cursor<BodyRow>(session, 'all_rows', sql.READ_ROWS))
    yield { table: kind, programme, id, row: body };
  const outbox = cursor<EntryRow & { programme: string; id: string }>(session, 'all_outbox', sql.READ_OUTBOX);
  for await (const row of outbox)
    yield { table: 'outbox', programme: row.programme, id: row.id, row: entryOf(row) };
  const taken = cursor<{ programme: string; item: string }>(session, 'all_taken', sql.READ_TAKEN);
  for await (const { programme, item: id } of taken)
    yield { table: 'taken', programme, id, row: { programme, id } };
  for await (const claim of cursor<ClaimRow>(session, 'all_claims', sql.READ_CLAIMS)) {
    const id = `${claim.programme}/${claim.event_id}`;
    const { at_ms: atMs, until_ms: untilMs, done } = claim;
    const row = { programme: CLAIMS_OF, id, atMs, untilMs, done };
    yield { table: 'claims', programme: CLAIMS_OF, id, row };
  }
}
