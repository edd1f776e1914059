import assert from 'node:assert/strict';
import { LANGUAGES, type Language } from '../../../src/core/programme/language.js';
import type { EventItem } from '../../../src/core/messages/schemas.js';
import { elementsOf, gathering, item, render } from '../../support/messages.js';

const DAYS_LEFT: Record<Language, Record<number, string>> = {
  sv: {
    0: 'I dag',
    1: 'I morgon',
    2: 'Om 2 dagar',
    30: 'Om 30 dagar',
    [-1]: 'Skulle ha lämnats in i går',
    [-3]: '3 dagar efter fristen',
  },
  nb: {
    0: 'I dag',
    1: 'I morgen',
    2: 'Om 2 dager',
    30: 'Om 30 dager',
    [-1]: 'Skulle vært levert i går',
    [-3]: '3 dager over fristen',
  },
  nn: {
    0: 'I dag',
    1: 'I morgon',
    2: 'Om 2 dagar',
    30: 'Om 30 dagar',
    [-1]: 'Skulle vore levert i går',
    [-3]: '3 dagar over fristen',
  },
  da: {
    0: 'I dag',
    1: 'I morgen',
    2: 'Om 2 dage',
    30: 'Om 30 dage',
    [-1]: 'Skulle være afleveret i går',
    [-3]: '3 dage over fristen',
  },
  en: {
    0: 'Today',
    1: 'Tomorrow',
    2: 'In 2 days',
    30: 'In 30 days',
    [-1]: 'Was due yesterday',
    [-3]: '3 days overdue',
  },
};

const UNDER_WAY = { sv: 'Pågår', nb: 'Pågår', nn: 'Er i gang', da: 'I gang', en: 'Under way' };
const OVER = { sv: 'Avslutad', nb: 'Er over', nn: 'Er over', da: 'Afsluttet', en: 'Over' };

const card = (items: EventItem[], language: Language = 'nn') => render('nudge', { items }, language).card;
const blocks = (items: EventItem[], language?: Language) =>
  elementsOf(card(items, language)).filter((each) => each.type === 'TextBlock');
const verbs = (items: EventItem[]) =>
  elementsOf(card(items)).flatMap((each) => (each.type === 'Action.Execute' ? [each.verb] : []));
const heading = (changed: Partial<EventItem>, language: Language) =>
  String(blocks([{ ...item, ...changed }], language)[0]?.text).split(' · ')[1];

describe('the nudge card', () => {
  for (const language of LANGUAGES) {
    for (const [daysLeft, text] of Object.entries(DAYS_LEFT[language])) {
      it(`says "${text}" in ${language} when ${daysLeft} days are left`, () => {
        assert.equal(heading({ daysLeft: Number(daysLeft) }, language), text);
      });
    }

    it(`says in ${language} that a gathering is under way until its last day, then over`, () => {
      assert.equal(heading({ ...gathering, daysLeft: -2 }, language), UNDER_WAY[language]);
      assert.equal(heading({ ...gathering, daysLeft: -3 }, language), OVER[language]);
      const { ends, ...oneDay } = gathering;
      assert.equal(heading({ ...oneDay, ends: undefined, daysLeft: -1 }, language), OVER[language]);
    });
  }

  it('warns in colour of what is overdue, and only while it is open', () => {
    const colour = (changed: Partial<EventItem>) => blocks([{ ...item, ...changed }])[0]?.color;
    assert.equal(colour({ daysLeft: 0 }), 'Accent');
    assert.equal(colour({ daysLeft: -1 }), 'Attention');
    assert.equal(colour({ daysLeft: -1, status: 'handed-in' }), 'Accent');
    assert.equal(colour({ ...gathering, daysLeft: -1 }), 'Accent');
  });

  it('says when, where, what to do and by when to sign up', () => {
    const facts = elementsOf(card([{ ...gathering, whatToDo: 'Ta med planen' }])).find(
      (each) => each.type === 'FactSet',
    )?.facts;
    assert.deepEqual(facts, [
      { title: 'Når', value: '30\\. august–1. september 2018 kl. 10.00–15.30' },
      { title: 'Kvar', value: 'Gardermoen' },
      { title: 'Gjer dette', value: 'Ta med planen' },
      { title: 'Påmelding', value: 'innan onsdag 1. august 2018' },
    ]);
  });

  it('says why the member gets it', () => {
    const why = (changed: Partial<EventItem>) => blocks([{ ...item, ...changed }]).at(-1)?.text;
    const role = 'prosjektleiar';
    assert.equal(why({ why: { role } }), 'Du får dette som prosjektleiar i Voss.');
    assert.equal(
      why({ why: { role, network: 'sjukefråvær' } }),
      'Du får dette som prosjektleiar i Voss, som er med i sjukefråvær.',
    );
    assert.equal(why({ why: {} }), 'Du får dette fordi du er med frå Voss.');
    const onBehalfOf = { role, organisation: 'Voss' };
    assert.equal(why({ onBehalfOf }), 'Du får dette i staden for prosjektleiar i Voss, som er borte.');
  });

  it('offers what can still be done, by what has been done', () => {
    const snoozes = ['snooze', 'snooze', 'snooze'];
    const handIn = ['handed-in', 'hand-in-link', 'deadline-begin'];
    assert.deepEqual(verbs([item]), [...handIn, 'not-mine', ...snoozes]);
    assert.deepEqual(verbs([{ ...item, canHandIn: false }]), ['not-mine', ...snoozes]);
    assert.deepEqual(verbs([{ ...item, snoozeChoices: [] }]), [...handIn, 'not-mine']);
    assert.deepEqual(verbs([{ ...item, status: 'handed-in' }]), ['undo-handed-in']);
    assert.deepEqual(verbs([{ ...item, status: 'handed-in', canHandIn: false }]), []);
    assert.deepEqual(verbs([{ ...item, status: 'snoozed' }]), [...handIn, 'not-mine']);
    assert.deepEqual(verbs([{ ...item, status: 'not-mine' }]), []);
    const deputy = { ...item, onBehalfOf: { role: 'r', organisation: 'o' } };
    assert.deepEqual(verbs([deputy]), [...handIn, ...snoozes]);
  });

  it('has one primary action for one event, and none for several', () => {
    const primary = (items: EventItem[]) =>
      elementsOf(card(items))
        .filter((each) => each.style === 'positive')
        .map((each) => each.verb);
    assert.deepEqual(primary([item]), ['handed-in']);
    assert.deepEqual(primary([item, item]), []);
  });

  it('shows eight events and counts the others', () => {
    const many = Array.from({ length: 20 }, () => gathering);
    const texts = blocks(many).map((each) => each.text);
    assert.equal(texts[0], '20 ting å hugse på');
    assert.equal(texts.at(-1), 'og 12 til');
    assert.equal(blocks(many).filter((each) => each.size === 'Large').length, 8);
    assert.match(render('nudge', { items: many }, 'nn').text, /; og 12 til$/);
    assert.ok(!blocks(many.slice(0, 8)).some((each) => String(each.text).startsWith('og ')));
  });
});
