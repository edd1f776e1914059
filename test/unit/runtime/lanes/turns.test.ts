import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../../../src/core/ports/store.js';
import { delivery } from '../../../support/delivery.js';
import { createDispatch } from '../../../support/dispatch.js';
import { createFakeChat } from '../../../support/fake-chat.js';

const stateOf = async (store: Store, id: string) => (await store.outbox.list('saman', [id]))[0]?.state;

describe('turns in a conversation', () => {
  it('keeps the order of a conversation: what comes after it waits for what is tried again', async () => {
    const again = { kind: 'retry', afterMs: 1_000, reason: '429' } as const;
    const chat = createFakeChat({ behave: (id, nth) => (id === 'a' && nth === 1 ? again : 'post') });
    const { store, dispatcher, clock } = createDispatch(chat);
    await store.outbox.add([delivery('a'), delivery('b'), delivery('c', { member: 'else' })]);
    await dispatcher.flush();
    assert.deepEqual(chat.postedIds(), ['c']);
    clock.set(2_000);
    await dispatcher.flush();
    assert.deepEqual(chat.postedIds(), ['c', 'a', 'b']);
  });

  it('lets nothing that is due later overtake what waited for a message that is tried again', async () => {
    const again = { kind: 'retry', afterMs: 1_000, reason: '429' } as const;
    const chat = createFakeChat({ behave: (id, nth) => (id === 'a' && nth === 1 ? again : 'post') });
    const { store, dispatcher, clock } = createDispatch(chat);
    await store.outbox.add([delivery('a')]);
    await dispatcher.flush();
    await store.outbox.add([delivery('b', { notBeforeMs: 500 }), delivery('c', { notBeforeMs: 1_200 })]);
    clock.set(2_000);
    await dispatcher.flush();
    assert.deepEqual(chat.postedIds(), ['a', 'b', 'c']);
    assert.equal((await store.outbox.lanes()).size, 0);
  });

  it('sends nothing once its lease ran out, and leaves the delivery to whoever has it now', async () => {
    const chat = createFakeChat();
    const parts = createDispatch(chat, {
      write: (entry) => {
        // The process stood still, and another took the delivery over meanwhile.
        if (parts.clock.nowMs() === 0) parts.clock.set(60_000);
        return Promise.resolve({ card: { type: 'AdaptiveCard' }, text: entry.id, language: 'nb' });
      },
    });
    await parts.store.outbox.add([delivery('a')]);
    const sending = parts.dispatcher.flush();
    await pause(5);
    await sending;
    await parts.dispatcher.flush();
    assert.deepEqual(chat.postedIds(), ['a']);
    assert.deepEqual(chat.finds, ['a'], 'the next one asks first');
  });

  it('does not take back a lease that is another’s', async () => {
    const chat = createFakeChat({ behave: () => ({ kind: 'retry', afterMs: 0, reason: '429' }) });
    const send = chat.send.bind(chat);
    const parts = createDispatch({
      ...chat,
      send: async (...given) => {
        const outcome = await send(...given);
        parts.clock.set(parts.clock.nowMs() + 40_000);
        await parts.store.outbox.lease('lane', parts.clock.nowMs(), 1_000_000, 1);
        return outcome;
      },
    });
    await parts.store.outbox.add([delivery('a')]);
    await parts.dispatcher.flush();
    assert.deepEqual(await stateOf(parts.store, 'a'), { kind: 'leased', attempt: 2, untilMs: 1_040_000 });
  });

  it('keeps the order of many that wait for one, however often they are taken up', async () => {
    const chat = createFakeChat({
      behave: (id, nth) => (id === 'a0' && nth < 4 ? { kind: 'unknown', reason: '503' } : 'post'),
    });
    const { store, dispatcher, clock } = createDispatch(chat);
    const ids = Array.from({ length: 6 }, (_, n) => `a${n}`);
    await store.outbox.add(ids.map((id) => delivery(id)));
    for (let turn = 0; turn < 400; turn += 1) {
      await dispatcher.flush();
      clock.set(clock.nowMs() + (turn % 3));
      await dispatcher.flush();
      clock.set(clock.nowMs() + 250);
    }
    assert.deepEqual(chat.postedIds(), ids);
  });
});
