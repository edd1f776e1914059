import type { Row, Table } from '../../../core/ports/store.js';
import type { Session } from './transaction.js';

/** Runs one call: inside the transaction under way, or as one of its own that reads or writes. */
export interface Runs {
  readonly read: <R>(work: (session: Session) => Promise<R>) => Promise<R>;
  readonly write: <R>(work: (session: Session) => Promise<R>) => Promise<R>;
}

/** How rows are read and written. */
export interface RowAccess {
  readonly runs: Runs;
  /** A row, or with the id null all rows. */
  readonly read: (kind: string, programme: string, id: string | null) => Promise<unknown>;
  /** Names this process, so that it need not hear of its own changes. */
  readonly process: string;
}

/** Where processes are told what others have changed: kind and programme, and which process it was. */
export const CHANGES = 'samling_changed';
/** Nobody works anything out ahead from these; settings are such when they are written, not when they are removed. */
const QUIET = new Set(['access-requests', 'audit', 'feeds', 'installs', 'receipts']);

/** $1 kind, $2 programme, $3 what others are told, if anything. */
const CHANGED = `changed AS (INSERT INTO samling.versions AS known (kind, programme)
    VALUES ($1, $2) ON CONFLICT (kind, programme) DO UPDATE SET version = excluded.version
    RETURNING (SELECT pg_notify('${CHANGES}', $3::text) WHERE $3::text IS NOT NULL))`;
const PUT = `WITH ${CHANGED} INSERT INTO samling.rows (kind, programme, id, body)
  SELECT $1, $2, given.id, given.body::json
    FROM unnest($4::text[], $5::text[]) WITH ORDINALITY AS given (id, body, nth) ORDER BY nth
  ON CONFLICT (kind, programme, id) DO UPDATE SET body = excluded.body`;
const REMOVE = `WITH ${CHANGED}
  DELETE FROM samling.rows WHERE kind = $1 AND programme = $2 AND id = ANY ($4::text[])`;

/** One kind of stored things. */
export function tableIn<T extends Row>(
  { runs: { write }, read, process }: RowAccess,
  kind: string,
): Table<T> {
  const told = (programme: string, isQuiet: boolean) =>
    isQuiet ? null : JSON.stringify([process, kind, programme]);
  const isQuiet = QUIET.has(kind);
  return {
    get: async (programme, id) => (await read(kind, programme, id)) as T | undefined,
    list: async (programme) => (await read(kind, programme, null)) as readonly T[],
    put: async (...rows) => {
      if (rows.length === 0) return;
      const written = byProgramme(rows);
      await write(async (session) => {
        for (const [programme, bodies] of written) {
          await session.lock(programme);
          const about = told(programme, isQuiet || kind === 'settings');
          await session.query(PUT, [kind, programme, about, [...bodies.keys()], [...bodies.values()]]);
        }
      });
    },
    remove: async (programme, ids) => {
      if (ids.length === 0) return;
      await write(async (session) => {
        await session.lock(programme);
        await session.query(REMOVE, [kind, programme, told(programme, isQuiet), ids]);
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
