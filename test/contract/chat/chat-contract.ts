import assert from 'node:assert/strict';
import type { Chat, ChatMessage, Recipient } from '../../../src/core/ports/chat.js';
import type { MessageRef } from '../../../src/core/ports/outbox.js';

/** A chat under test, and what its platform shows. */
export interface ChatUnderTest {
  readonly chat: Chat;
  /** Somebody who can be reached, and somebody who blocked Samling, left, or never was there. */
  readonly reachable: Recipient;
  readonly gone: Recipient;
  /** The plain texts (`ChatMessage.text`) that the reachable recipient sees, oldest first. */
  readonly seen: () => Promise<readonly string[]>;
  readonly close?: () => Promise<void>;
}

const message = (text: string): ChatMessage => ({
  card: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] },
  text,
  language: 'nb',
});

/** What every chat adapter does. `canFind: false` for a platform that does not say what arrived. */
export function chatContract(
  name: string,
  create: () => Promise<ChatUnderTest>,
  { canFind = true }: { readonly canFind?: boolean } = {},
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

    it('says, and does not throw, that somebody cannot be reached', async () => {
      const outcome = await test.chat.send(test.gone, message('hello'), 'd/1');
      assert.equal(outcome.kind, 'unreachable');
    });
  });
}
