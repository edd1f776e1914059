import assert from 'node:assert/strict';
import { loadPulseTemplates } from '../../../../src/adapters/files/pulse-templates.js';
import { asset } from '../../../../src/cli/assets.js';
import { describeFault } from '../../../../src/core/errors.js';
import { checkPulse, checkTemplate } from '../../../../src/core/pulse/check.js';
import { programmeWith } from '../../../support/programmes.js';

const programme = programmeWith('saman');
const scale = { id: 'a', kind: 'scale', text: 'Eg trivst.', words: 'agree' };
const good = {
  id: 'naervaer',
  title: 'Nærvær',
  intro: 'Kort.',
  questions: [scale],
  schedule: { starts: '2014-03-04' },
};
const faultsOf = (change: Record<string, unknown>) =>
  checkPulse('pulse', { ...good, ...change }, { programme }).faults.map(describeFault);

describe('the definition of a pulse', () => {
  it('is taken when it is right, with the defaults that protect', () => {
    const { pulse, faults } = checkPulse('pulse', good, { programme });
    assert.deepEqual(faults, []);
    assert.equal(pulse?.threshold, 5);
    assert.equal(pulse.textThreshold, 10);
    assert.equal(pulse.named, false);
  });

  const wrong: readonly [string, Record<string, unknown>, RegExp][] = [
    ['a missing language', { title: { nb: 'Nærvær' } }, /title\.nn: found nothing, expected a text in "nn"/],
    [
      'a scale of one',
      { questions: [{ ...scale, words: ['Ja'] }] },
      /questions\[0\]\.words: .*at least 3 steps/,
    ],
    ['a threshold of two', { threshold: 2 }, /threshold: found 2, expected at least 3/],
    [
      'a rule that never fires',
      { schedule: { starts: '2014-03-04', rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31' } },
      /schedule\.rule: .*at least one day/,
    ],
    [
      'a rule that is none',
      { schedule: { starts: '2014-03-04', rule: 'every tuesday' } },
      /schedule\.rule: .*RFC 5545/,
    ],
    [
      'an hourly rule',
      { schedule: { starts: '2014-03-04', rule: 'FREQ=HOURLY' } },
      /schedule\.rule: .*daily at most/,
    ],
    [
      'closing before opening',
      { schedule: { starts: '2014-03-04', closes: '2014-03-01' } },
      /schedule\.closes: found 2014-03-01, expected 2014-03-04/,
    ],
    [
      'closing at its opening hour',
      { schedule: { starts: '2014-03-04', openDays: 0, closesAt: '09:30', remindAfterDays: [] } },
      /schedule\.closesAt/,
    ],
    [
      'a reminder after closing',
      { schedule: { starts: '2014-03-04', openDays: 2, remindAfterDays: [3] } },
      /remindAfterDays/,
    ],
    [
      'three reminders',
      { schedule: { starts: '2014-03-04', remindAfterDays: [1, 2, 3] } },
      /remindAfterDays: .*at most 2/,
    ],
    [
      '21 choices',
      {
        questions: [
          {
            id: 'b',
            kind: 'single',
            text: 'x',
            choices: Array.from({ length: 21 }, (_, index) => ({ id: `c${String(index)}`, text: 'x' })),
          },
        ],
      },
      /choices: .*at most 20/,
    ],
    [
      'one choice',
      { questions: [{ id: 'b', kind: 'single', text: 'x', choices: [{ id: 'a', text: 'x' }] }] },
      /choices: .*at least 2/,
    ],
    [
      'more picks than choices',
      {
        questions: [
          {
            id: 'b',
            kind: 'multiple',
            max: 3,
            text: 'x',
            choices: [
              { id: 'a', text: 'x' },
              { id: 'b', text: 'y' },
            ],
          },
        ],
      },
      /max: found 3, expected at most 2/,
    ],
    [
      'a choice twice',
      {
        questions: [
          {
            id: 'b',
            kind: 'single',
            text: 'x',
            choices: [
              { id: 'a', text: 'x' },
              { id: 'a', text: 'y' },
            ],
          },
        ],
      },
      /choices\[1\]\.id/,
    ],
    ['a question twice', { questions: [scale, scale] }, /questions\[1\]\.id: .*no other question/],
    [
      'a follow-up of nothing',
      { questions: [{ ...scale, after: { question: 'z', when: 'low' } }] },
      /after\.question: .*before it/,
    ],
    [
      'a follow-up of a text',
      {
        questions: [
          { id: 't', kind: 'text', text: 'x' },
          { ...scale, after: { question: 't', when: 'low' } },
        ],
      },
      /answered low or high/,
    ],
    [
      'more questions a round than there are',
      { questionsPerRound: 2 },
      /questionsPerRound: found 2, expected at most 1/,
    ],
    ['texts shown earlier than numbers', { threshold: 12 }, /textThreshold: found 10, expected at least 12/],
    [
      'an audience that is not there',
      { audience: { networks: ['nowhere'] } },
      /audience\.networks\[0\]: found "nowhere"/,
    ],
  ];
  for (const [what, change, expected] of wrong) {
    it(`says what is wrong with ${what}`, () => {
      const faults = faultsOf(change);
      assert.ok(
        faults.some((fault) => expected.test(fault)),
        faults.join('\n') || 'no fault',
      );
    });
  }

  it('says everything at once, however wrong the parts are', () => {
    const choices = Array.from({ length: 21 }, (_, index) => ({ id: `c${String(index)}`, text: 'x' }));
    const faults = faultsOf({
      id: 'With Capitals',
      title: { nb: 'Nærvær' },
      threshold: 2,
      questionsPerRound: 9,
      audience: { networks: ['nowhere'] },
      questions: [
        { ...scale, words: [{ nb: 'Ja' }] },
        { id: 'b', kind: 'single', text: { nn: 'Kva?' }, choices },
        { ...scale, id: 'a', words: 'hardly' },
        { id: 'm', kind: 'multiple', max: 9, text: 'x', choices: [choices[0], choices[0]] },
        { id: 'n', kind: 'yes-no', text: 'x', after: { question: 'nothing', when: 'low' } },
        { id: 'o', kind: 'yes-no', text: 'x', after: { question: 'a', when: 'low' } },
      ],
      schedule: {
        ...{ starts: '2014-03-04', closes: '2014-03-01', openDays: 99, time: 'half past nine' },
        ...{ rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31', remindAfterDays: [1, 2, 3] },
      },
      colour: 'blue',
    });
    const paths = faults.map((fault) => /^pulse: (\S+):/.exec(fault)?.[1]).sort();
    const inLanguages = (path: string, ...but: string[]) =>
      programme.languages.filter((each) => !but.includes(each)).map((each) => `${path}.${each}`);
    assert.deepEqual(
      paths,
      [
        ...['id', 'threshold', 'questionsPerRound', 'audience.networks[0]', 'colour'],
        ...inLanguages('title', 'nb'),
        ...['questions[0].words', 'questions[1].choices', 'questions[2].id', 'questions[2].words'],
        ...inLanguages('questions[0].words[0]', 'nb'),
        ...inLanguages('questions[1].text', 'nn'),
        ...['questions[3].choices[1].id', 'questions[3].max', 'questions[4].after.question'],
        ...['closes', 'openDays', 'time', 'rule', 'remindAfterDays'].map((each) => `schedule.${each}`),
      ].sort(),
      faults.join('\n'),
    );
  });

  it('says what is wrong with what is no definition at all', () => {
    for (const json of [undefined, null, 'x', [], { questions: 'x', schedule: [], title: [] }])
      assert.ok(checkPulse('pulse', json, { programme }).faults.length > 0);
  });

  it('asks for the languages of those who are asked, and for somebody to ask', () => {
    const member = {
      programme: 'saman',
      id: 'm',
      organisation: programme.organisations[0]!.id,
      roles: [],
      networks: [],
      active: true,
    };
    const swedish = [{ ...member, language: 'sv' as const }];
    const norwegian = {
      ...good,
      title: { nb: 'Nærvær' },
      questions: [{ ...scale, text: { nb: 'Jeg trives.' } }],
    };
    const { faults } = checkPulse('pulse', norwegian, { programme, members: swedish });
    assert.deepEqual(
      faults.map((each) => each.path),
      ['title.sv', 'questions[0].text.sv'],
    );
    const nobody = checkPulse('pulse', good, { programme, members: [{ ...member, active: false }] }).faults;
    assert.deepEqual(
      nobody.map((each) => each.found),
      ['nobody'],
    );
  });
});

describe('the shipped templates', () => {
  const templates = loadPulseTemplates(asset('data', 'pulses'));

  it('are there for every theme, after a gathering, for projects, for reflection and for a vote', () => {
    assert.deepEqual(
      [...templates.keys()],
      [
        'etter-samling',
        'heltidskultur',
        'innovasjon',
        'kommune-3-0',
        'kompetanse',
        'naervaer',
        'nordre-follo-mal',
        'omdomme',
        'prosjekthelse',
      ],
    );
  });

  it('ask one thing at a time, briefly, with no exclamation marks', () => {
    for (const template of templates.values()) {
      for (const question of template.questions) {
        for (const text of Object.values(question.text as Record<string, string>)) {
          assert.ok(text.length <= 110, text);
          assert.match(text, /[.?]$/);
          assert.doesNotMatch(text, /!|\?.*\?|\bog\/eller\b|\boch\/eller\b/);
        }
      }
    }
  });

  it('vote on 19 goals, at most three each', () => {
    const goals = templates.get('nordre-follo-mal')!.questions[0]!;
    assert.ok(goals.kind === 'multiple' && goals.choices.length === 19 && goals.max === 3);
  });

  it('are refused with a language missing', () => {
    const template = structuredClone(templates.get('naervaer')!) as { title: Record<string, string> };
    delete template.title['nn'];
    assert.deepEqual(
      checkTemplate('x', template, 'other').faults.map((each) => each.path),
      ['id', 'title.nn'],
    );
    const wrong = { ...template, questions: [{ ...scale, words: ['x'] }, scale] };
    assert.deepEqual(
      checkTemplate('x', wrong, 'other').faults.map((each) => each.path),
      ['questions[0].words', 'id', 'questions[1].id', 'title.nn'],
    );
  });
});
