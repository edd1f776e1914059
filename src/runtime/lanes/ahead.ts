import type { Delivery, LeasedEntry } from '../../core/ports/outbox.js';
import type { Clock } from '../../core/ports/environment.js';
import type { Tables } from '../../core/ports/store.js';
import type { Lane } from './lane.js';

/** Messages that go out as soon as they are kept: leased in the transaction that puts them into the outbox. */
export interface Ahead {
  /**
   * Leases what was just added, as far as its lanes have room; what else waits in a lane goes before it. Only what it
   * leased last counts, so that the work of a transaction may run twice.
   */
  lease(tables: Tables, added: readonly Delivery[]): Promise<void>;
  /** The transaction is kept: sends what was leased, and has the lanes of the rest worked on. */
  go(): void;
  /** The transaction was taken back. */
  cancel(): void;
}

export interface AheadOptions {
  readonly clock: Clock;
  readonly leaseMs: number;
  /** How many a lane may send now, and the lane; undefined when it is not to be sent to now. */
  readonly roomOf: (
    lane: string,
    nowMs: number,
  ) => { readonly lane: Lane; readonly room: number } | undefined;
  /** Sends what was leased at an instant. */
  readonly send: (entry: LeasedEntry, leasedMs: number) => void;
  /** Has a lane worked on in which something is due. */
  readonly begin: (lane: string) => void;
}

interface Leased {
  readonly lane: Lane;
  readonly entry: LeasedEntry;
  readonly atMs: number;
}

/** Creates what sends the messages of one transaction ahead. */
export function createAhead(options: AheadOptions): Ahead {
  return new SentAhead(options);
}

class SentAhead implements Ahead {
  readonly #options: AheadOptions;
  #leased: Leased[] = [];
  #others: string[] = [];

  constructor(options: AheadOptions) {
    this.#options = options;
  }

  async lease(tables: Tables, added: readonly Delivery[]): Promise<void> {
    this.cancel();
    const nowMs = this.#options.clock.nowMs();
    const due = added.filter((each) => each.notBeforeMs <= nowMs);
    for (const name of new Set(due.map((each) => each.lane))) {
      const own = due.filter((each) => each.lane === name);
      const leased = await this.#leaseIn(tables, name, own.length, nowMs);
      const isLeased = ({ programme, id }: Delivery) =>
        leased.some((each) => each.id === id && each.programme === programme);
      if (!own.every(isLeased)) this.#others.push(name);
    }
  }

  async #leaseIn(
    tables: Tables,
    name: string,
    count: number,
    nowMs: number,
  ): Promise<readonly LeasedEntry[]> {
    const { roomOf, leaseMs } = this.#options;
    const found = roomOf(name, nowMs);
    if (found === undefined || found.room <= 0) return [];
    const { lane, room } = found;
    const entries = await tables.outbox.lease(name, nowMs, leaseMs, Math.min(room, count));
    for (const entry of entries) {
      lane.begin(nowMs);
      this.#leased.push({ lane, entry, atMs: nowMs });
    }
    return entries;
  }

  go(): void {
    const [leased, others] = [this.#leased, this.#others];
    this.#clear();
    for (const { entry, atMs } of leased) this.#options.send(entry, atMs);
    for (const name of others) this.#options.begin(name);
  }

  cancel(): void {
    const leased = this.#leased;
    this.#clear();
    for (const { lane, atMs } of leased)
      lane.end('not-taken', { beganMs: atMs, endMs: this.#options.clock.nowMs() });
  }

  #clear(): void {
    this.#leased = [];
    this.#others = [];
  }
}
