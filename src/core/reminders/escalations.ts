import { Temporal } from 'temporal-polyfill';
import { localTime } from '../calendar/quiet-hours.js';
import { matchesAudience, organisationOf, roleKindsOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Occurrence } from '../programme/occurrences.js';
import type { Programme } from '../programme/schema.js';
import { awayOn, planOf, type PlanInput } from './plan-input.js';

/** One organisation's overdue submission that one leader is to be told of. */
export interface DueEscalation {
  /** `escalation/<occurrence>/<organisation>/<leader>`; taken once, ever. */
  readonly item: string;
  readonly occurrence: Occurrence;
  readonly organisation: string;
  readonly recipient: Member;
  readonly atMs: number;
}

/** What has been overdue for longer is history, not news. */
const NEWS_DAYS = 30;

/** What leaders are to be told of by now; what was told before is told apart by its item. */
export function dueEscalations(input: PlanInput): readonly DueEscalation[] {
  const leaders = input.members.filter((member) => member.active && leads(input.programme, member));
  return leaders.flatMap((leader) => escalationsFor(input, leader));
}

function leads(programme: Programme, member: Member): boolean {
  const kinds = roleKindsOf(programme, member);
  return kinds.includes('coordinator') || kinds.includes('network-leader');
}

function escalationsFor(input: PlanInput, leader: Member): DueEscalation[] {
  const plan = planOf(input.programme, leader);
  const today = localTime(input.nowMs, plan.zone).date;
  const oldest = today.subtract({ days: NEWS_DAYS }).toString();
  if (awayOn(input.preferences.get(leader.id), today.toString()).kind !== 'here') return [];
  if (input.laneOf(leader) === undefined) return [];
  const kinds = roleKindsOf(input.programme, leader);
  return plan.escalations
    .filter((slot) => slot.atMs <= input.nowMs && slot.date >= oldest && kinds.includes(slot.to))
    .flatMap((slot) =>
      overdueOrganisations(input, slot.occurrence)
        .filter((organisation) => slot.to === 'coordinator' || ledBy(input.programme, leader, organisation))
        .map((organisation) => ({
          item: `escalation/${slot.occurrence.id}/${organisation}/${leader.id}`,
          occurrence: slot.occurrence,
          organisation,
          recipient: leader,
          atMs: slot.atMs,
        })),
    );
}

/** Organisations with somebody in a deadline's audience that have not handed in. */
export function overdueOrganisations(
  input: Pick<PlanInput, 'programme' | 'members' | 'submissions'>,
  occurrence: Occurrence,
): readonly string[] {
  const organisations = new Set<string>();
  for (const member of input.members) {
    if (!member.active || organisations.has(member.organisation)) continue;
    if (input.submissions.has(`${occurrence.id}/${member.organisation}`)) continue;
    if (matchesAudience(input.programme, member, occurrence.audience)) organisations.add(member.organisation);
  }
  return [...organisations].sort();
}

/** Whether an organisation takes part in a network that the member leads. */
export function ledBy(programme: Programme, leader: Member, organisation: string): boolean {
  const networks = organisationOf(programme, organisation)?.networks ?? [];
  return networks.some((network) => leader.networks.includes(network));
}

/** Whole days from one ISO date to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

const days = new Map<string, number>();
const MOST_DAYS = 2_000;
const EPOCH = Temporal.PlainDate.from('1970-01-01');

/** Counted once for each date: every card tells how far it is to its events. */
function dayNumber(date: string): number {
  let day = days.get(date);
  if (day === undefined) {
    if (days.size >= MOST_DAYS) days.clear();
    day = EPOCH.until(Temporal.PlainDate.from(date), { largestUnit: 'days' }).days;
    days.set(date, day);
  }
  return day;
}
