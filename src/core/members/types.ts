import { z } from 'zod';
import { LANGUAGES } from '../programme/language.js';
import { PARTIES } from '../programme/schema.js';

/** A person in an organisation of a programme, as people files tell it. What the person chose is in `Preferences`. */
export const memberSchema = z.strictObject({
  programme: z.string(),
  id: z.string().min(1),
  organisation: z.string(),
  /** Role ids of the programme. */
  roles: z.array(z.string()),
  party: z.enum(PARTIES).optional(),
  /** Networks that the person leads or takes part in apart from those of the organisation. */
  networks: z.array(z.string()),
  /** How the person is called in cards; without it the role and the organisation stand in. */
  name: z.string().optional(),
  /** Only for linking an account; never shown, never logged. */
  email: z.string().optional(),
  language: z.enum(LANGUAGES).optional(),
  zone: z.string().optional(),
  active: z.boolean(),
});
export type Member = z.infer<typeof memberSchema>;

/** What a member chose in chat; survives imports. Times are ISO instants, dates ISO dates in the member's zone. */
export const preferencesSchema = z.strictObject({
  programme: z.string(),
  /** The member's id. */
  id: z.string(),
  language: z.enum(LANGUAGES).optional(),
  /** Id of the account where the member wants to be told, when they have several. */
  account: z.string().optional(),
  quietHours: z.strictObject({ from: z.string(), until: z.string() }).optional(),
  /** No nudges from `from` through `until` (dates, both included; no `until`: until resumed). */
  pause: z.strictObject({ from: z.string(), until: z.string().optional() }).optional(),
  /** While away (dates, both included), the deputy is told instead; without one the pause rule holds. */
  absence: z.strictObject({ from: z.string(), until: z.string(), deputy: z.string().optional() }).optional(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** An organisation has handed in what an event occurrence asked for. Id: `<event>/<organisation>`. */
export const submissionSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  /** Occurrence id such as `arsrapport-2014`. */
  event: z.string(),
  organisation: z.string(),
  /** Member who said so. */
  by: z.string(),
  at: z.string(),
  /** Where it lies. */
  link: z.string().optional(),
  note: z.string().optional(),
  accepted: z.strictObject({ by: z.string(), at: z.string() }).optional(),
});
export type Submission = z.infer<typeof submissionSchema>;

/** A member asked to be told later. Id: `<event>/<member>`. */
export const snoozeSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  event: z.string(),
  member: z.string(),
  /** Date on which the member is told again. */
  until: z.string(),
  at: z.string(),
});
export type Snooze = z.infer<typeof snoozeSchema>;

/** A member said an event is not their task; they are told of it no more. Id: `<event>/<member>`. */
export const handoverSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  event: z.string(),
  member: z.string(),
  /** Member whom they named, if any. */
  to: z.string().optional(),
  at: z.string(),
});
export type Handover = z.infer<typeof handoverSchema>;
