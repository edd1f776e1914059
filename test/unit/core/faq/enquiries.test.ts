import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { loadKnowledge } from '../../../../src/adapters/files/faq-files.js';
import { loadVocabulary } from '../../../../src/adapters/files/vocabulary.js';
import { createMemoryStore } from '../../../../src/adapters/store/lowdb/memory.js';
import { asset } from '../../../../src/cli/assets.js';
import { handle } from '../../../../src/core/conversation/handle.js';
import { LIVE_PARTS } from '../../../../src/core/faq/article.js';
import { answerParts } from '../../../../src/core/faq/live-parts.js';
import type { Answer, Interaction } from '../../../../src/core/ports/interaction.js';
import type { Json } from '../../../../src/core/ports/outbox.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import { loadState } from '../../../../src/core/reminders/member-state.js';
import { programmeWith } from '../../../support/programmes.js';

const vocabulary = loadVocabulary(asset('data', 'conversation', 'commands.json'));
const knowledge = loadKnowledge(asset('data', 'faq'), 'saman');
const programme = programmeWith('saman');
const nowMs = Temporal.ZonedDateTime.from('2014-01-20T10:00[Europe/Oslo]').epochMilliseconds;
const voss = 'voss-project-leader';
const coordinator = 'sekretariat-coordinator';
const leader = 'ks-network-leader-sykefravaer-pulje-2';
let number = 0;

async function open(people = demoPeople(programme)) {
  const store = createMemoryStore();
  await store.members.put(...people);
  const programmes = {
    get: (id: string) => (id === 'saman' ? programme : undefined),
    all: () => [programme],
  };
  const hear = (event: Interaction['event'], member = voss): Promise<Answer> => {
    number += 1;
    return handle(
      { id: `e${String(number)}`, programme: 'saman', member, workspace: 'w', event },
      { tables: store, programmes, vocabulary, nowMs, knowledge: () => knowledge },
    );
  };
  return {
    store,
    say: (text: string, member?: string) => hear({ kind: 'text', text }, member),
    press: (verb: string, data: Readonly<Record<string, Json>>, member?: string) =>
      hear({ kind: 'action', verb, data }, member),
  };
}
const said = (answer: Answer) => answer.say.map((each) => each.template);
const keyOf = (message: { data: Json } | undefined) => (message?.data as { key?: string } | undefined)?.key;
const question = 'finst det ein loggbok for prosjektet';

async function passedOn() {
  const all = await open();
  const answer = await all.press('faq-pass-on', { question });
  const id = (answer.tell?.[0]?.message.data as { enquiry: string }).enquiry;
  return { ...all, answer, id };
}

describe('a question', () => {
  it('that is sure is answered by the article, one that is not by choices, a known unknown calmly, noise by help', async () => {
    const { say } = await open();
    assert.deepEqual(said(await say('når er fristen for årsrapporten')), ['faq-answer']);
    assert.deepEqual(said(await say('kan penga stå på konto over nyttår')), ['faq-suggest']);
    assert.deepEqual(said(await say('kva tener ein nettverksleiar')), ['faq-unknown']);
    assert.deepEqual(said(await say('xyzzy')), ['help']);
  });

  it('clearly in another language is answered in it, and asked once whether to go on so', async () => {
    const { say } = await open();
    const english = 'when is the deadline for our annual report';
    assert.deepEqual(said(await say(english)), ['faq-answer', 'faq-language']);
    const again = await say(english);
    assert.deepEqual(said(again), ['faq-answer']);
    assert.equal((again.say[0]?.data as { language: string }).language, 'en');
  });

  it('shows the article that was meant, and keeps what did not help without a name', async () => {
    const { press, store } = await open();
    const shown = await press('faq-show', { article: 'temadag', question });
    assert.equal(shown.replace?.template, 'faq-answer');
    assert.equal(
      keyOf((await press('faq-show', { article: 'gone', question })).say[0]),
      'action-not-understood',
    );
    assert.equal(keyOf((await press('faq-helped', { article: 'temadag', question })).replace), 'faq-helped');
    const not = await press('faq-not-helped', { article: 'temadag', question });
    assert.deepEqual([keyOf(not.replace), said(not)], ['faq-not-helped', ['faq-suggest']]);
    const [row] = await store.unhelpful.list('saman');
    assert.equal(row?.on, '2014-01-20');
    assert.ok(!JSON.stringify(row).includes(voss));
  });
});

describe('an enquiry', () => {
  it('goes to the network’s leader, else to the coordinators, else says that there is nobody', async () => {
    const { answer } = await passedOn();
    assert.deepEqual(
      answer.tell?.map((each) => each.member),
      [leader],
    );
    const without = await open(
      demoPeople(programme).filter((each) => !each.roles.includes('network-leader')),
    );
    const told = (await without.press('faq-pass-on', { question })).tell?.map((each) => each.member);
    assert.deepEqual(told, ['sekretariat-coordinator', 'sekretariat-coordinator-2']);
    const alone = await open(demoPeople(programme).filter((each) => each.id === voss));
    assert.equal(keyOf((await alone.press('faq-pass-on', { question })).say[0]), 'faq-nobody');
  });

  it('is answered once, to the one who asked, by somebody who may', async () => {
    const { press, id } = await passedOn();
    const no = await press('enquiry-answer', { enquiry: id, answer: 'Ja' }, voss);
    assert.equal(keyOf(no.say[0]), 'not-allowed');
    assert.equal(
      keyOf((await press('enquiry-answer', { enquiry: id, answer: ' ' }, leader)).say[0]),
      'enquiry-no-answer',
    );
    const yes = await press('enquiry-answer', { enquiry: id, answer: 'Ja' }, leader);
    assert.deepEqual(
      yes.tell?.map((each) => [each.member, each.message.template]),
      [[voss, 'enquiry-answered']],
    );
    assert.equal(
      keyOf((await press('enquiry-answer', { enquiry: id, answer: 'Nei' }, leader)).replace),
      'enquiry-done',
    );
    assert.equal(
      keyOf((await press('enquiry-answer', { enquiry: 'x' }, leader)).say[0]),
      'action-not-understood',
    );
  });

  it('is saved as an article that is found at once, with the languages it has', async () => {
    const { press, say, id, store } = await passedOn();
    await press('enquiry-save', { enquiry: id, answer: 'Ja, i hylla.' }, leader);
    const found = await say('finnes det en loggbok for prosjektet', 'gjovik-project-leader');
    const data = found.say[0]?.data as { article: string; only: string[] };
    assert.deepEqual([said(found), data.only], [['faq-answer'], ['nn']]);
    const second = await press('faq-pass-on', { question });
    const enquiry = (second.tell?.[0]?.message.data as { enquiry: string }).enquiry;
    await press('enquiry-save', { enquiry, answer: 'Framleis.' }, leader);
    assert.equal(new Set((await store.savedKnowledge.list('saman')).map((row) => row.id)).size, 2);
  });

  it('becomes a way of asking an article, or is declined, and the asker is told', async () => {
    const { press, say, id } = await passedOn();
    assert.equal(
      keyOf((await press('enquiry-add', { enquiry: id }, leader)).say[0]),
      'enquiry-which-article',
    );
    const added = await press('enquiry-add', { enquiry: id, article: 'regnskap' }, leader);
    assert.equal(added.tell?.[0]?.message.template, 'faq-suggest');
    assert.equal((await say(question)).say[0]?.template, 'faq-answer');
    assert.equal(keyOf((await press('enquiry-add', { enquiry: id }, leader)).replace), 'enquiry-done');
    const other = await passedOn();
    const forwarded = await other.press('enquiry-not-ours', { enquiry: other.id }, leader);
    assert.equal(keyOf(forwarded.replace), 'enquiry-forwarded');
    assert.deepEqual(
      forwarded.tell?.map((each) => [each.member, each.message.template]),
      [
        [coordinator, 'enquiry'],
        ['sekretariat-coordinator-2', 'enquiry'],
      ],
    );
    const declined = await other.press('enquiry-not-ours', { enquiry: other.id }, coordinator);
    assert.equal(keyOf(declined.tell?.[0]?.message), 'enquiry-declined');
    assert.equal(
      keyOf((await other.press('enquiry-not-ours', { enquiry: other.id }, leader)).replace),
      'enquiry-done',
    );
  });
});

describe('an answer to an enquiry', () => {
  const english =
    'Yes, the log book is with the network leader, and you can ask for it at the next gathering.';

  it('in another language than the asker reads is looked at twice before it is sent, as it is or anew', async () => {
    const { press, id, store } = await passedOn();
    const check = await press('enquiry-save', { enquiry: id, answer: english }, leader);
    const data = check.replace?.data as Record<string, unknown>;
    assert.deepEqual(
      [check.replace?.template, data['asks'], data['written'], data['saves'], check.tell],
      ['enquiry-check', 'nn', 'en', true, undefined],
    );
    const again = await press('enquiry-show', { enquiry: id }, leader);
    assert.deepEqual(said(again), ['enquiry']);
    const sent = await press('enquiry-save', { enquiry: id, asIs: true }, leader);
    assert.equal((sent.tell?.[0]?.message.data as { answer: string }).answer, english);
    const [row] = await store.savedKnowledge.list('saman');
    assert.ok(row?.kind === 'article' && row.article.text.en?.answer === english && !row.article.text.nn);
    const [enquiry] = await store.enquiries.list('saman');
    assert.deepEqual([enquiry?.state, enquiry?.draft], ['answered', undefined]);
    assert.equal(keyOf((await press('enquiry-show', { enquiry: id }, leader)).replace), 'enquiry-done');
  });

  it('is sent in the asker’s language without a second look, and never without an answer', async () => {
    const { press, id } = await passedOn();
    const empty = await press('enquiry-answer', { enquiry: id, asIs: true }, leader);
    assert.equal(keyOf(empty.say[0]), 'enquiry-no-answer');
    const norwegian = 'Ja, loggboka ligg hos nettverksleiaren, og du kan spørje henne når de møtest.';
    const sent = await press('enquiry-answer', { enquiry: id, answer: norwegian }, leader);
    assert.equal(sent.tell?.[0]?.message.template, 'enquiry-answered');
  });

  it('is not for the leader of another network to give', async () => {
    const { press, id } = await passedOn();
    const other = demoPeople(programme).find(
      (each) => each.roles.includes('network-leader') && each.id !== leader,
    )!.id;
    for (const verb of ['enquiry-answer', 'enquiry-save', 'enquiry-add', 'enquiry-not-ours', 'enquiry-show'])
      assert.equal(
        keyOf((await press(verb, { enquiry: id, answer: 'Ja' }, other)).say[0]),
        'not-allowed',
        verb,
      );
    const sent = await press('enquiry-answer', { enquiry: id, answer: 'Ja' }, coordinator);
    assert.equal(sent.tell?.[0]?.member, voss);
  });
});

describe('what is missing meanwhile', () => {
  it('is told of calmly: the one who asked has left, the article is gone, there are no articles at all', async () => {
    const { press, id, store } = await passedOn();
    const asker = (await store.members.get('saman', voss))!;
    await store.members.put({ ...asker, active: false });
    assert.deepEqual(said(await press('enquiry-show', { enquiry: id }, coordinator)), ['enquiry']);
    await store.members.remove('saman', [voss]);
    assert.deepEqual(said(await press('enquiry-show', { enquiry: id }, coordinator)), ['enquiry']);
    assert.equal(keyOf((await press('enquiry-show', { enquiry: id }, leader)).say[0]), 'not-allowed');
    const gone = { programme: 'saman', article: 'gone' };
    await store.savedKnowledge.put(
      { ...gone, id: 'w', kind: 'way', language: 'nb', ask: 'hvor er den' },
      { ...gone, id: 'r', kind: 'review', review: '2027-01-01' },
    );
    assert.equal(
      keyOf((await press('faq-show', { article: 'gone', question }, coordinator)).say[0]),
      'action-not-understood',
    );
    const interaction = { id: 'n', programme: 'saman', member: coordinator, workspace: 'w' };
    const programmes = { get: () => programme, all: () => [programme] };
    const event = { kind: 'action', verb: 'enquiry-show', data: { enquiry: id } } as const;
    const bare = await handle({ ...interaction, event }, { tables: store, programmes, vocabulary, nowMs });
    assert.equal(keyOf(bare.say[0]), 'faq-nobody');
  });
});

describe('a live part', () => {
  const answer = [...LIVE_PARTS, 'deadline:arsrapport', 'deadline:gone'].map((part) => `{${part}}`).join(' ');
  const article = (text: string) => ({
    ...{ id: 'a', owner: 'coordinator' as const, review: '2027-01-01', source: 's' },
    text: { nn: { title: 't', answer: text, ask: [] } },
  });
  const sentences = async (member: string, today: string) => {
    const { store } = await open();
    const state = await loadState(store, programme);
    const asker = { state, today, member: state.members.find((each) => each.id === member)! };
    return answerParts(article(answer), asker).map((part) => ('sentence' in part ? part.sentence : ''));
  };

  it('is filled for the asker’s own network, cohort and organisation', async () => {
    const told = await sentences(voss, '2014-01-20');
    assert.ok(told.includes('next-gathering-place'));
    assert.ok(told.includes('network-leader') && told.includes('project-leader') && told.includes('cohort'));
    assert.ok(told.includes('deadline') && told.includes('deadline-none'));
  });

  it('says so when there is nothing to tell', async () => {
    const told = await sentences('sekretariat-coordinator', '2030-01-01');
    for (const part of [
      'next-gathering',
      'sign-up',
      'network-leader',
      'project-leader',
      'deadline',
      'cohort',
      'themes',
    ])
      assert.ok(told.includes(`${part}-none`), part);
    assert.ok(told.includes('coordinator'));
  });

  it('names the sign-up deadline and a gathering without a place', async () => {
    const other = programmeWith('saman', (raw) => {
      const last = raw['gatherings'].find(
        (each: { id: string }) => each.id === 'sykefravaer-pulje-2-2014-04-28',
      );
      last.signUpBy = '2014-04-01';
      delete last.place;
    });
    const { store } = await open();
    const state = await loadState(store, other);
    const asker = { state, today: '2014-01-20', member: state.members.find((each) => each.id === voss)! };
    const parts = answerParts(article('Hei. {next-gathering} {sign-up}'), asker);
    assert.deepEqual(parts[0], { text: { nn: 'Hei.' } });
    assert.deepEqual(
      parts.slice(1).map((part) => 'sentence' in part && part.sentence),
      ['next-gathering', 'sign-up'],
    );
  });
});
