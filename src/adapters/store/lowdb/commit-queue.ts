import { setTimeout as pause } from 'node:timers/promises';
import { SamlingError } from '../../../core/errors.js';
import type { Haste } from '../../../core/ports/store.js';
import type { Rows, Write } from './rows.js';

/** Makes transactions durable. */
export interface Persistence {
  /** Resolves once all the transactions would survive a crash; when it rejects, none of them will. */
  append(transactions: readonly (readonly Write[])[]): Promise<void>;
  /** Whether `fold` is worth its time now. */
  wantsFold(): boolean;
  /** Called while nothing is under way and everything is durable; may take its time. Loses nothing when it fails. */
  fold(): Promise<void>;
  close(): Promise<void>;
}

interface Pending {
  readonly writes: readonly Write[];
  /** Changes that take the writes back, oldest first. */
  readonly undo: readonly Write[];
  readonly durable: Promise<SamlingError | undefined>;
  readonly settle: (failure: SamlingError | undefined) => void;
}

/** So many transactions together are a crowd: more will come soon. */
const CROWD = 3;
/** How long it is waited for more of a crowd, in ms. */
const CROWDED_MS = 1;
/** After so long, in ms, a crowd may be gone. */
const RECENT_MS = 5;
/** Turns are some hundred microseconds under load. */
const MOST_TURNS = 8;

/**
 * Takes transactions that happened in memory to the disk, all that wait in one sync. When that fails, everything in
 * memory that is not on the disk is taken back, newest first, since it may build on what failed.
 */
export class CommitQueue {
  readonly #rows: Rows;
  readonly #persistence: Persistence;
  readonly #patienceMs: number;
  readonly #pending: Pending[] = [];
  /** Whether somebody waits for one of the pending, or for what is before them. */
  #isHurried = false;
  #later: NodeJS.Timeout | undefined;
  /** When a crowd went to the disk last. */
  #crowdMs = -Infinity;
  #turn: Promise<unknown> = Promise.resolve();
  #flushing: Promise<void> | undefined;

  /** `patienceMs`: how long a patient transaction waits at most; 0: nothing waits for anything but the disk. */
  constructor(rows: Rows, persistence: Persistence, patienceMs: number) {
    this.#rows = rows;
    this.#persistence = persistence;
    this.#patienceMs = patienceMs;
  }

  /** Runs work after all that asked before, and nothing beside it. */
  alone<R>(work: () => Promise<R>): Promise<R> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Queues a transaction; gives the failure, or undefined when it, or (without writes) all before it, is durable. */
  add(
    writes: readonly Write[],
    undo: readonly Write[],
    { isPatient = false }: Haste = {},
  ): Promise<SamlingError | undefined> {
    const before = this.#pending.at(-1);
    if (writes.length === 0 && before === undefined) return Promise.resolve(undefined);
    const durable = writes.length === 0 && before !== undefined ? before.durable : this.#queue(writes, undo);
    if (isPatient && this.#patienceMs > 0) this.#later ??= setTimeout(() => this.#hurry(), this.#patienceMs);
    else this.#hurry();
    return durable;
  }

  #queue(writes: readonly Write[], undo: readonly Write[]): Promise<SamlingError | undefined> {
    let settle: Pending['settle'] = () => undefined;
    const durable = new Promise<SamlingError | undefined>((resolve) => (settle = resolve));
    this.#pending.push({ writes, undo, durable, settle });
    return durable;
  }

  /** Waits for what is under way, folds and closes. */
  async close(): Promise<void> {
    await this.alone(() => Promise.resolve());
    while (this.#flushing !== undefined) await this.#flushing;
    await this.#fold();
    await this.#persistence.close();
  }

  #hurry(): void {
    this.#isHurried = true;
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined;
      if (this.#isHurried) this.#hurry();
    });
  }

  async #flush(): Promise<void> {
    while (this.#isHurried) {
      await this.#gather();
      const failure = await this.#writeWaiting();
      // Alone, so that no transaction is half-way while what it builds on is taken back.
      if (failure !== undefined) await this.alone(() => this.#takeBack(failure.cause));
      if (this.#persistence.wantsFold()) await this.#fold();
    }
  }

  /**
   * Waits as long as each turn of the event loop brings more: a sync costs as much as many a transaction. While many come,
   * it waits for more of them.
   */
  async #gather(): Promise<void> {
    if (this.#isCrowded()) await pause(CROWDED_MS);
    for (let turns = 0; turns < MOST_TURNS; turns += 1) {
      const before = this.#pending.length;
      await new Promise<void>((resolve) => void setImmediate(resolve));
      if (this.#pending.length === before) return;
    }
  }

  /** Whether several went to the disk together a moment ago. */
  #isCrowded(): boolean {
    return this.#patienceMs > 0 && performance.now() - this.#crowdMs < RECENT_MS;
  }

  async #writeWaiting(): Promise<{ cause: unknown } | undefined> {
    const batch = this.#pending.slice();
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#isHurried = false;
    if (batch.length === 0) return undefined;
    try {
      await this.#persistence.append(batch.map((each) => each.writes));
    } catch (cause) {
      return { cause };
    }
    this.#pending.splice(0, batch.length);
    if (batch.length >= CROWD) this.#crowdMs = performance.now();
    for (const each of batch) each.settle(undefined);
    return undefined;
  }

  #takeBack(cause: unknown): Promise<void> {
    const all = this.#pending.splice(0);
    for (const write of all.flatMap((each) => each.undo).reverse()) this.#rows.apply(write);
    const message =
      'The store could not be written; nothing has changed. Look at the disk of the data folder.';
    const failure = new SamlingError('STORE_WRITE_FAILED', message, { cause, retryable: true });
    for (const each of all) each.settle(failure);
    return Promise.resolve();
  }

  #fold(): Promise<void> {
    return this.alone(async () => {
      const failure = await this.#writeWaiting();
      if (failure !== undefined) await this.#takeBack(failure.cause);
      await this.#persistence.fold();
    });
  }
}
