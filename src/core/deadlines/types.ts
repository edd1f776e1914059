import { z } from 'zod';

/** What an organisation has said or been told of a submission that is not handed in. Id: `<event>/<organisation>`. */
export const workSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  event: z.string(),
  organisation: z.string(),
  /** `returned`: it was handed in and sent back, with a comment. */
  state: z.enum(['in-work', 'returned']),
  comment: z.string().optional(),
  by: z.string(),
  /** ISO instant. */
  at: z.string(),
});
export type Work = z.infer<typeof workSchema>;

/** How far an organisation is; `late` is due and not handed in. */
export const DEADLINE_STATES = [
  'late',
  'returned',
  'not-started',
  'in-work',
  'handed-in',
  'accepted',
] as const;
export type DeadlineState = (typeof DEADLINE_STATES)[number];
