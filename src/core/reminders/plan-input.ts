import { organisationOf, zoneOf } from '../members/member-view.js';
import type { Rsvp } from '../gatherings/types.js';
import type { Handover, Member, Preferences, Snooze } from '../members/types.js';
import type { Programme } from '../programme/schema.js';
import { groupPlan, type GroupPlan } from './slots.js';

/** Everything that planning depends on. */
export interface PlanInput {
  readonly programme: Programme;
  readonly members: readonly Member[];
  /** By member id. */
  readonly preferences: ReadonlyMap<string, Preferences>;
  /** `<event>/<organisation>` of what was handed in. */
  readonly submissions: ReadonlySet<string>;
  /** By `<event>/<member>`. */
  readonly snoozes: ReadonlyMap<string, Snooze>;
  /** By `<event>/<member>`. */
  readonly handovers: ReadonlyMap<string, Handover>;
  /** By `<gathering>/<member>`: who has said whether they come. */
  readonly rsvps: ReadonlyMap<string, Rsvp>;
  /** The lane of a member; undefined when no account is known: such a member is not planned for yet. */
  readonly laneOf: (member: Member) => string | undefined;
  /** Only what became due after this instant; without it, whatever is still useful now. */
  readonly fromMs?: number;
  readonly nowMs: number;
}

/** The plan of the group (zone and holiday region) that a member belongs to. */
export function planOf(programme: Programme, member: Member): GroupPlan {
  return groupPlan(
    programme,
    zoneOf(programme, member),
    organisationOf(programme, member.organisation)?.region,
  );
}

/** The distinct group plans of members; as many as there are zones and regions, not members. */
export function plansOf(programme: Programme, members: Iterable<Member>): readonly GroupPlan[] {
  const plans = new Set<GroupPlan>();
  for (const member of members) plans.add(planOf(programme, member));
  return [...plans];
}

/** Why a member is not told on a date: paused, or away with or without a deputy. */
export function awayOn(
  preferences: Preferences | undefined,
  date: string,
):
  | { readonly kind: 'here' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'away'; readonly deputy?: string } {
  const { pause, absence } = preferences ?? {};
  if (absence !== undefined && absence.from <= date && date <= absence.until) {
    return absence.deputy === undefined ? { kind: 'paused' } : { kind: 'away', deputy: absence.deputy };
  }
  if (pause !== undefined && pause.from <= date && (pause.until === undefined || date <= pause.until)) {
    return { kind: 'paused' };
  }
  return { kind: 'here' };
}

/** The dates on which a pause or an absence of a member has just ended. */
export function returnDates(preferences: Preferences): readonly string[] {
  return [preferences.pause?.until, preferences.absence?.until].filter((date) => date !== undefined);
}
