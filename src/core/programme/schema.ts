import { z } from 'zod';
import { LANGUAGES } from './language.js';

const id = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'an id of lower-case letters a–z, digits and single hyphens, such as "pulje-2"',
  );

/** ISO date, `2014-02-01`. */
const date = z.iso.date('a date such as "2014-02-01"');
/** Clock time, `09:00`. */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as "09:00"');
/** Month and day of a yearly date, `02-01`. */
const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a month and day such as "02-01"');

const localised = z.partialRecord(z.enum(LANGUAGES), z.string().trim().min(1, 'a text that is not empty'));
const text = z.union([z.string().trim().min(1, 'a text that is not empty'), localised]);
const languages = z.array(z.enum(LANGUAGES)).min(1, 'at least one language');

/** What a role may do; a programme's own role names map to one of these. */
export const ROLE_KINDS = [
  'coordinator',
  'network-leader',
  'project-leader',
  'project-owner',
  'minute-taker',
  'representative',
  'employee',
  /** Sits in one of the programme's own bodies, such as its council; hands nothing in. */
  'adviser',
] as const;
export type RoleKind = (typeof ROLE_KINDS)[number];

/** The three parties that each organisation sends to a gathering. */
export const PARTIES = ['political', 'administrative', 'union'] as const;
export type Party = (typeof PARTIES)[number];

/** Picks members: every condition given must hold, and each holds if any of its values does. `{}` is everybody. */
export const audienceSchema = z.strictObject({
  roles: z.array(id).min(1).optional(),
  cohorts: z.array(id).min(1).optional(),
  networks: z.array(id).min(1).optional(),
  themes: z.array(id).min(1).optional(),
  organisations: z.array(id).min(1).optional(),
  parties: z.array(z.enum(PARTIES)).min(1).optional(),
  languages: languages.optional(),
  /** Organisations that leave the programme early, in this year. */
  leavingIn: z.int().optional(),
});

const theme = z.strictObject({ id, name: text });
const cohort = z.strictObject({ id, name: text, starts: date.optional(), ends: date.optional() });
const network = z.strictObject({ id, name: text, theme: id.optional(), cohort: id.optional() });
const role = z.strictObject({ id, name: text, kind: z.enum(ROLE_KINDS) });

const organisation = z.strictObject({
  id,
  name: text,
  /** The organisation's languages, its own first; default: the programme's. */
  languages: languages.optional(),
  zone: z.string().optional(),
  /** Holiday region below the country, as `date-holidays` names it; most need none. */
  region: z.string().optional(),
  cohort: id.optional(),
  networks: z.array(id).default([]),
  themes: z.array(id).default([]),
  /** The year in which it leaves the programme, when that is before the programme ends. */
  leavesIn: z.int().optional(),
});

/** Kinds of dated events; `other` shows the title alone. */
export const GATHERING_KINDS = [
  'network-gathering',
  'project-leader-gathering',
  'theme-day',
  'seminar',
  'intro-day',
  'launch',
  'other',
] as const;

/** A gathering, as programme files give it and as chat makes and changes it. */
export const gatheringSchema = z.strictObject({
  id,
  kind: z.enum(GATHERING_KINDS),
  title: text,
  /** Which of a numbered series, such as network gathering 2. */
  number: z.int().positive().optional(),
  starts: date,
  ends: date.optional(),
  startTime: time.optional(),
  endTime: time.optional(),
  place: text.optional(),
  audience: audienceSchema,
  /** Places; who says yes beyond them waits for one. */
  capacity: z.int().min(1).optional(),
  /** How often it has been moved; reminders of each date are counted by themselves. */
  moved: z.int().min(0).optional(),
  /** What happens when, in order. */
  agenda: z.array(z.strictObject({ time, title: text })).optional(),
  signUpBy: date.optional(),
  /** Whom to sign up, and how. */
  signUp: text.optional(),
  link: z.url({ protocol: /^https?$/ }).optional(),
});

const deadline = z.strictObject({
  id,
  title: text,
  /** One date, or each year on a day, first and last year included. */
  due: z.union([date, z.strictObject({ yearly: monthDay, from: z.int(), until: z.int() })]),
  /** Time of day by which it is due; default: end of the day. */
  time: time.optional(),
  audience: audienceSchema,
  /** Only for organisations that leave the programme early in the year of the due date. */
  ofLeavers: z.boolean().default(false),
  whatToDo: text.optional(),
  link: z.url({ protocol: /^https?$/ }).optional(),
});

const days = z.array(z.int().min(0).max(365));

/** How, when and how often a programme may speak to its members. */
const policy = z.strictObject({
  /** Time of day at which nudges go out, in the member's zone. */
  nudgeAt: time,
  /** Whole days before a gathering at which its members are told; 0 is the day itself. */
  gatheringLeadDays: days,
  /** Whole days before a deadline at which it is told; 0 is the day itself. */
  deadlineLeadDays: days,
  /** Whole days after a deadline at which an organisation that has not handed in is reminded. */
  overdueDays: days,
  /** No message between these times of day, in the member's zone; may span midnight. */
  quietHours: z.strictObject({ from: time, until: time }),
  /** Days of the week without messages, 1 = Monday … 7 = Sunday. */
  quietWeekdays: z.array(z.int().min(1).max(7)).max(6),
  /** Whether public holidays of the programme's country (or the organisation's region) are quiet. */
  quietHolidays: z.boolean(),
  /** Yearly pause without messages, both days included, such as July; null for none. */
  pause: z.strictObject({ from: monthDay, until: monthDay }).nullable(),
  /** When an overdue submission is told to whom; in one digest a day and person. */
  escalation: z.array(
    z.strictObject({ afterDays: z.int().min(0).max(365), to: z.enum(['network-leader', 'coordinator']) }),
  ),
  /** At most so many messages of Samling's own accord to one person a day. */
  maxMessagesPerDay: z.int().min(1).max(20),
  /** Fewest days between two pulses to one person, over all pulses; default 7. */
  pulseGapDays: z.int().min(0).max(365).optional(),
  /** A notice to more receivers needs a second coordinator's yes; default 50. */
  noticeYesOver: z.int().min(0).optional(),
});

/** The shape of a programme file; what refers to what is checked by `checkProgramme`. */
export const programmeSchema = z.strictObject({
  $schema: z.string().optional(),
  id,
  name: text,
  about: text,
  /** ISO 3166 country code, which decides the public holidays. */
  country: z.enum(['NO', 'SE', 'DK', 'FI', 'IS']),
  zone: z.string(),
  /** Languages that the programme serves; the first is its default. Every text must carry them all. */
  languages,
  themes: z.array(theme),
  cohorts: z.array(cohort),
  networks: z.array(network),
  roles: z.array(role).min(1, 'at least one role'),
  organisations: z.array(organisation).min(1, 'at least one organisation'),
  gatherings: z.array(gatheringSchema),
  deadlines: z.array(deadline),
  policy,
});

export type Programme = z.infer<typeof programmeSchema>;
export type Organisation = Programme['organisations'][number];

export type Role = Programme['roles'][number];
export type Gathering = Programme['gatherings'][number];
export type Deadline = Programme['deadlines'][number];
export type Policy = Programme['policy'];
export type Audience = z.infer<typeof audienceSchema>;
