import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import type { Place } from '../ports/chat.js';
import type { Answer, Message } from '../ports/interaction.js';
import { LANGUAGES, type Language, type Localised } from '../programme/language.js';
import type { Article, UnknownTopic } from './article.js';
import { libraryOf, type Library } from './library.js';
import { answerParts } from './live-parts.js';
import { faqMessages } from './messages.js';
import { fold } from './search/fold.js';
import { answerLanguage } from './search/language-of.js';
import type { Unhelpful } from './types.js';

/** The longest question that is kept and passed on. */
export const LONGEST_QUESTION = 1000;
/** Letters of a question by which two are told apart. */
const ID_LENGTH = 120;

/** The articles that a talk is answered from; undefined where the programme has none. */
export async function openLibrary(talk: Talk): Promise<Library | undefined> {
  const { programme } = talk.state;
  const shipped = talk.knowledge?.(programme.id);
  return shipped && libraryOf(shipped, await talk.tables.savedKnowledge.list(programme.id));
}

/** A question's language where it is clearly not the member's own. */
function languageIn(talk: Talk, question: string): { readonly language?: Language } {
  const language = answerLanguage(question, talk.language, talk.state.programme.languages);
  return language === talk.language ? {} : { language };
}

/**
 * Answers a question: with an article, with up to three to choose from, or with the offer to ask a person.
 * @returns undefined for what is no question in any word that Samling knows; that gets help instead.
 */
export async function answerQuestion(talk: Talk, text: string): Promise<Answer | undefined> {
  const library = await openLibrary(talk);
  if (library === undefined) return undefined;
  const question = text.trim().slice(0, LONGEST_QUESTION);
  const found = library.search.find(question);
  if (found.isStrange) return undefined;
  const language = languageIn(talk, question);
  const topic = library.knowledge.unknown.find((each) => each.id === found.unknown);
  if (topic !== undefined)
    return { say: [message('faq-unknown', { question, answer: textOf(topic), ...language })] };
  const [best] = found.articles;
  const article = best === undefined ? undefined : library.article(best);
  if (found.tier === 'answer' && article !== undefined) {
    const answer = answerMessage(talk, article, question, talk.interaction.place);
    return { say: [answer, ...(await askedOnce(talk, language.language))] };
  }
  const choices = found.tier === 'suggest' ? choicesOf(library, found.articles) : [];
  return { say: [message('faq-suggest', { question, choices, ...language, ...placeOf(talk) })] };
}

/** Where others read along, as buttons carry it. */
function placeOf({ interaction: { place } }: Talk): { readonly place?: Place } {
  return place === undefined ? {} : { place };
}

/** A form, for those who would rather not write in the conversation. */
export function askQuestion(): Answer {
  return { say: [message('faq-ask', {})] };
}

/** One of the articles that were offered. */
export async function showArticle(
  talk: Talk,
  form: { readonly article: string; readonly question: string; readonly place?: Place | undefined },
): Promise<Answer> {
  const article = (await openLibrary(talk))?.article(form.article);
  if (article === undefined) return sayOnly('action-not-understood');
  return { replace: answerMessage(talk, article, form.question, form.place), say: [] };
}

/** Shows an answer to all in the channel in which it was asked for; the asker keeps it without that button. */
export async function shareAnswer(
  talk: Talk,
  form: { readonly article: string; readonly question: string; readonly place: Place },
): Promise<Answer> {
  const article = (await openLibrary(talk))?.article(form.article);
  if (article === undefined) return sayOnly('action-not-understood');
  const shown = message('faq-shared', {
    question: form.question,
    title: titleOf(article),
    parts: answerParts(article, talk),
    language: languageIn(talk, form.question).language ?? talk.language,
  });
  return {
    replace: answerMessage(talk, article, form.question),
    say: [],
    publish: { place: form.place, lane: talk.interaction.workspace, message: shown },
  };
}

/** It helped: thanks, and nothing is kept. */
export function helped(): Answer {
  return { replace: statement('faq-helped', 'done'), say: [] };
}

/** It did not help: that is kept without who said so, and a person is offered. */
export async function notHelped(
  talk: Talk,
  { article, question }: { readonly article: string; readonly question: string },
): Promise<Answer> {
  await talk.tables.unhelpful.put(unhelpful(talk, article, question));
  const offer = message('faq-suggest', { question, choices: [], ...languageIn(talk, question) });
  return { replace: statement('faq-not-helped', 'info'), say: [offer] };
}

/** Keeps a question for which nothing was found, for the coordinators' weekly digest; without who asked. */
export async function noteUnanswered(talk: Talk, answer: Answer | undefined): Promise<void> {
  const [first] = answer?.say ?? [];
  if (first?.template !== 'faq-suggest') return;
  const { question, choices } = faqMessages['faq-suggest'].parse(first.data);
  if (choices.length === 0) await talk.tables.unhelpful.put(unhelpful(talk, '', question));
}

/** A person is asked now: nothing is left to learn from the question itself. */
export async function forgetUnanswered(talk: Talk, question: string): Promise<void> {
  await talk.tables.unhelpful.remove(talk.state.programme.id, [unhelpful(talk, '', question).id]);
}

/** The id follows from what is kept: the id of an event would lead to the one who asked. */
function unhelpful(talk: Talk, article: string, question: string): Unhelpful {
  const id = `${talk.today}/${article}/${fold(question).slice(0, ID_LENGTH)}`;
  return { programme: talk.state.programme.id, id, article, question, on: talk.today };
}

/** Articles as choices, by their titles. */
export function choicesOf(library: Library, ids: readonly string[]): { id: string; title: Localised }[] {
  return ids.flatMap((id) => {
    const article = library.article(id);
    if (article === undefined) return [];
    const titles = LANGUAGES.flatMap((language) => {
      const title = article.text[language]?.title;
      return title === undefined ? [] : [[language, title] as const];
    });
    return [{ id, title: Object.fromEntries(titles) }];
  });
}

function answerMessage(talk: Talk, article: Article, question: string, place?: Place): Message {
  const reads = languageIn(talk, question).language ?? talk.language;
  const written = LANGUAGES.filter((language) => article.text[language] !== undefined);
  return message('faq-answer', {
    article: article.id,
    question,
    title: titleOf(article),
    parts: answerParts(article, talk),
    ...languageIn(talk, question),
    ...(written.includes(reads) ? {} : { only: written }),
    ...(place === undefined ? {} : { place }),
  });
}

/** An article's title in the languages that it has. */
export function titleOf({ text }: Article): Localised {
  return Object.fromEntries(
    LANGUAGES.flatMap((language) => {
      const title = text[language]?.title;
      return title === undefined ? [] : [[language, title]];
    }),
  );
}

function textOf({ text }: UnknownTopic): Localised {
  return Object.fromEntries(Object.entries(text).map(([language, { answer }]) => [language, answer]));
}

/** Whoever writes clearly in another language is asked once whether to go on in it. */
async function askedOnce(talk: Talk, language: Language | undefined): Promise<readonly Message[]> {
  if (language === undefined) return [];
  const { programme } = talk.state;
  const id = `faq-language/${talk.member.id}/${language}`;
  if ((await talk.tables.settings.get(programme.id, id)) !== undefined) return [];
  await talk.tables.settings.put({ programme: programme.id, id, value: talk.today });
  return [message('faq-language', { language })];
}
