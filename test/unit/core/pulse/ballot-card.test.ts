import assert from 'node:assert/strict';
import { askedIn } from '../../../../src/core/pulse/answers.js';
import { askedOf, closingDay, questionCard, thanksCard } from '../../../../src/core/pulse/ballot-card.js';
import { QUESTIONS, roundOf } from '../../../support/pulse-cases.js';
import { pulseWith } from '../../../support/pulse-parts.js';

const round = roundOf(pulseWith({ questions: [QUESTIONS.scale, QUESTIONS['yes-no'], QUESTIONS.text] }));
const card = { round, token: 'token', again: false, zone: 'Europe/Oslo' };
const path = askedIn(round);
const at = (place: number, rest: object = {}) =>
  questionCard(card, { asked: path[place]!, path, answered: false, ...rest }).data as Record<string, unknown>;

describe('the card of a question', () => {
  it('tells why it asks before the first question only', () => {
    assert.equal(at(0)['intro'], 'Vi spør for å lære.');
    assert.equal(at(1)['intro'], undefined);
  });

  it('leads back and on along the way, from no first or last question past the end', () => {
    const ways = [0, 1, 2].map((place) => [at(place)['back'], at(place)['number'], at(place)['next']]);
    assert.deepEqual(ways, [
      [undefined, 1, 1],
      [0, 2, 2],
      [1, 3, undefined],
    ]);
    assert.equal(at(0)['of'], 3);
  });

  it('says that it was answered or not understood, never what was answered', () => {
    assert.equal(at(0)['answered'], false);
    assert.equal(at(0)['wrong'], undefined);
    const shown = at(0, { answered: true, wrong: true });
    assert.equal(shown['answered'], true);
    assert.equal(shown['wrong'], true);
    assert.ok(!('value' in shown));
  });

  it('says whether it is a preview', () => {
    const preview = { ...card, preview: true };
    const data = questionCard(preview, { asked: path[0]!, path, answered: false }).data;
    assert.equal((data as { preview?: boolean }).preview, true);
    assert.equal((thanksCard(preview).data as { preview?: boolean }).preview, true);
    assert.equal((thanksCard(card).data as { preview?: boolean }).preview, undefined);
  });

  it('after the last question leads back to the first that the round asks', () => {
    assert.equal(
      (thanksCard({ ...card, round: { ...round, questions: [1, 2] } }).data as { first: number }).first,
      1,
    );
    assert.equal(
      (thanksCard({ ...card, round: { ...round, questions: [] } }).data as { first: number }).first,
      0,
    );
  });

  it('carries what its kind needs to be answered', () => {
    const keys = (kind: keyof typeof QUESTIONS) => Object.keys(askedOf(QUESTIONS[kind], 0)).sort().join();
    assert.equal(keys('scale'), 'kind,place,text,words');
    assert.equal(keys('single'), 'choices,kind,place,text');
    assert.equal(keys('multiple'), 'choices,kind,max,place,text');
    assert.equal(keys('ranking'), 'choices,kind,place,text');
    assert.equal(keys('text'), 'kind,place,text');
  });
});

describe('the closing day', () => {
  it('is that of the reader’s zone, kept for many rounds and not mixed up', () => {
    const closesMs = Date.parse('2014-03-11T23:30:00Z');
    assert.equal(closingDay({ closesMs }, 'Europe/Oslo'), '2014-03-12');
    assert.equal(closingDay({ closesMs }, 'America/New_York'), '2014-03-11');
    for (let round = 0; round < 2_000; round += 1)
      closingDay({ closesMs: closesMs + round * 86_400_000 }, 'Europe/Oslo');
    assert.equal(closingDay({ closesMs }, 'Europe/Oslo'), '2014-03-12');
  });
});
