import { z } from 'zod';
import { LANGUAGES } from '../programme/language.js';
import { DEADLINE_STATES } from './types.js';

const text = z.union([z.string(), z.partialRecord(z.enum(LANGUAGES), z.string())]);
const deadline = z.strictObject({ id: z.string(), title: text, due: z.string() });

/** What is said of deadlines, by template name. */
export const deadlineMessages = {
  'deadline-list': z.strictObject({ deadlines: z.array(deadline) }),
  /** How far each organisation is. */
  'deadline-detail': z.strictObject({
    deadline,
    counts: z.array(z.strictObject({ state: z.enum(DEADLINE_STATES), count: z.int() })),
    rows: z.array(
      z.strictObject({
        organisation: text,
        state: z.enum(DEADLINE_STATES),
        link: z.string().optional(),
        note: z.string().optional(),
        comment: z.string().optional(),
      }),
    ),
    more: z.int(),
    /** What may be accepted or sent back. */
    open: z.array(z.strictObject({ id: z.string(), name: text })),
    comment: z.string(),
    issue: z.enum(['comment', 'organisation']).optional(),
  }),
  /** Form: hand in with a link. */
  'hand-in': z.strictObject({
    deadline,
    values: z.record(z.string(), z.string()),
    issue: z.boolean(),
  }),
  /** What was handed in was accepted, or sent back. */
  'deadline-decided': z.strictObject({
    deadline,
    accepted: z.boolean(),
    organisation: text,
    comment: z.string().optional(),
  }),
} as const;

const event = z.string().min(1).max(120);
const choice = z.object({
  event,
  organisation: z.string().max(120).optional(),
  comment: z.string().max(2000).optional(),
});

/** The verbs of deadlines' buttons. */
export const deadlineActions = {
  'deadline-list': z.object({}),
  'deadline-open': z.object({ event }),
  'deadline-begin': z.object({ event }),
  'hand-in-link': z.object({ event }),
  'hand-in-link-send': z.object({
    event,
    link: z.string().max(4000).optional(),
    note: z.string().max(4000).optional(),
  }),
  'deadline-accept': choice,
  'deadline-return': choice,
} as const;
