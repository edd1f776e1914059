import assert from 'node:assert/strict';
import type { AnswerValue } from '../../../../src/core/ports/ballots.js';
import type { Member } from '../../../../src/core/members/types.js';
import {
  nameOf,
  resultDeliveries,
  resultMessageFor,
  resultReaders,
  scopesFor,
} from '../../../../src/core/pulse/report.js';
import { memberOf, QUESTIONS, saman } from '../../../support/pulse-cases.js';
import {
  boss,
  closed,
  employee,
  leader,
  mixed,
  networkLeader,
  people,
  shown,
  state,
  times,
  type Closed,
} from '../../../support/pulse-results.js';

describe('whose results a member may see', () => {
  const { round } = closed([QUESTIONS.scale], []);
  const kinds = (member: Member, at = round) =>
    scopesFor(saman, at, member).map((each) => `${each.kind}/${each.id}`);

  it('are those of all for a coordinator, of one’s networks and organisation for a leader, else none', () => {
    assert.ok(kinds(boss).includes('organisation/stord') && kinds(boss).includes('theme/sykefravaer'));
    assert.deepEqual(kinds(leader), ['organisation/voss']);
    assert.deepEqual(kinds(networkLeader), ['network/sykefravaer-pulje-2']);
    assert.deepEqual(kinds(employee), []);
  });

  it('are none that the pulse does not group by', () => {
    const whole = closed([QUESTIONS.scale], [], { rest: { groupings: ['theme'] } }).round;
    assert.deepEqual(kinds(leader, whole), []);
    assert.deepEqual(kinds(networkLeader, whole), []);
    assert.ok(kinds(boss, whole).every((each) => each.startsWith('theme/')));
  });
});

describe('who is told a result', () => {
  const { round, seats } = closed([QUESTIONS.scale], []);

  it('is everybody who was asked and everybody who leads, if they are still here', () => {
    const gone = memberOf('stord', 'stord-1', { active: false });
    const other = memberOf('vinje', 'other', { roles: ['political'] });
    const readers = resultReaders(state([...people, gone, other]), round, seats);
    assert.deepEqual(readers, people);
  });

  it('is told once there is room, and not who is reached nowhere', () => {
    const laneOf = (id: string) => (id === 'boss' ? undefined : 'lane');
    const told = resultDeliveries(round, people, laneOf, () => 7);
    assert.deepEqual(
      told.map(({ id, notBeforeMs, urgent }) => ({ id, notBeforeMs, urgent })),
      ['voss-leader', 'network-leader', 'stord-0'].map((id) => ({
        ...{ id: `pulse-result/naervaer-1/${id}`, notBeforeMs: 7, urgent: false },
      })),
    );
  });
});

describe('the result as somebody reads it', () => {
  const rounds = [closed([QUESTIONS.scale], [[mixed(8, 4), mixed(4, 8)]])];

  it('is the whole in full and a line on each group for a coordinator, who may say what is done', () => {
    const { parts, round } = shown(rounds, boss);
    assert.deepEqual([parts[0]!.name, parts[0]!.full], [undefined, true]);
    assert.ok(parts.slice(1).every((each) => each.name !== undefined && !each.full));
    assert.ok(parts.some((each) => each.name === 'Stord'));
    assert.equal(round, 'naervaer-1');
  });

  it('is the own organisation in full and a line on the whole for a leader', () => {
    const { parts, round } = shown(rounds, leader);
    assert.deepEqual(
      parts.map(({ name, full }) => [name, full]),
      [
        ['Voss', true],
        [undefined, false],
      ],
    );
    assert.equal(round, undefined);
  });

  it('is a line on each question for others', () => {
    assert.deepEqual(
      shown(rounds, employee).parts.map(({ name, full }) => [name, full]),
      [[undefined, false]],
    );
  });

  it('names groups that are not shown, and says what is done about it', () => {
    const few = closed([QUESTIONS.scale], [[mixed(8, 4), mixed(2, 1)]]);
    const { withheld, todo } = shown([{ ...few, row: { ...few.row, todo: 'Kortare møte' } }], boss);
    assert.ok(withheld.includes('Voss'));
    assert.equal(todo, 'Kortare møte');
  });

  it('is none for a stranger, or before there is one', () => {
    const { round, row } = rounds[0]!;
    assert.deepEqual(resultMessageFor(state(), round, [row], 'stranger'), { drop: 'no-result' });
    assert.deepEqual(resultMessageFor(state(), round, [], 'boss'), { drop: 'no-result' });
  });

  it('calls groups by their names, or by their ids when they are gone from the programme', () => {
    assert.equal(nameOf(saman, { kind: 'organisation', id: 'gone' }), 'gone');
    assert.equal((nameOf(saman, { kind: 'theme', id: 'heltid' }) as { nn: string }).nn, 'heiltid og deltid');
    assert.equal(nameOf(saman, { kind: 'network', id: 'gone' }), saman.name);
    assert.equal(nameOf(saman, { kind: 'programme', id: saman.id }), saman.name);
  });

  it('leaves out a cell that the result does not have', () => {
    const none = rounds[0]!;
    const cells = none.row.results.cells.filter((each) => each.scope.kind !== 'programme');
    const row = { ...none.row, results: { ...none.row.results, cells } };
    assert.deepEqual(
      shown([{ ...none, row }], leader).parts.map((each) => each.items[0]!.against),
      [undefined],
    );
  });
});

describe('the numbers of a question', () => {
  const itemOf = (rounds: readonly Closed[], place = 0, reader = leader) =>
    shown(rounds, reader).parts[0]!.items[place]!;

  it('of a scale are the share at its upper end, the mean, both with what is certain, and the difference', () => {
    const item = itemOf([closed([QUESTIONS.scale], [[mixed(10, 2), mixed(6, 6)]])]);
    assert.equal(item.share!.value, 0.5);
    assert.ok(item.share!.low < 0.5 && item.share!.high > 0.5);
    assert.equal(item.mean!.value, 3);
    assert.ok(item.mean!.low! < 3 && item.mean!.high! > 3);
    assert.equal(item.against, -17, '50 % against 66.7 % of the whole');
  });

  it('are certain when everybody has answered', () => {
    const item = itemOf([closed([QUESTIONS.scale], [[mixed(9, 3), mixed(6, 6)]], { asked: 12 })]);
    assert.deepEqual(item.share, { value: 0.5, low: 0.5, high: 0.5 });
  });

  it('of recommending are promoters less detractors', () => {
    const values = [...times(10, 6), ...times(8, 3), ...times(2, 3)];
    const item = itemOf([closed([QUESTIONS.recommend], [[values, values]])]);
    assert.equal(item.score, 25);
    assert.equal(item.share!.value, 0.5);
    assert.equal(item.mean!.value, 7.5);
  });

  it('of yes and no are a share without a mean, of choices neither, of a ranking mean places', () => {
    const questions = [QUESTIONS['yes-no'], QUESTIONS.single, QUESTIONS.multiple, QUESTIONS.ranking];
    const order = [...times([0, 1, 2], 8), ...times([1, 0, 2], 4)];
    const both = (values: readonly AnswerValue[]) => [values, values];
    const rounds = [
      closed(questions, [both(times(1, 12)), both(times(0, 12)), both(times([0, 1], 12)), both(order)]),
    ];
    const [yesNo, single, multiple, ranking] = [0, 1, 2, 3].map((place) => itemOf(rounds, place));
    assert.deepEqual([yesNo!.share!.value, yesNo!.mean], [1, undefined]);
    assert.deepEqual([single!.share, single!.mean, single!.counts[0]], [undefined, undefined, 12]);
    assert.deepEqual([multiple!.share, multiple!.counts], [undefined, [12, 12, 0]]);
    assert.deepEqual(ranking!.places, [1.33, 1.67, 3]);
  });

  it('of texts are the texts, and how many are left out', () => {
    const texts = Array.from({ length: 12 }, (_, index) => `Ikkje no, ${String(index)}`);
    const item = itemOf([closed([QUESTIONS.text], [[texts, texts]])]);
    assert.equal(item.texts!.length, 12);
    assert.equal(item.textsLeftOut, 0);
  });

  it('are none where they are not shown', () => {
    const item = itemOf(
      [
        closed(
          [QUESTIONS.scale, QUESTIONS.single],
          [
            [mixed(8, 4), mixed(8, 4)],
            [[0], [0]],
          ],
        ),
      ],
      1,
    );
    assert.deepEqual(item, { question: item.question, verdict: 'few', n: 0, counts: [] });
  });
});
