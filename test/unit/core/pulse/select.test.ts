import assert from 'node:assert/strict';
import type { Preferences } from '../../../../src/core/members/types.js';
import { pulseSchema } from '../../../../src/core/pulse/definition.js';
import {
  chooseMembers,
  lastAsked,
  mayBeAsked,
  questionsOf,
  scatter,
  type Choosing,
} from '../../../../src/core/pulse/select.js';
import { memberOf, roundOf, saman, seatIn } from '../../../support/pulse-cases.js';
import { pulseWith } from '../../../support/pulse-parts.js';

const members = Array.from({ length: 40 }, (_, index) => memberOf('voss', `m-${String(index)}`));
const choosing = (change: Partial<Choosing> = {}): Choosing => ({
  programme: saman,
  members,
  preferences: new Map(),
  laneOf: () => 'lane',
  last: new Map(),
  ...change,
});
const one = members[0]!;
const wishes = (rest: Partial<Preferences>) =>
  new Map<string, Preferences>([[one.id, { programme: saman.id, id: one.id, ...rest }]]);

describe('whether a member may be asked', () => {
  const may = (change: Partial<Choosing>, member = one) => mayBeAsked(choosing(change), member, '2014-03-10');

  it('asks who is active, reached and here', () => {
    assert.ok(may({}));
    assert.ok(!may({}, { ...one, active: false }));
    assert.ok(!may({ laneOf: () => undefined }), 'no account');
    assert.ok(!may({ preferences: wishes({ pause: { from: '2014-03-01' } }) }), 'paused');
    const absence = { from: '2014-03-09', until: '2014-03-12', deputy: 'm-2' };
    assert.ok(!may({ preferences: wishes({ absence }) }), 'a deputy does not answer for somebody');
  });

  it('asks nobody more often than the programme allows, over all pulses; seven days where it does not say', () => {
    assert.ok(!may({ last: new Map([[one.id, '2014-03-04']]) }));
    assert.ok(may({ last: new Map([[one.id, '2014-03-03']]) }));
    const rare = { ...saman, policy: { ...saman.policy, pulseGapDays: 30 } };
    assert.ok(!may({ programme: rare, last: new Map([[one.id, '2014-02-09']]) }));
    assert.ok(may({ programme: rare, last: new Map([[one.id, '2014-02-08']]) }));
  });

  it('counts the latest round of any pulse; a seat of a round that is gone counts for nothing', () => {
    const first = roundOf(pulseWith(), { id: 'a-1', opened: '2014-02-01' });
    const second = roundOf(pulseWith(), { id: 'b-1', opened: '2014-03-01' });
    const gone = roundOf(pulseWith(), { id: 'gone-1' });
    const seats = [seatIn(second, one), seatIn(first, one), seatIn(gone, members[1]!)];
    assert.deepEqual([...lastAsked([first, second], seats)], [[one.id, '2014-03-01']]);
  });
});

describe('a sample of the audience', () => {
  const pulse = pulseWith({ share: 0.25 });

  it('is the share that the pulse names, the same whenever it is drawn, another in another round', () => {
    const draw = (round: string) =>
      chooseMembers(choosing(), pulse, round, '2014-03-10').map((each) => each.id);
    assert.equal(draw('naervaer-1').length, 10);
    assert.deepEqual(draw('naervaer-1'), draw('naervaer-1'));
    assert.notDeepEqual(draw('naervaer-1').sort(), draw('naervaer-2').sort());
  });

  it('has asked everybody once before anybody twice', () => {
    const last = new Map<string, string>();
    const asked: string[] = [];
    for (let turn = 1; turn <= 4; turn += 1) {
      const date = `2014-0${String(turn)}-10`;
      const chosen = chooseMembers(choosing({ last }), pulse, `naervaer-${String(turn)}`, date);
      for (const { id } of chosen) {
        asked.push(id);
        last.set(id, date);
      }
    }
    assert.equal(new Set(asked).size, 40);
  });

  it('is everybody who may be asked, where those are no more than wanted', () => {
    const last = new Map(members.slice(5).map((each) => [each.id, '2014-03-09']));
    const chosen = chooseMembers(choosing({ last }), pulse, 'naervaer-1', '2014-03-10');
    assert.deepEqual(chosen, members.slice(0, 5));
  });

  it('takes nobody outside the audience', () => {
    const elsewhere = memberOf('gjovik', 'elsewhere');
    const gone = memberOf('voss', 'gone', { active: false });
    const all = choosing({ members: [...members, elsewhere, gone] });
    const chosen = chooseMembers(
      all,
      pulseWith({ audience: { organisations: ['voss'] } }),
      'x-1',
      '2014-03-10',
    );
    assert.deepEqual(chosen, members);
  });

  it('scatters alike ids evenly', () => {
    const low = Array.from({ length: 1000 }, (_, index) => scatter(`r-1/m-${String(index)}`)).filter(
      (each) => each < 2 ** 31,
    );
    assert.ok(low.length > 420 && low.length < 580, String(low.length));
  });
});

describe('the rotation of questions', () => {
  const question = (id: string, rest: object = {}) => ({ id, kind: 'yes-no', text: id, ...rest });
  const of = (questionsPerRound: number | undefined, ...questions: object[]) =>
    pulseSchema.parse({ ...pulseWith(), questions, ...(questionsPerRound && { questionsPerRound }) });

  it('asks all where the pulse does not say how many', () => {
    assert.deepEqual(questionsOf(of(undefined, question('a'), question('b')), 3), [0, 1]);
  });

  it('asks each in turn, round after round, and starts again', () => {
    const pulse = of(2, question('a'), question('b'), question('c'));
    assert.deepEqual(
      [1, 2, 3, 4].map((number) => questionsOf(pulse, number)),
      [
        [0, 1],
        [0, 2],
        [1, 2],
        [0, 1],
      ],
    );
  });

  it('always asks what is asked always, and what follows a question only with it', () => {
    const after = { question: 'b', when: 'low' };
    const pulse = of(
      1,
      question('a', { always: true }),
      question('b'),
      question('why', { after }),
      question('c'),
    );
    assert.deepEqual(questionsOf(pulse, 1), [0, 1, 2]);
    assert.deepEqual(questionsOf(pulse, 2), [0, 3]);
  });
});
