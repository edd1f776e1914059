import { z } from 'zod';
import { ACTS } from '../audit/types.js';
import { LANGUAGES } from '../programme/language.js';
import { FILE_KINDS } from './types.js';

const text = z.union([z.string(), z.partialRecord(z.enum(LANGUAGES), z.string())]);
const person = z.strictObject({ name: z.string().optional(), role: text, organisation: text });

/** What is said of files and of the log, by template name. */
export const fileMessages = {
  /** Addresses of a file, as a workbook and as text, shown once. */
  'file-address': z.strictObject({
    what: z.enum(FILE_KINDS),
    title: text.optional(),
    urls: z.array(z.string()).min(1),
    /** For how long they work. */
    hours: z.int(),
  }),
  /** Who did what, the newest first. */
  audit: z.strictObject({
    acts: z.array(
      z.strictObject({
        /** In the reader's zone. */
        date: z.string(),
        time: z.string(),
        act: z.enum(ACTS),
        subject: z.string(),
        /** Left out for who is not there any more. */
        by: person.optional(),
      }),
    ),
    more: z.int().min(0),
  }),
} as const;

const id = z.string().min(1).max(200);

/** The verbs of buttons for files and the log. */
export const fileActions = {
  'audit-list': z.object({}),
  'audit-file': z.object({}),
  'notice-file': z.object({ sending: id }),
  'deadline-file': z.object({ event: id }),
  'pulse-file': z.object({ round: id }),
} as const;
