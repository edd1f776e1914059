import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkNotice, ISSUE_CODES, readIn } from '../../../../src/core/notices/issues.js';
import { noticeJsonSchema } from '../../../../src/core/notices/json-schema.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import type { ProgrammeState } from '../../../../src/core/reminders/member-state.js';
import { programmeWith } from '../../../support/programmes.js';

const root = join(import.meta.dirname, '../../../..');
const programme = programmeWith('saman');
const members = demoPeople(programme);
const state: ProgrammeState = {
  ...{ programme, members, preferences: new Map(), submissions: new Set() },
  ...{ snoozes: new Map(), handovers: new Map(), rsvps: new Map() },
};
const today = '2014-03-03';
const leader = members.find((each) => each.networks.includes('omdomme'))!;
const all = { sv: 'a', nb: 'a', nn: 'a', da: 'a', en: 'a' };
const good = { id: 'n', title: all, body: all, audience: {} };
const past = programme.gatherings.find((each) => each.starts < today)!.id;

/** A fault, and the codes that name it. */
const FAULTS: readonly (readonly [string, object, readonly string[]])[] = [
  ['a title of 151 characters', { title: { ...all, nb: 'x'.repeat(151) } }, ['title-long']],
  ['an empty title', { title: { ...all, nb: ' ' } }, ['title-missing']],
  [
    'no texts at all',
    { title: {}, body: {}, audience: { organisations: ['voss'] } },
    ['title-missing', 'language'],
  ],
  ['a body of 3,001 characters', { body: { ...all, nb: 'x'.repeat(3001) } }, ['body-long']],
  ['an empty body', { body: { ...all, nb: '' } }, ['body-missing']],
  ['a title without its body', { body: { nb: 'a', nn: 'a', da: 'a', sv: 'a' } }, ['body-missing']],
  ['a body without its title', { title: { nb: 'a', nn: 'a', da: 'a', sv: 'a' } }, ['title-missing']],
  ['a picture over http', { picture: { url: 'http://example.org/p.png', alt: 'x' } }, ['picture']],
  ['a picture without words', { picture: { url: 'https://example.org/p.png' } }, ['picture']],
  ['a link that is none', { link: { url: 'molde' } }, ['link']],
  ['a time that is none', { when: { date: '2014-04-01', time: '25:00' } }, ['when']],
  ['a key that nobody knows', { colour: 'red' }, ['shape']],
  ['an unknown network', { audience: { networks: ['x'] } }, ['unknown']],
  ['nobody', { audience: { roles: ['coordinator'], networks: ['omdomme'] } }, ['nobody']],
  [
    'another language that is not written',
    { instead: { nn: 'en' }, title: { nb: 'a' }, body: { nb: 'a' } },
    ['instead', 'language'],
  ],
  ['a language that is needed', { title: { nb: 'a' }, body: { nb: 'a' } }, ['language']],
  ['an answer about no gathering', { ask: 'rsvp' }, ['rsvp']],
  ['an unknown gathering', { gathering: 'x' }, ['unknown']],
  ['a gathering that is over', { gathering: past }, ['gathering-over']],
  ['yesterday', { when: { date: '2014-03-02' } }, ['past']],
  ['a rule that is none', { when: { date: '2014-03-04', rule: 'NOW' } }, ['rule']],
  [
    'a rule that never fires',
    { when: { date: '2014-03-04', rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' } },
    ['rule'],
  ],
];

describe('a notice with', () => {
  for (const [name, change, codes] of FAULTS) {
    it(`${name} is stopped, and told so`, () => {
      const { notice, issues } = checkNotice('file.json', { ...good, ...change }, state, { today });
      assert.equal(notice, undefined);
      assert.deepEqual([...new Set(issues.map((each) => each.code))].sort(), [...codes].sort());
      for (const each of issues)
        assert.ok(each.source === 'file.json' && each.path !== '' && each.expected !== '');
    });
  }

  it('every kind of fault is tried here or by whoever may not send', () => {
    const tried = new Set(FAULTS.flatMap(([, , codes]) => codes));
    assert.deepEqual(
      ISSUE_CODES.filter((each) => !tried.has(each)),
      ['foreign', 'past-time', 'urgent'],
    );
  });

  it('more than one fault is told them all', () => {
    const json = { ...good, ask: 'rsvp', when: { date: '2014-01-01' }, audience: { roles: ['x', 'y'] } };
    assert.deepEqual(
      checkNotice('f', json, state, { today }).issues.map((each) => each.code),
      ['unknown', 'unknown', 'rsvp', 'past'],
    );
  });

  it('readers elsewhere or an hour that is not theirs is stopped for a network leader', () => {
    const json = { ...good, urgent: true };
    const { issues } = checkNotice('f', json, state, { member: leader, today });
    assert.deepEqual(
      issues.map((each) => each.code),
      ['urgent', 'foreign'],
    );
    const own = { ...good, audience: { networks: ['omdomme'] } };
    assert.deepEqual(checkNotice('f', own, state, { member: leader, today }).issues, []);
  });

  it('nothing wrong is taken as it is', () => {
    const checked = checkNotice('f', good, state, { today });
    assert.deepEqual({ ...checked.notice }, { ...good, instead: {}, ask: 'none', urgent: false });
    assert.equal(checked.notice === undefined ? 0 : checked.receivers.length, members.length);
  });
});

describe('the language in which a notice is read', () => {
  it('is the own one, else the one chosen instead, else none', () => {
    const notice = { title: { nb: 'a', sv: 'b' }, instead: { nn: 'nb' as const, da: 'en' as const } };
    assert.equal(readIn(notice, 'sv'), 'sv');
    assert.equal(readIn(notice, 'nn'), 'nb');
    assert.equal(readIn(notice, 'da'), undefined);
    assert.equal(readIn(notice, 'en'), undefined);
  });
});

describe('a notice', () => {
  it('goes out today at a time to come, never at one that has passed', () => {
    const nowMs = Date.parse('2014-03-03T09:30:00+01:00');
    const codes = (time: string, more: object = {}) =>
      checkNotice('f', { ...good, when: { date: today, time } }, state, { today, nowMs, ...more }).issues.map(
        (each) => each.code,
      );
    assert.deepEqual(codes('09:29'), ['past-time']);
    assert.deepEqual(codes('09:30'), []);
    assert.deepEqual(codes('09:29', { corrects: true }), []);
  });

  it('in the guide is right, and editors get the schema by which it is checked', async () => {
    const guide = await readFile(join(root, 'docs/notices.md'), 'utf8');
    const example: unknown = JSON.parse(/```json\n([^]*?)```/.exec(guide)![1]!);
    assert.deepEqual(checkNotice('f', example, state, { today }).issues, []);
    const shipped: unknown = JSON.parse(await readFile(join(root, 'data/notice.schema.json'), 'utf8'));
    assert.deepEqual(shipped, JSON.parse(noticeJsonSchema()));
  });
});
