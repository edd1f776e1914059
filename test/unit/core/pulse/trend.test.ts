import assert from 'node:assert/strict';
import type { Question } from '../../../../src/core/pulse/definition.js';
import { QUESTIONS } from '../../../support/pulse-cases.js';
import { closed, leader, mixed, shown, times, type Closed } from '../../../support/pulse-results.js';

describe('the trend of a question', () => {
  const at = (number: number, high: number, low: number, question: Question = QUESTIONS.scale) =>
    closed([question], [[mixed(high, low), mixed(high, low)]], { number });
  const itemOf = (...rounds: readonly Closed[]) => shown(rounds, leader).parts[0]!.items[0]!;

  it('is none in the first round', () => {
    assert.equal(itemOf(at(1, 6, 6)).change, undefined);
  });

  it('is the change since the round before, sure or not', () => {
    assert.deepEqual(itemOf(at(1, 2, 10), at(2, 10, 2)).change, {
      points: 67,
      since: '2014-01-04',
      sure: true,
    });
    assert.deepEqual(itemOf(at(1, 10, 2), at(2, 2, 10)).change, {
      points: -67,
      since: '2014-01-04',
      sure: true,
    });
    assert.equal(itemOf(at(1, 6, 6), at(2, 7, 5)).change!.sure, false);
    assert.equal(itemOf(at(1, 6, 6), at(2, 7, 5)).slope, undefined, 'two rounds make no trend');
  });

  it('over three rounds has a slope, whatever order the store gives them in', () => {
    const [one, two, three] = [at(1, 3, 9), at(2, 6, 6), at(3, 9, 3)];
    assert.equal(itemOf(one, two, three).slope, 25);
    assert.equal(itemOf(two, one, three).slope, 25);
    assert.equal(itemOf(two, one, three).change!.since, '2014-02-04');
  });

  it('leaves out rounds that were not shown, asked something else or had another scale', () => {
    const few = closed([QUESTIONS.scale], [[[5], [5]]], { number: 1 });
    assert.equal(itemOf(few, at(2, 6, 6)).change, undefined);
    const other = { ...QUESTIONS.scale, id: 'other' };
    assert.equal(itemOf(at(1, 6, 6, other), at(2, 6, 6)).change, undefined);
    const three = { ...QUESTIONS.own, id: 'scale' };
    const short = closed([three], [[times(3, 12), times(3, 12)]], { number: 1 });
    assert.equal(itemOf(short, at(2, 6, 6)).change, undefined);
  });

  it('leaves out rounds of other pulses and later ones', () => {
    const before = at(1, 2, 10);
    const foreign = { ...before, row: { ...before.row, results: { ...before.row.results, pulse: 'other' } } };
    assert.equal(itemOf(foreign, at(2, 6, 6)).change, undefined);
    assert.equal(itemOf(at(3, 2, 10), at(2, 6, 6)).change, undefined);
  });

  it('of a group that was not there before is none', () => {
    const before = at(1, 2, 10);
    const cells = before.row.results.cells.filter((each) => each.scope.id !== 'voss');
    const gone = { ...before, row: { ...before.row, results: { ...before.row.results, cells } } };
    assert.equal(itemOf(gone, at(2, 6, 6)).change, undefined);
  });
});
