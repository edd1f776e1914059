import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { asset } from '../../../src/cli/assets.js';
import { REPEAT_NAMES } from '../../../src/core/pulse/coordinator-messages.js';
import { ACTS } from '../../../src/core/audit/types.js';
import { DEADLINE_STATES } from '../../../src/core/deadlines/types.js';
import { FILE_KINDS } from '../../../src/core/files/types.js';
import { HOME_DOORS } from '../../../src/core/messages/schemas.js';
import { GATHERING_ISSUES } from '../../../src/core/gatherings/messages.js';
import { ANSWERS } from '../../../src/core/gatherings/types.js';
import { PARTIES } from '../../../src/core/programme/schema.js';
import { ASKS } from '../../../src/core/notices/definition.js';
import { ISSUE_CODES } from '../../../src/core/notices/issues.js';
import { NOTICE_STATES } from '../../../src/core/notices/types.js';
import { SCALE_WORDS } from '../../../src/core/pulse/definition.js';
import { OWN_FIELDS, OWN_KINDS } from '../../../src/core/pulse/own-question.js';
import { LANGUAGES } from '../../../src/core/programme/language.js';
import { readLocales } from '../../../src/i18n/index.js';

const texts = readLocales(asset('locales'));
const keys = [...texts.en.keys()];
const code = readdirSync(asset('src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|html)$/.test(entry.name))
  .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))
  .join('\n');

/** Keys that code puts together: the beginning stands in the code, the rest is one of these. */
const COMPOSED: Readonly<Record<string, readonly string[]>> = {
  'nudge.kind-': ['deadline', 'gathering'],
  'nudge.': ['tomorrow', 'in-3-days', 'next-week'],
  'agenda.': ['coming', 'deadlines', 'gatherings'],
  'help.': ['ask', 'coming', 'deadlines', 'gatherings', 'language', 'pause'],
  'language.name-': LANGUAGES,
  'teams.title-': ['coming', 'pause', 'language', 'help'],
  'teams.command-': ['coming', 'pause', 'language', 'help'],
  // Live parts of answers, each with what is said when there is nothing to tell.
  'faq.': [
    ...['faq-helped', 'faq-not-helped', 'faq-share'],
    ...['next-gathering', 'next-project-leader-gathering', 'next-theme-day'].flatMap((part) => [
      part,
      `${part}-place`,
      `${part}-none`,
    ]),
    ...['sign-up', 'network-leader', 'coordinator', 'project-leader', 'deadline', 'cohort', 'themes'].flatMap(
      (part) => [part, `${part}-none`],
    ),
  ],
  'audit.act-': ACTS,
  'files.title-': FILE_KINDS,
  'files.column-': [
    ...['name', 'role', 'organisation', 'language', 'state', 'time', 'reason', 'read', 'answer'],
    ...['link', 'note', 'comment', 'act', 'subject'],
  ],
  'home.': HOME_DOORS,
  'deadline.': ['hand-in-link', 'begin'],
  'deadline.count-': DEADLINE_STATES,
  'deadline.state-': DEADLINE_STATES,
  'deadline.issue-': ['comment', 'organisation'],
  'gathering.': [
    ...['yes', 'maybe', 'no', 'moved', 'cancelled', 'say-needs', 'sign-up-others'],
    ...['do-attendance', 'do-materials', 'do-pulse', 'do-edit', 'do-cancel', 'do-file'],
  ],
  'gathering.your-': ['yes', 'maybe', 'no', 'waiting'],
  'gathering.answer-': ANSWERS,
  'gathering.cell-': ['coming', 'maybe', 'missing'],
  'gathering.field-': [
    ...['starts', 'ends', 'startTime', 'endTime', 'place', 'link', 'signUpBy', 'capacity', 'agenda'],
  ],
  'gathering.issue-': [...GATHERING_ISSUES, 'name', 'closed'],
  'gathering.party-': [...PARTIES, 'none'],
  'notice.answer-': ['yes', 'no', 'maybe', 'waiting'],
  'notice.ask-': ASKS,
  'notice.do-': [
    ...['pause', 'resume', 'retry', 'people', 'report', 'edit', 'recall', 'cancel', 'template', 'file'],
  ],
  'notice.issue-': ISSUE_CODES,
  'nudge.not-mine-': ['deadline', 'gathering'],
  'language.in-': LANGUAGES,
  'notice.person-': ['planned', 'sent', 'doubled', 'waiting', 'failed', 'stopped'],
  'notice.platform-': ['slack', 'teams', 'playground'],
  'notice.reason-': ['no-account', 'answer-lost-twice'],
  'notice.sending-': ['sending', 'paused', 'done', 'cancelled', 'recalled'],
  'notice.state-': NOTICE_STATES,
  'pulse.kind-': OWN_KINDS,
  'pulse.write-': OWN_FIELDS,
  'pulse.missing-': ['empty', 'few', 'many', 'uneven'],
  'pulse.sentence-': SCALE_WORDS,
  'pulse.state-': ['draft', 'active', 'stopped', 'over'],
  'pulse.repeat-': REPEAT_NAMES,
  'pulse.': SCALE_WORDS.flatMap((words) => [1, 2, 3, 4, 5].map((step) => `${words}-${String(step)}`)),
};
const composed = Object.entries(COMPOSED).flatMap(([start, ends]) => ends.map((end) => start + end));

const areaOf = (area: string) =>
  keys.filter((key) => key.startsWith(`${area}.`)).map((key) => key.slice(area.length + 1));

/** The keys of what code says by a call such as `t('area.key')`, conditional arguments included. */
const asked = [...code.matchAll(/'([\w-]+\.[\w-]+)'/g)]
  .map((match) => match[1]!)
  .filter((key) => new Set(keys.map((each) => each.split('.')[0])).has(key.split('.')[0]));

describe('the keys of texts', () => {
  it('are there for every key that code asks for', () => {
    assert.ok(asked.length > 40, `only ${asked.length} found: the search no longer fits the code`);
    assert.deepEqual(
      [...asked, ...composed].filter((key) => !keys.includes(key)),
      [],
    );
  });

  it('are put together only where this test knows of it', () => {
    const starts = [...code.matchAll(/\b(?:t|say)\(\s*`(\w+\.[^$`]*)\$\{/g)].map((match) => match[1]!);
    assert.deepEqual([...new Set(starts)].sort(), [...Object.keys(COMPOSED), 'statements.'].sort());
  });

  it('are all used', () => {
    const elsewhere = ['statements.', 'playground.'];
    const used = new Set([...asked, ...composed]);
    assert.deepEqual(
      keys.filter((key) => !elsewhere.some((area) => key.startsWith(area)) && !used.has(key)),
      [],
    );
  });

  it('of statements are said by the core, and those the core says are there', () => {
    const said = [
      ...code.matchAll(
        /(?:\b(?:sayOnly|statement|say)\(\s*|template: 'statement', data: \{ key: )'([\w-]+)'/g,
      ),
    ].map((match) => match[1]!);
    assert.deepEqual([...new Set(said)].sort(), areaOf('statements').sort());
  });

  it('of the playground are all shown on its page', () => {
    const isUsed = (key: string) =>
      key.startsWith('language-') || code.includes(`'${key}'`) || code.includes(`data-text="${key}"`);
    assert.deepEqual(
      areaOf('playground').filter((key) => !isUsed(key)),
      [],
    );
  });
});

describe('the texts', () => {
  const word = (words: string) => new RegExp(`(^|[^\\p{L}])(${words})([^\\p{L}]|$)`, 'iu');
  /** Signs and words that belong to a neighbour: what a translation leaves standing by mistake. */
  const FOREIGN: readonly (readonly ['sv' | 'nb' | 'nn' | 'da', RegExp])[] = [
    ['nb', word('ikkje|kva|eg|dykk|seinare|veke|framleis|noko|kjem|frå|påminning|påminningane')],
    ['nn', word('ikke|hva|jeg|senere|uke|fortsatt|noe|kommer|hvordan|fra|påminnelse|påminnelsene')],
    ['da', word('uke|hva|noe|oppgave|påminnelse|levert')],
    ['nb', /[öä]/i],
    ['nn', /[öä]/i],
    ['da', /[öä]/i],
    ['sv', /[øæ]/i],
  ];

  it('do not shout', () => {
    for (const language of LANGUAGES) {
      for (const [key, text] of texts[language]) assert.doesNotMatch(text, /!/, `${language} ${key}`);
    }
  });

  it('keep neighbouring languages apart', () => {
    for (const [language, foreign] of FOREIGN) {
      for (const [key, text] of texts[language]) assert.doesNotMatch(text, foreign, `${language} ${key}`);
    }
  });
});
