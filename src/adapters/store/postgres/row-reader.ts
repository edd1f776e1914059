import type { Session } from './transaction.js';

/** Wants all rows of a kind and programme, or the one with an id. */
interface Ask {
  readonly kind: string;
  readonly programme: string;
  readonly id: string | null;
}

/** What is known of the rows of a kind and programme as they are at a version. */
interface Known {
  readonly version: string;
  list?: readonly RowLike[];
  /** Rows by id, and ids that are not there. */
  readonly byId: Map<string, unknown>;
}

interface RowLike {
  readonly id: string;
}

interface Answer {
  readonly nth: number;
  readonly version: string;
  readonly body: unknown;
}

/** Rows kept by id of kinds that nobody lists, such as receipts of thousands; then it begins anew. */
const MOST_BY_ID = 5_000;

/** Gives what was asked for in one statement, so from one instant; what has not changed since is not sent again. */
const READ = `SELECT asked.nth::integer AS nth, current.version,
    CASE WHEN current.version = asked.version THEN NULL
      WHEN asked.id IS NULL THEN (SELECT coalesce(json_agg(row.body ORDER BY row.seq), '[]') FROM samling.rows AS row
        WHERE row.kind = asked.kind AND row.programme = asked.programme)
      ELSE (SELECT row.body FROM samling.rows AS row
        WHERE row.kind = asked.kind AND row.programme = asked.programme AND row.id = asked.id)
    END AS body
  FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
      WITH ORDINALITY AS asked (kind, programme, id, version, nth)
    JOIN samling.versions AS current USING (kind, programme)`;

/**
 * Reads rows, and keeps them under the number that every write of their kind and programme changes: a programme's
 * members are read once, not once for each message. A number is never given twice, so what a transaction read that was
 * then taken back is known by a number that does not come again.
 */
export class RowReader {
  readonly #known = new Map<string, Known>();

  /** All rows of a kind and programme. */
  async list(session: Session, kind: string, programme: string): Promise<readonly unknown[]> {
    const [list] = await this.read(session, [{ kind, programme, id: null }]);
    return list as readonly unknown[];
  }

  async get(session: Session, kind: string, programme: string, id: string): Promise<unknown> {
    const [row] = await this.read(session, [{ kind, programme, id }]);
    return row;
  }

  /** Answers in the order of what was asked; undefined for a row that is not there. */
  async read(session: Session, asks: readonly Ask[]): Promise<readonly unknown[]> {
    const before = asks.map((ask) => this.#knownFor(ask));
    const answers = await session.query<Answer>(READ, [
      asks.map((ask) => ask.kind),
      asks.map((ask) => ask.programme),
      asks.map((ask) => ask.id),
      before.map((known) => known?.version ?? null),
    ]);
    const values: unknown[] = asks.map(({ id }) => (id === null ? [] : undefined));
    for (const { nth, version, body } of answers) {
      const ask = asks[nth - 1];
      const known = before[nth - 1];
      if (ask === undefined) continue;
      values[nth - 1] = known?.version === version ? valueIn(known, ask) : this.#keep(ask, version, body);
    }
    return values;
  }

  /** What is known, if it answers this. */
  #knownFor({ kind, programme, id }: Ask): Known | undefined {
    const known = this.#known.get(`${kind}/${programme}`);
    if (known === undefined || known.list !== undefined) return known;
    return id !== null && known.byId.has(id) ? known : undefined;
  }

  #keep({ kind, programme, id }: Ask, version: string, body: unknown): unknown {
    const value = body ?? undefined;
    const key = `${kind}/${programme}`;
    let known = this.#known.get(key);
    // Numbers only grow: an answer that was overtaken by a newer one is not kept.
    if (known !== undefined && BigInt(known.version) > BigInt(version)) return value;
    if (known?.version !== version || known.byId.size >= MOST_BY_ID)
      this.#known.set(key, (known = { version, byId: new Map() }));
    if (id === null) known.list = value as readonly RowLike[];
    else known.byId.set(id, value);
    return value;
  }
}

function valueIn(known: Known, { id }: Ask): unknown {
  if (id === null) return known.list;
  if (known.list !== undefined && known.byId.size < known.list.length)
    for (const row of known.list) known.byId.set(row.id, row);
  return known.byId.get(id);
}

interface Waiting {
  readonly ask: Ask;
  readonly answered: Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

function waitingFor(ask: Ask): Waiting {
  let resolve!: Waiting['resolve'];
  let reject!: Waiting['reject'];
  const answered = new Promise((...ends) => ([resolve, reject] = ends));
  return { ask, answered, resolve, reject };
}

/**
 * Reads outside transactions: all that is asked for in one turn of the event loop by one statement at its end, and what
 * many ask for once.
 */
export function createTurnReads(
  reader: RowReader,
  session: Session,
): (kind: string, programme: string, id: string | null) => Promise<unknown> {
  let waiting = new Map<string, Waiting>();
  const flush = () => {
    const all = [...waiting.values()];
    waiting = new Map();
    reader
      .read(
        session,
        all.map(({ ask }) => ask),
      )
      .then(
        (values) => all.forEach(({ resolve }, index) => resolve(values[index])),
        (error: unknown) => all.forEach(({ reject }) => reject(error)),
      );
  };
  return (kind, programme, id) => {
    const key = id === null ? `${kind}/${programme}` : `${kind}/${programme}/${id}`;
    let one = waiting.get(key);
    if (one === undefined) {
      waiting.set(key, (one = waitingFor({ kind, programme, id })));
      if (waiting.size === 1) setImmediate(flush);
    }
    return one.answered;
  };
}
