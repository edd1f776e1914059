import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createMemoryStore } from '../../../../src/adapters/store/lowdb/memory.js';
import type { Delivery } from '../../../../src/core/ports/outbox.js';
import type { Store } from '../../../../src/core/ports/store.js';
import { delivery } from '../../../support/delivery.js';

/** The outbox as simply as one can write it: a list, searched from end to end. */
interface ModelEntry {
  readonly delivery: Delivery;
  dueMs: number;
  attempt: number;
  open: boolean;
}
interface Model {
  nowMs: number;
  readonly entries: ModelEntry[];
}

const LEASE_MS = 10;
const lanes = ['l1', 'l2'];
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const item = fc.constantFrom('i', 'j', 'k', 'l', 'm');

class Add implements fc.AsyncCommand<Model, Store> {
  readonly added: Delivery;
  constructor(added: Delivery) {
    this.added = added;
  }
  check(): boolean {
    return true;
  }
  async run(model: Model, store: Store): Promise<void> {
    const taken = new Set(model.entries.flatMap((entry) => entry.delivery.items));
    const items = this.added.items.filter((each) => !taken.has(each));
    const isNew = items.length > 0 && model.entries.every((entry) => entry.delivery.id !== this.added.id);
    const added = await store.outbox.add([this.added]);
    assert.deepEqual(
      added.map((each) => each.items),
      isNew ? [items] : [],
    );
    if (!isNew) return;
    const entry = {
      delivery: { ...this.added, items },
      dueMs: this.added.notBeforeMs,
      attempt: 0,
      open: true,
    };
    model.entries.push(entry);
  }
  toString(): string {
    return `add(${JSON.stringify(this.added)})`;
  }
}

class Lease implements fc.AsyncCommand<Model, Store> {
  readonly lane: string;
  readonly limit: number;
  constructor(lane: string, limit: number) {
    this.lane = lane;
    this.limit = limit;
  }
  check(): boolean {
    return true;
  }
  async run(model: Model, store: Store): Promise<void> {
    const due = model.entries.filter(
      (entry) => entry.open && entry.delivery.lane === this.lane && entry.dueMs <= model.nowMs,
    );
    const leased = await store.outbox.lease(this.lane, model.nowMs, LEASE_MS, this.limit);
    assert.equal(leased.length, Math.min(due.length, this.limit));
    const urgentDue = due.filter((entry) => entry.delivery.urgent).length;
    assert.equal(leased.filter((entry) => entry.urgent).length, Math.min(urgentDue, this.limit));
    for (const { id: got, state } of leased) {
      const entry = due.find((each) => each.delivery.id === got);
      assert.ok(entry !== undefined, `${got} was not due`);
      entry.attempt += 1;
      entry.dueMs = model.nowMs + LEASE_MS;
      assert.deepEqual(state, { kind: 'leased', attempt: entry.attempt, untilMs: entry.dueMs });
    }
  }
  toString(): string {
    return `lease(${this.lane}, ${this.limit})`;
  }
}

class Settle implements fc.AsyncCommand<Model, Store> {
  readonly id: string;
  readonly retryInMs: number | undefined;
  constructor(settled: string, retryInMs: number | undefined) {
    this.id = settled;
    this.retryInMs = retryInMs;
  }
  check(): boolean {
    return true;
  }
  async run(model: Model, store: Store): Promise<void> {
    const notBeforeMs = model.nowMs + (this.retryInMs ?? 0);
    const settlement =
      this.retryInMs === undefined
        ? ({ kind: 'sent', ref: {} } as const)
        : ({ kind: 'retry', notBeforeMs } as const);
    await store.outbox.settle('saman', this.id, settlement, model.nowMs);
    const entry = model.entries.find((each) => each.delivery.id === this.id);
    if (entry?.open !== true) return;
    if (this.retryInMs === undefined) entry.open = false;
    else entry.dueMs = notBeforeMs;
  }
  toString(): string {
    return `settle(${this.id}, ${String(this.retryInMs)})`;
  }
}

class Look implements fc.AsyncCommand<Model, Store> {
  readonly waitMs: number;
  constructor(waitMs: number) {
    this.waitMs = waitMs;
  }
  check(): boolean {
    return true;
  }
  async run(model: Model, store: Store): Promise<void> {
    model.nowMs += this.waitMs;
    const expected = lanes.flatMap((lane): [string, number][] => {
      const open = model.entries.filter((entry) => entry.open && entry.delivery.lane === lane);
      return open.length === 0 ? [] : [[lane, Math.min(...open.map((entry) => entry.dueMs))]];
    });
    assert.deepEqual(await store.outbox.lanes(), new Map(expected));
  }
  toString(): string {
    return `wait(${this.waitMs}), look`;
  }
}

const commands = [
  fc
    .record({
      id,
      items: fc.uniqueArray(item, { minLength: 1, maxLength: 3 }),
      lane: fc.constantFrom(...lanes),
      notBeforeMs: fc.integer({ min: 0, max: 30 }),
      urgent: fc.boolean(),
    })
    .map(({ id: name, ...changes }) => new Add(delivery(name, changes))),
  fc.tuple(fc.constantFrom(...lanes), fc.integer({ min: 1, max: 3 })).map((args) => new Lease(...args)),
  fc
    .tuple(id, fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }))
    .map((args) => new Settle(...args)),
  fc.integer({ min: 0, max: 12 }).map((waitMs) => new Look(waitMs)),
];

describe('the outbox beside a simple model of it', () => {
  it('does the same, whatever is done in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 60 }), async (run) => {
        await fc.asyncModelRun(() => ({ model: { nowMs: 0, entries: [] }, real: createMemoryStore() }), run);
      }),
      { numRuns: 200 },
    );
  });
});
