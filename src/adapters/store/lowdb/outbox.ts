import type { Delivery, DeliveryState, Outbox, OutboxEntry, Settlement } from '../../../core/ports/outbox.js';
import type { Row } from '../../../core/ports/store.js';
import type { Transaction } from './engine.js';
import type { Rows } from './rows.js';
import type { Run } from './tables.js';

/** What is still to be sent, by lane, and everything by member; kept in step with the rows. */
export interface OutboxIndex {
  readonly open: ReadonlyMap<string, ReadonlySet<string>>;
  readonly ofMember: ReadonlyMap<string, ReadonlySet<string>>;
}

const key = (entry: Row) => JSON.stringify([entry.programme, entry.id]);
const isOpen = (entry: OutboxEntry) => entry.state.kind === 'waiting' || entry.state.kind === 'leased';

/** Watches the rows and keeps the outbox's index. */
export function indexOutbox(rows: Rows): OutboxIndex {
  const open = new Map<string, Set<string>>();
  const ofMember = new Map<string, Set<string>>();
  const bucket = (map: Map<string, Set<string>>, name: string) => {
    let set = map.get(name);
    if (set === undefined) map.set(name, (set = new Set<string>()));
    return set;
  };
  rows.watch((table, before, after) => {
    if (table !== 'outbox') return;
    const old = before as OutboxEntry | undefined;
    const now = after as OutboxEntry | undefined;
    if (old !== undefined) {
      open.get(old.lane)?.delete(key(old));
      if (now === undefined) ofMember.get(`${old.programme}/${old.member}`)?.delete(key(old));
    }
    if (now === undefined) return;
    if (isOpen(now)) bucket(open, now.lane).add(key(now));
    bucket(ofMember, `${now.programme}/${now.member}`).add(key(now));
  });
  return { open, ofMember };
}

/** The outbox over a way to run calls. */
export function outboxIn(run: Run, index: OutboxIndex): Outbox {
  return {
    add: (deliveries) => run((transaction) => deliveries.flatMap((each) => addOne(transaction, each))),
    taken: (programme, items) =>
      run((transaction) => new Set(items.filter((item) => isTaken(transaction, programme, item)))),
    lease: (lane, nowMs, leaseMs, limit) =>
      run((transaction) => leaseSome(transaction, index, lane, { nowMs, leaseMs, limit })),
    settle: (programme, id, settlement, nowMs) =>
      run((transaction) => {
        const entry = transaction.get('outbox', programme, id) as OutboxEntry | undefined;
        if (entry === undefined || !isOpen(entry)) return;
        put(transaction, settled(entry, settlement, nowMs));
      }),
    lanes: () => run((transaction) => firstDue(transaction, index)),
    get: (programme, id) =>
      run((transaction) => transaction.get('outbox', programme, id) as OutboxEntry | undefined),
    ofMember: (programme, member, limit) =>
      run((transaction) =>
        entriesOf(transaction, index.ofMember.get(`${programme}/${member}`))
          .sort((a, b) => b.notBeforeMs - a.notBeforeMs)
          .slice(0, limit),
      ),
  };
}

function put(transaction: Transaction, entry: OutboxEntry): void {
  transaction.write({ table: 'outbox', programme: entry.programme, id: entry.id, row: entry });
}

function isTaken(transaction: Transaction, programme: string, item: string): boolean {
  return transaction.get('taken', programme, item) !== undefined;
}

function addOne(transaction: Transaction, delivery: Delivery): readonly Delivery[] {
  const { programme, id } = delivery;
  if (transaction.get('outbox', programme, id) !== undefined) return [];
  const items = delivery.items.filter((item) => !isTaken(transaction, programme, item));
  if (items.length === 0) return [];
  for (const item of items) {
    transaction.write({ table: 'taken', programme, id: item, row: { programme, id: item } });
  }
  const added = { ...delivery, items };
  put(transaction, { ...added, state: { kind: 'waiting', attempt: 0 } });
  return [added];
}

function entriesOf(transaction: Transaction, keys: ReadonlySet<string> | undefined): OutboxEntry[] {
  return [...(keys ?? [])].map((each) => {
    const [programme, id] = JSON.parse(each) as [string, string];
    return transaction.get('outbox', programme, id) as OutboxEntry;
  });
}

/** When an entry can be taken: when it is due, or when the lease of whoever has it runs out. */
function dueMs(entry: OutboxEntry): number {
  return entry.state.kind === 'leased' ? entry.state.untilMs : entry.notBeforeMs;
}

function leaseSome(
  transaction: Transaction,
  index: OutboxIndex,
  lane: string,
  { nowMs, leaseMs, limit }: { nowMs: number; leaseMs: number; limit: number },
): readonly OutboxEntry[] {
  const due = entriesOf(transaction, index.open.get(lane)).filter((entry) => dueMs(entry) <= nowMs);
  due.sort(
    (a, b) => Number(b.urgent) - Number(a.urgent) || a.notBeforeMs - b.notBeforeMs || (a.id < b.id ? -1 : 1),
  );
  return due.slice(0, limit).map((entry) => {
    const attempt = isOpen(entry) && 'attempt' in entry.state ? entry.state.attempt + 1 : 1;
    const leased: OutboxEntry = { ...entry, state: { kind: 'leased', attempt, untilMs: nowMs + leaseMs } };
    put(transaction, leased);
    return leased;
  });
}

function settled(entry: OutboxEntry, settlement: Settlement, nowMs: number): OutboxEntry {
  const attempt = 'attempt' in entry.state ? entry.state.attempt : 0;
  if (settlement.kind === 'retry') {
    return { ...entry, notBeforeMs: settlement.notBeforeMs, state: { kind: 'waiting', attempt } };
  }
  const state: DeliveryState = { ...settlement, atMs: nowMs };
  return { ...entry, state };
}

function firstDue(transaction: Transaction, index: OutboxIndex): ReadonlyMap<string, number> {
  const lanes = new Map<string, number>();
  for (const [lane, keys] of index.open) {
    const first = entriesOf(transaction, keys).reduce(
      (least, entry) => Math.min(least, dueMs(entry)),
      Infinity,
    );
    if (first < Infinity) lanes.set(lane, first);
  }
  return lanes;
}
