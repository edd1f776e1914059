import type { Claims } from '../../../core/ports/claims.js';
import { tablesByKind } from '../../../core/ports/kinds.js';
import type { Row, Table, Tables } from '../../../core/ports/store.js';
import type { Run, Transaction } from './engine.js';
import { outboxIn } from './outbox.js';
import type { OutboxIndex } from './outbox-index.js';

/** The tables over a way to run calls. */
export function tablesOver(run: Run, index: OutboxIndex): Tables {
  return {
    ...tablesByKind((kind) => tableIn(run, kind)),
    outbox: outboxIn(run, index),
    claims: claimsIn(run),
  };
}

function tableIn<T extends Row>(run: Run, table: string): Table<T> {
  return {
    get: (programme, id) => run((transaction) => transaction.get(table, programme, id) as T | undefined),
    list: (programme) => run((transaction) => transaction.list(table, programme) as readonly T[]),
    put: (...rows) =>
      run((transaction) => {
        for (const row of rows) {
          // A copy: what the caller does with its own later changes nothing here.
          transaction.write({ table, programme: row.programme, id: row.id, row: copyOf(row) });
        }
      }),
    remove: (programme, ids) =>
      run((transaction) => {
        for (const id of ids) {
          if (transaction.get(table, programme, id) === undefined) continue;
          transaction.write({ table, programme, id, row: null });
        }
      }),
  };
}

/** A deep copy of what JSON can say; `structuredClone` takes eight times as long for a row. */
function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  const copy: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) copy[key] = copyOf(each);
  return copy as T;
}

interface ClaimRow extends Row {
  readonly atMs: number;
  readonly untilMs: number;
  readonly done: boolean;
}

/** Claims of all programmes are forgotten together, so their table knows one scope only. */
const SCOPE = 'all';

function claimsIn(run: Run): Claims {
  const keyOf = (programme: string, eventId: string) => `${programme}/${eventId}`;
  const read = (transaction: Transaction, id: string) =>
    transaction.get('claims', SCOPE, id) as ClaimRow | undefined;
  const write = (transaction: Transaction, row: ClaimRow) =>
    transaction.write({ table: 'claims', programme: SCOPE, id: row.id, row });
  return {
    claim: (programme, eventId, nowMs, leaseMs) =>
      run((transaction) => {
        const id = keyOf(programme, eventId);
        const known = read(transaction, id);
        if (known?.done === true) return 'done';
        if (known !== undefined && known.untilMs > nowMs) return 'busy';
        write(transaction, { programme: SCOPE, id, atMs: nowMs, untilMs: nowMs + leaseMs, done: false });
        return 'mine';
      }),
    done: (programme, eventId) =>
      run((transaction) => {
        const known = read(transaction, keyOf(programme, eventId));
        if (known !== undefined) write(transaction, { ...known, done: true });
      }),
    forget: (beforeMs) =>
      run((transaction) => {
        const old = (transaction.list('claims', SCOPE) as readonly ClaimRow[]).filter(
          (row) => row.atMs < beforeMs,
        );
        for (const { id } of old) transaction.write({ table: 'claims', programme: SCOPE, id, row: null });
        return old.length;
      }),
  };
}
