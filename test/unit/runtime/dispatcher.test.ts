import assert from 'node:assert/strict';
import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import { createDispatcher } from '../../../src/runtime/dispatcher.js';
import type { Store } from '../../../src/core/ports/store.js';
import { delivery } from '../../support/delivery.js';
import { createDispatch, createFakeDirectory } from '../../support/dispatch.js';
import { createFakeChat, type Behaviour } from '../../support/fake-chat.js';

const stateOf = async (store: Store, id: string) => (await store.outbox.list('saman', [id]))[0]?.state;

describe('the dispatcher', () => {
  describe('when all goes well', () => {
    it('sends all that is due, more than one batch of it, each once', async () => {
      const chat = createFakeChat();
      const { store, dispatcher } = createDispatch(chat);
      const ids = Array.from({ length: 70 }, (_, n) => `d${n}`);
      await store.outbox.add(ids.map((id) => delivery(id)));
      await dispatcher.flush();
      assert.deepEqual([...chat.postedIds()].sort(), ids.sort());
      assert.equal((await store.outbox.lanes()).size, 0);
      await dispatcher.flush();
      assert.equal(chat.posted.length, 70);
    });

    it('keeps where a message went', async () => {
      const { store, dispatcher } = createDispatch(createFakeChat());
      await store.outbox.add([delivery('a')]);
      await dispatcher.flush();
      assert.deepEqual(await stateOf(store, 'a'), { kind: 'sent', atMs: 0, ref: { id: '0' } });
    });

    it('leaves for later what is not due', async () => {
      const chat = createFakeChat();
      const { store, dispatcher, clock } = createDispatch(chat);
      await store.outbox.add([delivery('a', { notBeforeMs: 10 })]);
      await dispatcher.flush();
      assert.equal(chat.posted.length, 0);
      clock.set(10);
      await dispatcher.flush();
      assert.equal(chat.posted.length, 1);
    });

    it('sends nothing that need not be said any more', async () => {
      const chat = createFakeChat();
      const { store, dispatcher } = createDispatch(chat, {
        write: () => Promise.resolve({ drop: 'settled' }),
      });
      await store.outbox.add([delivery('a')]);
      await dispatcher.flush();
      assert.equal(chat.posted.length, 0);
      assert.deepEqual(await stateOf(store, 'a'), { kind: 'dropped', atMs: 0, reason: 'settled' });
    });
  });

  describe('when a message does not get through', () => {
    it('gives up on somebody who cannot be reached or has no account', async () => {
      const chat = createFakeChat({ goneMembers: ['member'] });
      const { store, dispatcher } = createDispatch(chat);
      await store.outbox.add([delivery('a'), delivery('b', { member: 'unknown' })]);
      await dispatcher.flush();
      assert.equal((await stateOf(store, 'a'))?.kind, 'unreachable');
      assert.equal((await stateOf(store, 'b'))?.kind, 'unreachable');
    });

    it('waits as long as the platform asks', async () => {
      const chat = createFakeChat({
        behave: (_id, nth) => (nth === 1 ? { kind: 'retry', afterMs: 5000, reason: '429' } : 'post'),
      });
      const { store, dispatcher, clock } = createDispatch(chat);
      await store.outbox.add([delivery('a')]);
      await dispatcher.flush();
      clock.set(4999);
      await dispatcher.flush();
      assert.equal(chat.posted.length, 0);
      clock.set(5000);
      await dispatcher.flush();
      assert.equal(chat.posted.length, 1);
    });

    it('does not post twice when the answer to the first post was lost', async () => {
      const chat = createFakeChat({ behave: () => 'lost' });
      const { store, dispatcher, clock } = createDispatch(chat);
      await store.outbox.add([delivery('a')]);
      await dispatcher.flush();
      clock.set(60_000);
      await dispatcher.flush();
      assert.deepEqual(chat.postedIds(), ['a']);
      assert.equal((await stateOf(store, 'a'))?.kind, 'sent');
    });

    it('posts again when the first post did not arrive', async () => {
      const chat = createFakeChat({
        behave: (_id, nth) => (nth === 1 ? { kind: 'unknown', reason: 'timeout' } : 'post'),
      });
      const { store, dispatcher, clock } = createDispatch(chat);
      await store.outbox.add([delivery('a')]);
      await dispatcher.flush();
      clock.set(60_000);
      await dispatcher.flush();
      assert.deepEqual(chat.postedIds(), ['a']);
      assert.deepEqual(chat.finds, ['a']);
    });

    it('keeps what comes after a message behind it while nobody can say whether that arrived', async () => {
      const chat = createFakeChat({
        behave: (id, nth) => (id === 'a' && nth === 1 ? { kind: 'unknown', reason: 'timeout' } : 'post'),
      });
      const find = chat.find.bind(chat);
      let looked = 0;
      chat.find = (...given) =>
        (looked += 1) === 1 ? Promise.reject(new TypeError('no answer')) : find(...given);
      const { store, dispatcher, clock, log } = createDispatch(chat);
      await store.outbox.add([delivery('a'), delivery('b')]);
      for (const atMs of [0, 10_000, 20_000, 30_000, 40_000]) {
        clock.set(atMs);
        await dispatcher.flush();
      }
      assert.deepEqual([looked, chat.postedIds()], [2, ['a', 'b']]);
      assert.equal((await stateOf(store, 'b'))?.kind, 'sent');
      assert.match(JSON.stringify(log), /look-up failed/);
    });

    it('posts again where the platform cannot tell, so that nobody is forgotten', async () => {
      const chat = createFakeChat({
        find: 'cannot-tell',
        behave: (_id, nth) => (nth === 1 ? 'lost' : 'post'),
      });
      const { store, dispatcher, clock } = createDispatch(chat);
      await store.outbox.add([delivery('a')]);
      await dispatcher.flush();
      clock.set(60_000);
      await dispatcher.flush();
      clock.set(600_000);
      await dispatcher.flush();
      assert.deepEqual(chat.postedIds(), ['a', 'a']);
    });

    it('waits longer and longer, but never forgets', async () => {
      const chat = createFakeChat({ behave: () => ({ kind: 'unknown', reason: '503' }) });
      const { store, dispatcher, clock } = createDispatch(chat);
      await store.outbox.add([delivery('a')]);
      const waits: number[] = [];
      for (let n = 0; n < 14; n += 1) {
        await dispatcher.flush();
        const nextMs = (await store.outbox.lanes()).get('lane') ?? 0;
        waits.push(nextMs - clock.nowMs());
        clock.set(nextMs);
      }
      assert.deepEqual(
        waits,
        [...waits].sort((a, b) => a - b),
      );
      assert.ok((waits.at(-1) ?? 0) <= 15 * 60_000, 'the longest wait is a quarter of an hour');
    });

    it('goes on with the others after a bug in one, and tries that one again', async () => {
      const chat = createFakeChat();
      let broken = true;
      const { store, dispatcher, clock, log } = createDispatch(chat, {
        write: (entry) => {
          if (entry.id === 'b' && broken) throw new RangeError(`secret of ${entry.member}`);
          return Promise.resolve({ card: { type: 'AdaptiveCard' }, text: entry.id, language: 'nb' });
        },
      });
      await store.outbox.add(['a', 'b', 'c'].map((id) => delivery(id, { member: 'kari' })));
      await dispatcher.flush();
      assert.deepEqual([...chat.postedIds()].sort(), ['a', 'c']);
      broken = false;
      clock.set(60_000);
      await dispatcher.flush();
      assert.deepEqual([...chat.postedIds()].sort(), ['a', 'b', 'c']);
      assert.ok(log.lines.some((line) => line.startsWith('error')));
      assert.ok(
        !log.lines.some((line) => line.includes('secret') || line.includes('kari')),
        'personal data in the log',
      );
    });
  });

  describe('when a process dies between sending and settling', () => {
    it('settles by what the chat has, without a second post', async () => {
      const chat = createFakeChat();
      const { store, dispatcher, clock, directory } = createDispatch(chat);
      await store.outbox.add([delivery('a')]);
      const [entry] = await store.outbox.lease('lane', 0, 30_000, 1);
      assert.ok(entry !== undefined);
      const to = await directory.recipientOf('saman', 'member');
      assert.ok(to !== undefined);
      await chat.send(to, { card: { type: 'AdaptiveCard' }, text: 'a', language: 'nb' }, 'a');
      clock.set(29_999);
      await dispatcher.flush();
      assert.equal((await stateOf(store, 'a'))?.kind, 'leased');
      clock.set(30_000);
      await dispatcher.flush();
      assert.deepEqual(chat.postedIds(), ['a']);
      assert.equal((await stateOf(store, 'a'))?.kind, 'sent');
    });

    it('sends what the dead process had only leased', async () => {
      const chat = createFakeChat();
      const { store, dispatcher, clock } = createDispatch(chat);
      await store.outbox.add([delivery('a')]);
      await store.outbox.lease('lane', 0, 30_000, 1);
      clock.set(30_000);
      await dispatcher.flush();
      assert.deepEqual(chat.postedIds(), ['a']);
    });
  });

  describe('beside others', () => {
    it('posts each once when two dispatchers share a store', async () => {
      const chat = createFakeChat({ delayMs: 1 });
      const one = createDispatch(chat);
      const two = createDispatcher(one);
      await one.store.outbox.add(Array.from({ length: 60 }, (_, n) => delivery(`d${n}`)));
      await Promise.all([one.dispatcher.flush(), two.flush(), one.dispatcher.flush()]);
      assert.equal(new Set(chat.postedIds()).size, 60);
      assert.equal(chat.posted.length, 60);
    });

    it('sends in other lanes while one hangs, at once and later', async () => {
      const quick = createFakeChat();
      const stuck = createFakeChat({ behave: () => 'hang' });
      const { store, dispatcher } = createDispatch(quick, {
        directory: createFakeDirectory(quick, { stuck }),
      });
      await store.outbox.add([delivery('a', { lane: 'stuck' }), delivery('b')]);
      void dispatcher.flush();
      await pause(20);
      assert.deepEqual(quick.postedIds(), ['b']);
      await store.outbox.add([delivery('c')]);
      void dispatcher.flush();
      await pause(20);
      assert.deepEqual(quick.postedIds(), ['b', 'c']);
    });

    it('does not wait for ever for a chat that gives no answer, and settles what became of it', async () => {
      const chat = createFakeChat({ behave: (_id, nth) => (nth === 1 ? 'hang' : 'post') });
      const { store, dispatcher, clock } = createDispatch(chat, { sendTimeoutMs: 10 });
      await store.outbox.add([delivery('a')]);
      await dispatcher.flush();
      assert.equal((await stateOf(store, 'a'))?.kind, 'waiting');
      clock.set(60_000);
      await dispatcher.flush();
      assert.deepEqual([chat.finds, chat.postedIds()], [['a'], ['a']]);
    });

    it('sends in other lanes when one throws', async () => {
      const quick = createFakeChat();
      const broken = createFakeChat({ behave: () => 'throw' });
      const { store, dispatcher, log } = createDispatch(quick, {
        directory: createFakeDirectory(quick, { broken }),
      });
      await store.outbox.add([delivery('a', { lane: 'broken' }), delivery('b')]);
      await dispatcher.flush();
      assert.deepEqual(quick.postedIds(), ['b']);
      assert.ok(!log.lines.some((line) => line.includes('secret')));
    });
  });

  it('posts each delivery exactly once, whatever the platform does, as long as it can say what arrived', async () => {
    const behaviour = fc.constantFrom<Behaviour>(
      'post',
      'lost',
      'throw',
      { kind: 'unknown', reason: '503' },
      { kind: 'retry', afterMs: 700, reason: '429' },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(behaviour, { maxLength: 4 }), { maxLength: 8 }), async (scripts) => {
        const chat = createFakeChat({ behave: (id, nth) => scripts[Number(id)]?.[nth - 1] ?? 'post' });
        const { store, dispatcher, clock } = createDispatch(chat);
        await store.outbox.add(scripts.map((_, n) => delivery(String(n))));
        // One member's messages wait for each other: eight of them, each failing four times.
        for (let n = 0; n < 50; n += 1) {
          clock.set(n * 20 * 60_000);
          await dispatcher.flush();
        }
        assert.deepEqual(
          [...chat.postedIds()].sort(),
          scripts.map((_, n) => String(n)),
        );
      }),
      { numRuns: 100 },
    );
  });
});
