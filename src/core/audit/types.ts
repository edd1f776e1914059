import { z } from 'zod';

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
  act: z.string(),
  /** What it was done to: an id. */
  subject: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
