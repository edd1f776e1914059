import assert from 'node:assert/strict';
import type { AnswerValue } from '../../../../src/core/ports/ballots.js';
import {
  answerIn,
  askedIn,
  endOf,
  LONGEST_TEXT,
  pathOf,
  stepsOf,
} from '../../../../src/core/pulse/answers.js';
import { QUESTIONS, roundOf } from '../../../support/pulse-cases.js';
import { pulseWith } from '../../../support/pulse-parts.js';

const { scale, own, recommend, single, multiple, ranking, text } = QUESTIONS;

describe('what is an answer', () => {
  it('to steps is one of the steps, pressed or picked', () => {
    assert.equal(answerIn(scale, { value: '5' }), 5);
    assert.equal(answerIn(scale, { value: 1 }), 1);
    assert.equal(answerIn(scale, { picked: '3' }), 3);
    for (const value of ['0', '6', '-1', '1.5', '', 'x', '100', undefined])
      assert.equal(answerIn(scale, { value }), undefined, String(value));
    assert.equal(answerIn(own, { value: '3' }), 3);
    assert.equal(answerIn(own, { value: '4' }), undefined);
    assert.equal(answerIn(recommend, { value: '0' }), 0);
    assert.equal(answerIn(recommend, { value: '10' }), 10);
    assert.equal(answerIn(QUESTIONS['yes-no'], { value: '2' }), undefined);
    assert.equal(answerIn(single, { picked: '2' }), 2);
  });

  it('to several choices is at least one and at most as many as may be picked, each once', () => {
    assert.deepEqual(answerIn(multiple, { picked: '2,0' }), [0, 2]);
    assert.deepEqual(answerIn(multiple, { picked: '1,1' }), [1]);
    for (const picked of ['', ',', '0,1,2', '3', '0,x', undefined])
      assert.equal(answerIn(multiple, { picked }), undefined, String(picked));
  });

  it('to a ranking is every choice once', () => {
    assert.deepEqual(answerIn(ranking, { ranks: ['2', '0', '1', undefined] }), [2, 0, 1]);
    for (const ranks of [
      ['0', '1'],
      ['0', '0', '1'],
      ['0', '1', '3'],
      ['0', '1', undefined],
    ])
      assert.equal(answerIn(ranking, { ranks }), undefined, String(ranks));
    assert.equal(answerIn(ranking, {}), undefined);
  });

  it('in words is a text that says something, cut where a slot of the box ends', () => {
    assert.equal(answerIn(text, { text: '  Meir\u0000 tid \n' }), 'Meir  tid');
    for (const empty of ['', '  \n', undefined]) assert.equal(answerIn(text, { text: empty }), undefined);
    const long = answerIn(text, { text: `${'a'.repeat(LONGEST_TEXT - 1)}😀 og meir` });
    assert.equal(long, 'a'.repeat(LONGEST_TEXT - 1), 'no half of a sign is left at the cut');
  });
});

describe('the ends of a scale', () => {
  const ends = (question: Parameters<typeof endOf>[0], values: readonly number[]) =>
    values.map((value) => endOf(question, value));

  it('are the lower and the upper two fifths, one step at least', () => {
    assert.deepEqual(ends(scale, [1, 2, 3, 4, 5]), ['low', 'low', 'middle', 'high', 'high']);
    assert.deepEqual(ends(own, [1, 2, 3]), ['low', 'middle', 'high']);
  });

  it('are detractors and promoters, and no and yes', () => {
    assert.deepEqual(ends(recommend, [0, 6, 7, 8, 9, 10]), [
      'low',
      'low',
      'middle',
      'middle',
      'high',
      'high',
    ]);
    assert.deepEqual(ends(QUESTIONS['yes-no'], [0, 1]), ['low', 'high']);
  });

  it('are none where answers are no steps', () => {
    assert.deepEqual(ends(single, [0, 2]), ['middle', 'middle']);
    assert.equal(endOf(multiple, [0]), 'middle');
    assert.equal(endOf(text, 'x'), 'middle');
    assert.equal(stepsOf(multiple), undefined);
    assert.equal(stepsOf(text), undefined);
  });
});

describe('the way through a ballot', () => {
  const after = (question: string, when: 'low' | 'high') => ({ after: { question, when } });
  const definition = pulseWith({
    questions: [
      scale,
      { ...text, id: 'why', ...after('scale', 'low') },
      { ...QUESTIONS['yes-no'], ...after('scale', 'high') },
      { ...text, id: 'more', ...after('yes-no', 'high') },
    ],
  });
  const way = async (answers: Readonly<Record<number, AnswerValue>>, questions = [0, 1, 2, 3]) => {
    const path = await pathOf(roundOf(definition, { questions }), (place) => Promise.resolve(answers[place]));
    return path.map((each) => each.place);
  };

  it('asks what follows an answer only after that answer', async () => {
    assert.deepEqual(await way({}), [0]);
    assert.deepEqual(await way({ 0: 1 }), [0, 1]);
    assert.deepEqual(await way({ 0: 3 }), [0]);
    assert.deepEqual(await way({ 0: 5 }), [0, 2]);
    assert.deepEqual(await way({ 0: 5, 2: 1 }), [0, 2, 3]);
  });

  it('asks nothing that follows a question which is not asked itself, whatever was answered to it before', async () => {
    assert.deepEqual(await way({ 0: 1, 2: 1 }), [0, 1]);
  });

  it('asks only what the round asks', async () => {
    assert.deepEqual(await way({ 0: 1 }, [0, 2]), [0]);
    assert.deepEqual(
      askedIn(roundOf(definition, { questions: [0, 2] })).map((each) => each.question.id),
      ['scale', 'yes-no'],
    );
  });
});
