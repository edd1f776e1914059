import { z } from 'zod';
import { FILE_KINDS } from '../files/types.js';
import { gatheringSchema, PARTIES } from '../programme/schema.js';

/** What somebody says about coming. `waiting`: wants to, and there is no place yet. */
export const ANSWERS = ['yes', 'maybe', 'no', 'waiting'] as const;
export type RsvpAnswer = (typeof ANSWERS)[number];

/** A member's answer to one gathering. Id: `<gathering>/<member>`. */
export const rsvpSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  gathering: z.string(),
  member: z.string(),
  /** Left out after a move: the member is asked again. */
  answer: z.enum(ANSWERS).optional(),
  /** Member who said so. */
  by: z.string(),
  /** ISO instant; whoever waits longest moves up first. */
  at: z.string(),
  /** Diet or access; gone when the gathering is over. */
  needs: z.string().optional(),
  /** Taken down at the gathering. */
  attended: z.boolean().optional(),
});
export type Rsvp = z.infer<typeof rsvpSchema>;

/** Somebody without an account whom a project leader signs up; gone when the gathering is over. Id: `<gathering>/<organisation>/<token>`. */
export const guestSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  gathering: z.string(),
  organisation: z.string(),
  name: z.string(),
  party: z.enum(PARTIES).optional(),
  needs: z.string().optional(),
  answer: z.enum(['yes', 'waiting']),
  by: z.string(),
  at: z.string(),
  attended: z.boolean().optional(),
});
export type Guest = z.infer<typeof guestSchema>;

/** A gathering made or changed in chat; it stands before that of the programme file. Id: the gathering's. */
export const gatheringRowSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  gathering: gatheringSchema,
  /** Rises with each change; calendars know by it which version is newer (RFC 5545, 3.8.7.4). */
  sequence: z.int().min(0),
  cancelled: z.boolean(),
  by: z.string(),
  /** ISO instant of the last change. */
  at: z.string(),
});
export type GatheringRow = z.infer<typeof gatheringRowSchema>;

/** How many of a party were there, of an organisation: what is left of an attendance list. Id: `<gathering>`. */
export const attendanceSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  by: z.string(),
  at: z.string(),
  /** Members who were there. */
  members: z.array(z.string()),
});
export type Attendance = z.infer<typeof attendanceSchema>;

/** A secret address of a calendar, of the list of who comes, or of a file. Id: hash of the token. */
export const feedSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  /** Whose it is; it shows what that member may see, and ends with the membership. */
  member: z.string(),
  what: z.enum(['own', 'network', 'programme', 'matrix', ...FILE_KINDS]),
  network: z.string().optional(),
  /** The gathering whose list it gives; only for `matrix`. */
  gathering: z.string().optional(),
  /** What the file is of; only for files. */
  subject: z.string().optional(),
  at: z.string(),
});
export type Feed = z.infer<typeof feedSchema>;
