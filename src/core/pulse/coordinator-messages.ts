import { z } from 'zod';
import { LANGUAGES } from '../programme/language.js';

const text = z.union([z.string(), z.partialRecord(z.enum(LANGUAGES), z.string())]);
const named = z.strictObject({ id: z.string(), title: text });

/** How often a pulse made in chat is sent; each stands for a rule of RFC 5545. */
export const REPEATS = {
  once: undefined,
  weekly: 'FREQ=WEEKLY',
  'two-weeks': 'FREQ=WEEKLY;INTERVAL=2',
  month: 'FREQ=MONTHLY;BYDAY=1MO',
  quarter: 'FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO',
} as const;
export type Repeat = keyof typeof REPEATS;
export const REPEAT_NAMES = Object.keys(REPEATS) as [Repeat, ...Repeat[]];

/** Everybody, in a list of whom to ask. */
export const EVERYBODY = 'everybody';

/** What coordinators are told of pulses, by template name. */
export const pulseCoordinatorMessages = {
  /** All pulses, and what can be made. */
  'pulse-list': z.strictObject({
    pulses: z.array(named.extend({ state: z.enum(['draft', 'active', 'stopped']), isOpen: z.boolean() })),
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
    state: z.enum(['draft', 'active', 'stopped']),
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

/** What the buttons and forms of coordinators send. */
export const pulseCoordinatorActions = {
  'pulse-list': z.object({}),
  'pulse-new': z.object({}),
  'pulse-make': z.object({
    template: id,
    starts: z.string(),
    time: z.string().optional(),
    repeat: z.enum(REPEAT_NAMES).default('once'),
    openDays: z.coerce.number().default(7),
    role: choice,
    network: choice,
    named: z.string().optional(),
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
