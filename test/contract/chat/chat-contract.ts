import assert from 'node:assert/strict';
import type { Chat, ChatMessage, Recipient } from '../../../src/core/ports/chat.js';
import type { MessageRef } from '../../../src/core/ports/outbox.js';

/** A chat under test, and what its platform shows. */
export interface ChatUnderTest {
  readonly chat: Chat;
  readonly reachable: Recipient;
  /** Somebody who blocked Samling, left, or never was there; left out where everybody can be reached. */
  readonly gone?: Recipient;
  /** The plain texts (`ChatMessage.text`) that the reachable recipient sees, oldest first. */
  readonly seen: () => Promise<readonly string[]>;
  /**
   * Has the platform hold the next message back until another that comes later is there; resolves when it has it. Left out
   * where nothing can overtake.
   */
  readonly holdNext?: () => Promise<void>;
  readonly close?: () => Promise<void>;
}

const message = (text: string): ChatMessage => ({
  card: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] },
  text,
  language: 'nb',
});

/**
 * What every chat adapter does. `canFind: false`: the platform does not say what arrived;
 * `canMiss: false`: everybody can be reached there; `canOvertake: false`: a message is there as soon as it is sent.
 */
export function chatContract(
  name: string,
  create: () => Promise<ChatUnderTest>,
  {
    canFind = true,
    canMiss = true,
    canOvertake = true,
  }: { readonly canFind?: boolean; readonly canMiss?: boolean; readonly canOvertake?: boolean } = {},
): void {
  describe(`${name}: chat`, () => {
    let test: ChatUnderTest;
    beforeEach(async () => {
      test = await create();
    });
    afterEach(() => test.close?.());

    async function sent(text: string, deliveryId: string): Promise<MessageRef> {
      const outcome = await test.chat.send(test.reachable, message(text), deliveryId);
      assert.equal(outcome.kind, 'sent');
      return outcome.ref;
    }

    it('shows what was sent, in order', async () => {
      await sent('first', 'd/1');
      await sent('second', 'd/2');
      assert.deepEqual(await test.seen(), ['first', 'second']);
    });

    it('gives a reference that can be stored as JSON', async () => {
      const ref = await sent('first', 'd/1');
      assert.deepEqual(JSON.parse(JSON.stringify(ref)), ref);
    });

    it('finds a message by its delivery, and says when there is none', async () => {
      const ref = await sent('first', 'd/1');
      const found = await test.chat.find(test.reachable, 'd/1');
      const absent = await test.chat.find(test.reachable, 'd/2');
      assert.deepEqual([found, absent], canFind ? [ref, 'not-sent'] : ['cannot-tell', 'cannot-tell']);
    });

    it('replaces a message in place', async () => {
      const ref = await sent('first', 'd/1');
      await sent('second', 'd/2');
      const outcome = await test.chat.update(test.reachable, ref, message('first, answered'));
      assert.equal(outcome.kind, 'sent');
      assert.deepEqual(await test.seen(), ['first, answered', 'second']);
    });

    it('says, and does not throw, that a message to be replaced is not there', async () => {
      const ref = await sent('first', 'd/1');
      const wrong = Object.fromEntries(Object.keys(ref).map((key) => [key, 'no-such-thing']));
      const outcome = await test.chat.update(test.reachable, wrong, message('other'));
      assert.equal(outcome.kind, 'unreachable');
      assert.deepEqual(await test.seen(), ['first']);
    });

    it('takes a message back, and says the same when asked again', async () => {
      const ref = await sent('first', 'd/1');
      await sent('second', 'd/2');
      assert.equal((await test.chat.remove(test.reachable, ref)).kind, 'sent');
      assert.deepEqual(await test.seen(), ['second']);
      assert.equal((await test.chat.remove(test.reachable, ref)).kind, 'sent');
      assert.deepEqual(await test.seen(), ['second']);
    });

    if (canOvertake)
      it('gives each message its own reference when they arrive and are answered in another order', async () => {
        assert.ok(test.holdNext !== undefined, 'the test cannot hold a message back');
        const isHeld = test.holdNext();
        const first = sent('first', 'd/1');
        await isHeld;
        await sent('second', 'd/2');
        const ref = await first;
        assert.deepEqual(await test.seen(), ['second', 'first']);
        await test.chat.update(test.reachable, ref, message('first, answered'));
        assert.deepEqual(await test.seen(), ['second', 'first, answered']);
      });

    if (!canMiss) return;
    it('says, and does not throw, that somebody cannot be reached', async () => {
      assert.ok(test.gone !== undefined, 'the test names nobody who is gone');
      const outcome = await test.chat.send(test.gone, message('hello'), 'd/1');
      assert.equal(outcome.kind, 'unreachable');
    });
  });
}
