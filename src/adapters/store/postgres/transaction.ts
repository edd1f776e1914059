import type { Pool, PoolClient, QueryConfig, QueryResultRow } from 'pg';
import { storeError } from './errors.js';
import { LOCKS } from './migrate.js';
import type { Turns } from './turns.js';

/** What a call may do: in a transaction, or as a statement of its own. */
export interface Session {
  query<T extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<T[]>;
  /**
   * Waits until no other transaction, in whatever process, is at this programme, and keeps others waiting until this
   * one has ended. Transactions of a programme so happen one after another, as in the embedded store.
   */
  lock(programme: string): Promise<void>;
  /** Runs it before the next query or the end: once, however often the same `run` was put off until then. */
  later(run: () => Promise<void>): Promise<void>;
}

const names = new Map<string, string>();

/** A statement that each connection prepares once. */
export function namedQuery(text: string, values: readonly unknown[] = []): QueryConfig {
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = `samling-${String(names.size)}`));
  return { name, text, values: [...values] };
}

/** FNV-1a, 32 bits, as PostgreSQL's integers are. Programmes that share a number only wait for each other. */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash | 0;
}

/** A transaction that begins with its first statement. */
export class Transaction implements Session {
  readonly #pool: Pool;
  readonly #turns: Turns;
  readonly #locks = new Map<string, Promise<void>>();
  #client: Promise<PoolClient> | undefined;
  #giveTurn: (() => void) | undefined;
  #put: (() => Promise<void>) | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #failure: unknown;

  constructor(pool: Pool, turns: Turns) {
    this.#pool = pool;
    this.#turns = turns;
  }

  async query<T extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    await this.#flush();
    return this.#inTurn(async () => (await (await this.#begin()).query<T>(namedQuery(text, values))).rows);
  }

  lock(programme: string): Promise<void> {
    let lock = this.#locks.get(programme);
    if (lock === undefined) this.#locks.set(programme, (lock = this.#lock(programme)));
    return lock;
  }

  later(run: () => Promise<void>): Promise<void> {
    if (this.#put === run) return Promise.resolve();
    return this.#flush().then(() => void (this.#put = run));
  }

  async commit(): Promise<void> {
    await this.#flush();
    if (this.#failure !== undefined) throw storeError(this.#failure);
    const client = await this.#client;
    if (client !== undefined) await this.#heed(() => client.query('COMMIT'));
    this.#end(client);
  }

  /** Takes everything back; a connection that cannot even do that is thrown away. */
  async rollback(): Promise<void> {
    this.#put = undefined;
    const client = await this.#client?.catch(() => undefined);
    try {
      await client?.query('ROLLBACK');
      this.#end(client);
    } catch {
      this.#end(client, true);
    }
  }

  #end(client: PoolClient | undefined, isBroken = false): void {
    client?.release(isBroken);
    this.#client = undefined;
    this.#giveTurn?.();
    this.#giveTurn = undefined;
  }

  async #flush(): Promise<void> {
    const put = this.#put;
    this.#put = undefined;
    await put?.();
  }

  async #lock(programme: string): Promise<void> {
    const sql = `SELECT pg_advisory_xact_lock(${String(LOCKS + 1)}, ${String(numberOf(programme))})`;
    // Within the process one waits without a connection; only the first, since nobody would see these wait in a circle.
    if (this.#client === undefined && this.#locks.size <= 1)
      this.#giveTurn = await this.#turns.take(programme);
    await this.#inTurn(async () => {
      if (this.#client === undefined) await this.#begin(sql);
      else await (await this.#client).query(sql);
    });
  }

  /** Statements go one after another, also when they are asked for at once. */
  #inTurn<R>(run: () => Promise<R>): Promise<R> {
    const one = this.#last.then(() => this.#heed(run));
    this.#last = one.catch(() => undefined);
    return one;
  }

  #begin(also = ''): Promise<PoolClient> {
    return (this.#client ??= this.#connect(also));
  }

  async #connect(also: string): Promise<PoolClient> {
    const client = await this.#pool.connect();
    try {
      await client.query(`BEGIN; ${also}`);
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** After a failure nothing of the transaction counts, also when its work goes on as if nothing was. */
  async #heed<R>(run: () => Promise<R>): Promise<R> {
    try {
      return await run();
    } catch (error) {
      this.#failure ??= error;
      throw storeError(error);
    }
  }
}
