import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { loadKnowledge } from '../../../../src/adapters/files/faq-files.js';
import { asset } from '../../../../src/cli/assets.js';
import type { Knowledge } from '../../../../src/core/faq/article.js';
import { nextDigestMs, readLearning } from '../../../../src/core/faq/digest.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import { buttonData, pulseParts, type PulseParts } from '../../../support/pulse-parts.js';
import { programmeWith } from '../../../support/programmes.js';

const programme = programmeWith('saman');
const knowledge = loadKnowledge(asset('data', 'faq'), 'saman');
const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Oslo]`).epochMilliseconds;
const wednesday = at('2013-10-16T10:00');
const voss = 'voss-project-leader';
const coordinator = 'sekretariat-coordinator';
const question = 'finst det ein loggbok for prosjektet';

/** The shipped articles, one of which was to be looked at on a day. */
const reviewedOn = (id: string, review: string, owner: 'coordinator' | 'network-leader' = 'coordinator') => ({
  ...knowledge,
  articles: knowledge.articles.map((each) => (each.id === id ? { ...each, review, owner } : each)),
});

describe('the weekly digest of questions', function () {
  this.timeout(20_000);
  let parts: PulseParts;
  afterEach(() => parts.close());

  const open = async (given: Knowledge = knowledge, people = demoPeople(programme)) => {
    parts = await pulseParts(programme, people, wednesday, { knowledge: given });
    return parts;
  };
  const digests = (member: string) =>
    parts.got.filter((each) => each.member === member && each.delivery.startsWith('faq-digest/'));
  const textOf = (member: string, index = 0) => JSON.stringify(digests(member)[index]?.message.card ?? {});

  it('tells coordinators on Monday, once, what was not answered and what did not help, and not who asked', async () => {
    const { say, press, advance } = await open();
    await say(voss, 'kor mange blåbærsylteglass rommar møteplanen');
    await press(voss, 'faq-not-helped', { article: 'temadag', question: 'kven betaler lunsjen' });
    await press('gjovik-project-leader', 'faq-not-helped', {
      article: 'temadag',
      question: 'kven betaler lunsjen',
    });
    await advance(at('2013-10-20T20:00'));
    assert.equal(digests(coordinator).length, 0, 'not before Monday');
    await advance(at('2013-10-28T20:00'));
    assert.equal(digests(coordinator).length, 1);
    assert.equal(digests('sekretariat-coordinator-2').length, 1);
    assert.equal(digests('ks-network-leader-sykefravaer-pulje-2').length, 0);
    const text = textOf(coordinator);
    assert.ok(text.includes('blåbærsylteglass') && text.includes('kven betaler lunsjen'));
    assert.ok(!text.includes('Voss') && !text.includes('Gjøvik') && !text.includes(voss));
  });

  it('keeps what did not help under an id that leads to no message of the one who asked', async () => {
    const { say, store } = await open();
    await say(voss, 'kor mange blåbærsylteglass rommar møteplanen');
    const [row] = await store.unhelpful.list('saman');
    assert.ok(row !== undefined && !row.id.includes('event-') && !JSON.stringify(row).includes('voss'));
  });

  it('forgets an unanswered question that a person is asked instead, and tells of that until it is answered', async () => {
    const { say, press, store, advance } = await open();
    await say(voss, 'kor mange blåbærsylteglass rommar møteplanen');
    await press(voss, 'faq-pass-on', { question: 'kor mange blåbærsylteglass rommar møteplanen' });
    assert.deepEqual(await store.unhelpful.list('saman'), []);
    await press(voss, 'faq-pass-on', { question });
    const ids = (await store.enquiries.list('saman')).map((each) => each.id);
    await press('ks-network-leader-sykefravaer-pulje-2', 'enquiry-answer', {
      enquiry: ids[1]!,
      answer: 'Ja',
    });
    await advance(at('2013-10-21T20:00'));
    assert.ok(textOf(coordinator).includes('blåbærsylteglass') && !textOf(coordinator).includes(question));
    const data = buttonData(digests(coordinator)[0]!.message.card, 'enquiry-show');
    assert.equal(data?.['enquiry'], ids[0]);
    await press(coordinator, 'enquiry-not-ours', { enquiry: ids[0]! });
    await advance(at('2013-10-28T20:00'));
    assert.ok(
      textOf(coordinator, 1).includes('blåbærsylteglass'),
      'told once more, as one nobody could answer',
    );
    await advance(at('2013-11-25T20:00'));
    assert.equal(digests(coordinator).length, 2);
  });

  it('brings an article past its review date to its owner, who keeps it for a year', async () => {
    const { press, advance, store } = await open(reviewedOn('temadag', '2013-10-18'));
    await advance(at('2013-10-21T20:00'));
    const card = digests(coordinator)[0]!.message.card;
    assert.deepEqual(buttonData(card, 'faq-keep'), { article: 'temadag' });
    await press(voss, 'faq-keep', { article: 'temadag' });
    await press(coordinator, 'faq-keep', { article: 'gone' });
    assert.deepEqual(await store.savedKnowledge.list('saman'), []);
    await press(coordinator, 'faq-keep', { article: 'temadag' });
    const [row] = await store.savedKnowledge.list('saman');
    assert.ok(row?.kind === 'review' && row.review === '2014-10-21');
    await advance(at('2014-10-20T20:00'));
    assert.equal(digests(coordinator).length, 1);
    await advance(at('2014-10-27T20:00'));
    assert.equal(digests(coordinator).length, 2);
  });

  it('brings a network leader’s article to network leaders, and to coordinators where there is none', async () => {
    const given = reviewedOn('temadag', '2013-10-18', 'network-leader');
    const leader = 'ks-network-leader-sykefravaer-pulje-2';
    const { advance } = await open(given);
    await advance(at('2013-10-21T20:00'));
    assert.deepEqual([digests(leader).length, digests(coordinator).length], [1, 0]);
    await parts.close();
    const people = demoPeople(programme).filter((each) => !each.roles.includes('network-leader'));
    const without = await open(given, people);
    await without.advance(at('2013-10-21T20:00'));
    assert.equal(digests(coordinator).length, 1);
  });

  it('is not sent when everything on it is settled meanwhile, and forgets what is old', async () => {
    const { store, press, samling, moment, advance } = await open();
    const old = { programme: 'saman', article: 'temadag', question: 'gammalt', on: '2013-05-01' };
    await store.unhelpful.put({ ...old, id: 'old' });
    await press(voss, 'faq-pass-on', { question });
    const [enquiry] = await store.enquiries.list('saman');
    moment.ms = at('2013-10-21T09:00');
    await samling.planner.plan(programme, moment.ms);
    assert.deepEqual(await store.unhelpful.list('saman'), []);
    await press(coordinator, 'enquiry-answer', { enquiry: enquiry!.id, answer: 'Ja' });
    await advance(at('2013-10-21T20:00'));
    assert.equal(
      digests('sekretariat-coordinator-2').filter((each) => JSON.stringify(each).includes(question)).length,
      0,
    );
  });

  it('waits for coordinators who are away', async () => {
    const { store, say, advance } = await open();
    await say(voss, 'kor mange blåbærsylteglass rommar møteplanen');
    const pause = { from: '2013-10-20', until: '2013-10-23' };
    await store.preferences.put({ programme: 'saman', id: coordinator, pause });
    await advance(at('2013-10-21T20:00'));
    assert.equal(digests(coordinator).length, 0);
    await advance(at('2013-10-28T20:00'));
    assert.equal(digests(coordinator).length, 1);
  });

  it('costs no tick while there is nothing to tell before the first review', async () => {
    const { store } = await open();
    const learning = await readLearning(store, programme, knowledge);
    const first = [...knowledge.articles.map((each) => each.review)].sort()[0]!;
    const next = nextDigestMs(programme, learning, wednesday)!;
    const day = Temporal.Instant.fromEpochMilliseconds(next).toZonedDateTimeISO('Europe/Oslo');
    assert.ok(day.dayOfWeek === 1 && day.toPlainDate().toString() >= first);
    assert.equal(nextDigestMs(programme, { ...learning, articles: [] }, wednesday), undefined);
  });

  it('asks coordinators for the languages that a saved article lacks, and takes each in a form', async () => {
    const { say, press, store, advance } = await open();
    await press(voss, 'faq-pass-on', { question });
    const [enquiry] = await store.enquiries.list('saman');
    const leader = 'ks-network-leader-sykefravaer-pulje-2';
    await press(leader, 'enquiry-save', {
      enquiry: enquiry!.id,
      answer: 'Ja, loggboka ligg hos sekretariatet, og de fyller henne ut kvar månad.',
    });
    await advance(at('2013-10-21T20:00'));
    assert.match(textOf(coordinator), /mangler: bokmål, svensk, dansk og engelsk/);
    const data = buttonData(digests(coordinator)[0]!.message.card, 'faq-translate');
    const id = data?.['article'] as string;
    const form = { article: id, title: 'Finnes det en loggbok?', answer: 'Ja, hos sekretariatet.' };
    await press(leader, 'faq-translate', { article: id });
    await press(leader, 'faq-translate-send', { ...form, into: 'nb' });
    const saved = async () => {
      const [row] = await store.savedKnowledge.list('saman');
      assert.ok(row?.kind === 'article');
      return Object.keys(row.article.text).sort();
    };
    assert.deepEqual(await saved(), ['nn'], 'only coordinators translate');
    await press(coordinator, 'faq-translate-send', { ...form, into: 'nb', answer: ' ' });
    assert.deepEqual(await saved(), ['nn'], 'an empty answer is none');
    for (const into of ['sv', 'nb', 'da', 'en']) {
      await press(coordinator, 'faq-translate', { article: id });
      await press(coordinator, 'faq-translate-send', { ...form, into });
    }
    await press(coordinator, 'faq-translate', { article: id });
    assert.deepEqual(await saved(), ['da', 'en', 'nb', 'nn', 'sv']);
    const told = digests(coordinator).length;
    await advance(at('2013-10-29T20:00'));
    assert.equal(digests(coordinator).length, told, 'nothing is missing any more');
    await say('gjovik-project-leader', 'finnes det en loggbok');
    await advance(at('2013-10-30T08:00'));
    const last = parts.got.filter((each) => each.member === 'gjovik-project-leader').at(-1);
    assert.match(JSON.stringify(last?.message.card), /Ja, hos sekretariatet/);
  });
});
