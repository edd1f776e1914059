import type {
  Delivery,
  DeliveryState,
  LeasedEntry,
  Outbox,
  OutboxEntry,
  Settlement,
} from '../../../core/ports/outbox.js';
import type { Run, Transaction } from './engine.js';
import type { OutboxIndex } from './outbox-index.js';

const isOpen = (entry: OutboxEntry) => entry.state.kind === 'waiting' || entry.state.kind === 'leased';

/** The outbox over a way to run calls. */
export function outboxIn(run: Run, index: OutboxIndex): Outbox {
  return {
    add: (deliveries) => run((transaction) => deliveries.flatMap((each) => addOne(transaction, each) ?? [])),
    taken: (programme, items) =>
      run((transaction) => new Set(items.filter((item) => isTaken(transaction, programme, item)))),
    lease: (lane, nowMs, leaseMs, limit) =>
      run((transaction) => leaseSome(transaction, index, lane, { nowMs, leaseMs, limit })),
    settle: (programme, id, settlement, nowMs) =>
      run((transaction) => {
        const entry = transaction.get('outbox', programme, id) as OutboxEntry | undefined;
        if (entry === undefined || !isOpen(entry)) return;
        change(transaction, entry, settled(entry, settlement, nowMs));
      }),
    // Says where to look, and need not be durable: what is taken there is.
    lanes: () => Promise.resolve(index.lanes()),
    list: (programme, ids) =>
      run((transaction) =>
        ids.map((id) => transaction.get('outbox', programme, id) as OutboxEntry | undefined),
      ),
    ofMember: (programme, member, limit) =>
      run(() =>
        [...index.ofMember(programme, member)].sort((a, b) => b.notBeforeMs - a.notBeforeMs).slice(0, limit),
      ),
  };
}

/** What can change of an entry. */
type Change = Readonly<{ state: DeliveryState; notBeforeMs?: number }>;

/** An entry field by field: to copy it whole takes several times as long, thrice for each message. */
function entryOf(from: Delivery, items: readonly string[], { state, notBeforeMs }: Change): OutboxEntry {
  const { programme, id, kind, member, lane, urgent, data } = from;
  const dueMs = notBeforeMs ?? from.notBeforeMs;
  return { programme, id, items, kind, member, lane, notBeforeMs: dueMs, urgent, data, state };
}

/** Writes what becomes of an entry: that, and not the message each time anew. */
function change(transaction: Transaction, entry: OutboxEntry, changed: Change): OutboxEntry {
  const row = entryOf(entry, entry.items, changed);
  transaction.write({ table: 'outbox', programme: row.programme, id: row.id, row, changed });
  return row;
}

function isTaken(transaction: Transaction, programme: string, item: string): boolean {
  return transaction.get('taken', programme, item) !== undefined;
}

function addOne(transaction: Transaction, delivery: Delivery): Delivery | undefined {
  const { programme, id } = delivery;
  if (transaction.get('outbox', programme, id) !== undefined) return undefined;
  const items = untaken(transaction, delivery);
  if (items.length === 0) return undefined;
  for (const item of items)
    transaction.write({ table: 'taken', programme, id: item, row: { programme, id: item } });
  const row = entryOf(delivery, items, { state: { kind: 'waiting', attempt: 0 } });
  transaction.write({ table: 'outbox', programme, id, row });
  return items.length === delivery.items.length ? delivery : { ...delivery, items };
}

function untaken(transaction: Transaction, { programme, items }: Delivery): readonly string[] {
  const different = items.length > 1 ? [...new Set(items)] : items;
  return different.filter((item) => !isTaken(transaction, programme, item));
}

function leaseSome(
  transaction: Transaction,
  index: OutboxIndex,
  lane: string,
  { nowMs, leaseMs, limit }: { nowMs: number; leaseMs: number; limit: number },
): readonly LeasedEntry[] {
  return index.takeDue(lane, nowMs, limit).map(({ entry, order }) => {
    const attempt = isOpen(entry) && 'attempt' in entry.state ? entry.state.attempt + 1 : 1;
    const state = { kind: 'leased', attempt, untilMs: nowMs + leaseMs } as const;
    const {
      programme,
      id,
      items,
      kind,
      member,
      lane: name,
      notBeforeMs,
      urgent,
      data,
    } = change(transaction, entry, { state });
    return { programme, id, items, kind, member, lane: name, notBeforeMs, urgent, data, state, order };
  });
}

function settled(entry: OutboxEntry, settlement: Settlement, nowMs: number): Change {
  const attempt = 'attempt' in entry.state ? entry.state.attempt : 0;
  if (settlement.kind === 'retry') {
    const counted = settlement.untried === true ? Math.max(0, attempt - 1) : attempt;
    return { notBeforeMs: settlement.notBeforeMs, state: { kind: 'waiting', attempt: counted } };
  }
  const state: DeliveryState = { ...settlement, atMs: nowMs };
  return { state };
}
