import type { OutboxEntry } from '../../../core/ports/outbox.js';
import { ByProgramme } from './by-programme.js';
import { Heap } from './heap.js';
import type { Rows } from './rows.js';

/** A place in a lane's queue; stale once the entry is settled, or due at another instant. */
interface Place {
  readonly programme: string;
  readonly id: string;
  readonly dueMs: number;
  /** Breaks ties: what came into the outbox first, however often it was put back since. */
  readonly order: number;
}

/** What is taken off a queue, and its place in the order in which entries came. */
export interface Taken {
  readonly entry: OutboxEntry;
  readonly order: number;
}

interface Lane {
  readonly urgent: Heap<Place>;
  readonly normal: Heap<Place>;
  /** How many urgent ones were taken since the last that was not. */
  urgentInARow: number;
}

/** After so many urgent ones, one that waits is taken: replies that never end must not starve what was planned. */
const MOST_IN_A_ROW = 9;

const earlier = (a: Place, b: Place) => a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);

/** When an entry can be taken: when it is due, or when the lease of whoever has it runs out; undefined: never again. */
function dueMs({ state, notBeforeMs }: OutboxEntry): number | undefined {
  if (state.kind === 'waiting') return notBeforeMs;
  return state.kind === 'leased' ? state.untilMs : undefined;
}

/** The lane of an entry that is not settled. */
function openLane(entry: OutboxEntry | undefined): string | undefined {
  return entry === undefined || dueMs(entry) === undefined ? undefined : entry.lane;
}

/** Finds entries by lane and due time, and by member, without reading them all; kept in step with the rows. */
export class OutboxIndex {
  readonly #rows: Rows;
  readonly #lanes = new Map<string, Lane>();
  readonly #members = new ByProgramme<Set<string>>();
  readonly #depths = new Map<string, number>();
  /** Where entries that are not settled stand in the order in which they came. */
  readonly #orders = new ByProgramme<number>();
  #order = 0;

  constructor(rows: Rows) {
    this.#rows = rows;
    for (const programme of rows.programmes('outbox')) {
      for (const entry of rows.list('outbox', programme)) this.#changed(undefined, entry as OutboxEntry);
    }
    rows.watch((table, before, after) => {
      if (table === 'outbox') {
        this.#changed(before as OutboxEntry | undefined, after as OutboxEntry | undefined);
      }
    });
  }

  /** Takes up to `limit` entries due at `nowMs` off a lane's queue, urgent first, then as they came due. */
  takeDue(name: string, nowMs: number, limit: number): readonly Taken[] {
    const lane = this.#lanes.get(name);
    // An entry whose settling was taken back has two places that hold.
    const taken = new Map<OutboxEntry, Taken>();
    const due = (heap: Heap<Place>) => {
      const next = this.#first(heap);
      return next !== undefined && next.place.dueMs <= nowMs ? next : undefined;
    };
    while (lane !== undefined && taken.size < limit) {
      const [urgent, normal] = [due(lane.urgent), due(lane.normal)];
      const isNormal = normal !== undefined && (urgent === undefined || lane.urgentInARow >= MOST_IN_A_ROW);
      const next = isNormal ? normal : urgent;
      if (next === undefined) break;
      (isNormal ? lane.normal : lane.urgent).pop();
      lane.urgentInARow = isNormal ? 0 : lane.urgentInARow + 1;
      taken.set(next.entry, { entry: next.entry, order: next.place.order });
    }
    return [...taken.values()];
  }

  /** Lanes with entries that are not settled, and when the first of each can be taken. */
  lanes(): ReadonlyMap<string, number> {
    const due = new Map<string, number>();
    for (const [name, { urgent, normal }] of this.#lanes) {
      const firstMs = Math.min(
        this.#first(urgent)?.place.dueMs ?? Infinity,
        this.#first(normal)?.place.dueMs ?? Infinity,
      );
      if (firstMs < Infinity) due.set(name, firstMs);
      else this.#lanes.delete(name);
    }
    return due;
  }

  /** How many entries of each lane are not settled. */
  depths(): ReadonlyMap<string, number> {
    return new Map(this.#depths);
  }

  ofMember(programme: string, member: string): readonly OutboxEntry[] {
    const ids = [...(this.#members.get(programme, member) ?? [])];
    return ids.flatMap((id) => this.#entry(programme, id) ?? []);
  }

  #entry(programme: string, id: string): OutboxEntry | undefined {
    return this.#rows.get('outbox', programme, id) as OutboxEntry | undefined;
  }

  #count(lane: string | undefined, by: number): void {
    if (lane === undefined) return;
    const count = (this.#depths.get(lane) ?? 0) + by;
    if (count === 0) this.#depths.delete(lane);
    else this.#depths.set(lane, count);
  }

  #changed(before: OutboxEntry | undefined, after: OutboxEntry | undefined): void {
    const [left, came] = [openLane(before), openLane(after)];
    if (left !== came) {
      this.#count(left, -1);
      this.#count(came, 1);
    }
    if (after === undefined) {
      if (before === undefined) return;
      this.#members.get(before.programme, before.member)?.delete(before.id);
      this.#orders.delete(before.programme, before.id);
      return;
    }
    if (before === undefined) {
      const { programme, member, id } = after;
      const ids = this.#members.get(programme, member);
      if (ids === undefined) this.#members.set(programme, member, new Set([id]));
      else ids.add(id);
    }
    this.#queue(after);
  }

  #queue(entry: OutboxEntry): void {
    const due = dueMs(entry);
    const { programme, id } = entry;
    if (due === undefined) {
      this.#orders.delete(programme, id);
      return;
    }
    let lane = this.#lanes.get(entry.lane);
    if (lane === undefined) {
      lane = { urgent: new Heap(earlier), normal: new Heap(earlier), urgentInARow: 0 };
      this.#lanes.set(entry.lane, lane);
    }
    let order = this.#orders.get(programme, id);
    if (order === undefined) this.#orders.set(programme, id, (order = this.#order += 1));
    (entry.urgent ? lane.urgent : lane.normal).push({ programme, id, dueMs: due, order });
  }

  /** The first place of a queue that still holds; those that do not are thrown away. */
  #first(heap: Heap<Place>): { place: Place; entry: OutboxEntry } | undefined {
    for (let place = heap.peek(); place !== undefined; place = heap.peek()) {
      const entry = this.#entry(place.programme, place.id);
      if (entry !== undefined && dueMs(entry) === place.dueMs) return { place, entry };
      heap.pop();
    }
    return undefined;
  }
}
