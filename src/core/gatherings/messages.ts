import { z } from 'zod';
import { LANGUAGES } from '../programme/language.js';
import { PARTIES } from '../programme/schema.js';
import { ANSWERS } from './types.js';

const language = z.enum(LANGUAGES);
const text = z.union([z.string(), z.partialRecord(language, z.string())]);
const named = z.strictObject({ id: z.string(), title: text });
const count = z.int().min(0);

const gathering = z.strictObject({
  id: z.string(),
  title: text,
  starts: z.string(),
  ends: z.string().optional(),
  startTime: z.string().optional(),
  endTime: z.string().optional(),
  place: text.optional(),
});

const cell = z.strictObject({
  party: z.enum(PARTIES),
  state: z.enum(['coming', 'maybe', 'missing']),
  coming: count,
});

/** Everything that can be wrong with a gathering that is typed. */
export const GATHERING_ISSUES = [
  'title-missing',
  'title-long',
  'date-missing',
  'date-past',
  'ends-before',
  'times',
  'sign-up-late',
  'capacity',
  'network',
  'link',
  'foreign',
  'agenda',
] as const;

const calendar = { what: z.enum(['own', 'network', 'programme']), network: z.string().optional() };

/** What is said of gatherings, by template name. */
export const gatheringMessages = {
  /** It was moved or cancelled; `rsvp`: what the reader had said before. */
  'gathering-changed': z.strictObject({
    what: z.enum(['moved', 'cancelled']),
    gathering,
    before: z.string().optional(),
    calendarUrl: z.string().optional(),
  }),
  /** The reader has moved up from the waiting list; `name` for somebody whom they signed up. */
  'gathering-place': z.strictObject({ gathering, name: z.string().optional() }),
  /** Form: others of the own organisation, and who is signed up. */
  'rsvp-others': z.strictObject({
    gathering,
    organisation: text,
    missing: z.array(z.enum(PARTIES)),
    signedUp: z.array(
      z.strictObject({
        name: text,
        party: z.enum(PARTIES).optional(),
        answer: z.enum(ANSWERS),
        guest: z.string().optional(),
      }),
    ),
    values: z.record(z.string(), z.string()),
    issue: z.enum(['name', 'closed']).optional(),
    /** Asked because nobody of these parties comes yet, so many days before. */
    gap: z.boolean(),
  }),
  'rsvp-needs': z.strictObject({ gathering, needs: z.string() }),
  'gathering-list': z.strictObject({
    gatherings: z.array(gathering.extend({ network: text.optional() })),
    /** So many more are not listed. */
    more: count,
    mayEdit: z.boolean(),
  }),
  /** Who comes from where, and what can be done. */
  'gathering-detail': z.strictObject({
    gathering,
    cancelled: z.boolean(),
    yes: count,
    maybe: count,
    no: count,
    waiting: count,
    open: count,
    capacity: z.int().optional(),
    rows: z.array(z.strictObject({ organisation: text, cells: z.array(cell), others: count })),
    more: count,
    mayEdit: z.boolean(),
    mayTakeDown: z.boolean(),
    isBegun: z.boolean(),
    isOver: z.boolean(),
    came: count.optional(),
  }),
  'gathering-form': z.strictObject({
    event: z.string().optional(),
    languages: z.array(language),
    networks: z.array(named),
    cohorts: z.array(named),
    values: z.record(z.string(), z.string()),
    issues: z.array(z.enum(GATHERING_ISSUES)),
    earliest: z.string(),
  }),
  /** Form: who was there. */
  attendance: z.strictObject({
    gathering,
    people: z.array(z.strictObject({ id: z.string(), name: text })),
    present: z.array(z.string()),
  }),
  /** Form: what was shown. */
  'materials-form': z.strictObject({
    gathering,
    issue: z.boolean(),
    values: z.record(z.string(), z.string()),
  }),
  /** Calendars that one may subscribe to; `since`: the day from which it has an address. */
  calendars: z.strictObject({
    calendars: z.array(z.strictObject({ ...calendar, title: text.optional(), since: z.string().optional() })),
  }),
  /** A secret address, shown once; of a calendar, or of the list of who comes to a gathering. */
  'calendar-address': z.strictObject({
    urls: z.array(z.string()).min(1),
    gathering: gathering.optional(),
  }),
  /** What was shown, to somebody who came or did not. */
  materials: z.strictObject({ gathering, came: z.boolean(), text: z.string(), link: z.string().optional() }),
} as const;

const event = z.string().min(1).max(120);
const note = z.string().max(500).optional();

/** What a form sends: every field that is text. */
const fields = z
  .record(z.string(), z.unknown())
  .transform((all) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
    ),
  );

/** The verbs of gatherings' buttons. */
export const gatheringActions = {
  rsvp: z.object({
    event,
    answer: z.enum(['yes', 'maybe', 'no']),
    /** On behalf of whom: a colleague who is away. */
    member: z.string().max(120).optional(),
  }),
  'rsvp-others': z.object({ event }),
  'rsvp-others-send': z.object({ event, name: note, party: z.string().max(20).optional(), needs: note }),
  'rsvp-others-remove': z.object({ event, guest: z.string().max(200) }),
  'rsvp-needs': z.object({ event }),
  'rsvp-needs-send': z.object({ event, needs: note }),
  'gathering-list': z.object({}),
  'gathering-open': z.object({ event }),
  'gathering-new': z.object({}),
  'gathering-edit': z.object({ event }),
  'gathering-make': fields,
  'gathering-cancel': z.object({ event }),
  attendance: z.object({ event }),
  'attendance-send': z.object({ event, present: z.string().max(20_000).optional() }),
  materials: z.object({ event }),
  'materials-send': fields,
  'gathering-pulse': z.object({ event }),
  'gathering-file': z.object({ event }),
  calendars: z.object({}),
  'calendar-make': z.object(calendar),
  'calendar-stop': z.object(calendar),
} as const;
