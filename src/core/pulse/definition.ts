import { z } from 'zod';
import { LANGUAGES } from '../programme/language.js';
import { audienceSchema } from '../programme/schema.js';

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id of lower-case letters a–z, digits and single hyphens');
const filled = z.string().trim().min(1, 'a text that is not empty');
/** A text in several languages, or one that is the same in all of them. */
const text = z.union([filled, z.partialRecord(z.enum(LANGUAGES), filled)]);

/** Words for the five steps of a scale that come in every language, balanced around a middle. */
export const SCALE_WORDS = ['agree', 'often', 'satisfied', 'easy', 'degree'] as const;

/** More choices than this are not read on a phone. */
export const MOST_CHOICES = 20;
/** More to rank than this is guessing. */
export const MOST_RANKED = 7;

const choice = z.strictObject({ id, text });
const choices = z
  .array(choice)
  .min(2, 'at least 2 choices')
  .max(MOST_CHOICES, `at most ${String(MOST_CHOICES)} choices`);

const common = {
  id,
  text,
  /** Asked only after an answer at one end of an earlier question: the lower two fifths, or the upper. */
  after: z.strictObject({ question: id, when: z.enum(['low', 'high']) }).optional(),
  /** Takes no part in the rotation: asked in every round. */
  always: z.boolean().optional(),
};

/** One question, and how it is answered. */
export const questionSchema = z.discriminatedUnion('kind', [
  /** Steps with words, the lowest first. */
  z.strictObject({
    ...common,
    kind: z.literal('scale'),
    words: z.union([z.enum(SCALE_WORDS), z.array(text).min(3, 'at least 3 steps').max(7, 'at most 7 steps')]),
  }),
  /** 0–10: how likely one is to recommend. */
  z.strictObject({ ...common, kind: z.literal('recommend') }),
  z.strictObject({ ...common, kind: z.literal('yes-no') }),
  z.strictObject({ ...common, kind: z.literal('single'), choices }),
  /** Up to `max` of the choices. */
  z.strictObject({ ...common, kind: z.literal('multiple'), choices, max: z.int().min(1) }),
  /** All choices in order, the most important first. */
  z.strictObject({
    ...common,
    kind: z.literal('ranking'),
    choices: z
      .array(choice)
      .min(2, 'at least 2 choices')
      .max(MOST_RANKED, `at most ${String(MOST_RANKED)} choices`),
  }),
  z.strictObject({ ...common, kind: z.literal('text') }),
]);
export type Question = z.infer<typeof questionSchema>;

/** What is asked; a template is this alone. */
const content = {
  $schema: z.string().optional(),
  id,
  title: text,
  /** One sentence before the first question: why this is asked, and what happens with it. */
  intro: text,
  questions: z.array(questionSchema).min(1, 'at least one question').max(12, 'at most 12 questions'),
};

/** What a pulse asks, without whom and when: what pulses are made of in chat. */
export const templateSchema = z.strictObject(content);
export type PulseTemplate = z.infer<typeof templateSchema>;

const date = z.iso.date('a date such as "2027-02-01"');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as "09:30"');

/** When rounds are sent: once, or by a rule of RFC 5545. Dates and times are local to each member. */
export const scheduleSchema = z.strictObject({
  starts: date,
  time: time.default('09:30'),
  /** Such as `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`; without it one round. */
  rule: z.string().min(1).max(200).optional(),
  /** Days a round is open; it closes at `closesAt` in the programme's zone. Default 7. */
  openDays: z.int().min(0, 'at least 0').max(60, 'at most 60').default(7),
  /** The last day of a single round, instead of `openDays`. */
  closes: date.optional(),
  closesAt: time.default('16:00'),
  /** Days after opening on which those who have not answered are reminded; at most two. */
  remindAfterDays: z.array(z.int().min(1).max(60)).max(2, 'at most two reminders').default([2]),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** Fewest answers behind any result; law 2 knows no lower. */
export const LEAST_THRESHOLD = 3;

/** By what results are shown apart, beside all together. */
export const GROUPINGS = ['organisation', 'network', 'theme'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A pulse: what is asked, of whom, when, and who may see what. */
export const pulseSchema = z.strictObject({
  ...content,
  audience: audienceSchema.default({}),
  schedule: scheduleSchema,
  /** A named pulse says so before its first question. Default false. */
  named: z.boolean().default(false),
  /** Fewest answers behind a result: default 5, at least 3. */
  threshold: z.int().min(LEAST_THRESHOLD).max(100).default(5),
  /** Fewest free texts shown together: default 10, never below the threshold. */
  textThreshold: z.int().min(LEAST_THRESHOLD).max(200).default(10),
  /** How many of the questions without `always` a round asks, in turn; without it all. */
  questionsPerRound: z.int().min(1).optional(),
  /** Share of the audience asked in each round, those first who were asked longest ago; default 1: everybody. */
  share: z.number().gt(0).max(1).default(1),
  /** Besides the whole programme, whose results are shown for themselves. */
  groupings: z.array(z.enum(GROUPINGS)).default(['organisation', 'network', 'theme']),
});
export type Pulse = z.infer<typeof pulseSchema>;
