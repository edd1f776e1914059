import { note } from '../audit/audit.js';
import { Temporal } from 'temporal-polyfill';
import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import { networksOf, personOf, roleKindsOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Answer, Message } from '../ports/interaction.js';
import { LANGUAGES, type Language } from '../programme/language.js';
import { choicesOf, forgetUnanswered, openLibrary, LONGEST_QUESTION } from './answering.js';
import type { Library } from './library.js';
import { activePeople } from './live-parts.js';
import { fold, wordsOf } from './search/fold.js';
import { answerLanguage } from './search/language-of.js';
import type { Enquiry } from './types.js';

/** Articles offered on an enquiry's card as the one that answers it. */
const MOST_CHOICES = 10;
/** A saved article is looked at again after a year. */
const REVIEW_AFTER_YEARS = 1;

/** Passes a question on to those who may know: the network's leaders, else the coordinators. */
export async function passOn(talk: Talk, form: { readonly question: string }): Promise<Answer> {
  const library = await openLibrary(talk);
  const answerers = answerersFor(talk);
  if (library === undefined || answerers.length === 0) return sayOnly('faq-nobody');
  const { programme } = talk.state;
  const question = form.question.slice(0, LONGEST_QUESTION);
  const language = answerLanguage(question, talk.language, programme.languages);
  const enquiry: Enquiry = {
    programme: programme.id,
    id: talk.interaction.id,
    question,
    language,
    member: talk.member.id,
    at: talk.at,
    state: 'open',
  };
  await talk.tables.enquiries.put(enquiry);
  await forgetUnanswered(talk, question);
  const card = cardOf(talk, library, enquiry);
  return {
    replace: statement('faq-passed-on', 'done'),
    say: [],
    tell: answerers.map((each) => ({ member: each.id, message: card })),
  };
}

function cardOf({ state }: Talk, library: Library, enquiry: Enquiry): Message {
  const asker = state.members.find((each) => each.id === enquiry.member);
  return message('enquiry', {
    enquiry: enquiry.id,
    question: enquiry.question,
    asker: asker === undefined ? { role: '', organisation: '' } : personOf(state.programme, asker),
    asks: enquiry.language,
    articles: likelyArticles(library, enquiry.question),
  });
}

/** The card of a question that still waits, from the weekly digest or to write an answer anew. */
export async function showEnquiry(talk: Talk, form: { readonly enquiry: string }): Promise<Answer> {
  const open = await openEnquiry(talk, form.enquiry);
  if ('say' in open) return open;
  const library = await openLibrary(talk);
  return library === undefined ? sayOnly('faq-nobody') : { say: [cardOf(talk, library, open)] };
}

/** Network leaders of the asker, else the coordinators. */
function answerersFor({ state, member }: Pick<Talk, 'state' | 'member'>): readonly Member[] {
  const own = networksOf(state.programme, member);
  const leaders = activePeople(state, 'network-leader').filter(
    (leader) => leader.id !== member.id && leader.networks.some((network) => own.includes(network)),
  );
  return leaders.length > 0 ? leaders : activePeople(state, 'coordinator');
}

function likelyArticles(library: Library, question: string) {
  const { candidates } = library.search.explain(question);
  const ids = candidates.filter((each) => !each.isUnknown).map((each) => each.id);
  return choicesOf(library, ids.slice(0, MOST_CHOICES));
}

interface Form {
  readonly enquiry: string;
  readonly answer?: string | undefined;
  /** Sends the draft in the language in which it was written. */
  readonly asIs?: boolean | undefined;
}

/** Sends a person's answer to the one who asked. */
export async function answerEnquiry(talk: Talk, form: Form): Promise<Answer> {
  return settle(talk, form, false);
}

/** Sends the answer, and keeps it as an article that is found from now on. */
export async function saveEnquiry(talk: Talk, form: Form): Promise<Answer> {
  return settle(talk, form, true);
}

async function saveArticle(talk: Talk, enquiry: Enquiry, answer: string, language: Language): Promise<void> {
  const { programme, question } = enquiry;
  const id = await freeId(talk, question);
  const review = Temporal.PlainDate.from(talk.today).add({ years: REVIEW_AFTER_YEARS }).toString();
  const text = { [language]: { title: question, answer, ask: [question] } };
  const article = { id, owner: 'coordinator' as const, review, source: 'Answer to an enquiry', text };
  await talk.tables.savedKnowledge.put({ programme, id, kind: 'article', article });
}

/** Adds the question as one more way of asking an article, and answers with that article. */
export async function addWay(
  talk: Talk,
  form: { readonly enquiry: string; readonly article?: string | undefined },
): Promise<Answer> {
  const open = await openEnquiry(talk, form.enquiry);
  if ('say' in open) return open;
  const article = (await openLibrary(talk))?.article(form.article ?? '');
  if (article === undefined) return sayOnly('enquiry-which-article');
  const { programme, id, language, question, member } = open;
  await talk.tables.savedKnowledge.put({
    programme,
    id,
    kind: 'way',
    article: article.id,
    language,
    ask: question,
  });
  await talk.tables.enquiries.put({ ...open, state: 'answered' });
  await note(talk, { right: 'enquiry-answer', act: 'enquiry-add', subject: id });
  const titles = choicesOf((await openLibrary(talk)) as Library, [article.id]);
  const told = message('faq-suggest', { question, choices: titles, language });
  return { replace: statement('enquiry-added', 'done'), say: [], tell: [{ member, message: told }] };
}

/** Not for us: what a network's leader leaves goes to the coordinators; what they leave, the asker is told of. */
export async function declineEnquiry(talk: Talk, form: { readonly enquiry: string }): Promise<Answer> {
  const open = await openEnquiry(talk, form.enquiry);
  if ('say' in open) return open;
  const { programme } = talk.state;
  const coordinators = activePeople(talk.state, 'coordinator');
  const library = await openLibrary(talk);
  const isLast = roleKindsOf(programme, talk.member).includes('coordinator') || coordinators.length === 0;
  if (!isLast && library !== undefined) {
    const card = cardOf(talk, library, open);
    const tell = coordinators.map((each) => ({ member: each.id, message: card }));
    return { replace: statement('enquiry-forwarded', 'done'), say: [], tell };
  }
  await talk.tables.enquiries.put({ ...open, state: 'declined' });
  await note(talk, { right: 'enquiry-answer', act: 'enquiry-decline', subject: open.id });
  const told = statement('enquiry-declined', 'info', { question: open.question });
  return {
    replace: statement('enquiry-closed', 'done'),
    say: [],
    tell: [{ member: open.member, message: told }],
  };
}

/** Sends an answer; one in another language than the asker reads only after a second look. */
async function settle(talk: Talk, form: Form, saves: boolean): Promise<Answer> {
  const open = await openEnquiry(talk, form.enquiry);
  if ('say' in open) return open;
  const { question, member, language, draft = '', ...rest } = open;
  const asIs = form.asIs === true;
  const answer = (asIs ? draft : (form.answer ?? '')).trim();
  if (answer === '') return sayOnly('enquiry-no-answer');
  const written = answerLanguage(answer, language, LANGUAGES);
  if (written !== language && !asIs) {
    await talk.tables.enquiries.put({ ...open, draft: answer });
    const check = { enquiry: open.id, question, answer, asks: language, written, saves };
    return { replace: message('enquiry-check', check), say: [] };
  }
  if (saves) await saveArticle(talk, open, answer, written);
  await talk.tables.enquiries.put({ ...rest, question, member, language, state: 'answered' });
  const act = saves ? 'article-save' : 'enquiry-answer';
  await note(talk, { right: 'enquiry-answer', act, subject: open.id });
  const told = message('enquiry-answered', { question, answer, language });
  return {
    replace: statement('enquiry-sent', 'done', { answer }),
    say: [],
    tell: [{ member, message: told }],
  };
}

/** The enquiry, if it waits for an answer and the member may give one: a coordinator, or a leader of the asker. */
async function openEnquiry(talk: Talk, id: string): Promise<Enquiry | Answer> {
  const { state, member } = talk;
  const kinds = roleKindsOf(state.programme, member);
  if (!kinds.includes('coordinator') && !kinds.includes('network-leader')) return sayOnly('not-allowed');
  const enquiry = await talk.tables.enquiries.get(state.programme.id, id);
  if (enquiry === undefined) return sayOnly('action-not-understood');
  const asker = state.members.find((each) => each.id === enquiry.member);
  const leads = asker !== undefined && answerersFor({ state, member: asker }).includes(member);
  if (!kinds.includes('coordinator') && !leads) return sayOnly('not-allowed');
  if (enquiry.state === 'open') return enquiry;
  return { replace: statement('enquiry-done', 'info'), say: [] };
}

/** An id from the question's words, numbered when it is taken. */
async function freeId(talk: Talk, question: string): Promise<string> {
  const saved = await talk.tables.savedKnowledge.list(talk.state.programme.id);
  const words = wordsOf(fold(question)).map((word) => word.replace(/[^a-z0-9]/g, ''));
  const base = ['svar', ...words.filter((word) => word !== '')].slice(0, 7).join('-');
  const taken = new Set(saved.map((row) => row.id));
  let id = base;
  for (let number = 2; taken.has(id); number += 1) id = `${base}-${String(number)}`;
  return id;
}
