import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import { networksOf, personOf, roleKindsOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Answer } from '../ports/interaction.js';
import { choicesOf, openLibrary, LONGEST_QUESTION } from './answering.js';
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
  const card = message('enquiry', {
    enquiry: enquiry.id,
    question,
    asker: personOf(programme, talk.member),
    asks: language,
    articles: likelyArticles(library, question),
  });
  return {
    replace: statement('faq-passed-on', 'done'),
    say: [],
    tell: answerers.map((each) => ({ member: each.id, message: card })),
  };
}

function answerersFor({ state, member }: Talk): readonly Member[] {
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

type Form = { readonly enquiry: string; readonly answer?: string | undefined };

/** Sends a person's answer to the one who asked. */
export async function answerEnquiry(talk: Talk, form: Form): Promise<Answer> {
  return settle(talk, form, () => Promise.resolve());
}

/** Sends the answer, and keeps it as an article that is found from now on. */
export async function saveEnquiry(talk: Talk, form: Form): Promise<Answer> {
  return settle(talk, form, async (enquiry, answer) => {
    const { programme, language, question } = enquiry;
    const id = await freeId(talk, question);
    const review = `${String(Number(talk.today.slice(0, 4)) + REVIEW_AFTER_YEARS)}${talk.today.slice(4)}`;
    const text = { [language]: { title: question, answer, ask: [question] } };
    const article = { id, owner: 'coordinator' as const, review, source: 'Answer to an enquiry', text };
    await talk.tables.savedKnowledge.put({ programme, id, kind: 'article', article });
  });
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
  const titles = choicesOf((await openLibrary(talk)) as Library, [article.id]);
  const told = message('faq-suggest', { question, choices: titles, language });
  return { replace: statement('enquiry-added', 'done'), say: [], tell: [{ member, message: told }] };
}

/** Not for us: the asker is told so. */
export async function declineEnquiry(talk: Talk, form: { readonly enquiry: string }): Promise<Answer> {
  const open = await openEnquiry(talk, form.enquiry);
  if ('say' in open) return open;
  await talk.tables.enquiries.put({ ...open, state: 'declined' });
  const told = statement('enquiry-declined', 'info', { question: open.question });
  return {
    replace: statement('enquiry-closed', 'done'),
    say: [],
    tell: [{ member: open.member, message: told }],
  };
}

async function settle(
  talk: Talk,
  form: Form,
  keep: (enquiry: Enquiry, answer: string) => Promise<void>,
): Promise<Answer> {
  const open = await openEnquiry(talk, form.enquiry);
  if ('say' in open) return open;
  const answer = form.answer?.trim() ?? '';
  if (answer === '') return sayOnly('enquiry-no-answer');
  await keep(open, answer);
  await talk.tables.enquiries.put({ ...open, state: 'answered' });
  const { question, member, language } = open;
  const told = message('enquiry-answered', { question, answer, language });
  return {
    replace: statement('enquiry-sent', 'done', { answer }),
    say: [],
    tell: [{ member, message: told }],
  };
}

/** The enquiry, if it waits for an answer and the member may give one. */
async function openEnquiry(talk: Talk, id: string): Promise<Enquiry | Answer> {
  const kinds = roleKindsOf(talk.state.programme, talk.member);
  if (!kinds.includes('coordinator') && !kinds.includes('network-leader')) return sayOnly('not-allowed');
  const enquiry = await talk.tables.enquiries.get(talk.state.programme.id, id);
  if (enquiry === undefined) return sayOnly('action-not-understood');
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
