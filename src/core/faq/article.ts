import { z } from 'zod';
import type { Fault } from '../errors.js';
import { faultsOf } from '../programme/faults.js';
import { LANGUAGES, type Language } from '../programme/language.js';

/** The longest answer: what a phone shows without scrolling far. */
const ANSWER_LENGTH = 900;
const FEWEST_WAYS = 4;

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id of lower-case letters, digits and hyphens');
const sentence = z
  .string()
  .trim()
  .min(1, 'a text')
  .max(ANSWER_LENGTH, `at most ${String(ANSWER_LENGTH)} characters`);
const ways = (least: number) => z.array(sentence).min(least, `at least ${String(least)} ways of asking`);
const perLanguage = <T extends z.ZodType>(text: T) =>
  z.strictObject(Object.fromEntries(LANGUAGES.map((language) => [language, text])) as Record<Language, T>);

/** One FAQ entry: a question that people ask, answered in every language. */
export const articleSchema = z.strictObject({
  $schema: z.string().optional(),
  id,
  /** The document that the facts come from. */
  source: z.string().min(1, 'the document that the facts come from'),
  /** The role that keeps the article true. */
  owner: z.enum(['coordinator', 'network-leader']),
  /** When its owner looks at it again. */
  review: z.iso.date('a date such as 2027-03-01'),
  text: perLanguage(z.strictObject({ title: sentence, answer: sentence, ask: ways(FEWEST_WAYS) })),
});

/** What Samling knows that it does not know, and where to turn instead. */
export const unknownSchema = z.strictObject({
  $schema: z.string().optional(),
  topics: z.array(
    z.strictObject({ id, text: perLanguage(z.strictObject({ answer: sentence, ask: ways(1) })) }),
  ),
});

/** The words that mean the same in all languages; see `data/faq/concepts.json`. */
export const conceptsSchema = z.strictObject({
  $schema: z.string().optional(),
  $comment: z.string().optional(),
  concepts: z.record(z.string(), z.array(z.string().min(1)).min(1)),
});

/** An article as search and answers use it; one that a coordinator saved may lack languages. */
export interface Article {
  readonly id: string;
  readonly owner: 'coordinator' | 'network-leader';
  readonly review: string;
  readonly source: string;
  readonly text: Readonly<Partial<Record<Language, ArticleText>>>;
}

export interface ArticleText {
  readonly title: string;
  readonly answer: string;
  /** Ways in which people ask. */
  readonly ask: readonly string[];
}

/** Something out of scope that people ask anyway. */
export interface UnknownTopic {
  readonly id: string;
  readonly text: Readonly<
    Partial<Record<Language, { readonly answer: string; readonly ask: readonly string[] }>>
  >;
}

/** Forms of words by concept. A star at the end of a form stands for any ending. */
export type Concepts = Readonly<Record<string, readonly string[]>>;

/** Everything that a programme's questions are answered from. */
export interface Knowledge {
  readonly articles: readonly Article[];
  readonly unknown: readonly UnknownTopic[];
  readonly concepts: Concepts;
}

/** Live parts that an answer may hold, as `{name}` or `{deadline:<id>}`. */
export const LIVE_PARTS = [
  'next-gathering',
  'sign-up',
  'next-project-leader-gathering',
  'next-theme-day',
  'network-leader',
  'coordinator',
  'project-leader',
  'cohort',
  'themes',
] as const;

/** Splits an answer into texts (even places) and names of live parts (odd places). */
export function splitLiveParts(answer: string): readonly string[] {
  return answer.split(/\{([a-z:-]+)\}/);
}

/** Checks an article as it was read from a file; all faults at once. */
export function checkArticle(source: string, raw: unknown): { article?: Article; faults: readonly Fault[] } {
  const parsed = articleSchema.safeParse(raw);
  if (!parsed.success) return { faults: faultsOf(source, raw, parsed.error) };
  const article = parsed.data;
  const faults: Fault[] = [];
  if (!source.endsWith(`${article.id}.json`))
    faults.push({ source, path: 'id', found: article.id, expected: 'the name of the file' });
  for (const language of LANGUAGES) {
    splitLiveParts(article.text[language].answer).forEach((part, index) => {
      if (index % 2 === 0 || isLivePart(part)) return;
      const expected = `one of ${LIVE_PARTS.join(', ')} or deadline:<id>`;
      faults.push({ source, path: `text.${language}.answer`, found: `{${part}}`, expected });
    });
  }
  return faults.length > 0 ? { faults } : { article, faults };
}

/** Whether a name in braces is a live part. */
export function isLivePart(name: string): boolean {
  return (LIVE_PARTS as readonly string[]).includes(name) || /^deadline:[a-z-]+$/.test(name);
}
