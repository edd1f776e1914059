import assert from 'node:assert/strict';
import type { AnswerValue, CountedAnswer } from '../../../../src/core/ports/ballots.js';
import type { Question } from '../../../../src/core/pulse/definition.js';
import { cellOf, freeze } from '../../../../src/core/pulse/results.js';
import { scopesOf } from '../../../../src/core/pulse/scopes.js';
import type { Seat } from '../../../../src/core/pulse/types.js';
import { memberOf, QUESTIONS, roundOf, saman, seatIn } from '../../../support/pulse-cases.js';
import { pulseWith } from '../../../support/pulse-parts.js';

const groups = ['stord', 'vinje', 'voss'];
const roundWith = (questions: readonly Question[], rest: Record<string, unknown> = {}) =>
  roundOf(pulseWith({ questions, ...rest }), { groups });

/** Seats of so many members in each group, all of whom have answered. */
function seatsOf(round: ReturnType<typeof roundWith>, ...counts: number[]): Seat[] {
  return counts.flatMap((count, group) =>
    Array.from({ length: count }, (_, index) => {
      const organisation = groups[group]!;
      return seatIn(round, memberOf(organisation, `${organisation}-${String(index)}`), true);
    }),
  );
}
const given = (question: number, group: number, ...values: AnswerValue[]): CountedAnswer[] =>
  values.map((value) => ({ question, group, value }));
const TEXTS = ['Ikkje no, 0', 'Ikkje no, 1', 'Ikkje no, 2'];
const whole = { kind: 'programme', id: saman.id } as const;
const organisation = (id: string) => ({ kind: 'organisation', id }) as const;

describe('the scopes of a round', () => {
  it('are the whole, then organisations, networks and themes that somebody asked belongs to', () => {
    const scopes = scopesOf(saman, roundWith([QUESTIONS.scale]));
    assert.deepEqual(scopes[0], { scope: whole, key: 'programme/saman', atoms: [0, 1, 2] });
    const found = new Map(scopes.map((each) => [each.key, each.atoms]));
    assert.deepEqual(found.get('organisation/vinje'), [1]);
    assert.deepEqual(found.get('network/sor-sykefravaer'), [1]);
    assert.ok(found.get('theme/sykefravaer')!.includes(1));
    assert.ok([...found.values()].every((atoms) => atoms.length > 0));
    assert.equal(found.get('theme/heltid'), undefined, 'nobody asked works on it');
  });

  it('are only those that the pulse groups by, and an organisation that is gone is in none', () => {
    const round = { ...roundWith([QUESTIONS.scale], { groupings: ['network'] }), groups: ['gone'] };
    assert.deepEqual(
      scopesOf(saman, round).map((each) => each.key),
      ['programme/saman'],
    );
  });

  it('of the whole are there even when nobody was asked', () => {
    const none = freeze(saman, { ...roundWith([QUESTIONS.scale]), groups: [] }, [], []);
    assert.deepEqual(
      none.cells.map(({ asked, answered }) => ({ asked, answered })),
      [{ asked: 0, answered: 0 }],
    );
  });
});

describe('a question that is asked only after a low answer', () => {
  const why = { after: { question: 'q1', when: 'low' } } as const;
  const followed = (next: Question) =>
    roundWith([
      { ...QUESTIONS.scale, id: 'q1' },
      { ...next, ...why },
    ]);
  /** Voss of three would stand alone, were the whole shown beside Stord and Vinje; three of Vinje and all of Voss are low. */
  const low = given(0, 0, 4, 4, 4, 4, 4, 4).concat(given(0, 1, 1, 1, 1, 4, 4, 4), given(0, 2, 1, 1, 1));

  for (const [name, round, answers] of [
    ['its count', followed(QUESTIONS['yes-no']), [...given(1, 1, 1, 1, 1), ...given(1, 2, 0, 0, 0)]],
    [
      'how many texts there are',
      {
        ...followed(QUESTIONS.text),
        ...{ definition: { ...followed(QUESTIONS.text).definition, textThreshold: 5 } },
      },
      [...given(1, 1, ...TEXTS), ...given(1, 2, ...TEXTS)],
    ],
  ] as const) {
    it(`does not show by ${name} what its question withholds`, () => {
      const results = freeze(saman, round, seatsOf(round, 6, 6, 3), [...low, ...answers]);
      const verdicts = (place: number) =>
        new Map(
          results.cells.map(({ scope, questions }) => [
            `${scope.kind}/${scope.id}`,
            questions[place]!.verdict,
          ]),
        );
      assert.equal(verdicts(0).get('programme/saman'), 'would-reveal');
      assert.equal(verdicts(0).get('organisation/vinje'), 'shown');
      for (const [scope, verdict] of verdicts(1))
        if (verdict === 'shown') assert.equal(verdicts(0).get(scope), 'shown', scope);
    });
  }
});

describe('the results of a round', () => {
  const round = roundWith([QUESTIONS.scale, QUESTIONS.multiple, QUESTIONS.ranking, QUESTIONS['yes-no']]);
  const two = { ...round, groups: ['stord', 'vinje'] };
  const seats = seatsOf(round, 6, 6);
  const results = freeze(saman, two, seats, [
    ...given(0, 0, 1, 2, 2, 5, 5, 5),
    ...given(0, 1, 1, 1, 1, 1, 1, 3),
    ...given(1, 0, [0], [0, 1], [2], [1], [1], [1]),
    ...given(1, 1, [0], [0], [0], [0], [0], [0, 2]),
    ...given(2, 0, [0, 1, 2], [0, 2, 1], [1, 0, 2], [0, 1, 2], [2, 1, 0]),
    ...given(3, 0, 1, 1, 1, 0, 0),
  ]);
  const of = (scope: Parameters<typeof cellOf>[1], place: number) =>
    cellOf(results, scope)!.questions.find((each) => each.place === place)!;

  it('count each step, whole and by group', () => {
    assert.deepEqual(of(organisation('stord'), 0).counts, [1, 2, 0, 0, 3]);
    assert.deepEqual(of(organisation('vinje'), 0).counts, [5, 0, 1, 0, 0]);
    const both = of(whole, 0);
    assert.deepEqual(both.counts, [6, 2, 1, 0, 3]);
    assert.equal(both.n, 12);
    assert.deepEqual(of(organisation('stord'), 3).counts, [2, 3], 'no before yes');
  });

  it('count each choice that was picked, and answers, not choices, as n', () => {
    assert.deepEqual(of(organisation('stord'), 1).counts, [2, 4, 1]);
    assert.equal(of(organisation('stord'), 1).n, 6);
  });

  it('of a ranking are how often each was first, and the sum of its places', () => {
    const ranked = of(organisation('stord'), 2);
    assert.deepEqual(ranked.counts, [3, 1, 1]);
    assert.deepEqual(ranked.ranks, [1 + 1 + 2 + 1 + 3, 2 + 3 + 1 + 2 + 2, 3 + 2 + 3 + 3 + 1]);
  });

  it('say who was asked and answered, also where nothing is shown', () => {
    const small = freeze(saman, round, seatsOf(round, 6, 6, 4), given(0, 2, 1, 1, 1, 1));
    const voss = cellOf(small, organisation('voss'))!;
    assert.deepEqual({ asked: voss.asked, answered: voss.answered }, { asked: 4, answered: 4 });
    assert.ok(voss.questions.every((each) => each.verdict === 'few' && each.counts === undefined));
    assert.equal(cellOf(small, organisation('nowhere')), undefined);
  });

  it('leave out answers to questions and of groups that the round does not have', () => {
    const odd = freeze(saman, round, seats, [...given(9, 0, 1), ...given(0, 9, 1, 1, 1, 1, 1)]);
    assert.ok(odd.cells.every((cell) => cell.questions.every((each) => each.verdict !== 'shown')));
    const other = freeze(saman, { ...round, questions: [1] }, seats, []);
    assert.deepEqual(
      cellOf(other, whole)!.questions.map((each) => each.place),
      [1],
    );
  });

  it('take a text among choices, and a step that is none, for no option', () => {
    const odd = freeze(saman, round, seats, [
      ...given(0, 0, 'x', 9, 1, 1, 1),
      ...given(2, 0, 'x', 1, [0, 1, 2], [0, 1, 2], [0, 1, 2]),
    ]);
    const cell = cellOf(odd, organisation('stord'))!;
    assert.deepEqual(cell.questions[0]!.counts, [3, 0, 0, 0, 0]);
    assert.deepEqual(cell.questions[2]!.ranks, [3, 6, 9]);
  });

  it('count an answer that a crash kept from being confirmed, so that its group does not pass for silent', () => {
    const silent = [
      ...seatsOf(round, 6),
      ...seatsOf(round, 0, 6).map((seat) => ({ ...seat, answered: false })),
    ];
    const odd = freeze(saman, two, silent, [...given(0, 0, 1, 2, 3, 4, 5, 5), ...given(0, 1, 1)]);
    assert.equal(cellOf(odd, organisation('vinje'))!.answered, 1);
    assert.equal(cellOf(odd, whole)!.questions[0]!.verdict, 'would-reveal');
    const without = freeze(saman, two, silent, given(0, 0, 1, 2, 3, 4, 5, 5));
    assert.equal(cellOf(without, whole)!.questions[0]!.verdict, 'shown', 'nobody answered there');
  });

  it('of a named round are shown whatever their number', () => {
    const named = roundWith([QUESTIONS.scale, QUESTIONS.text], { named: true });
    const shown = freeze(saman, named, seatsOf(named, 1), [...given(0, 0, 4), ...given(1, 0, 'Meir tid')]);
    const [scale, text] = cellOf(shown, organisation('stord'))!.questions;
    assert.deepEqual(scale!.counts, [0, 0, 0, 1, 0]);
    assert.deepEqual(text!.texts, ['Meir tid']);
    assert.equal(shown.named, true);
  });
});

describe('free texts', () => {
  const round = roundWith([QUESTIONS.text]);
  const norwegian = (count: number) =>
    Array.from({ length: count }, (_, index) => `Ikkje no, ${String(index)}`);

  it('come in the order given, from ten in one language on, those of a rare language left out', () => {
    const texts = norwegian(11);
    const answers = [
      ...given(0, 0, ...texts.slice(0, 5)),
      ...given(0, 0, 'Det är inte bra'),
      ...given(0, 0, ...texts.slice(5)),
    ];
    const shown = cellOf(freeze(saman, round, seatsOf(round, 12), answers), organisation('stord'))!
      .questions[0]!;
    assert.deepEqual(shown.texts, texts);
    assert.equal(shown.n, 12);
    assert.equal(shown.textsLeftOut, 1);
  });

  it('of fewer are not shown, nor how many there are', () => {
    const few = freeze(saman, round, seatsOf(round, 12), given(0, 0, ...norwegian(9)));
    assert.deepEqual(cellOf(few, organisation('stord'))!.questions, [
      { place: 0, id: 'text', verdict: 'few' },
    ]);
  });

  it('of two groups are shown together where one alone is too small, unless that tells the two apart', () => {
    const answers = [...given(0, 0, ...norwegian(12)), ...given(0, 1, ...norwegian(6))];
    const results = freeze(saman, round, seatsOf(round, 12, 8), answers);
    assert.equal(cellOf(results, organisation('stord'))!.questions[0]!.verdict, 'shown');
    assert.equal(cellOf(results, organisation('vinje'))!.questions[0]!.verdict, 'few');
    assert.equal(cellOf(results, whole)!.questions[0]!.verdict, 'few');
  });
});
