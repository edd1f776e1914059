import type { BoxKey, CountedAnswer } from '../../../../core/ports/ballots.js';
import { SamlingError } from '../../../../core/errors.js';
import { boxName } from '../../../../runtime/ballots/hashes.js';
import {
  answerIn,
  bodyOf,
  neededBytes,
  pack,
  seal,
  unpack,
  unseal,
} from '../../../../runtime/ballots/packed.js';
import type { Database } from '../database.js';
import { numberOf, type Session } from '../transaction.js';
import { LOCKS } from '../migrate.js';
import type { BallotKey, KeyFolder } from './key-folder.js';

/** What is to be put in, or (without an answer) taken out. */
export interface Change {
  readonly hash: string;
  readonly answer?: CountedAnswer;
}

export interface RoundBoxParts {
  readonly database: Database;
  readonly keys: KeyFolder;
  /** After so long a box is sealed with a new key. */
  readonly keyMs: number;
  /** So long a key that is not in use any more is kept. */
  readonly keptMs: number;
}

/** What a process has read of a box. */
interface Seen {
  readonly nonce: Buffer;
  readonly key: BallotKey;
  /** Whether this is the first that was sealed with the key. */
  readonly isFirst: boolean;
  readonly bodies: ReadonlyMap<string, Buffer>;
  readonly bytes: number;
}

interface BoxRow {
  readonly key_id: string;
  readonly nonce: Buffer;
  readonly is_first: boolean;
  readonly sealed: Buffer | null;
}

const LOCK = `SELECT pg_advisory_xact_lock(${String(LOCKS + 2)}, $1)`;
/** $3: the one that is known already, and need not be sent again. */
const READ = `SELECT key_id, nonce, is_first, CASE WHEN nonce = $3 THEN NULL ELSE sealed END AS sealed
  FROM samling.ballots WHERE programme = $1 AND round = $2`;
const WRITE = `INSERT INTO samling.ballots (programme, round, key_id, nonce, is_first, sealed)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (programme, round) DO UPDATE SET key_id = excluded.key_id, nonce = excluded.nonce,
    is_first = excluded.is_first, sealed = excluded.sealed`;
const REMOVE = 'DELETE FROM samling.ballots WHERE programme = $1 AND round = $2';

const NONE: ReadonlyMap<string, Buffer> = new Map<string, Buffer>();
const NONCE_BYTES = 12;
/** Boxes have a size of two to a power, so that it says next to nothing of what is in them. */
const LEAST_BYTES = 4096;
/** Between reading which key a box has and reading the key, another process may have changed both. */
const MOST_READS = 5;

function roomFor(bytes: number): number {
  return Math.max(LEAST_BYTES, 2 ** Math.ceil(Math.log2(bytes)));
}

/** One round's answers: one row, sealed as a whole, and written as a whole whatever changes. */
export class RoundBox {
  readonly #parts: RoundBoxParts;
  readonly #box: BoxKey;
  readonly #name: string;
  #seen: Seen | undefined;
  /** Puts an answer in or takes one out; all that wait are written together. */
  readonly change = grouped<Change>((changes) => this.#write((now) => changed(now, changes)));
  readonly #refresh = shared(async () => {
    this.#seen = await this.#parts.database.read((session) => this.#read(session));
    return this.#seen;
  });

  constructor(parts: RoundBoxParts, box: BoxKey) {
    this.#parts = parts;
    this.#box = box;
    this.#name = boxName(box);
  }

  async find(hash: string): Promise<CountedAnswer | undefined> {
    const body = (await this.bodies()).get(hash);
    return body && answerIn(body.toString());
  }

  async answers(): Promise<readonly CountedAnswer[]> {
    return [...(await this.bodies()).values()].map((body) => answerIn(body.toString()));
  }

  async bodies(): Promise<ReadonlyMap<string, Buffer>> {
    return (await this.#refresh())?.bodies ?? NONE;
  }

  /** Makes room for so many bytes at least. */
  reserve(bytes: number): Promise<void> {
    return this.#write((now) =>
      bytes > (now?.bytes ?? 0) ? { bodies: now?.bodies ?? NONE, bytes } : undefined,
    );
  }

  /** Puts in what another box had. */
  fill(bodies: ReadonlyMap<string, Buffer>): Promise<void> {
    return this.#write((now) => ({ bodies: new Map([...(now?.bodies ?? []), ...bodies]) }));
  }

  /** Seals with a new key what was sealed more than once with one, and destroys keys that are long out of use. */
  async tidy(): Promise<void> {
    const { keyMs, keptMs, keys } = this.#parts;
    const isOld = (now: Seen) => !now.isFirst && Date.now() - now.key.madeMs >= keyMs;
    await this.#write((now) =>
      now !== undefined && isOld(now) ? { bodies: now.bodies, isNewKey: true } : undefined,
    );
    await this.#alone(async (session) => {
      const now = await this.#read(session);
      await keys.destroy(this.#name, outOfUse(await keys.list(this.#name), now?.key.id, keptMs));
    });
  }

  async burn(): Promise<void> {
    await this.#alone(async (session) => {
      // The keys first: from then on nothing can be read, whatever happens to the rest.
      await this.#parts.keys.burn(this.#name);
      await session.query(REMOVE, [this.#box.programme, this.#box.round]);
    });
    this.#seen = undefined;
  }

  /** One at a time is at a box, over all processes; also while there is none yet. */
  #alone(work: (session: Session) => Promise<void>): Promise<void> {
    return this.#parts.database.write(async (session) => {
      await session.query(LOCK, [numberOf(this.#name)]);
      await work(session);
    });
  }

  async #read(session: Session): Promise<Seen | undefined> {
    const { programme, round } = this.#box;
    for (let reads = 1; ; reads += 1) {
      const known = this.#seen;
      const values = [programme, round, known?.nonce ?? Buffer.alloc(0)];
      const [row] = await session.query<BoxRow & Record<string, unknown>>(READ, values);
      if (row === undefined) return undefined;
      if (row.sealed === null && known !== undefined) return known;
      const isKnown = known?.key.id === row.key_id;
      const key = isKnown ? known.key : await this.#parts.keys.get(this.#name, row.key_id);
      if (key !== undefined) return opened(this.#name, row, key);
      if (reads >= MOST_READS) throw keyMissing(this.#box);
    }
  }

  /** Writes the box anew; `undefined` leaves it as it is. */
  async #write(change: (now: Seen | undefined) => Rewrite | undefined): Promise<void> {
    let next = this.#seen;
    await this.#alone(async (session) => {
      const now = await this.#read(session);
      const rewrite = change(now);
      next = rewrite === undefined ? now : await this.#rewrite(session, now, rewrite);
    });
    this.#seen = next;
  }

  async #rewrite(session: Session, now: Seen | undefined, rewrite: Rewrite): Promise<Seen> {
    const { keys, keyMs } = this.#parts;
    const { bodies } = rewrite;
    const isOld = now === undefined || Date.now() - now.key.madeMs >= keyMs;
    const key = isOld || rewrite.isNewKey === true ? await keys.make(this.#name) : now.key;
    const bytes = roomFor(Math.max(now?.bytes ?? 0, rewrite.bytes ?? 0, neededBytes(bodies.values())));
    const sealed = seal(key.key, this.#name, pack(bodies, bytes));
    const next = { nonce: sealed.subarray(0, NONCE_BYTES), key, isFirst: key !== now?.key, bodies, bytes };
    const { programme, round } = this.#box;
    await session.query(WRITE, [programme, round, key.id, next.nonce, next.isFirst, sealed]);
    return next;
  }
}

interface Rewrite {
  readonly bodies: ReadonlyMap<string, Buffer>;
  /** Room for so much at least. */
  readonly bytes?: number;
  readonly isNewKey?: boolean;
}

function changed(now: Seen | undefined, changes: readonly Change[]): Rewrite | undefined {
  const bodies = new Map(now?.bodies);
  let isChanged = false;
  for (const { hash, answer } of changes) {
    if (answer === undefined) isChanged = bodies.delete(hash) || isChanged;
    else {
      bodies.set(hash, Buffer.from(bodyOf(answer)));
      isChanged = true;
    }
  }
  return isChanged ? { bodies } : undefined;
}

function opened(name: string, row: BoxRow, key: BallotKey): Seen {
  const plain = row.sealed === null ? undefined : unseal(key.key, name, row.sealed);
  if (plain === undefined) {
    throw new SamlingError(
      'STORE_DAMAGED',
      `The ballot box ${name} in the database is damaged: it does not open with its own key.`,
    );
  }
  const { nonce, is_first: isFirst } = row;
  return { nonce, key, isFirst, bodies: unpack(plain), bytes: plain.length };
}

function keyMissing({ programme, round }: BoxKey): SamlingError {
  return new SamlingError(
    'BALLOT_KEY_MISSING',
    `The key of the open round ${round} of ${programme} is not in the keys folder: its answers cannot be read. Let every ` +
      'process that uses the database have the same keys folder, or put it back.',
  );
}

/** Keys that were replaced (or, never used, made) so long ago that no box of a database that lags behind has them. */
function outOfUse(
  all: readonly { readonly id: string; readonly madeMs: number }[],
  current: string | undefined,
  keptMs: number,
): readonly string[] {
  const before = Date.now() - keptMs;
  return all
    .filter(({ id, madeMs }, index) => id !== current && (all[index + 1]?.madeMs ?? madeMs) <= before)
    .map(({ id }) => id);
}

/** Callers share a run that has not begun when they ask. */
function shared<R>(run: () => Promise<R>): () => Promise<R> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<R> | undefined;
  return () =>
    (next ??= running.then(() => {
      const begun = run();
      next = undefined;
      running = begun.catch(() => undefined);
      return begun;
    }));
}

/** All that wait while one group is under way are the next group. */
function grouped<T>(run: (all: readonly T[]) => Promise<void>): (one: T) => Promise<void> {
  const waiting: T[] = [];
  const next = shared(() => run(waiting.splice(0)));
  return (one) => {
    waiting.push(one);
    return next();
  };
}
