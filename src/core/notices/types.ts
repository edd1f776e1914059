import { z } from 'zod';
import { LANGUAGES } from '../programme/language.js';
import { noticeSchema } from './definition.js';

/** How far a notice is. `asked`: waits for a second coordinator's yes. */
export const NOTICE_STATES = ['draft', 'asked', 'scheduled', 'sent', 'cancelled', 'recalled'] as const;

/** A notice. Id: the definition's. */
export const noticeRowSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  notice: noticeSchema,
  state: z.enum(NOTICE_STATES),
  /** Member who made it; `console` for the command line. */
  by: z.string(),
  /** Member who said yes to it, where many get it. */
  approvedBy: z.string().optional(),
  /** 1, and one more with each correction. */
  version: z.int().min(1),
  /** Kept to make others of, never sent itself. */
  isTemplate: z.boolean().default(false),
});
export type NoticeRow = z.infer<typeof noticeRowSchema>;

/** One sending of a notice: who gets it was settled when it began. Id: `<notice>/<turn>`. */
export const sendingSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  notice: z.string(),
  /** `1`, or the date of a turn of a repeated notice. */
  turn: z.string(),
  /** `recalled` and `cancelled` are final. */
  state: z.enum(['sending', 'paused', 'done', 'cancelled', 'recalled']),
  receivers: z.array(z.strictObject({ member: z.string(), language: z.enum(LANGUAGES) })),
  /** Who would have got it, and why not. */
  unreached: z.array(z.strictObject({ member: z.string(), reason: z.string() })),
  startedMs: z.number(),
  /** How often what failed has been tried again. */
  retries: z.int().min(0),
  /** How often it was corrected; names the deliveries. */
  corrections: z.int().min(0),
  /** What the progress card says, and how often it was changed. */
  shown: z.strictObject({ what: z.string(), times: z.int(), nextMs: z.number().optional() }).optional(),
});
export type Sending = z.infer<typeof sendingSchema>;

/** A reader's own word that the notice has been read. Id: `<notice>/<turn>/<member>`. */
export const receiptSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  sending: z.string(),
  member: z.string(),
  /** ISO instant. */
  at: z.string(),
});
export type Receipt = z.infer<typeof receiptSchema>;
