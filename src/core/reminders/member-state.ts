import { withChanges } from '../gatherings/overlay.js';
import type { Rsvp } from '../gatherings/types.js';
import type { Handover, Member, Preferences, Snooze } from '../members/types.js';
import type { Tables } from '../ports/store.js';
import type { Programme } from '../programme/schema.js';
import type { PlanInput } from './plan-input.js';

/** What the store says of a programme, in the form that planning and cards read. */
export type ProgrammeState = Pick<
  PlanInput,
  'programme' | 'members' | 'preferences' | 'submissions' | 'snoozes' | 'handovers' | 'rsvps'
>;

/** Reads a programme's state from the store. */
export async function loadState(tables: Tables, programme: Programme): Promise<ProgrammeState> {
  const { id } = programme;
  const [members, preferences, submissions, snoozes, handovers, rsvps, gatherings] = await Promise.all([
    tables.members.list(id),
    tables.preferences.list(id),
    tables.submissions.list(id),
    tables.snoozes.list(id),
    tables.handovers.list(id),
    tables.rsvps.list(id),
    tables.gatherings.list(id),
  ]);
  return {
    programme: withChanges(programme, gatherings),
    members,
    preferences: byId<Preferences>(preferences),
    submissions: idsOf(submissions),
    snoozes: byId<Snooze>(snoozes),
    handovers: byId<Handover>(handovers),
    rsvps: byId<Rsvp>(rsvps),
  };
}

/** Kept for each list: a store gives the same one until it changes, and a press should not cost a look at everybody. */
const maps = new WeakMap<readonly object[], ReadonlyMap<string, unknown>>();
const sets = new WeakMap<readonly object[], ReadonlySet<string>>();

function byId<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  let map = maps.get(rows) as ReadonlyMap<string, T> | undefined;
  if (map === undefined) maps.set(rows, (map = new Map(rows.map((row) => [row.id, row]))));
  return map;
}

function idsOf(rows: readonly { readonly id: string }[]): ReadonlySet<string> {
  let set = sets.get(rows);
  if (set === undefined) sets.set(rows, (set = new Set(rows.map((row) => row.id))));
  return set;
}

/** The member with an id, active or not. */
export function memberById(state: Pick<ProgrammeState, 'members'>, id: string): Member | undefined {
  return byId<Member>(state.members).get(id);
}

/** The member with an id, if it is active. */
export function activeMember(state: Pick<ProgrammeState, 'members'>, id: string): Member | undefined {
  const member = memberById(state, id);
  return member?.active === true ? member : undefined;
}
