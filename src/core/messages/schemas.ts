import { z } from 'zod';
import { fileActions, fileMessages } from '../files/messages.js';
import { faqActions, faqMessages } from '../faq/messages.js';
import { identityActions, identityMessages } from '../identity/messages.js';
import { LANGUAGES } from '../programme/language.js';
import { deadlineActions, deadlineMessages } from '../deadlines/messages.js';
import { gatheringActions, gatheringMessages } from '../gatherings/messages.js';
import { ANSWERS } from '../gatherings/types.js';
import { noticeActions, noticeMessages } from '../notices/messages.js';
import { pulseCoordinatorActions, pulseCoordinatorMessages } from '../pulse/coordinator-messages.js';
import { pulseActionSchemas, pulseMessageSchemas } from '../pulse/messages.js';

/** What the core says, in no language yet. A view in `cards` turns each into texts, a template into a card. */

const text = z.union([z.string(), z.partialRecord(z.enum(LANGUAGES), z.string())]);

/** Ways from a member's own page to what not everybody may do. */
export const HOME_DOORS = ['notices', 'gatherings', 'deadlines', 'pulses', 'audit'] as const;

/** A person as cards call them: by name where one is known, else by role and organisation. */
const person = z.strictObject({ name: z.string().optional(), role: text, organisation: text });
/** A choice of persons, id first. */
const colleague = person.extend({ id: z.string() });

/** One gathering or deadline as one member sees it. Dates are ISO dates; days are whole days in the member's zone. */
export const eventItemSchema = z.strictObject({
  /** Occurrence id, such as `arsrapport-2014`. */
  event: z.string(),
  kind: z.enum(['gathering', 'deadline']),
  title: text,
  starts: z.string(),
  ends: z.string().optional(),
  startTime: z.string().optional(),
  endTime: z.string().optional(),
  place: text.optional(),
  whatToDo: text.optional(),
  link: z.string().optional(),
  signUpBy: z.string().optional(),
  signUp: text.optional(),
  /** 0 today, 1 tomorrow, −1 yesterday. */
  daysLeft: z.int(),
  organisation: text,
  /** Why this member is told: the role that the event's audience names, and the network, where there is one. */
  why: z.strictObject({ role: text.optional(), network: text.optional() }),
  /** Set when the member is told as somebody's deputy. */
  onBehalfOf: person.optional(),
  status: z.enum(['open', 'handed-in', 'snoozed', 'not-mine']),
  snoozedUntil: z.string().optional(),
  /** Whether "handed in" makes sense for this event and member. */
  canHandIn: z.boolean(),
  /** Which "remind me later" choices would come in time. */
  snoozeChoices: z.array(z.enum(['tomorrow', 'in-3-days', 'next-week'])),
  /** What the member has said about coming; `open`: nothing yet. Gatherings only. */
  rsvp: z.enum([...ANSWERS, 'open']).optional(),
  /** Whether one may still sign up. */
  canSignUp: z.boolean().optional(),
  /** Whether the reader may sign up others of the organisation. */
  canSignUpOthers: z.boolean().optional(),
  /** The member whom an answer is for, when it is not the reader. */
  member: z.string().optional(),
  agenda: z.array(z.strictObject({ time: z.string(), title: text })).optional(),
  /** Address of the calendar file, where one can be offered. */
  calendarUrl: z.string().optional(),
});
export type EventItem = z.infer<typeof eventItemSchema>;

const overdueSchema = z.strictObject({
  event: z.string(),
  title: text,
  due: z.string(),
  daysOverdue: z.int(),
  organisations: z.array(text),
});

/** The choice of no person in a list of persons; choices must have a value. */
export const NOBODY = 'nobody';

/** A person's id from such a list, or nobody. */
const chosen = z
  .string()
  .optional()
  .transform((id) => (id === NOBODY || id === '' ? undefined : id));

const agendaSchema = z.strictObject({
  scope: z.enum(['coming', 'deadlines', 'gatherings']),
  items: z.array(eventItemSchema),
  pausedUntil: z.string().optional(),
  /** Paused without an end. */
  paused: z.boolean(),
});

/** Every message, by template name. */
export const messageSchemas = {
  /** One or more events of one day. */
  nudge: z.strictObject({ items: z.array(eventItemSchema).min(1) }),
  /** What is overdue, for a network leader or coordinator, once a day. */
  digest: z.strictObject({ date: z.string(), overdue: z.array(overdueSchema).min(1) }),
  /** Answer to "what is coming up for me", "deadlines", "gatherings". */
  agenda: agendaSchema,
  /** A member's own page, such as Slack's home tab. */
  home: z.strictObject({
    agenda: agendaSchema,
    programme: text,
    /** Those that the member could choose instead. */
    languages: z.array(z.enum(LANGUAGES)),
    isCoordinator: z.boolean(),
    openRequests: z.int(),
    /** What the member may do for others, beside asking and looking. */
    doors: z.array(z.enum(HOME_DOORS)),
  }),
  /** What Samling can do; `understood: false` after a text it did not understand. */
  help: z.strictObject({
    understood: z.boolean(),
    programme: text,
    /** What the member may do for others. */
    doors: z.array(z.enum(HOME_DOORS)).default([]),
  }),
  language: z.strictObject({ current: z.enum(LANGUAGES), choices: z.array(z.enum(LANGUAGES)) }),
  /** Form: pause until, with or without a deputy. */
  pause: z.strictObject({
    today: z.string(),
    colleagues: z.array(colleague),
    paused: z.boolean(),
    until: z.string().optional(),
  }),
  /** Form: not my task, whose is it. */
  'not-mine': z.strictObject({ event: z.string(), title: text, colleagues: z.array(colleague) }),
  /** To the coordinator: somebody said an event is not their task. */
  'handover-notice': z.strictObject({
    title: text,
    date: z.string(),
    member: person,
    to: person.optional(),
    /** What the member wrote, shown as plain text. */
    note: z.string().optional(),
  }),
  /** One sentence that a handler says; key and arguments of `locales/<language>/statements.json`. */
  statement: z.strictObject({
    key: z.string(),
    /** ISO dates are given as `{ date }`, texts in several languages as `{ text }`. */
    args: z.record(
      z.string(),
      z.union([z.string(), z.number(), z.strictObject({ date: z.string() }), z.strictObject({ text })]),
    ),
    tone: z.enum(['done', 'info', 'problem']),
  }),
  ...identityMessages,
  ...faqMessages,
  ...pulseMessageSchemas,
  ...pulseCoordinatorMessages,
  ...noticeMessages,
  ...gatheringMessages,
  ...deadlineMessages,
  ...fileMessages,
} as const;

export type MessageName = keyof typeof messageSchemas;
export type MessageData<N extends MessageName> = z.infer<(typeof messageSchemas)[N]>;

/**
 * The verbs of card buttons, and the data that each carries besides what is entered.
 * Buttons send `{ verb, ...data }`.
 */
export const actionSchemas = {
  'handed-in': z.object({ event: z.string() }),
  'undo-handed-in': z.object({ event: z.string() }),
  snooze: z.object({ event: z.string(), until: z.enum(['tomorrow', 'in-3-days', 'next-week']) }),
  'not-mine': z.object({ event: z.string() }),
  'not-mine-send': z.object({
    event: z.string(),
    to: chosen,
    note: z.string().max(1000).optional(),
  }),
  'set-language': z.object({ language: z.enum(LANGUAGES) }),
  'pause-send': z.object({ until: z.string().optional(), deputy: chosen }),
  resume: z.object({}),
  /** The card as it is now; sent by chats whose cards renew themselves. */
  refresh: z.object({}),
  show: z.object({
    what: z.enum([
      'coming',
      'deadlines',
      'gatherings',
      'calendars',
      'language',
      'pause',
      'pulses',
      'notices',
      'audit',
      'ask',
      'help',
    ]),
  }),
  ...identityActions,
  ...faqActions,
  ...pulseActionSchemas,
  ...pulseCoordinatorActions,
  ...noticeActions,
  ...gatheringActions,
  ...deadlineActions,
  ...fileActions,
} as const;

export type ActionVerb = keyof typeof actionSchemas;
