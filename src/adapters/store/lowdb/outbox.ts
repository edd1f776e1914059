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
    add: (deliveries) => run((transaction) => deliveries.flatMap((each) => addOne(transaction, each))),
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
    lanes: () => run(() => index.lanes()),
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

const placeOf = ({ programme, id }: OutboxEntry) => ({ table: 'outbox', programme, id });

/** Writes what becomes of an entry: that, and not the message each time anew. */
function change(transaction: Transaction, entry: OutboxEntry, changed: Partial<OutboxEntry>): OutboxEntry {
  const row = { ...entry, ...changed };
  transaction.write({ ...placeOf(entry), row, changed });
  return row;
}

function isTaken(transaction: Transaction, programme: string, item: string): boolean {
  return transaction.get('taken', programme, item) !== undefined;
}

function addOne(transaction: Transaction, delivery: Delivery): readonly Delivery[] {
  const { programme, id } = delivery;
  if (transaction.get('outbox', programme, id) !== undefined) return [];
  const items = [...new Set(delivery.items)].filter((item) => !isTaken(transaction, programme, item));
  if (items.length === 0) return [];
  for (const item of items) {
    transaction.write({ table: 'taken', programme, id: item, row: { programme, id: item } });
  }
  const added = { ...delivery, items };
  const entry: OutboxEntry = { ...added, state: { kind: 'waiting', attempt: 0 } };
  transaction.write({ ...placeOf(entry), row: entry });
  return [added];
}

function leaseSome(
  transaction: Transaction,
  index: OutboxIndex,
  lane: string,
  { nowMs, leaseMs, limit }: { nowMs: number; leaseMs: number; limit: number },
): readonly LeasedEntry[] {
  return index.takeDue(lane, nowMs, limit).map(({ entry, order }) => {
    const attempt = isOpen(entry) && 'attempt' in entry.state ? entry.state.attempt + 1 : 1;
    const leased = change(transaction, entry, {
      state: { kind: 'leased', attempt, untilMs: nowMs + leaseMs },
    });
    return { ...leased, order };
  });
}

function settled(entry: OutboxEntry, settlement: Settlement, nowMs: number): Partial<OutboxEntry> {
  const attempt = 'attempt' in entry.state ? entry.state.attempt : 0;
  if (settlement.kind === 'retry') {
    const counted = settlement.untried === true ? Math.max(0, attempt - 1) : attempt;
    return { notBeforeMs: settlement.notBeforeMs, state: { kind: 'waiting', attempt: counted } };
  }
  const state: DeliveryState = { ...settlement, atMs: nowMs };
  return { state };
}
