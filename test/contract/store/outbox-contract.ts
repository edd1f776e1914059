import assert from 'node:assert/strict';
import type { OutboxEntry } from '../../../src/core/ports/outbox.js';
import type { Store } from '../../../src/core/ports/store.js';
import { delivery } from '../../support/delivery.js';

const ids = (entries: readonly { readonly id: string }[]) => entries.map((entry) => entry.id);
const attempts = (entries: readonly OutboxEntry[]) =>
  entries.map(({ state }) => (state.kind === 'leased' ? state.attempt : undefined));

/** What every outbox does. */
export function outboxContract(name: string, create: () => Promise<Store>): void {
  describe(`${name}: outbox`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await create();
    });
    afterEach(() => store.close());

    describe('adding', () => {
      it('takes an id once', async () => {
        assert.deepEqual(ids(await store.outbox.add([delivery('a')])), ['a']);
        assert.deepEqual(await store.outbox.add([delivery('a', { items: ['another'] })]), []);
        assert.equal((await store.outbox.taken('saman', ['another'])).size, 0);
      });

      it('leaves out items that are taken, and answers what is left', async () => {
        await store.outbox.add([delivery('a', { items: ['x'] })]);
        const [added] = await store.outbox.add([delivery('b', { items: ['x', 'y'] })]);
        assert.deepEqual(added?.items, ['y']);
        assert.deepEqual((await store.outbox.list('saman', ['b']))[0]?.items, ['y']);
      });

      it('does not add a delivery whose items are all taken', async () => {
        await store.outbox.add([delivery('a', { items: ['x', 'y'] })]);
        assert.deepEqual(await store.outbox.add([delivery('b', { items: ['y', 'x'] })]), []);
        assert.equal((await store.outbox.list('saman', ['b']))[0], undefined);
      });

      it('takes an item once among deliveries added together, and within one', async () => {
        const added = await store.outbox.add([
          delivery('a', { items: ['x', 'x'] }),
          delivery('b', { items: ['x', 'y'] }),
        ]);
        assert.deepEqual(
          added.map((each) => each.items),
          [['x'], ['y']],
        );
      });

      it('takes an item once when two add at the same time', async () => {
        const both = [delivery('a', { items: ['x'] }), delivery('b', { items: ['x'] })];
        const added = await Promise.all(both.map((each) => store.outbox.add([each])));
        assert.equal(added.flat().length, 1);
      });

      it('keeps the items of one programme out of the way of another', async () => {
        await store.outbox.add([delivery('a', { items: ['x'] })]);
        assert.equal(
          (await store.outbox.add([delivery('a', { items: ['x'], programme: 'uso4' })])).length,
          1,
        );
        assert.deepEqual(await store.outbox.taken('uso4', ['x', 'y']), new Set(['x']));
      });

      it('keeps ids and items taken after everything is settled', async () => {
        await store.outbox.add([delivery('a', { items: ['x'] })]);
        await store.outbox.settle('saman', 'a', { kind: 'dropped', reason: 'handed-in' }, 1);
        assert.deepEqual(
          await store.outbox.add([delivery('a', { items: ['z'] }), delivery('b', { items: ['x'] })]),
          [],
        );
      });
    });

    describe('leasing', () => {
      it('gives only what is due, and only of the lane', async () => {
        await store.outbox.add([
          delivery('due', { notBeforeMs: 100 }),
          delivery('later', { notBeforeMs: 101 }),
          delivery('elsewhere', { lane: 'other' }),
        ]);
        assert.deepEqual(ids(await store.outbox.lease('lane', 100, 1000, 10)), ['due']);
      });

      it('gives urgent ones first, then the oldest, then what was added first', async () => {
        await store.outbox.add([
          delivery('new', { notBeforeMs: 9 }),
          delivery('old', { notBeforeMs: 1 }),
          delivery('reply-2', { notBeforeMs: 8, urgent: true }),
          delivery('reply-1', { notBeforeMs: 8, urgent: true }),
        ]);
        const order = ids(await store.outbox.lease('lane', 10, 1000, 10));
        assert.deepEqual(new Set(order.slice(0, 2)), new Set(['reply-1', 'reply-2']));
        assert.deepEqual(order.slice(2), ['old', 'new']);
      });

      it('gives replies of one instant in the order in which they were added', async () => {
        const replies = ['reply/9', 'reply/10', 'reply/11'];
        await store.outbox.add(replies.map((id) => delivery(id, { urgent: true })));
        assert.deepEqual(ids(await store.outbox.lease('lane', 0, 1000, 10)), replies);
      });

      it('keeps them in that order when they are put back in another, and says it', async () => {
        const replies = ['reply/9', 'reply/10', 'reply/11'];
        await store.outbox.add(replies.map((id) => delivery(id, { urgent: true })));
        const first = await store.outbox.lease('lane', 0, 1000, 10);
        for (const { programme, id } of [...first].reverse())
          await store.outbox.settle(programme, id, { kind: 'retry', notBeforeMs: 50, untried: true }, 10);
        const again = await store.outbox.lease('lane', 50, 1000, 10);
        assert.deepEqual(ids(again), replies);
        for (const leased of [first, again]) {
          const orders = leased.map(({ order }) => order);
          assert.deepEqual(
            orders,
            [...new Set(orders)].sort((a, b) => a - b),
          );
        }
      });

      it('gives at most as many as asked for', async () => {
        await store.outbox.add([delivery('a'), delivery('b'), delivery('c')]);
        assert.equal((await store.outbox.lease('lane', 0, 1000, 2)).length, 2);
        assert.equal((await store.outbox.lease('lane', 0, 1000, 2)).length, 1);
      });

      it('gives an entry to one of many who ask at once', async () => {
        await store.outbox.add(['a', 'b', 'c'].map((id) => delivery(id)));
        const all = await Promise.all([1, 2, 3, 4].map(() => store.outbox.lease('lane', 0, 1000, 2)));
        assert.deepEqual(ids(all.flat()).sort(), ['a', 'b', 'c']);
      });

      it('gives it again, with a higher attempt, when the lease ran out, not a moment before', async () => {
        await store.outbox.add([delivery('a')]);
        assert.deepEqual(attempts(await store.outbox.lease('lane', 5, 1000, 1)), [1]);
        assert.deepEqual(await store.outbox.lease('lane', 1004, 1000, 1), []);
        assert.deepEqual(attempts(await store.outbox.lease('lane', 1005, 1000, 1)), [2]);
      });
    });

    describe('settling', () => {
      it('ends an entry for good when it is sent', async () => {
        await store.outbox.add([delivery('a')]);
        await store.outbox.lease('lane', 0, 1000, 1);
        await store.outbox.settle('saman', 'a', { kind: 'sent', ref: { ts: '1' } }, 7);
        assert.deepEqual((await store.outbox.list('saman', ['a']))[0]?.state, {
          kind: 'sent',
          atMs: 7,
          ref: { ts: '1' },
        });
        assert.deepEqual(await store.outbox.lease('lane', 1e12, 1000, 1), []);
      });

      it('does nothing to what is settled, nor to what is not there', async () => {
        await store.outbox.add([delivery('a')]);
        await store.outbox.settle('saman', 'a', { kind: 'unreachable', reason: 'blocked' }, 7);
        await store.outbox.settle('saman', 'a', { kind: 'sent', ref: {} }, 8);
        await store.outbox.settle('saman', 'a', { kind: 'retry', notBeforeMs: 0 }, 9);
        await store.outbox.settle('saman', 'never-there', { kind: 'sent', ref: {} }, 9);
        assert.equal((await store.outbox.list('saman', ['a']))[0]?.state.kind, 'unreachable');
        assert.deepEqual(await store.outbox.lease('lane', 1e12, 1000, 1), []);
      });

      it('gives a retry again from its instant on, counting attempts', async () => {
        await store.outbox.add([delivery('a')]);
        await store.outbox.lease('lane', 0, 1000, 1);
        await store.outbox.settle('saman', 'a', { kind: 'retry', notBeforeMs: 50 }, 1);
        assert.deepEqual(await store.outbox.lease('lane', 49, 1000, 1), []);
        assert.deepEqual(attempts(await store.outbox.lease('lane', 50, 1000, 1)), [2]);
      });
    });

    describe('looking', () => {
      it('says which lanes have something to do, and when', async () => {
        await store.outbox.add([
          delivery('a', { notBeforeMs: 70 }),
          delivery('b', { notBeforeMs: 30 }),
          delivery('c', { lane: 'other', notBeforeMs: 20, urgent: true }),
        ]);
        assert.deepEqual(
          await store.outbox.lanes(),
          new Map([
            ['lane', 30],
            ['other', 20],
          ]),
        );
        await store.outbox.lease('lane', 30, 5, 1);
        assert.equal((await store.outbox.lanes()).get('lane'), 35);
        await store.outbox.settle('saman', 'b', { kind: 'sent', ref: {} }, 31);
        assert.equal((await store.outbox.lanes()).get('lane'), 70);
        await store.outbox.settle('saman', 'c', { kind: 'dropped', reason: 'x' }, 31);
        assert.deepEqual([...(await store.outbox.lanes()).keys()], ['lane']);
      });

      it('lists what one member was told, the newest first, as many as asked for', async () => {
        await store.outbox.add([
          delivery('old', { notBeforeMs: 1 }),
          delivery('new', { notBeforeMs: 3 }),
          delivery('middle', { notBeforeMs: 2 }),
          delivery('not-mine', { member: 'other' }),
          delivery('not-here', { programme: 'uso4' }),
        ]);
        await store.outbox.settle('saman', 'middle', { kind: 'sent', ref: {} }, 5);
        assert.deepEqual(ids(await store.outbox.ofMember('saman', 'member', 10)), ['new', 'middle', 'old']);
        assert.deepEqual(ids(await store.outbox.ofMember('saman', 'member', 2)), ['new', 'middle']);
      });
    });
  });
}
