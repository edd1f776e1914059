import { randomInt } from 'node:crypto';
import pg from 'pg';
import { LOCKS } from '../migrate.js';
import { CHANGES } from '../rows.js';
import type { LaneBook } from './lane-book.js';
import { slotsOf } from './slots.js';

const MEMBERS = LOCKS + 3;
const LANES = LOCKS + 4;
/** Told when a process joins or leaves. A killed one is missed at the next look. */
const JOINED = 'samling_joined';
/** So often it is looked who is there. */
const LOOK_MS = 1_000;
/** While slots are on their way to another process. */
const SOON_MS = 100;
const AGAIN_MS = 500;
/** PostgreSQL gives up a process whose machine is gone after about ten seconds, and its locks with it. */
const KEEPALIVES =
  '-c tcp_keepalives_idle=4 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c idle_session_timeout=0';

const WHO = `SELECT objid::bigint::text AS member FROM pg_locks
  WHERE locktype = 'advisory' AND classid = ${String(MEMBERS)} AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
const TAKE = `SELECT slot, pg_try_advisory_lock(${String(LANES)}, slot) AS taken FROM unnest($1::integer[]) AS slot`;
const GIVE = `SELECT pg_advisory_unlock(${String(LANES)}, slot) FROM unnest($1::integer[]) AS slot`;

export interface KeeperOptions {
  readonly url: string;
  readonly book: LaneBook;
  /** Done before this process works in slots that it has taken. */
  readonly taking: (slots: ReadonlySet<number>) => Promise<void>;
  /** Told when there are lanes that were another's before. */
  readonly taken: () => void;
  /** Told of each notice of a change; undefined after a time in which none could be heard. */
  readonly changed: (payload: string | undefined) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Holds a connection that says by its locks that this process is there and which slots are its own: they are gone with
 * the process, however it ends. Without the connection nothing is its own.
 */
export class Keeper {
  readonly #options: KeeperOptions;
  readonly #me = randomInt(1, 2 ** 31 - 1);
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  /** Slots that are locked; those given away among them are so until what is under way has ended. */
  readonly #locked = new Set<number>();
  #isStopped = false;
  #isKnown = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Joins, and keeps joining after the connection was lost. */
  async start(): Promise<void> {
    await this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#round;
    const client = this.#client;
    this.#client = undefined;
    this.#lose();
    if (client === undefined) return;
    await client
      .query(`SELECT pg_advisory_unlock_all(); NOTIFY ${JOINED}`)
      .catch(() => undefined)
      .then(() => client.end())
      .catch(() => undefined);
  }

  #run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#round = this.#round
      .then(() => (this.#isStopped ? undefined : this.#look()))
      .catch((error: unknown) => {
        this.#options.failed(error);
        this.#drop(this.#client);
      })
      .then(() => this.#again());
    return this.#round;
  }

  #again(): void {
    if (this.#isStopped) return;
    const isMoving = this.#locked.size > this.#options.book.mine.size;
    const waitMs = this.#client === undefined ? AGAIN_MS : isMoving ? SOON_MS : LOOK_MS;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), waitMs);
  }

  /** Sees who is there, gives away what is another's, and takes what is its own. */
  async #look(): Promise<void> {
    const client = this.#client ?? (await this.#join());
    const { book, taking, taken } = this.#options;
    const { rows } = await client.query<{ member: string }>(WHO);
    const wanted = slotsOf(
      this.#me,
      rows.map(({ member }) => Number(member)),
    );
    book.leave([...book.mine].filter((slot) => !wanted.has(slot)));
    const nowMs = Date.now();
    const given = [...this.#locked].filter((slot) => !wanted.has(slot) && !book.isBusy(slot, nowMs));
    if (given.length > 0) {
      await client.query(GIVE, [given]);
      for (const slot of given) this.#locked.delete(slot);
      await client.query(`NOTIFY ${JOINED}`);
    }
    // One that was given away and came back before it had ended is still locked.
    const back = [...wanted].filter((slot) => this.#locked.has(slot) && !book.mine.has(slot));
    const missing = [...wanted].filter((slot) => !this.#locked.has(slot));
    const got = missing.length === 0 ? [] : await this.#take(client, missing);
    if (got.length > 0) await taking(new Set(got));
    if (this.#client !== client || got.length + back.length === 0) return;
    book.take([...got, ...back]);
    taken();
  }

  async #take(client: pg.Client, slots: readonly number[]): Promise<readonly number[]> {
    const { rows } = await client.query<{ slot: number; taken: boolean }>(TAKE, [slots]);
    const got = rows.filter(({ taken }) => taken).map(({ slot }) => slot);
    for (const slot of got) this.#locked.add(slot);
    return got;
  }

  async #join(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#options.url,
      application_name: 'samling-lanes',
      options: KEEPALIVES,
      connectionTimeoutMillis: 2_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    client.on('error', () => this.#drop(client));
    client.on('end', () => this.#drop(client));
    client.on('notification', ({ channel, payload }) => {
      if (channel === JOINED) void this.#run();
      else this.#options.changed(payload);
    });
    try {
      await client.connect();
      await client.query(
        `LISTEN ${JOINED}; LISTEN ${CHANGES};
          SELECT pg_advisory_lock(${String(MEMBERS)}, ${String(this.#me)}); NOTIFY ${JOINED}`,
      );
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.#client = client;
    if (this.#isKnown) this.#options.changed(undefined);
    this.#isKnown = true;
    return client;
  }

  /** Lets go of a connection that is lost, and of all that it held. */
  #drop(client: pg.Client | undefined): void {
    if (client === undefined || client !== this.#client) return;
    this.#client = undefined;
    this.#lose();
    void client.end().catch(() => undefined);
  }

  #lose(): void {
    this.#options.book.leave([...this.#options.book.mine]);
    this.#locked.clear();
  }
}
