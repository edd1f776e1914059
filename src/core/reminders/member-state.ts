import type { Handover, Member, Preferences, Snooze } from '../members/types.js';
import type { Tables } from '../ports/store.js';
import type { Programme } from '../programme/schema.js';
import type { PlanInput } from './plan-input.js';

/** What the store says of a programme, in the form that planning and cards read. */
export type ProgrammeState = Pick<
  PlanInput,
  'programme' | 'members' | 'preferences' | 'submissions' | 'snoozes' | 'handovers'
>;

/** Reads a programme's state from the store. */
export async function loadState(tables: Tables, programme: Programme): Promise<ProgrammeState> {
  const { id } = programme;
  const [members, preferences, submissions, snoozes, handovers] = await Promise.all([
    tables.members.list(id),
    tables.preferences.list(id),
    tables.submissions.list(id),
    tables.snoozes.list(id),
    tables.handovers.list(id),
  ]);
  return {
    programme,
    members,
    preferences: byId<Preferences>(preferences),
    submissions: new Set(submissions.map((each) => each.id)),
    snoozes: byId<Snooze>(snoozes),
    handovers: byId<Handover>(handovers),
  };
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** The member with an id, if it is active. */
export function activeMember(state: Pick<ProgrammeState, 'members'>, id: string): Member | undefined {
  return state.members.find((member) => member.id === id && member.active);
}
