import assert from 'node:assert/strict';
import { noticeSchema } from '../../../../src/core/notices/definition.js';
import { ANY, definitionOf, idFor, valuesOf } from '../../../../src/core/notices/form.js';
import { programmeWith } from '../../../support/programmes.js';

const programme = programmeWith('saman');

describe('the form of a notice', () => {
  it('shows a notice so that keeping it changes nothing', () => {
    const notice = noticeSchema.parse({
      id: 'n',
      title: { nb: 'Hei' },
      body: { nb: 'Tekst' },
      audience: { roles: ['project-leader'], cohorts: ['pulje-2'], networks: ['omdomme'] },
      instead: { sv: 'nb', nn: 'nb', da: 'nb', en: 'nb' },
      picture: { url: 'https://example.org/p.png', alt: 'Et kart' },
      link: { url: 'https://example.org' },
      gathering: 'g',
      ask: 'rsvp',
      urgent: true,
      when: { date: '2014-05-01', time: '10:00', rule: 'FREQ=WEEKLY' },
    });
    assert.deepEqual(noticeSchema.parse(definitionOf(valuesOf(notice), 'n', programme)), notice);
  });

  it('keeps of a notice from a file what the form has no field for, and takes what was changed', () => {
    const notice = noticeSchema.parse({
      id: 'n',
      title: { nb: 'Hei', nn: 'Hei' },
      body: { nb: 'Tekst', nn: 'Tekst' },
      audience: {
        ...{ roles: ['project-leader', 'project-owner'], organisations: ['voss', 'stord'], leavingIn: 2014 },
        ...{ parties: ['union', 'political'], languages: ['nn', 'nb'], themes: ['omdomme', 'heltid'] },
      },
      instead: { sv: 'nb', da: 'nb', en: 'nn' },
      picture: { url: 'https://example.org/p.png', alt: { nb: 'Et kart', en: 'A map' } },
      link: { url: 'https://example.org', title: { nb: 'Påmelding', nn: 'Påmelding' } },
      when: { date: '2014-05-01', time: '10:00', rule: 'FREQ=MONTHLY;BYDAY=2TU' },
    });
    const shown = valuesOf(notice);
    assert.deepEqual(noticeSchema.parse(definitionOf(shown, 'n', programme, notice)), notice);
    const typed = {
      ...shown,
      organisation: 'gjovik',
      theme: ANY,
      link: 'https://example.com',
      alt: 'Et bilde',
    };
    const changed = noticeSchema.parse(definitionOf(typed, 'n', programme, notice));
    const { themes: _, ...audience } = notice.audience;
    assert.deepEqual(changed.audience, { ...audience, organisations: ['gjovik'] });
    assert.deepEqual(changed.link, { url: 'https://example.com' });
    assert.equal(changed.picture?.alt, 'Et bilde');
    const later = noticeSchema.parse(definitionOf({ ...shown, date: '2014-06-01' }, 'n', programme, notice));
    assert.deepEqual(later.when, { date: '2014-06-01', time: '10:00' });
  });

  it('keeps texts in a language that the programme does not serve', () => {
    const norwegian = programmeWith('saman', (raw) => (raw['languages'] = ['nb', 'nn']));
    const texts = { nb: 'A', sv: 'B' };
    const notice = noticeSchema.parse({ id: 'n', title: texts, body: texts, audience: {} });
    assert.deepEqual(noticeSchema.parse(definitionOf(valuesOf(notice), 'n', norwegian, notice)), notice);
  });

  it('reads an empty form as a notice with nothing in it', () => {
    assert.deepEqual(definitionOf({ role: ANY }, 'n', programme), {
      ...{ id: 'n', title: {}, body: {}, audience: {}, instead: {}, ask: 'none', urgent: false },
    });
    const plain = noticeSchema.parse({ id: 'n', title: { nb: 'A' }, body: { nb: 'B' }, audience: {} });
    assert.deepEqual(noticeSchema.parse(definitionOf(valuesOf(plain), 'n', programme)), plain);
  });

  it('knows a repetition without a date for what it is', () => {
    const json = definitionOf({ repeat: 'weekly' }, 'n', programme) as { when: unknown };
    assert.deepEqual(json.when, { date: '', rule: 'FREQ=WEEKLY' });
  });

  it('calls a notice after its title and day, in letters that ids may have', () => {
    assert.equal(
      idFor({ 'title-nb': 'Året i Ørsta: æ, ø, å!' }, '2014-01-02'),
      'aret-i-orsta-ae-o-a-2014-01-02',
    );
    assert.equal(idFor({ 'title-nb': '…' }, '2014-01-02'), 'notice-2014-01-02');
    assert.equal(idFor({}, '2014-01-02'), 'notice-2014-01-02');
  });
});
