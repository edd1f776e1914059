import assert from 'node:assert/strict';
import type { MessageData } from '../../../src/core/messages/schemas.js';
import { renderer, saman } from '../../support/messages.js';
import { wordsIn } from '../../support/cards.js';

const form: MessageData<'notice-form'> = {
  correction: false,
  languages: ['nb'],
  values: {},
  issues: [],
  ...{ roles: [], cohorts: [], networks: [], themes: [], organisations: [], gatherings: [] },
  earliest: '2014-01-01',
  mayBeUrgent: false,
};
const detail: MessageData<'notice-detail'> = {
  ...{ id: 'velkommen', title: 'Velkommen', state: 'sent', isTemplate: false, urgent: false },
  ...{ languages: [], platforms: [], unreached: [], count: 10, needsYes: false, version: 1, previews: [] },
};

describe('the words of a notice for coordinators', () => {
  const render = (template: 'notice-form' | 'notice-detail', data: unknown) =>
    renderer.render({ template, data: data as never }, { language: 'nb', programme: saman }).card;

  it('say once what is wrong with a picture, however many faults it has', () => {
    const issue = { code: 'picture' as const, args: { field: 'picture', language: '', found: '' } };
    const words = wordsIn(render('notice-form', { ...form, issues: [issue, issue] }));
    assert.equal(words.filter((each) => each.startsWith('Bildet må ha')).length, 1);
  });

  it('tell gatherings that are called the same apart by their dates', () => {
    const title = 'Nettverkssamling 2';
    const gatherings = [
      { id: 'a', title, starts: '2013-10-01', ends: '2013-10-02' },
      { id: 'b', title, starts: '2013-11-14', ends: '2013-11-14' },
    ];
    const card = JSON.stringify(render('notice-form', { ...form, gatherings }));
    assert.match(card, /Nettverkssamling 2, 1\.–2\. oktober 2013/);
    assert.match(card, /Nettverkssamling 2, torsdag 14\. november 2013/);
  });

  it('do not say that it is sent while it is being sent', () => {
    const progress = { sending: '1', state: 'sending', total: 10, sent: 0, waiting: 10 };
    const rest = { failed: 0, stopped: 0, acknowledged: 0 };
    const words = wordsIn(render('notice-detail', { ...detail, progress: { ...progress, ...rest } }));
    assert.ok(words.includes('Sendes nå.'), words.join('\n'));
    assert.ok(!words.includes('Sendt'));
  });
});
