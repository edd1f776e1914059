import type { Row, Table } from '../../../core/ports/store.js';
import type { Session } from './transaction.js';

/** Runs one call: inside the transaction under way, or as one of its own that reads or writes. */
export interface Runs {
  readonly read: <R>(work: (session: Session) => Promise<R>) => Promise<R>;
  readonly write: <R>(work: (session: Session) => Promise<R>) => Promise<R>;
}

const GET = 'SELECT body FROM samling.rows WHERE kind = $1 AND programme = $2 AND id = $3';
const LIST = 'SELECT body FROM samling.rows WHERE kind = $1 AND programme = $2 ORDER BY seq';
const PUT = `INSERT INTO samling.rows (kind, programme, id, body)
  SELECT $1, $2, given.id, given.body::json
    FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS given (id, body, nth) ORDER BY nth
  ON CONFLICT (kind, programme, id) DO UPDATE SET body = excluded.body`;
const REMOVE = 'DELETE FROM samling.rows WHERE kind = $1 AND programme = $2 AND id = ANY ($3::text[])';

/** One kind of stored things. */
export function tableIn<T extends Row>({ read, write }: Runs, kind: string): Table<T> {
  return {
    get: (programme, id) =>
      read(async (session) => {
        await session.lock(programme);
        const [row] = await session.query<{ body: T }>(GET, [kind, programme, id]);
        return row?.body;
      }),
    list: (programme) =>
      read(async (session) => {
        await session.lock(programme);
        return (await session.query<{ body: T }>(LIST, [kind, programme])).map((row) => row.body);
      }),
    put: async (...rows) => {
      if (rows.length === 0) return;
      const written = byProgramme(rows);
      await write(async (session) => {
        for (const [programme, bodies] of written) {
          await session.lock(programme);
          await session.query(PUT, [kind, programme, [...bodies.keys()], [...bodies.values()]]);
        }
      });
    },
    remove: async (programme, ids) => {
      if (ids.length === 0) return;
      await write(async (session) => {
        await session.lock(programme);
        await session.query(REMOVE, [kind, programme, ids]);
      });
    },
  };
}

/** Rows as JSON, by programme and id, as they are now: of two of one id the later. */
function byProgramme(rows: readonly Row[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const all = new Map<string, Map<string, string>>();
  for (const row of rows) {
    let bodies = all.get(row.programme);
    if (bodies === undefined) all.set(row.programme, (bodies = new Map<string, string>()));
    bodies.set(row.id, JSON.stringify(row));
  }
  return all;
}
