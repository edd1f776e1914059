import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Delivery } from '../../../../src/core/ports/outbox.js';
import type { Store } from '../../../../src/core/ports/store.js';
import type { Ahead } from '../../../../src/runtime/lanes/ahead.js';
import { delivery } from '../../../support/delivery.js';
import { createDispatch, createFakeDirectory } from '../../../support/dispatch.js';
import { createFakeChat } from '../../../support/fake-chat.js';
import { countLeases } from '../../../support/count-leases.js';

const stateOf = async (store: Store, id: string) => (await store.outbox.list('saman', [id]))[0]?.state;

/** Adds deliveries and leases them in one transaction. */
function addTo(store: Store, ahead: Ahead, ...deliveries: readonly Delivery[]): Promise<void> {
  return store.transact(async (tables) => ahead.lease(tables, await tables.outbox.add(deliveries)));
}

describe('messages that are sent ahead', () => {
  it('are leased where they are added, sent once that is kept, and not before', async () => {
    const chat = createFakeChat();
    const { store, dispatcher } = createDispatch(chat);
    const ahead = dispatcher.ahead();
    await addTo(store, ahead, delivery('a'), delivery('b'));
    await pause(5);
    assert.deepEqual(chat.postedIds(), []);
    assert.deepEqual(await stateOf(store, 'a'), { kind: 'leased', attempt: 1, untilMs: 30_000 });
    ahead.go();
    await dispatcher.flush();
    assert.deepEqual(chat.postedIds(), ['a', 'b']);
    assert.equal((await stateOf(store, 'b'))?.kind, 'sent');
    await dispatcher.flush();
    assert.equal(chat.posted.length, 2);
  });

  it('go without a lease of their own', async () => {
    const { store, dispatcher } = createDispatch(createFakeChat());
    const leases = countLeases(store);
    const ahead = dispatcher.ahead();
    await addTo(store, ahead, delivery('a'));
    ahead.go();
    await dispatcher.flush();
    assert.equal((await stateOf(store, 'a'))?.kind, 'sent');
    assert.equal(leases(), 1);
  });

  it('are not sent when the transaction is taken back, and leave their place to others', async () => {
    const chat = createFakeChat();
    const { store, dispatcher } = createDispatch(chat);
    const ahead = dispatcher.ahead();
    const many = Array.from({ length: 16 }, (_, n) => delivery(`a${String(n)}`));
    const failing = store.transact(async (tables) => {
      await ahead.lease(tables, await tables.outbox.add(many));
      throw new TypeError('no');
    });
    await assert.rejects(failing, TypeError);
    const full = dispatcher.ahead();
    await addTo(store, full, delivery('b'));
    assert.equal((await stateOf(store, 'b'))?.kind, 'waiting', 'all places are taken until it is said');
    ahead.cancel();
    full.go();
    await dispatcher.flush();
    assert.deepEqual(chat.postedIds(), ['b']);
    assert.equal(await stateOf(store, 'a0'), undefined);
  });

  it('come after what waits in their lane, and are sent then', async () => {
    const chat = createFakeChat();
    const { store, dispatcher } = createDispatch(chat);
    await store.outbox.add([delivery('before', { notBeforeMs: -1 })]);
    const ahead = dispatcher.ahead();
    await addTo(store, ahead, delivery('a'));
    ahead.go();
    for (let tries = 0; tries < 100 && chat.posted.length < 2; tries += 1) await pause(5);
    assert.deepEqual(chat.postedIds(), ['before', 'a']);
  });

  it('wait for room, and are sent when there is some', async () => {
    const chat = createFakeChat({ delayMs: 20 });
    const { store, dispatcher } = createDispatch(chat, { mostUnderWay: () => 2 });
    const ids = ['a', 'b', 'c', 'd', 'e'];
    for (const id of ids) {
      const ahead = dispatcher.ahead();
      await addTo(store, ahead, delivery(id, { member: id }));
      ahead.go();
    }
    assert.equal((await stateOf(store, 'b'))?.kind, 'leased');
    assert.equal((await stateOf(store, 'c'))?.kind, 'waiting');
    for (let tries = 0; tries < 100 && (await store.outbox.lanes()).size > 0; tries += 1) await pause(5);
    assert.deepEqual(chat.postedIds(), ids);
  });

  it('wait until they are due', async () => {
    const chat = createFakeChat();
    const { store, dispatcher } = createDispatch(chat);
    const ahead = dispatcher.ahead();
    await addTo(store, ahead, delivery('a', { notBeforeMs: 10 }));
    ahead.go();
    await dispatcher.flush();
    assert.deepEqual(await stateOf(store, 'a'), { kind: 'waiting', attempt: 0 });
  });

  it('are put back when the dispatcher was stopped meanwhile, and none are leased after it', async () => {
    const chat = createFakeChat();
    const { store, dispatcher } = createDispatch(chat);
    const ahead = dispatcher.ahead();
    await addTo(store, ahead, delivery('a'));
    await dispatcher.stop();
    ahead.go();
    for (let tries = 0; tries < 100 && (await stateOf(store, 'a'))?.kind === 'leased'; tries += 1)
      await pause(5);
    const late = dispatcher.ahead();
    await addTo(store, late, delivery('b'));
    late.go();
    assert.deepEqual(await stateOf(store, 'a'), { kind: 'waiting', attempt: 0 });
    assert.deepEqual(await stateOf(store, 'b'), { kind: 'waiting', attempt: 0 });
    assert.deepEqual(chat.postedIds(), []);
  });

  it('are awaited by a stop', async () => {
    const { store, dispatcher } = createDispatch(createFakeChat({ delayMs: 30 }));
    const ahead = dispatcher.ahead();
    await addTo(store, ahead, delivery('a'));
    ahead.go();
    await dispatcher.stop();
    assert.equal((await stateOf(store, 'a'))?.kind, 'sent');
  });

  it('are kept though no chat of their platform is there, which is said', async () => {
    const directory = createFakeDirectory(createFakeChat());
    const { store, dispatcher, log } = createDispatch(createFakeChat(), {
      directory: {
        ...directory,
        chatOf() {
          throw new TypeError('not configured');
        },
      },
    });
    const ahead = dispatcher.ahead();
    await addTo(store, ahead, delivery('a'));
    ahead.go();
    await pause(5);
    assert.deepEqual(await stateOf(store, 'a'), { kind: 'waiting', attempt: 0 });
    assert.ok(log.lines.some((line) => line.includes('lane failed')));
  });

  it('go out once when the work of the transaction runs twice', async () => {
    const chat = createFakeChat();
    const { store, dispatcher } = createDispatch(chat, { mostUnderWay: () => 1 });
    const ahead = dispatcher.ahead();
    await assert.rejects(
      store.transact(async (tables) => {
        await ahead.lease(tables, await tables.outbox.add([delivery('a')]));
        throw new TypeError('again');
      }),
    );
    await addTo(store, ahead, delivery('a'));
    ahead.go();
    await dispatcher.flush();
    assert.deepEqual(chat.postedIds(), ['a']);
  });
});
