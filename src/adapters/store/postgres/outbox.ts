import type {
  Delivery,
  DeliveryState,
  LeasedEntry,
  Outbox,
  OutboxEntry,
  Settlement,
} from '../../../core/ports/outbox.js';
import * as sql from './outbox-sql.js';
import type { Runs } from './rows.js';
import type { LaneBook } from './sharing/lane-book.js';
import type { Session } from './transaction.js';
import type { Wake } from './wake.js';

/** An entry as it lies in the database. */
export interface EntryRow {
  readonly delivery: Delivery;
  readonly not_before_ms: number;
  readonly due_ms: number | null;
  readonly state: 'waiting' | 'leased' | 'settled';
  readonly attempt: number;
  readonly settled: DeliveryState | null;
}

/** What the outbox of a store remembers besides its rows. */
export interface OutboxMemory {
  /** How many urgent ones were leased in each lane since the last that was not; a lane is worked by one process. */
  readonly urgentInARow: Map<string, number>;
  /** Has lanes worked on when something in them is due, where jobs are kept. */
  readonly wake?: Wake | undefined;
  /** Which lanes are this process's. */
  readonly book: LaneBook;
}

/** After so many urgent ones, one that waits is taken, as in the embedded store; the statement says it too. */
const MOST_IN_A_ROW = 9;

/** The outbox over a way to run calls. */
export function outboxIn({ read, write }: Runs, memory: OutboxMemory): Outbox {
  return {
    add: (deliveries) => write((session) => addAll(session, deliveries, memory)),
    taken: (programme, items) =>
      read(async (session) => {
        await session.lock(programme);
        return takenOf(session, programme, items);
      }),
    lease: async (lane, nowMs, leaseMs, limit) =>
      memory.book.may(lane)
        ? write((session) => leaseSome(session, memory, lane, { nowMs, untilMs: nowMs + leaseMs, limit }))
        : [],
    settle: (programme, id, settlement, nowMs) =>
      write((session) => settleSoon(session, memory, { programme, id, settlement, nowMs })),
    lanes: () =>
      read(async (session) => {
        const rows = await session.query<{ lane: string; due_ms: number }>(sql.LANES);
        return new Map(rows.filter(({ lane }) => memory.book.may(lane)).map((row) => [row.lane, row.due_ms]));
      }),
    list: (programme, ids) =>
      read(async (session) => {
        const rows = await session.query<EntryRow & { id: string }>(sql.BY_IDS, [programme, ids]);
        const found = new Map(rows.map((row) => [row.id, entryOf(row)]));
        return ids.map((id) => found.get(id));
      }),
    ofMember: (programme, member, limit) =>
      read(async (session) =>
        (await session.query<EntryRow>(sql.OF_MEMBER, [programme, member, limit])).map(entryOf),
      ),
  };
}

/** The entry of a row. */
export function entryOf(row: EntryRow): OutboxEntry {
  return { ...row.delivery, notBeforeMs: row.not_before_ms, state: stateOf(row) };
}

function stateOf({ state, attempt, due_ms, settled }: EntryRow): DeliveryState {
  if (settled !== null) return settled;
  return state === 'leased'
    ? { kind: 'leased', attempt, untilMs: due_ms ?? 0 }
    : { kind: 'waiting', attempt };
}

async function takenOf(session: Session, programme: string, items: readonly string[]): Promise<Set<string>> {
  const rows = await session.query<{ item: string }>(sql.TAKEN, [programme, items]);
  return new Set(rows.map((row) => row.item));
}

async function addAll(
  session: Session,
  deliveries: readonly Delivery[],
  { wake }: OutboxMemory,
): Promise<readonly Delivery[]> {
  const answers = new Map<Delivery, Delivery>();
  for (const programme of new Set(deliveries.map((each) => each.programme))) {
    await session.lock(programme);
    const own = deliveries.filter((each) => each.programme === programme);
    for (const [given, written] of await addOwn(session, programme, own)) answers.set(given, written);
  }
  await wake?.(session, [...answers.values()]);
  return deliveries.flatMap((each) => answers.get(each) ?? []);
}

/** Adds a programme's deliveries, which is locked: what is free now is still free when it is taken. */
async function addOwn(
  session: Session,
  programme: string,
  deliveries: readonly Delivery[],
): Promise<ReadonlyMap<Delivery, Delivery>> {
  const ids = (
    await session.query<{ id: string }>(sql.HAS_IDS, [programme, deliveries.map(({ id }) => id)])
  ).map(({ id }) => id);
  const known = new Set(ids);
  const taken = await takenOf(
    session,
    programme,
    deliveries.flatMap(({ items }) => items),
  );
  const added = new Map<Delivery, Delivery>();
  const took: string[] = [];
  for (const delivery of deliveries) {
    const items = [...new Set(delivery.items)].filter((item) => !taken.has(item));
    if (known.has(delivery.id) || items.length === 0) continue;
    known.add(delivery.id);
    for (const item of items) taken.add(item);
    took.push(...items);
    added.set(delivery, { ...delivery, items });
  }
  if (added.size === 0) return added;
  await session.query(sql.TAKE, [programme, took]);
  const all = [...added.values()];
  const columns = [
    all.map((each) => each.id),
    all.map((each) => each.lane),
    all.map((each) => each.member),
    all.map((each) => each.urgent),
    all.map((each) => each.notBeforeMs),
    all.map((each) => JSON.stringify(each)),
  ];
  await session.query(sql.ADD, [programme, ...columns]);
  return added;
}

async function leaseSome(
  session: Session,
  { urgentInARow, book }: OutboxMemory,
  lane: string,
  { nowMs, untilMs, limit }: { nowMs: number; untilMs: number; limit: number },
): Promise<readonly LeasedEntry[]> {
  const before = Math.min(MOST_IN_A_ROW, urgentInARow.get(lane) ?? 0);
  const rows = await session.query<EntryRow & { seq: string; place: string }>(sql.LEASE, [
    ...[lane, nowMs, untilMs, limit],
    before,
  ]);
  const entries = rows
    .sort((a, b) => Number(a.place) - Number(b.place))
    .map((row) => ({ ...entryOf(row), order: Number(row.seq) }));
  book.leased(entries, untilMs);
  let inARow = before;
  for (const { urgent } of entries) inARow = urgent ? inARow + 1 : 0;
  if (inARow === 0) urgentInARow.delete(lane);
  else urgentInARow.set(lane, inARow);
  return entries;
}

interface Settled {
  readonly programme: string;
  readonly id: string;
  readonly settlement: Settlement;
  readonly nowMs: number;
}

/** What a transaction settles, one call after another, goes to the database together. */
const waiting = new WeakMap<Session, { readonly list: Settled[]; readonly run: () => Promise<void> }>();

function settleSoon(session: Session, memory: OutboxMemory, settled: Settled): Promise<void> {
  let own = waiting.get(session);
  if (own === undefined) {
    const list: Settled[] = [];
    own = { list, run: () => settleAll(session, memory, list.splice(0)) };
    waiting.set(session, own);
  }
  // Of two settlements of one entry the first counts, and the second finds that.
  const isAgain = own.list.some((each) => each.programme === settled.programme && each.id === settled.id);
  if (isAgain) return own.run().then(() => settleSoon(session, memory, settled));
  own.list.push(settled);
  return session.later(own.run);
}

async function settleAll(
  session: Session,
  { wake, book }: OutboxMemory,
  settled: readonly Settled[],
): Promise<void> {
  if (settled.length === 0) return;
  const retry = ({ settlement }: Settled) => (settlement.kind === 'retry' ? settlement : undefined);
  const stateOf = ({ settlement, nowMs }: Settled) =>
    settlement.kind === 'retry' ? null : JSON.stringify({ ...settlement, atMs: nowMs });
  const again = await session.query<{ lane: string; due_ms: number }>(sql.SETTLE, [
    settled.map((each) => each.programme),
    settled.map((each) => each.id),
    settled.map((each) => (retry(each) === undefined ? 'settled' : 'waiting')),
    settled.map(stateOf),
    settled.map((each) => retry(each)?.notBeforeMs ?? null),
    settled.map((each) => retry(each)?.untried === true),
  ]);
  for (const { programme, id } of settled) book.settled(programme, id);
  const waits = again.map((row) => ({ lane: row.lane, notBeforeMs: row.due_ms }));
  if (waits.length > 0) await wake?.(session, waits);
}
