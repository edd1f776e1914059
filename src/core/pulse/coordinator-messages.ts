import { z } from 'zod';
import { LANGUAGES } from '../programme/language.js';
import { inputOf, OWN_FIELDS, OWN_KINDS } from './own-question.js';

const text = z.union([z.string(), z.partialRecord(z.enum(LANGUAGES), z.string())]);
const named = z.strictObject({ id: z.string(), title: text });
/** A pulse that asks no more is over, though nobody has stopped it. */
const shownState = z.enum(['draft', 'active', 'stopped', 'over']);

/** How often a pulse made in chat is sent; each stands for a rule of RFC 5545. */
export const REPEATS = {
  once: undefined,
  weekly: 'FREQ=WEEKLY',
  'two-weeks': 'FREQ=WEEKLY;INTERVAL=2',
  month: 'FREQ=MONTHLY;BYDAY=1MO',
  quarter: 'FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO',
} as const;
export type Repeat = keyof typeof REPEATS;
/** How often something can be repeated, by the names in a form's list. */
export const REPEAT_NAMES = Object.keys(REPEATS) as [Repeat, ...Repeat[]];

/** Questions of one's own, in a list of what to ask about. */
export const OWN_QUESTIONS = 'own-questions';

/** Everybody, in a list of whom to ask. */
export const EVERYBODY = 'everybody';

/** What coordinators are told of pulses, by template name. */
export const pulseCoordinatorMessages = {
  /** All pulses, and what can be made. */
  'pulse-list': z.strictObject({
    pulses: z.array(named.extend({ state: shownState, isOpen: z.boolean() })),
  }),
  /** Form: a pulse of a template. */
  'pulse-form': z.strictObject({
    templates: z.array(named),
    roles: z.array(named),
    networks: z.array(named),
    earliest: z.string(),
  }),
  /** One pulse, and what can be done with it. */
  'pulse-detail': z.strictObject({
    id: z.string(),
    title: text,
    state: shownState,
    named: z.boolean(),
    threshold: z.int(),
    questions: z.int(),
    audience: z.int(),
    next: z.string().optional(),
    languages: z.array(z.enum(LANGUAGES)),
    open: z
      .strictObject({ round: z.string(), asked: z.int(), answered: z.int(), closes: z.string() })
      .optional(),
    last: z.strictObject({ round: z.string(), opened: z.string() }).optional(),
    /** A draft with questions written in chat: they can be changed, and more added. */
    own: z.boolean().optional(),
  }),
  /** Form: a question of one's own, with all that was typed before. */
  'pulse-write': z.strictObject({
    languages: z.array(z.enum(LANGUAGES)),
    fields: z.array(z.enum(OWN_FIELDS)),
    typed: z.record(z.string(), z.string()),
    missing: z.array(
      z.strictObject({
        field: z.enum(OWN_FIELDS),
        language: z.enum(LANGUAGES),
        problem: z.enum(['empty', 'few', 'many', 'uneven']),
        lines: z.int().optional(),
      }),
    ),
    /** What the button sends besides: the new pulse's settings, or the draft and the question's place in it. */
    about: z.record(z.string(), z.union([z.string(), z.int()])),
  }),
  /** What is wrong with a pulse, all of it; technical as in files. */
  'pulse-faults': z.strictObject({ faults: z.array(z.string()) }),
  /** Form: what we do about it. */
  'pulse-todo': z.strictObject({ round: z.string(), title: text, todo: z.string().optional() }),
} as const;

const id = z.string().max(120);
const choice = z
  .string()
  .optional()
  .transform((value) => (value === EVERYBODY || value === '' ? undefined : value));

/** When and whom a new pulse asks. */
const settings = {
  starts: z.string(),
  time: z.string().optional(),
  repeat: z.enum(REPEAT_NAMES).default('once'),
  openDays: z.coerce.number().default(7),
  role: choice,
  network: choice,
  named: z.string().optional(),
};
export type PulseSettings = z.infer<z.ZodObject<typeof settings>>;

const written = Object.fromEntries(
  OWN_FIELDS.flatMap((field) =>
    LANGUAGES.map((language) => [inputOf(field, language), z.string().max(4000).optional()]),
  ),
);

/** What the buttons and forms of coordinators send. */
export const pulseCoordinatorActions = {
  'pulse-list': z.object({}),
  'pulse-new': z.object({}),
  'pulse-make': z.object({ template: id, ...settings }),
  /** Writes a question of a new pulse. */
  'pulse-write-new': z.object({ ...settings, kind: z.enum(OWN_KINDS).optional(), ...written }),
  /** Shows the form of a draft's question; without a place, of one more. */
  'pulse-write': z.object({ pulse: id, place: z.int().optional() }),
  /** Writes a draft's question; without a place, one more. */
  'pulse-write-send': z.object({
    pulse: id,
    place: z.int().optional(),
    kind: z.enum(OWN_KINDS).optional(),
    ...written,
  }),
  'pulse-open': z.object({ pulse: id }),
  'pulse-preview': z.object({ pulse: id, language: z.enum(LANGUAGES) }),
  'pulse-start': z.object({ pulse: id }),
  'pulse-stop': z.object({ pulse: id }),
  'pulse-repeat': z.object({ pulse: id }),
  'pulse-extend': z.object({ round: id, days: z.coerce.number().int().min(1).max(30).default(2) }),
  'pulse-close': z.object({ round: id }),
  'pulse-results': z.object({ round: id }),
  'pulse-todo': z.object({ round: id }),
  'pulse-todo-send': z.object({ round: id, todo: z.string().trim().min(1).max(1000) }),
} as const;
