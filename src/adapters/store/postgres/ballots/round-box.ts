import type { BoxKey, CountedAnswer } from '../../../../core/ports/ballots.js';
import { allChangesFor, isAnswer, knows, type Wanted } from '../../../../runtime/ballots/events.js';
import { boxName } from '../../../../runtime/ballots/hashes.js';
import { answerIn, bodyOf } from '../../../../runtime/ballots/packed.js';
import type { Database } from '../database.js';
import { numberOf, type Session } from '../transaction.js';
import { LOCKS } from '../migrate.js';
import type { KeyFolder } from './key-folder.js';
import { readBox, writeBox, type Rewrite, type Seen } from './sealed-row.js';

/** A change, and who is told whether it was put in, at each try to write. */
export interface Change extends Wanted {
  readonly isPutIn?: (is: boolean) => void;
}

export interface RoundBoxParts {
  readonly database: Database;
  readonly keys: KeyFolder;
  /** After so long a box is sealed with a new key. */
  readonly keyMs: number;
  /** So long a key that is not in use any more is kept. */
  readonly keptMs: number;
}

const LOCK = `SELECT pg_advisory_xact_lock(${String(LOCKS + 2)}, $1)`;
const REMOVE = 'DELETE FROM samling.ballots WHERE programme = $1 AND round = $2';

const NONE: ReadonlyMap<string, Buffer> = new Map<string, Buffer>();

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
    return findIn(await this.#bodies())(hash);
  }

  /** Whether an event has put in what lies under a hash. */
  async knows(hash: string, event: string): Promise<boolean> {
    return knows(findIn(await this.#bodies()), hash, event);
  }

  async answers(): Promise<readonly CountedAnswer[]> {
    return [...(await this.#bodies()).values()]
      .map((body) => answerIn(body.toString()))
      .filter(isAnswer)
      .map(({ question, group, value }) => ({ question, group, value }));
  }

  async #bodies(): Promise<ReadonlyMap<string, Buffer>> {
    return (await this.#refresh())?.bodies ?? NONE;
  }

  /** Makes room for so many bytes at least. */
  reserve(bytes: number): Promise<void> {
    return this.#write((now) =>
      bytes > (now?.bytes ?? 0) ? { bodies: now?.bodies ?? NONE, bytes } : undefined,
    );
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

  #read(session: Session): Promise<Seen | undefined> {
    return readBox(session, this.#parts.keys, this.#box, this.#seen);
  }

  /** Writes the box anew; `undefined` leaves it as it is. */
  async #write(change: (now: Seen | undefined) => Rewrite | undefined): Promise<void> {
    let next = this.#seen;
    await this.#alone(async (session) => {
      const now = await this.#read(session);
      const rewrite = change(now);
      const { keys, keyMs } = this.#parts;
      next = rewrite === undefined ? now : await writeBox(session, keys, this.#box, rewrite, { now, keyMs });
    });
    this.#seen = next;
  }
}

const findIn = (bodies: ReadonlyMap<string, Buffer>) => (hash: string) => {
  const body = bodies.get(hash);
  return body && answerIn(body.toString());
};

function changed(now: Seen | undefined, wanted: readonly Change[]): Rewrite | undefined {
  const bodies = new Map(now?.bodies);
  let isChanged = false;
  const changes = allChangesFor(wanted, findIn(now?.bodies ?? NONE));
  for (const [index, each] of changes.entries()) wanted[index]?.isPutIn?.(each.length > 0);
  for (const { hash, answer } of changes.flat()) {
    if (answer === undefined) isChanged = bodies.delete(hash) || isChanged;
    else {
      bodies.set(hash, Buffer.from(bodyOf(answer)));
      isChanged = true;
    }
  }
  return isChanged ? { bodies } : undefined;
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
