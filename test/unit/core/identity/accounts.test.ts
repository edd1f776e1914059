import assert from 'node:assert/strict';
import { createMemoryStore } from '../../../../src/adapters/store/lowdb/memory.js';
import { accountsOf, linkByEmail, preferredAccount } from '../../../../src/core/identity/accounts.js';
import { createAccountDirectory } from '../../../../src/core/identity/directory.js';
import type { Account, VerifiedPerson } from '../../../../src/core/identity/types.js';
import type { Member } from '../../../../src/core/members/types.js';
import type { Programmes } from '../../../../src/core/ports/programmes.js';
import { createFakeChat } from '../../../support/fake-chat.js';

const programmes = {
  get: () => undefined,
  all: () => [{ id: 'saman' }, { id: 'uso4' }],
} as unknown as Programmes;
const member = (id: string, changes: Partial<Member> = {}): Member => ({
  programme: 'saman',
  id,
  organisation: 'voss',
  roles: ['leader'],
  networks: [],
  email: `${id}@voss.example`,
  active: true,
  ...changes,
});
const person = (changes: Partial<VerifiedPerson> = {}): VerifiedPerson => ({
  platform: 'slack',
  workspace: 'slack/T1',
  user: 'U1',
  address: {},
  email: 'Leader@Voss.example',
  ...changes,
});

async function createPeople(...members: Member[]) {
  const store = createMemoryStore();
  await store.members.put(...members);
  return store;
}

describe('linking a person to a member', () => {
  it('follows the verified e-mail, whatever its case, in every programme', async () => {
    const store = await createPeople(member('leader'), member('leader', { programme: 'uso4' }));
    const linked = await linkByEmail(store, programmes, person(), 0);
    assert.deepEqual(
      linked.map((each) => [each.programme, each.member, each.id]),
      [
        ['saman', 'leader', 'slack/T1/U1'],
        ['uso4', 'leader', 'slack/T1/U1'],
      ],
    );
    assert.deepEqual(await accountsOf(store, programmes, 'slack/T1', 'U1'), linked);
  });

  for (const [what, members, who] of [
    ['no address', [member('leader')], person({ email: '' })],
    ['another address', [member('leader')], person({ email: 'other@voss.example' })],
    ['a member who left', [member('leader', { active: false })], person()],
    [
      'an address of two members',
      [member('leader'), member('b', { email: 'leader@voss.example' })],
      person(),
    ],
  ] as const) {
    it(`links nobody by ${what}`, async () => {
      const store = await createPeople(...members);
      assert.deepEqual(await linkByEmail(store, programmes, who, 0), []);
    });
  }

  it('keeps a link when the address moves to another member', async () => {
    const store = await createPeople(member('leader'));
    await linkByEmail(store, programmes, person(), 0);
    await store.members.put(
      member('leader', { email: 'x@voss.example' }),
      member('new', { email: 'leader@voss.example' }),
    );
    const [account] = await linkByEmail(store, programmes, person(), 1);
    assert.equal(account?.member, 'leader');
  });
});

describe('the directory', () => {
  const slack = createFakeChat();
  const open = async (...accounts: Partial<Account>[]) => {
    const store = await createPeople(member('leader'));
    const base = { programme: 'saman', member: 'leader', platform: 'slack', user: 'U1', address: { a: 'b' } };
    for (const [n, each] of accounts.entries()) {
      const workspace = each.workspace ?? 'slack/T1';
      await store.accounts.put({
        ...base,
        id: `${workspace}/U1`,
        workspace,
        state: 'active',
        at: `2026-01-0${String(n + 1)}T00:00:00Z`,
        ...each,
      } as Account);
    }
    return {
      store,
      directory: await createAccountDirectory({ tables: store, programmes, chats: { slack } }),
    };
  };

  it('reaches a member in one workspace: the first, or the one they prefer', async () => {
    const { store, directory } = await open({}, { workspace: 'slack/T2' });
    assert.equal(directory.laneOf('saman', 'leader'), 'slack/T1');
    await store.preferences.put({ programme: 'saman', id: 'leader', account: 'slack/T2/U1' });
    await directory.refresh('saman');
    assert.equal(directory.laneOf('saman', 'leader'), 'slack/T2');
    assert.deepEqual(await directory.recipientOf('saman', 'leader'), {
      programme: 'saman',
      member: 'leader',
      workspace: 'slack/T2',
      account: { a: 'b', user: 'U1' },
    });
  });

  it('goes on to the next account when one is unreachable, and to none when all are', async () => {
    const { directory } = await open({ state: 'unreachable' }, { workspace: 'slack/T2' });
    assert.equal(directory.laneOf('saman', 'leader'), 'slack/T2');
    const gone = await open({ state: 'unreachable' });
    assert.equal(gone.directory.laneOf('saman', 'leader'), undefined);
    assert.equal(await gone.directory.recipientOf('saman', 'leader'), undefined);
  });

  it('knows no account of a platform that is not configured', async () => {
    const { directory } = await open({ platform: 'teams', workspace: 'teams/x' });
    assert.equal(directory.laneOf('saman', 'leader'), undefined);
    assert.equal(directory.chatOf('slack/T1').platform, slack.platform);
    assert.throws(() => directory.chatOf('teams/x'), { code: 'INTERNAL' });
  });

  it('takes accounts of one instant in the order of their ids', () => {
    const account = (id: string) => ({ id, state: 'active', at: 'x' }) as Account;
    assert.equal(preferredAccount([account('b'), account('a'), account('a')], undefined)?.id, 'a');
  });
});
