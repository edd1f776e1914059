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
