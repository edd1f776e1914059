import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBallotBox } from '../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { createMemoryStore } from '../../src/adapters/store/lowdb/memory.js';
import { accountId, type Account } from '../../src/core/identity/types.js';
import type { BallotBox } from '../../src/core/ports/ballots.js';
import type { Member } from '../../src/core/members/types.js';
import { demoPeople } from '../../src/core/programme/demo-people.js';
import { programmeWith } from '../support/programmes.js';
import { buttonData, pulseParts, pulseWith, type PulseParts } from '../support/pulse-parts.js';

const programme = programmeWith('saman');
const day = (text: string) => Date.parse(`${text}Z`);
const organisations = ['voss', 'gjovik', 'bodo'];

/** Ten employees in each of three organisations, and the programme's coordinators. */
function people(): readonly Member[] {
  const role = programme.roles.find((each) => each.kind === 'employee') ?? programme.roles[0]!;
  const known = new Set(programme.organisations.map((each) => each.id));
  const used = organisations.filter((id) => known.has(id));
  const three = [...used, ...[...known].filter((id) => !used.includes(id))].slice(0, 3);
  const employees = three.flatMap((organisation) =>
    Array.from({ length: 10 }, (_, index) => ({
      programme: programme.id,
      id: `${organisation}-${String(index)}`,
      organisation,
      roles: [role.id],
      networks: [],
      active: true,
    })),
  );
  return [...employees, ...demoPeople(programme).filter((each) => each.id.startsWith('sekretariat-'))];
}

describe('a round of a pulse', () => {
  let parts: PulseParts;
  const members = people();
  const employees = members.filter((each) => !each.id.startsWith('sekretariat-'));
  const roles = [...new Set(employees.flatMap((each) => each.roles))];

  before(async () => {
    parts = await pulseParts(programme, members, day('2014-03-03T08:00:00'));
    const pulse = pulseWith({ audience: { roles } });
    await parts.store.pulses.put({ programme: programme.id, id: pulse.id, pulse, state: 'active', by: 'x' });
    await parts.samling.planner.replan(programme.id);
  });
  after(() => parts.close());

  const cardOf = (member: string) => parts.got.filter((each) => each.member === member).at(-1)!.message.card;
  const answer = (member: string, value: string) =>
    parts.press(member, 'pulse-answer', buttonData(cardOf(member), 'pulse-answer', value)!);

  it('sends each member one card at the hour of the rule, with a token of its own', async () => {
    await parts.advance(day('2014-03-04T08:29:00'));
    assert.equal(parts.got.filter((each) => each.delivery.startsWith('pulse/')).length, 0);
    await parts.advance(day('2014-03-04T08:30:00'));
    const cards = parts.got.filter((each) => each.delivery.startsWith('pulse/'));
    assert.equal(cards.length, 30);
    const tokens = cards.map((each) => buttonData(each.message.card, 'pulse-answer')!['token']);
    assert.equal(new Set(tokens).size, 30);
  });

  it('counts an answer, changed or doubled, once', async () => {
    for (const member of employees.slice(0, 17)) await answer(member.id, '4');
    const first = employees[0]!.id;
    const changed = await answer(first, '1');
    assert.equal(changed.kind === 'handled' && changed.replace?.template, 'pulse-thanks');
    await answer(first, '1');
    const answers = await parts.ballots.count({ programme: programme.id, round: 'naervaer-1' });
    assert.equal(answers.length, 17);
    assert.equal(answers.filter((each) => each.value === 1).length, 1);
    const seats = await parts.store.seats.list(programme.id);
    assert.equal(seats.filter((each) => each.answered).length, 17);
  });

  it('reminds only those who have not answered, and a second card gives no second ballot', async () => {
    await parts.advance(day('2014-03-06T10:00:00'));
    const reminded = parts.got
      .filter((each) => each.delivery.includes('/remind-1/'))
      .map((each) => each.member);
    assert.deepEqual(
      reminded.sort(),
      employees
        .slice(17)
        .map((each) => each.id)
        .sort(),
    );
    const late = employees[20]!.id;
    const [old, again] = parts.got.filter((each) => each.member === late).map((each) => each.message.card);
    await parts.press(late, 'pulse-answer', buttonData(again!, 'pulse-answer', '5')!);
    await parts.press(late, 'pulse-answer', buttonData(old!, 'pulse-answer', '1')!);
    const answers = await parts.ballots.count({ programme: programme.id, round: 'naervaer-1' });
    assert.equal(answers.length, 18);
    assert.equal(answers.filter((each) => each.value === 5).length, 1);
  });

  it('closes, tells everybody who was asked, and keeps no answer', async () => {
    await parts.advance(day('2014-03-12T12:00:00'));
    const round = await parts.store.rounds.get(programme.id, 'naervaer-1');
    assert.equal(round?.state, 'closed');
    const told = new Set(
      parts.got.filter((each) => each.delivery.startsWith('pulse-result/')).map((each) => each.member),
    );
    for (const member of employees) assert.ok(told.has(member.id), member.id);
    assert.deepEqual(await parts.ballots.count({ programme: programme.id, round: 'naervaer-1' }), []);
    const late = await answer(employees[25]!.id, '3').catch(() => undefined);
    assert.equal(late, undefined, 'the last card is the result, which has no answer to press');
    const card = parts.got.find((each) => each.member === employees[25]!.id)!.message.card;
    const closed = await parts.press(
      employees[25]!.id,
      'pulse-answer',
      buttonData(card, 'pulse-answer', '3')!,
    );
    assert.deepEqual(closed.kind === 'handled' && closed.replace?.data, {
      key: 'pulse-closed',
      args: {},
      tone: 'info',
    });
  });

  it('shows what is large enough, in words first', async () => {
    const result = await parts.store.pulseResults.get(programme.id, 'naervaer-1');
    const whole = result!.results.cells.find((cell) => cell.scope.kind === 'programme')!;
    assert.equal(whole.asked, 30);
    assert.equal(whole.answered, 18);
    const coordinator = parts.got.find(
      (each) => each.delivery.startsWith('pulse-result/') && each.member.startsWith('sekretariat-'),
    )!;
    const text = JSON.stringify(coordinator.message.card);
    assert.match(text, /svar/);
  });
});

describe('a day on which a member has been told enough', () => {
  it('has no room for a pulse either: its card comes the next morning', async () => {
    const member = people().find((each) => each.id === 'voss-0')!;
    const parts = await pulseParts(programme, [member], day('2014-03-03T08:00:00'));
    const nudges = Array.from({ length: programme.policy.maxMessagesPerDay }, (_, index) => {
      const id = `nudge/event-${String(index)}/T-7/${member.id}`;
      const to = { programme: programme.id, member: member.id, lane: 'lane', urgent: false };
      const notBeforeMs = day('2014-03-04T08:00:00');
      return { ...to, id, items: [id], kind: 'nudges', notBeforeMs, data: { about: [] } };
    });
    await parts.store.outbox.add(nudges);
    const pulse = pulseWith();
    await parts.store.pulses.put({ programme: programme.id, id: pulse.id, pulse, state: 'active', by: 'x' });
    await parts.samling.planner.replan(programme.id);
    parts.moment.ms = day('2014-03-04T08:30:00');
    await parts.samling.planner.plan(programme, parts.moment.ms);
    const entries = await parts.store.outbox.ofMember(programme.id, member.id, 10);
    const card = entries.find((each) => each.kind === 'pulse');
    assert.equal(new Date(card!.notBeforeMs).toISOString(), '2014-03-05T08:00:00.000Z');
    await parts.close();
  });
});

describe('an answer that comes while another process counts the round', () => {
  it('is not confirmed, since it may not have been counted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'samling-counting-'));
    const store = createMemoryStore();
    const box = openBallotBox({ folder: join(folder, 'ballots'), keysFolder: join(folder, 'keys') });
    let counts = false;
    const ballots: BallotBox = {
      ...box,
      async cast(key, ...given) {
        const isPutIn = await box.cast(key, ...given);
        const round = await store.rounds.get(key.programme, key.round);
        if (counts) await store.rounds.put({ ...round!, state: 'closing' });
        return isPutIn;
      },
    };
    const [first, second] = people().filter((each) => each.organisation === 'voss');
    const parts = await pulseParts(programme, [first!, second!], day('2014-03-03T08:00:00'), {
      ...{ store, ballots },
    });
    const pulse = pulseWith();
    await store.pulses.put({ programme: programme.id, id: pulse.id, pulse, state: 'active', by: 'x' });
    await parts.samling.planner.replan(programme.id);
    await parts.advance(day('2014-03-04T08:30:00'));
    const press = async (member: Member) => {
      const card = parts.got.find((each) => each.member === member.id)!.message.card;
      const received = await parts.press(member.id, 'pulse-answer', buttonData(card, 'pulse-answer', '4')!);
      const seat = await store.seats.get(programme.id, `naervaer-1/${member.id}`);
      return [received.kind === 'handled' && received.replace?.template, seat?.answered];
    };
    assert.deepEqual(await press(first!), ['pulse-thanks', true]);
    counts = true;
    assert.deepEqual(await press(second!), ['statement', false]);
    await parts.close();
    await rm(folder, { recursive: true, force: true });
  });
});

describe('a member with accounts in two workspaces', () => {
  const [slack, teams] = ['slack/T0VOSS', 'teams/tenant-voss'];
  const account = (workspace: string): Account => ({
    programme: programme.id,
    id: accountId(workspace, 'U1'),
    member: 'voss-0',
    platform: workspace.startsWith('slack') ? 'slack' : 'teams',
    workspace,
    user: 'U1',
    address: {},
    state: 'active',
    at: '2014-03-01T08:00:00Z',
  });

  it('has one ballot, counted once, whichever cards are pressed where', async () => {
    const member = people().find((each) => each.id === 'voss-0')!;
    const parts = await pulseParts(programme, [member], day('2014-03-03T08:00:00'), {
      accounts: [account(slack), account(teams)],
    });
    const pulse = pulseWith();
    await parts.store.pulses.put({ programme: programme.id, id: pulse.id, pulse, state: 'active', by: 'x' });
    await parts.samling.planner.replan(programme.id);
    await parts.advance(day('2014-03-04T08:30:00'));
    assert.equal(parts.got.length, 1, 'asked in one of them');
    const first = parts.got[0]!;
    const other = first.workspace === slack ? teams : slack;
    await parts.store.preferences.put({
      ...{ programme: programme.id, id: member.id, account: accountId(other, 'U1') },
    });
    await parts.samling.planner.replan(programme.id);
    await parts.advance(day('2014-03-06T08:30:00'));
    const second = parts.got[1]!;
    assert.equal(second.workspace, other, 'reminded in the other');
    const press = (got: typeof first, value: string) =>
      parts.press(
        member.id,
        'pulse-answer',
        buttonData(got.message.card, 'pulse-answer', value)!,
        undefined,
        got.workspace,
      );
    const counted = async () => {
      const answers = await parts.ballots.count({ programme: programme.id, round: 'naervaer-1' });
      return answers.map((each) => each.value);
    };
    await Promise.all([press(second, '2'), press(first, '5'), press(second, '3'), press(first, '4')]);
    assert.deepEqual(await counted(), [3], 'the first press has the ballot, and only its card changes it');
    await press(first, '1');
    assert.deepEqual(await counted(), [3]);
    await parts.advance(day('2014-03-12T12:00:00'));
    const result = await parts.store.pulseResults.get(programme.id, 'naervaer-1');
    const { asked, answered } = result!.results.cells[0]!;
    assert.deepEqual({ asked, answered }, { asked: 1, answered: 1 });
    await parts.close();
  });
});
