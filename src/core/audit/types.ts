import { z } from 'zod';

/** Everything that is noted; worded in `locales/<language>/audit.json`. */
export const ACTS = [
  'notice-draft',
  'notice-edit',
  'notice-correct',
  'notice-ask',
  'notice-send',
  'notice-approve',
  'notice-refuse',
  'notice-pause',
  'notice-resume',
  'notice-retry',
  'notice-cancel',
  'notice-recall',
  'notice-file',
  'gathering-make',
  'gathering-change',
  'gathering-move',
  'gathering-cancel',
  'gathering-file',
  'sign-up-other',
  'sign-off-other',
  'attendance-take',
  'materials-send',
  'calendar-make',
  'calendar-stop',
  'deadline-accept',
  'deadline-return',
  'deadline-file',
  'pulse-draft',
  'pulse-start',
  'pulse-stop',
  'pulse-repeat',
  'pulse-extend',
  'pulse-close',
  'pulse-todo',
  'pulse-file',
  'access-admit',
  'access-decline',
  'enquiry-answer',
  'enquiry-add',
  'enquiry-decline',
  'article-save',
  'article-translate',
  'article-keep',
  'audit-file',
] as const;
export type ActName = (typeof ACTS)[number];

/** One act of somebody who may do what others may not. Ids only: no texts, no names. */
export const auditEntrySchema = z.strictObject({
  programme: z.string(),
  /** `<interaction or command>/<act>/<subject>`: the same when handled twice. */
  id: z.string(),
  /** ISO instant. */
  at: z.string(),
  /** Member who acted; `console` for the command line. */
  by: z.string(),
  /** The right that was used. */
  right: z.string(),
  /** What was done, such as `notice-recall`. */
  act: z.enum(ACTS),
  /** What it was done to: an id. */
  subject: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
