import assert from 'node:assert/strict';
import type { Amends } from '../../../src/runtime/planning.js';
import { delivery } from '../../support/delivery.js';
import { createDispatch, createFakeDirectory } from '../../support/dispatch.js';
import { createFakeChat, type FakeChatOptions } from '../../support/fake-chat.js';

/** A dispatcher whose deliveries called `fix…` change or take back `a`. */
function start(
  how: Amends['how'],
  options: FakeChatOptions = {},
  account: 'here' | 'moved' | 'gone' = 'here',
) {
  const chat = createFakeChat(options);
  const directory = createFakeDirectory(chat);
  let moved = false;
  const dispatch = createDispatch(chat, {
    directory: {
      ...directory,
      recipientOf: async (programme, member, lane) => {
        const to = await directory.recipientOf(programme, member, lane);
        if (!moved || to === undefined) return to;
        return account === 'gone' ? undefined : { ...to, workspace: 'elsewhere' };
      },
    },
    write: (entry) => {
      const message = { card: { type: 'AdaptiveCard' as const }, text: entry.id, language: 'nb' as const };
      return Promise.resolve(
        entry.id.startsWith('fix') ? { message, amends: { delivery: 'a', how } } : message,
      );
    },
  });
  const flush = async (atMs: number) => {
    dispatch.clock.set(atMs);
    await dispatch.dispatcher.flush();
  };
  const stateOf = async (id: string) => (await dispatch.store.outbox.list('saman', [id]))[0]?.state;
  return { ...dispatch, chat, flush, stateOf, move: () => void (moved = account !== 'here') };
}

describe('a message that was sent', () => {
  it('is changed in place, and nothing is posted anew', async () => {
    const { store, chat, flush, stateOf } = start('replace');
    await store.outbox.add([delivery('a')]);
    await flush(0);
    await store.outbox.add([delivery('fix')]);
    await flush(1);
    assert.deepEqual(
      chat.posted.map((each) => each.message.text),
      ['fix'],
    );
    assert.equal((await stateOf('fix'))?.kind, 'sent');
  });

  it('is taken back', async () => {
    const { store, chat, flush } = start('remove');
    await store.outbox.add([delivery('a')]);
    await flush(0);
    await store.outbox.add([delivery('fix')]);
    await flush(1);
    assert.deepEqual(
      chat.posted.map((each) => each.removed),
      [true],
    );
  });

  it('is replaced where the platform does not take it back', async () => {
    const { store, chat, flush } = start('remove', { removes: 'cannot' });
    await store.outbox.add([delivery('a')]);
    await flush(0);
    await store.outbox.add([delivery('fix')]);
    await flush(1);
    assert.deepEqual(
      chat.posted.map((each) => [each.message.text, each.removed]),
      [['fix', undefined]],
    );
  });

  for (const account of ['moved', 'gone'] as const) {
    it(`is let be when its reader has ${account} from the workspace`, async () => {
      const { store, chat, flush, stateOf, move } = start('replace', {}, account);
      await store.outbox.add([delivery('a')]);
      await flush(0);
      move();
      await store.outbox.add([delivery('fix')]);
      await flush(1);
      assert.equal(chat.posted[0]?.message.text, 'a');
      assert.equal((await stateOf('fix'))?.kind, 'unreachable');
    });
  }
});

describe('a message that is to be changed, and', () => {
  it('has not been sent yet, is only sent as it will be then', async () => {
    const { store, flush, stateOf } = start('replace');
    await store.outbox.add([delivery('a', { notBeforeMs: 50 }), delivery('fix')]);
    await flush(1);
    assert.deepEqual(await stateOf('fix'), { kind: 'dropped', atMs: 1, reason: 'not-sent-yet' });
  });

  it('never was, gives nothing', async () => {
    const { store, flush, stateOf } = start('replace');
    await store.outbox.add([delivery('fix')]);
    await flush(1);
    assert.deepEqual(await stateOf('fix'), { kind: 'dropped', atMs: 1, reason: 'never-sent' });
  });

  it('may or may not have arrived, is changed once that is known', async () => {
    const { store, chat, flush, stateOf } = start('replace', {
      behave: (id, nth) => (id === 'a' && nth === 1 ? 'lost' : 'post'),
    });
    await store.outbox.add([delivery('a')]);
    await flush(0);
    await store.outbox.add([delivery('fix')]);
    await flush(1);
    assert.equal((await stateOf('fix'))?.kind, 'waiting');
    await flush(10_000);
    await flush(20_000);
    assert.deepEqual(
      chat.posted.map((each) => each.message.text),
      ['fix'],
    );
  });
});
