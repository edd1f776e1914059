import assert from 'node:assert/strict';
import { freeze } from '../../../../src/core/pulse/results.js';
import { resultTable } from '../../../../src/core/pulse/result-table.js';
import { memberOf, QUESTIONS, roundOf, saman, seatIn } from '../../../support/pulse-cases.js';
import { pulseWith } from '../../../support/pulse-parts.js';

const questions = [QUESTIONS.scale, QUESTIONS.ranking, QUESTIONS.text, QUESTIONS['yes-no']];
const round = roundOf(pulseWith({ questions, groupings: ['organisation'] }), { groups: ['stord', 'voss'] });
const seats = ['stord', 'voss'].flatMap((organisation) =>
  Array.from({ length: 12 }, (_, index) =>
    seatIn(round, memberOf(organisation, `${organisation}-${String(index)}`), true),
  ),
);
const answers = [0, 1].flatMap((group) =>
  Array.from({ length: 12 }, (_, index) => [
    { question: 0, group, value: (index % 5) + 1 },
    { question: 1, group, value: [1, 0, 2] },
    { question: 2, group, value: `Ikkje no, ${String(index)}` },
  ]).flat(),
);
const row = { programme: saman.id, id: round.id, results: freeze(saman, round, seats, answers) };
const words = {
  everybody: 'Alle',
  options: ({ question }: { question: { kind: string } }) =>
    question.kind === 'scale' ? ['1', '2', '3', '4', '5'] : ['a', 'b', 'c', 'd'],
};
const table = resultTable(saman, round, [row], 'nn', words);
const column = (name: string) => table[0]!.indexOf(name);
const rowsOf = (group: string, question: string) =>
  table.filter((each) => each[column('group')] === group && each[column('question')] === question);

describe('a round’s results as a table', () => {
  it('has a heading for every column of every row', () => {
    for (const each of table) assert.equal(each.length, table[0]!.length);
    assert.equal(column('text'), table[0]!.length - 1);
  });

  it('has a row for each step, with how many and what share took it, and the numbers of the question', () => {
    const rows = rowsOf('Alle', 'Eg trivst.');
    assert.deepEqual(
      rows.map((each) => each[column('count')]),
      [6, 6, 4, 4, 4],
    );
    assert.equal(rows[0]![column('percent')], 25);
    assert.equal(rows[0]![column('share')], 8 / 24);
    assert.equal(rows[0]![column('mean_low')], rows[0]![column('mean')], 'everybody has answered');
    assert.equal(rows[0]![column('answers')], 24);
  });

  it('has the mean place of each choice of a ranking', () => {
    const rows = rowsOf('Voss', 'Kva først?');
    assert.deepEqual(
      rows.map((each) => each[column('mean_place')]),
      [2, 1, 3, undefined],
    );
    assert.deepEqual(
      rows.map((each) => each[column('count')]),
      [0, 12, 0, 0],
      'an option without a count has none',
    );
  });

  it('has a row for each text, and an empty one for what is not shown', () => {
    assert.equal(rowsOf('Stord', 'Kva meir?').length, 12);
    const hidden = rowsOf('Stord', 'Er du med?');
    assert.deepEqual(
      hidden.map((each) => each[column('verdict')]),
      ['few'],
    );
    assert.ok(hidden[0]!.slice(column('answers')).every((each) => each === undefined));
  });

  it('is its headings alone without a result', () => {
    assert.deepEqual(resultTable(saman, round, [], 'nn', words), [table[0]]);
  });
});
