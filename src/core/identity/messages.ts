import { z } from 'zod';
import { LANGUAGES } from '../programme/language.js';

const text = z.union([z.string(), z.partialRecord(z.enum(LANGUAGES), z.string())]);
const named = z.strictObject({ id: z.string(), name: text });

/** What is said while somebody unknown becomes a member, and when a member cannot be reached. */
export const identityMessages = {
  /** To somebody unknown, where several programmes are served: which one. */
  'access-programme': z.strictObject({ programmes: z.array(named).min(2) }),
  /** To somebody unknown: which organisation and role. */
  'access-ask': z.strictObject({
    programme: named,
    organisations: z.array(named).min(1),
    roles: z.array(named).min(1),
  }),
  /** To the coordinators: who asks, and what they said of themselves; all may be changed before admitting. */
  'access-request': z.strictObject({
    request: z.string(),
    name: z.string().optional(),
    email: z.string().optional(),
    organisation: z.string(),
    role: z.string(),
    organisations: z.array(named).min(1),
    roles: z.array(named).min(1),
  }),
  /** To a member with accounts in several workspaces: where they want to be told. */
  reach: z.strictObject({
    current: z.string(),
    choices: z.array(z.strictObject({ id: z.string(), place: z.string() })).min(2),
  }),
  /** To the coordinators: a member cannot be reached in chat any more. */
  'unreachable-notice': z.strictObject({
    member: z.strictObject({ name: z.string().optional(), role: text, organisation: text }),
    /** So many of the member's workspace within a day; those who follow are not named. */
    many: z.int().min(2).optional(),
  }),
} as const;

/** The verbs of these cards' buttons. */
export const identityActions = {
  'access-programme': z.object({ programme: z.string() }),
  'access-send': z.object({ programme: z.string(), organisation: z.string(), role: z.string() }),
  'access-admit': z.object({
    request: z.string(),
    organisation: z.string(),
    /** Role ids, comma-joined as cards send a choice of several. */
    roles: z.string().min(1),
  }),
  'access-decline': z.object({ request: z.string() }),
  'access-show': z.object({}),
  'set-account': z.object({ account: z.string() }),
} as const;
