import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../../../src/core/ports/store.js';
import { countLeases } from '../../../support/count-leases.js';
import { delivery } from '../../../support/delivery.js';
import { createDispatch, createFakeDirectory } from '../../../support/dispatch.js';
import { createFakeChat } from '../../../support/fake-chat.js';

const stateOf = async (store: Store, id: string) => (await store.outbox.list('saman', [id]))[0]?.state;

describe('lanes', () => {
  describe('when an answer was lost and the platform cannot tell', () => {
    it('repeats once and reports it as possibly doubled', async () => {
      const chat = createFakeChat({
        find: 'cannot-tell',
        behave: (_id, nth) => (nth === 1 ? 'lost' : 'post'),
      });
      const { store, dispatcher, clock } = createDispatch(chat);
      await store.outbox.add([delivery('a')]);
      await dispatcher.flush();
      clock.set(60_000);
      await dispatcher.flush();
      const state = await stateOf(store, 'a');
      assert.ok(state?.kind === 'sent' && state.mayBeDoubled === true);
    });

    it('gives up after the second lost answer, and says so', async () => {
      const chat = createFakeChat({ find: 'cannot-tell', behave: () => 'lost' });
      const { store, dispatcher, clock } = createDispatch(chat);
      await store.outbox.add([delivery('a')]);
      for (const ms of [0, 60_000, 600_000, 6_000_000]) {
        clock.set(ms);
        await dispatcher.flush();
      }
      assert.equal(chat.posted.length, 2);
      const state = await stateOf(store, 'a');
      assert.ok(state?.kind === 'unreachable' && state.reason === 'answer-lost-twice');
    });

    it('does not look for what was certainly not sent, nor call it possibly doubled', async () => {
      const chat = createFakeChat({
        find: 'cannot-tell',
        behave: (_id, nth) => (nth < 4 ? { kind: 'retry', afterMs: 1, reason: '429' } : 'post'),
      });
      const { store, dispatcher, clock } = createDispatch(chat);
      await store.outbox.add([delivery('a')]);
      for (const ms of [0, 60_000, 120_000, 180_000]) {
        clock.set(ms);
        await dispatcher.flush();
      }
      assert.deepEqual(chat.finds, []);
      assert.deepEqual(await stateOf(store, 'a'), { kind: 'sent', atMs: 180_000, ref: { id: '0' } });
    });
  });

  describe('when a platform refuses a whole lane', () => {
    it('sends nothing in it until then, and goes on in others', async () => {
      let isRefused = true;
      const slow = createFakeChat({
        behave: () => (isRefused ? { kind: 'retry', afterMs: 5_000, reason: '429', holds: 'limit' } : 'post'),
      });
      const quick = createFakeChat();
      const { store, dispatcher, clock } = createDispatch(quick, {
        directory: createFakeDirectory(quick, { slow }),
      });
      await store.outbox.add([delivery('a', { lane: 'slow' }), delivery('b')]);
      await dispatcher.flush();
      isRefused = false;
      await store.outbox.add([delivery('c', { lane: 'slow' }), delivery('d')]);
      clock.set(4_999);
      await dispatcher.flush();
      assert.deepEqual([slow.postedIds(), quick.postedIds()], [[], ['b', 'd']]);
      clock.set(5_000);
      await dispatcher.flush();
      assert.deepEqual([...slow.postedIds()].sort(), ['a', 'c']);
    });

    it('has less and less under way in a lane whose answers are lost, down to one', async () => {
      const chat = createFakeChat({ behave: () => ({ kind: 'unknown', reason: '503' }), delayMs: 1 });
      const { store, dispatcher, clock } = createDispatch(chat);
      await store.outbox.add(
        Array.from({ length: 16 }, (_, n) => delivery(`a${String(n)}`, { member: `m${String(n)}` })),
      );
      await dispatcher.flush();
      await store.outbox.add([delivery('b', { member: 'b' }), delivery('c', { member: 'c' })]);
      let together = 0;
      let most = 0;
      const send = chat.send.bind(chat);
      chat.send = async (...given) => {
        most = Math.max(most, (together += 1));
        return send(...given).finally(() => (together -= 1));
      };
      clock.set(3_600_000);
      await dispatcher.flush();
      assert.equal(most, 1);
    });
  });

  it('begins nothing more once it is stopped, and waits for what is under way', async () => {
    const chat = createFakeChat({ delayMs: 20 });
    const { store, dispatcher } = createDispatch(chat);
    await store.outbox.add(Array.from({ length: 40 }, (_, n) => delivery(String(n))));
    await dispatcher.start();
    await pause(10);
    await dispatcher.stop();
    const sent = chat.posted.length;
    assert.ok(sent > 0 && sent < 40, String(sent));
    const states = await store.outbox.list(
      'saman',
      Array.from({ length: 40 }, (_, n) => String(n)),
    );
    assert.ok(
      states.every((each) => each?.state.kind !== 'leased'),
      'a lease was kept',
    );
    await pause(30);
    assert.equal(chat.posted.length, sent);
  });

  it('ask the outbox no more once it has given all that is due', async () => {
    const chat = createFakeChat({ delayMs: 5 });
    const { store, dispatcher } = createDispatch(chat);
    const leases = countLeases(store);
    await store.outbox.add(['a', 'b', 'c'].map((id) => delivery(id, { member: id })));
    await dispatcher.flush();
    assert.equal(chat.posted.length, 3);
    assert.equal(leases(), 1);
  });

  it('stand still while they are closed, with something waiting', async () => {
    const limit = { kind: 'retry', afterMs: 5_000, reason: '429', holds: 'limit' } as const;
    const chat = createFakeChat({ behave: () => limit });
    let looked = 0;
    const mostUnderWay = () => {
      looked += 1;
      return 1;
    };
    const { store, dispatcher } = createDispatch(chat, { mostUnderWay });
    await store.outbox.add(['a', 'b'].map((id) => delivery(id, { member: id })));
    await dispatcher.flush();
    await dispatcher.start();
    await pause(30);
    assert.ok(looked < 10, `looked ${String(looked)} times`);
    await dispatcher.stop();
  });

  it('take what comes while they are at work as soon as something ends', async () => {
    const chat = createFakeChat({ delayMs: 20 });
    const { store, dispatcher } = createDispatch(chat);
    await store.outbox.add([delivery('a', { member: 'a' })]);
    await dispatcher.start();
    await pause(5);
    await store.outbox.add([delivery('b', { member: 'b' })]);
    await dispatcher.start();
    for (let tries = 0; tries < 100 && chat.posted.length < 2; tries += 1) await pause(5);
    assert.deepEqual(chat.postedIds(), ['a', 'b']);
  });

  it('lets one that is not urgent through after nine that are', async () => {
    const { store } = createDispatch(createFakeChat());
    await store.outbox.add([delivery('bulk', { urgent: false })]);
    await store.outbox.add(Array.from({ length: 30 }, (_, n) => delivery(`u${String(n)}`, { urgent: true })));
    const taken = await store.outbox.lease('lane', 0, 30_000, 12);
    assert.equal(
      taken.findIndex((each) => each.id === 'bulk'),
      9,
    );
  });
});
