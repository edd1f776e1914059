import { z } from 'zod';
import { LANGUAGES } from '../programme/language.js';
import { audienceSchema } from '../programme/schema.js';

/** Longer titles are cut in notifications. */
export const TITLE_LONGEST = 150;
/** What fits one message on every platform, in every language, beside its buttons. */
export const BODY_LONGEST = 3000;

const id = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id of lower-case letters a–z, digits and single hyphens');
const texts = (longest: number) =>
  z.partialRecord(
    z.enum(LANGUAGES),
    z
      .string()
      .trim()
      .min(1, 'a text that is not empty')
      .max(longest, `at most ${String(longest)} characters`),
  );
const text = (longest: number) => z.union([z.string().trim().min(1).max(longest), texts(longest)]);
const web = z.url({ protocol: /^https?$/ }).max(2000);

/** What is asked of the reader: nothing, to say that it has been read, or whether one comes. */
export const ASKS = ['none', 'read', 'rsvp'] as const;

/** A notice as files and dialogs give it. Texts may use Adaptive Cards' markdown: bold, italic, lists, links. */
export const noticeSchema = z.strictObject({
  $schema: z.string().optional(),
  id,
  title: texts(TITLE_LONGEST),
  body: texts(BODY_LONGEST),
  /** Who gets it; `{}` is everybody. */
  audience: audienceSchema,
  /** Which other language those get whose own is not there; without it, a missing one stops the notice. */
  instead: z.partialRecord(z.enum(LANGUAGES), z.enum(LANGUAGES)).default({}),
  /** An https address that the chat platforms can reach. */
  picture: z.strictObject({ url: z.url({ protocol: /^https$/ }).max(2000), alt: text(300) }).optional(),
  link: z.strictObject({ url: web, title: text(60).optional() }).optional(),
  /** Id of a gathering that the notice is about. */
  gathering: z.string().optional(),
  ask: z.enum(ASKS).default('none'),
  /** Sent in quiet hours too. */
  urgent: z.boolean().default(false),
  /** Day and time in each receiver's own zone; without it, at once. */
  when: z
    .strictObject({
      date: z.iso.date('a date such as "2014-02-01"'),
      time: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as "09:00"')
        .default('09:00'),
      /** A rule of RFC 5545 from `date` on, daily at most. */
      rule: z.string().optional(),
    })
    .optional(),
});
export type NoticeDefinition = z.infer<typeof noticeSchema>;
