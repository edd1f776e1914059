import { note } from '../audit/audit.js';
import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import { roleKindsOf } from '../members/member-view.js';
import type { Answer } from '../ports/interaction.js';
import { LANGUAGES, type Language } from '../programme/language.js';
import type { Article } from './article.js';
import type { SavedKnowledge } from './types.js';

/** An article that coordinators saved, and the programme's languages that it lacks. */
export interface Untranslated {
  readonly article: Article;
  readonly missing: readonly Language[];
}

/** Saved articles that cannot be read in every language of the programme. */
export function untranslated(
  saved: readonly SavedKnowledge[],
  languages: readonly Language[],
): readonly Untranslated[] {
  return saved.flatMap((row) => {
    if (row.kind !== 'article') return [];
    const missing = languages.filter((language) => row.article.text[language] === undefined);
    return missing.length === 0 ? [] : [{ article: row.article, missing }];
  });
}

type SavedArticle = Extract<SavedKnowledge, { kind: 'article' }>;

async function savedArticle(talk: Talk, id: string): Promise<SavedArticle | undefined> {
  const saved = await talk.tables.savedKnowledge.list(talk.state.programme.id);
  return saved.find((row): row is SavedArticle => row.kind === 'article' && row.article.id === id);
}

function mayTranslate(talk: Talk): boolean {
  return roleKindsOf(talk.state.programme, talk.member).includes('coordinator');
}

/** Shows what there is of a saved article, and asks for it in the first language that is missing. */
export async function askTranslation(talk: Talk, form: { readonly article: string }): Promise<Answer> {
  if (!mayTranslate(talk)) return sayOnly('not-allowed');
  const row = await savedArticle(talk, form.article);
  const [next] = row === undefined ? [] : untranslated([row], talk.state.programme.languages);
  if (next === undefined) return { say: [statement('faq-translated', 'done')] };
  const { text, id } = next.article;
  const given = text[talk.language] ?? LANGUAGES.map((each) => text[each]).find((each) => each !== undefined);
  const [into] = next.missing as readonly [Language];
  const { title = '', answer = '' } = given ?? {};
  return { say: [message('faq-translation', { article: id, title, answer, into })] };
}

/** Adds a language to a saved article; it is found and answered in it from now on. */
export async function translateArticle(
  talk: Talk,
  form: {
    readonly article: string;
    readonly into: Language;
    readonly title?: string | undefined;
    readonly answer?: string | undefined;
  },
): Promise<Answer> {
  if (!mayTranslate(talk)) return sayOnly('not-allowed');
  const row = await savedArticle(talk, form.article);
  if (row === undefined) return sayOnly('action-not-understood');
  const [title, answer] = [form.title?.trim() ?? '', form.answer?.trim() ?? ''];
  if (title === '' || answer === '') return sayOnly('enquiry-no-answer');
  const text = { ...row.article.text, [form.into]: { title, answer, ask: [title] } };
  await talk.tables.savedKnowledge.put({ ...row, article: { ...row.article, text } });
  await note(talk, { right: 'enquiry-answer', act: 'article-translate', subject: row.article.id });
  const { say } = await askTranslation(talk, form);
  return { replace: statement('faq-translation-saved', 'done', { title }), say };
}
