import { z } from 'zod';
import { LANGUAGES } from '../programme/language.js';
import { SCALE_WORDS } from './definition.js';

const text = z.union([z.string(), z.partialRecord(z.enum(LANGUAGES), z.string())]);

/** A question as its card shows it. */
const asked = z.strictObject({
  place: z.int(),
  kind: z.enum(['scale', 'recommend', 'yes-no', 'single', 'multiple', 'ranking', 'text']),
  text,
  words: z.union([z.enum(SCALE_WORDS), z.array(text)]).optional(),
  choices: z.array(text).optional(),
  max: z.int().optional(),
});
export type AskedQuestion = z.infer<typeof asked>;

/** What the cards of one ballot carry. An anonymous card never shows what was answered. */
const ballot = {
  round: z.string(),
  /** Empty for a preview and a named round. */
  token: z.string(),
  /** The card is a reminder's. */
  again: z.boolean(),
  title: text,
  named: z.boolean(),
  closes: z.string(),
};

const interval = z.strictObject({ low: z.number(), high: z.number() });
const resultItem = z.strictObject({
  question: asked,
  verdict: z.enum(['shown', 'few', 'would-reveal']),
  n: z.int(),
  counts: z.array(z.int()),
  /** Share of answers at the upper end, 0–1, with its interval. */
  share: interval.extend({ value: z.number() }).optional(),
  mean: interval.partial().extend({ value: z.number() }).optional(),
  /** Promoters less detractors, −100 to 100. */
  score: z.number().optional(),
  /** Mean place of each choice of a ranking. */
  places: z.array(z.number()).optional(),
  texts: z.array(z.string()).optional(),
  textsLeftOut: z.int().optional(),
  /** Change of the share since the round before, in percentage points; `sure` when its interval leaves out zero. */
  change: z.strictObject({ points: z.number(), since: z.string(), sure: z.boolean() }).optional(),
  /** Points of the share each round, by least squares over at least three rounds. */
  slope: z.number().optional(),
  /** Difference of the share to the whole programme, in percentage points. */
  against: z.number().optional(),
});
export type ResultItem = z.infer<typeof resultItem>;

/** Messages of pulses, by template name. */
export const pulseMessageSchemas = {
  'pulse-question': z.strictObject({
    ...ballot,
    intro: text.optional(),
    threshold: z.int(),
    /** Which of how many. */
    number: z.int(),
    of: z.int(),
    question: asked,
    answered: z.boolean(),
    wrong: z.boolean().optional(),
    back: z.int().optional(),
    next: z.int().optional(),
    preview: z.boolean().optional(),
    inLanguage: z.enum(LANGUAGES).optional(),
  }),
  /** What a round gave, as far as its reader may see it. */
  'pulse-result': z.strictObject({
    title: text,
    number: z.int(),
    opened: z.string(),
    named: z.boolean(),
    threshold: z.int(),
    parts: z.array(
      z.strictObject({
        /** Whose answers; none for the whole. */
        name: text.optional(),
        asked: z.int(),
        answered: z.int(),
        items: z.array(resultItem),
        /** Whether charts, certainty and texts are shown, or a sentence for each question. */
        full: z.boolean(),
      }),
    ),
    /** Names of groups that are not shown. */
    withheld: z.array(text),
    todo: text.optional(),
    /** Set for those who may say what they do about it, and take the numbers home. */
    round: z.string().optional(),
  }),
  'pulse-thanks': z.strictObject({
    ...ballot,
    first: z.int(),
    preview: z.boolean().optional(),
    inLanguage: z.enum(LANGUAGES).optional(),
  }),
} as const;

const rank = z.string().optional();

/** What buttons of a ballot's card send. */
export const pulseActionSchemas = {
  'pulse-answer': z.object({
    round: z.string(),
    token: z.string().max(64),
    again: z.boolean().default(false),
    question: z.int(),
    inLanguage: z.enum(LANGUAGES).optional(),
    value: z.union([z.string(), z.number()]).optional(),
    picked: z.string().optional(),
    text: z.string().optional(),
    rank1: rank,
    rank2: rank,
    rank3: rank,
    rank4: rank,
    rank5: rank,
    rank6: rank,
    rank7: rank,
  }),
  /** Shows one question of the ballot again. */
  'pulse-show': z.object({
    round: z.string(),
    token: z.string().max(64),
    again: z.boolean().default(false),
    question: z.int(),
    inLanguage: z.enum(LANGUAGES).optional(),
  }),
  /** The ballot's card as it is now; sent by chats whose cards renew themselves. */
  'pulse-refresh': z.object({
    round: z.string(),
    token: z.string().max(64),
    again: z.boolean().default(false),
    question: z.int(),
    /** The card after the last question. */
    done: z.boolean().default(false),
  }),
} as const;
