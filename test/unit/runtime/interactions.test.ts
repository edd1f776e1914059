import assert from 'node:assert/strict';
import { createMemoryStore } from '../../../src/adapters/store/lowdb/memory.js';
import type { Answer, Interaction } from '../../../src/core/ports/interaction.js';
import type { Tables } from '../../../src/core/ports/store.js';
import {
  createInteractions,
  type Handle,
  type InteractionsOptions,
} from '../../../src/runtime/interactions.js';
import { createPlanner } from '../../../src/runtime/planner.js';
import { createDispatch, createFakeDirectory } from '../../support/dispatch.js';
import { createFakeChat } from '../../support/fake-chat.js';

const message = (key: string) => ({ template: 'statement', data: { key } });
const interaction = (id: string, member = 'kari'): Interaction => ({
  id,
  programme: 'saman',
  member,
  workspace: 'w',
  event: { kind: 'text', text: 'hei' },
});

function createReceiver(handle: Handle, rest: Pick<InteractionsOptions, 'speakAt'> = {}) {
  const store = createMemoryStore();
  const directory = createFakeDirectory(createFakeChat());
  const receive = createInteractions({
    store,
    directory,
    planner: createPlanner(store, directory),
    handle,
    ...rest,
  });
  return { store, receive };
}
const answering = (answer: Answer) => createReceiver(() => Promise.resolve(answer));

describe('interactions', () => {
  it('give the adapter what takes the place of the card', async () => {
    const { receive } = answering({ replace: message('done'), say: [] });
    assert.deepEqual(await receive(interaction('e1'), 0), { kind: 'handled', replace: message('done') });
  });

  it('put replies into the outbox, urgent and in order', async () => {
    const { store, receive } = answering({ say: ['a', 'b', 'c'].map(message) });
    await receive(interaction('e1'), 5);
    const entries = await store.outbox.lease('lane', 5, 1000, 9);
    assert.deepEqual(
      entries.map(({ id, urgent, member, kind, data }) => ({ id, urgent, member, kind, data })),
      ['a', 'b', 'c'].map((key, n) => ({
        id: `reply/e1/${n}`,
        urgent: true,
        member: 'kari',
        kind: 'reply',
        data: { message: message(key) },
      })),
    );
  });

  it('tell others what concerns them, without hurry, and leave out whom no chat reaches', async () => {
    const tell = ['leader', 'unknown'].map((member) => ({ member, message: message('x') }));
    const { store, receive } = answering({ say: [message('ok')], tell });
    await receive(interaction('e1'), 0);
    const entries = await store.outbox.lease('lane', 0, 1000, 9);
    assert.deepEqual(
      entries.map((entry) => [entry.member, entry.urgent]),
      [
        ['kari', true],
        ['leader', false],
      ],
    );
  });

  it('tell others only when they may be spoken to, and answer at once', async () => {
    const answer = { say: [message('ok')], tell: [{ member: 'leader', message: message('x') }] };
    const speakAt = (_tables: Tables, _programme: string, member: string, nowMs: number) =>
      Promise.resolve(member === 'leader' ? nowMs + 100 : nowMs + 1);
    const { store, receive } = createReceiver(() => Promise.resolve(answer), { speakAt });
    await receive(interaction('e1'), 7);
    assert.equal((await store.outbox.list('saman', ['reply/e1/0']))[0]?.notBeforeMs, 7);
    assert.equal((await store.outbox.list('saman', ['reply/e1/1']))[0]?.notBeforeMs, 107);
  });

  it('are handled once, however often the platform repeats the event', async () => {
    let handled = 0;
    const { store, receive } = createReceiver(() => {
      handled += 1;
      return Promise.resolve({ say: [message('ok')] });
    });
    const all = await Promise.all(Array.from({ length: 5 }, () => receive(interaction('e1'), 0)));
    assert.equal(all.filter((each) => each.kind === 'handled').length, 1);
    assert.deepEqual(await receive(interaction('e1'), 1e9), { kind: 'done-before' });
    assert.equal(handled, 1);
    assert.equal((await store.outbox.lease('lane', 0, 1, 9)).length, 1);
  });

  it('leave nothing behind when handling fails, not even a claim, and are handled when they come again', async () => {
    let broken = true;
    const { store, receive } = createReceiver(async (_interaction, tables: Tables) => {
      await tables.settings.put({ programme: 'saman', id: 'half', value: 'x' });
      if (broken) throw new RangeError('bug');
      return { say: [] };
    });
    await assert.rejects(receive(interaction('e1'), 0), RangeError);
    assert.equal(await store.settings.get('saman', 'half'), undefined);
    broken = false;
    assert.deepEqual(await receive(interaction('e1'), 1), { kind: 'handled' });
    assert.equal((await store.settings.get('saman', 'half'))?.value, 'x');
  });

  it('send a reply ahead once it is kept, and none when handling fails', async () => {
    const chat = createFakeChat();
    const parts = createDispatch(chat, { mostUnderWay: () => 1 });
    const { store, dispatcher } = parts;
    let broken = true;
    const receive = createInteractions({
      store,
      directory: parts.directory,
      planner: createPlanner(store, parts.directory),
      handle: () =>
        Promise.resolve({
          say: [message('ok')],
          get replan() {
            if (broken) throw new RangeError('bug');
            return false;
          },
        }),
      ahead: () => dispatcher.ahead(),
    });
    await assert.rejects(receive(interaction('e1'), 0), RangeError);
    await dispatcher.flush();
    assert.deepEqual(chat.postedIds(), []);
    broken = false;
    await receive(interaction('e1'), 0);
    await dispatcher.stop();
    assert.deepEqual(chat.postedIds(), ['reply/e1/0']);
  });

  it('keep members who talk at the same time apart', async () => {
    const { store, receive } = createReceiver((each) =>
      Promise.resolve({ say: [message(`to ${each.member}`)] }),
    );
    await Promise.all([receive(interaction('e1', 'kari'), 0), receive(interaction('e2', 'ola'), 0)]);
    const entries = await store.outbox.lease('lane', 0, 1, 9);
    assert.deepEqual(
      new Map(entries.map((entry) => [entry.member, entry.data])),
      new Map([
        ['kari', { message: message('to kari') }],
        ['ola', { message: message('to ola') }],
      ]),
    );
  });

  it('have planning look at everything again in the same transaction as the answer', async () => {
    const { store, receive } = answering({ say: [], replan: true });
    await store.settings.put({ programme: 'saman', id: 'planned-until', value: '7' });
    await receive(interaction('e1'), 0);
    assert.equal(await store.settings.get('saman', 'planned-until'), undefined);
  });
});
