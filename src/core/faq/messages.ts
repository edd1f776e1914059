import { z } from 'zod';
import { LANGUAGES } from '../programme/language.js';

const language = z.enum(LANGUAGES);
const text = z.union([z.string(), z.partialRecord(language, z.string())]);
const person = z.strictObject({ name: z.string().optional(), role: text, organisation: text });
const choice = z.strictObject({ id: z.string(), title: text });

/** A value inside a live sentence. */
const arg = z.union([
  z.string(),
  z.strictObject({ date: z.string() }),
  z.strictObject({ text }),
  z.strictObject({ texts: z.array(text) }),
  z.strictObject({ people: z.array(person) }),
]);

/** A part of an answer: what the article says, or a sentence of `faq.json` filled for the asker and today. */
const part = z.union([
  z.strictObject({ text }),
  z.strictObject({ sentence: z.string(), args: z.record(z.string(), arg) }),
]);
export type AnswerPart = z.infer<typeof part>;

const question = z.string().max(1000);

/** Channel in which the question was asked; the answer can be shown to all there. */
const place = z.record(z.string(), z.string()).optional();

/** What is said about questions. `language` is that of the question, where it is clearly not the member's own. */
export const faqMessages = {
  'faq-answer': z.strictObject({
    article: z.string(),
    question,
    title: text,
    parts: z.array(part),
    language: language.optional(),
    /** Languages in which the answer is, when the asker's is not among them. */
    only: z.array(language).optional(),
    place,
  }),
  /** To all in a channel: an answer that the asker chose to show. */
  'faq-shared': z.strictObject({
    question,
    title: text,
    parts: z.array(part),
    language: language.optional(),
  }),
  /** Form: ask something. */
  'faq-ask': z.strictObject({}),
  /** Form: an article that coordinators saved, in a language that it lacks. */
  'faq-translation': z.strictObject({
    article: z.string(),
    title: z.string(),
    answer: z.string(),
    into: language,
  }),
  /** Up to three articles that may be meant, and the way to a person. */
  'faq-suggest': z.strictObject({
    question,
    choices: z.array(choice).max(3),
    language: language.optional(),
    place,
  }),
  /** What Samling knows that it does not know. */
  'faq-unknown': z.strictObject({ question, answer: text, language: language.optional() }),
  /** Asked once: shall Samling speak that language from now on. */
  'faq-language': z.strictObject({ language }),
  /** To a coordinator or network leader: a question that was passed on. */
  enquiry: z.strictObject({
    enquiry: z.string(),
    question,
    asker: person,
    /** The language in which the asker reads. */
    asks: language,
    articles: z.array(choice).min(1),
  }),
  /** To the one who answered in another language than the asker reads: what the asker would see. */
  'enquiry-check': z.strictObject({
    enquiry: z.string(),
    question,
    answer: z.string(),
    asks: language,
    written: language,
    saves: z.boolean(),
  }),
  /** Once a week, to coordinators and owners of articles. */
  'faq-digest': z.strictObject({
    /** What no article helped with; `title` of the one that did not help. */
    questions: z.array(z.strictObject({ question, title: text.optional(), times: z.int() })),
    /** Questions that wait for a person's answer. */
    waiting: z.array(z.strictObject({ enquiry: z.string(), question })),
    /** Questions that nobody could answer. */
    declined: z.array(question),
    /** Articles past their review date. */
    reviews: z.array(z.strictObject({ article: z.string(), title: text, review: z.string() })),
    /** Saved articles, and the programme's languages that they lack. */
    translations: z.array(z.strictObject({ article: z.string(), title: text, missing: z.array(language) })),
  }),
  /** To the asker: what a person answered. */
  'enquiry-answered': z.strictObject({ question, answer: z.string(), language: language.optional() }),
} as const;

const enquiry = z.string();

/** The verbs of these cards' buttons. */
export const faqActions = {
  'faq-show': z.object({ article: z.string(), question, place }),
  'faq-share': z.object({ article: z.string(), question, place: z.record(z.string(), z.string()) }),
  'faq-ask': z.object({ question: z.string().optional() }),
  'faq-translate': z.object({ article: z.string() }),
  'faq-translate-send': z.object({
    article: z.string(),
    into: language,
    title: z.string().max(300).optional(),
    answer: z.string().max(2000).optional(),
  }),
  'faq-pass-on': z.object({ question }),
  'faq-helped': z.object({ article: z.string(), question }),
  'faq-not-helped': z.object({ article: z.string(), question }),
  'enquiry-answer': z.object({
    enquiry,
    answer: z.string().max(2000).optional(),
    asIs: z.boolean().optional(),
  }),
  'enquiry-save': z.object({
    enquiry,
    answer: z.string().max(2000).optional(),
    asIs: z.boolean().optional(),
  }),
  'enquiry-show': z.object({ enquiry }),
  'faq-keep': z.object({ article: z.string() }),
  'enquiry-add': z.object({ enquiry, article: z.string().optional() }),
  'enquiry-not-ours': z.object({ enquiry }),
} as const;
