import assert from 'node:assert/strict';
import { loadVocabulary } from '../../../../src/adapters/files/vocabulary.js';
import { createMemoryStore } from '../../../../src/adapters/store/lowdb/memory.js';
import { composeHome } from '../../../../src/core/conversation/home.js';
import { handle } from '../../../../src/core/conversation/handle.js';
import { markUnreachable } from '../../../../src/core/identity/admission.js';
import { answerStranger } from '../../../../src/core/identity/stranger.js';
import type { Account, VerifiedPerson } from '../../../../src/core/identity/types.js';
import { removeWorkspace, restoreWorkspace } from '../../../../src/core/identity/workspaces.js';
import type { Answer, Interaction, Message } from '../../../../src/core/ports/interaction.js';
import type { Json } from '../../../../src/core/ports/outbox.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import { programmeWith } from '../../../support/programmes.js';

const vocabulary = loadVocabulary(
  new URL('../../../../data/conversation/commands.json', import.meta.url).pathname,
);
const saman = programmeWith('saman');
const uso4 = programmeWith('uso4');
const nowMs = Date.parse('2014-01-20T09:00:00Z');
const COORDINATOR = 'sekretariat-coordinator';
const person: VerifiedPerson = {
  ...{ platform: 'slack', workspace: 'slack/T1', user: 'U1', address: {} },
  ...{ name: 'Ny Person', email: 'ny@voss.example' },
};
const text: Interaction['event'] = { kind: 'text', text: 'hei' };
const form = { programme: 'saman', organisation: 'voss', role: 'employee' };
const send = (data: Record<string, Json> = form): Interaction['event'] => ({
  kind: 'action',
  verb: 'access-send',
  data,
});

async function open(all = [saman]) {
  const store = createMemoryStore();
  for (const each of all) await store.members.put(...demoPeople(each));
  const programmes = { get: (id: string) => all.find((each) => each.id === id), all: () => all };
  const asks = (event: Interaction['event'], who = person) =>
    answerStranger(who, event, { tables: store, programmes, nowMs, newId: 'new-member' });
  const interaction = (member: string, verb: string, data: Record<string, Json>): Interaction => ({
    ...{ id: 'x', programme: 'saman', member, workspace: 'slack/T1' },
    event: { kind: 'action', verb, data },
  });
  const deps = { tables: store, programmes, vocabulary, nowMs };
  const press = (member: string, verb: string, data: Record<string, Json> = {}) =>
    handle(interaction(member, verb, data), deps);
  const home = (member: string) => composeHome(interaction(member, 'show', {}), deps);
  return { store, asks, press, home };
}

const keyOf = (message: Message | undefined) => (message?.data as { key?: string } | undefined)?.key;
const saidKey = (answer: Answer | undefined) => keyOf(answer?.say[0]);
const admitting = { request: 'slack/T1/U1', organisation: 'voss', roles: 'employee,union' };

describe('somebody unknown', () => {
  it('is asked who they are, whatever they write or press', async () => {
    const { asks } = await open();
    const odd = [send({}), send({ ...form, organisation: 'atlantis' }), send({ ...form, role: 'queen' })];
    const other: Interaction['event'] = { kind: 'action', verb: 'handed-in', data: {} };
    for (const event of [text, other, ...odd, send({ ...form, programme: 'other' })])
      assert.equal((await asks(event))?.say[0]?.template, 'access-ask');
  });

  it('cannot ask to be a coordinator: a card would have it chosen, and one press would make one', async () => {
    const { store, asks } = await open();
    const asked = await asks(send({ ...form, role: 'coordinator' }));
    assert.equal(asked?.say[0]?.template, 'access-ask');
    const { roles } = asked.say[0].data as unknown as {
      readonly roles: readonly { readonly id: string }[];
    };
    assert.ok(roles.length > 5 && roles.every(({ id }) => id !== 'coordinator'));
    assert.deepEqual(await store.accessRequests.list('saman'), []);
  });

  it('is asked which programme first, where there are several; in a workspace that takes part, only its own', async () => {
    const { store, asks } = await open([saman, uso4]);
    assert.equal((await asks(text))?.say[0]?.template, 'access-programme');
    const chosen = { kind: 'action', verb: 'access-programme', data: { programme: 'uso4' } } as const;
    assert.equal((await asks(chosen))?.programme.id, 'uso4');
    const missing = { ...chosen, data: { programme: 'nowhere' } };
    assert.equal((await asks(missing))?.say[0]?.template, 'access-programme');
    await store.accounts.put(account('a', { programme: 'uso4' }));
    const only = await asks(text);
    assert.deepEqual([only?.programme.id, only?.say[0]?.template], ['uso4', 'access-ask']);
  });

  it('is not answered where no programme is served', async () => {
    assert.equal(await (await open([])).asks(text), undefined);
  });

  it('asks every coordinator once, and hears that the question waits', async () => {
    const { asks } = await open();
    const sent = await asks(send());
    assert.equal(keyOf(sent?.replace), 'access-sent');
    assert.deepEqual(
      sent?.tell?.map((each) => [each.member, each.message.template]),
      [
        [COORDINATOR, 'access-request'],
        [`${COORDINATOR}-2`, 'access-request'],
      ],
    );
    assert.equal(saidKey(await asks(send())), 'access-waiting');
  });

  it('asks without a name and an address, where the platform gives none', async () => {
    const { asks } = await open();
    const { name, email, ...nameless } = person;
    assert.ok(name !== undefined && email !== undefined);
    const sent = await asks(send(), nameless);
    const data = sent?.tell?.[0]?.message.data as Record<string, unknown>;
    assert.ok(!('name' in data) && !('email' in data));
  });
});

describe('a coordinator', () => {
  it('lets somebody in, who is a member and linked from then on; twice is as once', async () => {
    const { store, asks, press } = await open();
    await asks(send());
    for (let time = 0; time < 2; time += 1)
      assert.equal(keyOf((await press(COORDINATOR, 'access-admit', admitting)).replace), 'access-admitted');
    const member = await store.members.get('saman', 'new-member');
    assert.deepEqual(
      [member?.roles, member?.name, member?.email],
      [['employee', 'union'], 'Ny Person', 'ny@voss.example'],
    );
    assert.equal((await store.accounts.get('saman', 'slack/T1/U1'))?.member, 'new-member');
    assert.equal(keyOf((await press(COORDINATOR, 'access-decline', admitting)).replace), 'access-admitted');
  });

  it('tells the newcomer where they wrote from', async () => {
    const { asks, press } = await open();
    await asks(send());
    const { tell, replan } = await press(COORDINATOR, 'access-admit', admitting);
    assert.deepEqual([tell?.[0]?.member, tell?.[0]?.lane, replan], ['new-member', 'slack/T1', true]);
  });

  it('makes no second member of somebody who was one', async () => {
    const { store, asks, press } = await open();
    await store.members.put({
      ...{ programme: 'saman', id: 'old', organisation: 'stord', roles: ['employee'], networks: [] },
      ...{ email: 'NY@voss.example', active: false },
    });
    await asks(send());
    await press(COORDINATOR, 'access-admit', admitting);
    const old = await store.members.get('saman', 'old');
    assert.deepEqual([old?.active, old?.organisation], [true, 'voss']);
    assert.equal(await store.members.get('saman', 'new-member'), undefined);
  });

  it('declines, and the asker hears so', async () => {
    const { asks, press } = await open();
    await asks(send());
    assert.equal(keyOf((await press(COORDINATOR, 'access-decline', admitting)).replace), 'access-refused');
    assert.equal(saidKey(await asks(text)), 'access-declined');
  });

  it('sees the requests that wait, in the conversation and counted on the home tab', async () => {
    const { asks, press, home } = await open();
    assert.equal(saidKey(await press(COORDINATOR, 'access-show')), 'access-none');
    await asks(send());
    await asks(send(), { ...person, user: 'U2' });
    const shown = await press(COORDINATOR, 'access-show');
    assert.deepEqual(
      shown.say.map((each) => each.template),
      ['access-request', 'access-request'],
    );
    assert.equal(((await home(COORDINATOR))?.data as { openRequests: number }).openRequests, 2);
    const plain = (await home('voss-project-leader'))?.data as Record<string, unknown>;
    assert.deepEqual([plain['isCoordinator'], plain['openRequests']], [false, 0]);
    assert.equal(await home('nobody'), undefined);
  });

  it('cannot admit who has not asked, nor to what there is not', async () => {
    const { asks, press } = await open();
    assert.equal(saidKey(await press(COORDINATOR, 'access-admit', admitting)), 'action-not-understood');
    assert.equal(saidKey(await press(COORDINATOR, 'access-decline', admitting)), 'action-not-understood');
    await asks(send());
    for (const wrong of [{ organisation: 'atlantis' }, { roles: 'queen' }])
      assert.equal(
        saidKey(await press(COORDINATOR, 'access-admit', { ...admitting, ...wrong })),
        'action-not-understood',
      );
  });

  it('is the only one who may', async () => {
    const { store, asks, press } = await open();
    await asks(send());
    for (const verb of ['access-admit', 'access-decline', 'access-show'])
      assert.equal(saidKey(await press('voss-project-leader', verb, admitting)), 'not-allowed');
    assert.equal((await store.accessRequests.get('saman', 'slack/T1/U1'))?.state, 'open');
    for (const verb of ['access-send', 'access-programme'])
      assert.equal(saidKey(await press('voss-project-leader', verb, form)), 'access-known');
  });
});

const account = (user: string, changes: Partial<Account> = {}): Account => ({
  ...{ programme: 'saman', id: `slack/T1/${user}`, member: 'voss-project-leader', platform: 'slack' },
  ...{ workspace: 'slack/T1', user, address: {}, state: 'active', at: '2014-01-01T00:00:00Z', ...changes },
});

describe('an account', () => {
  it('is chosen among the own, and no other', async () => {
    const { store, press } = await open();
    await store.accounts.put(account('a'), account('b', { member: 'stord-project-leader' }));
    assert.equal(
      keyOf((await press('voss-project-leader', 'set-account', { account: 'slack/T1/a' })).replace),
      'account-set',
    );
    assert.equal((await store.preferences.get('saman', 'voss-project-leader'))?.account, 'slack/T1/a');
    for (const other of ['slack/T1/b', 'slack/T1/c'])
      assert.equal(
        saidKey(await press('voss-project-leader', 'set-account', { account: other })),
        'action-not-understood',
      );
  });

  it('that reaches nobody is told of once, and not while another one does', async () => {
    const { store } = await open();
    await store.accounts.put(account('a'), account('b'));
    const mark = (user: string) => markUnreachable(store, saman, account(user), 'account_inactive', nowMs);
    assert.equal((await mark('a')).tell, undefined);
    assert.equal((await mark('b')).tell?.length, 2);
    assert.deepEqual(await mark('b'), { say: [] });
    const [row] = await store.accounts.list('saman');
    assert.deepEqual([row?.state, row?.reason], ['unreachable', 'account_inactive']);
  });

  it('is one of many that are lost at once: five are named, then it is said that there are many, then nothing', async () => {
    const { store } = await open();
    const members = (await store.members.list('saman')).slice(0, 9);
    const rows = members.map((member, nth) => account(`u${String(nth)}`, { member: member.id }));
    await store.accounts.put(...rows);
    const mark = async (row: Account, atMs: number) => {
      const { tell = [] } = await markUnreachable(store, saman, row, '403', atMs);
      return tell.map(({ message }) => (message.data as { many?: number }).many ?? 'one')[0];
    };
    const told = [];
    for (const row of rows.slice(0, 8)) told.push(await mark(row, nowMs));
    assert.deepEqual(told, ['one', 'one', 'one', 'one', 'one', 6, undefined, undefined]);
    assert.ok((await store.accounts.list('saman')).slice(0, 8).every((each) => each.state === 'unreachable'));
    assert.equal(await mark(rows[8]!, nowMs + 25 * 3_600_000), 'one', 'the next day is another one');
  });

  it('of somebody who is no member any more is told of to nobody', async () => {
    const { store } = await open();
    await store.accounts.put(account('a', { member: 'gone' }));
    const answer = await markUnreachable(store, saman, account('a', { member: 'gone' }), 'x', nowMs);
    assert.equal(answer.tell, undefined);
  });
});

describe('a workspace that removes Samling', () => {
  it('is told of once with how many it concerns, and has them back when it returns', async () => {
    const { store } = await open();
    const left = account('left', { state: 'unreachable', reason: 'account_inactive' });
    await store.accounts.put(
      account('a'),
      account('b'),
      left,
      account('c', { id: 'slack/T2/c', workspace: 'slack/T2' }),
    );
    const answer = await removeWorkspace(store, saman, 'slack/T1', nowMs);
    const data = answer.tell?.[0]?.message.data as { args: { count: number } };
    assert.deepEqual([answer.tell?.length, data.args.count], [2, 2]);
    assert.deepEqual(await removeWorkspace(store, saman, 'slack/T1', nowMs), { say: [] });
    assert.equal(await restoreWorkspace(store, saman, 'slack/T1', nowMs), true);
    assert.equal(await restoreWorkspace(store, saman, 'slack/T1', nowMs), false);
    const states = (await store.accounts.list('saman')).map((each) => [each.user, each.state]);
    assert.deepEqual(Object.fromEntries(states), {
      a: 'active',
      b: 'active',
      left: 'unreachable',
      c: 'active',
    });
  });
});
