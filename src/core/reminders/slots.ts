import { Temporal } from 'temporal-polyfill';
import { instantMs } from '../calendar/quiet-hours.js';
import { quietDaysOf, workingDay, type QuietDay } from '../calendar/working-days.js';
import { occurrencesOf, type Occurrence } from '../programme/occurrences.js';
import type { Programme } from '../programme/schema.js';

/** One moment at which the members of an occurrence's audience are told. */
export interface Slot {
  readonly occurrence: Occurrence;
  /** `T-30`, `T-0` on the day, `T+7` overdue. */
  readonly step: string;
  /** Days from the occurrence's date to the day that the policy names; negative before it. */
  readonly offsetDays: number;
  /** The day on which it is told, an ISO date. */
  readonly date: string;
  /** The day that the policy names; `date` differs when that day is quiet. */
  readonly plannedDate: string;
  readonly movedBecause?: 'weekend' | 'holiday' | 'pause';
  /** The policy's time of day on `date` in the group's zone. */
  readonly atMs: number;
}

/** A deadline's silence told to somebody who leads. */
export interface EscalationSlot {
  readonly occurrence: Occurrence;
  readonly to: 'network-leader' | 'coordinator';
  readonly date: string;
  readonly atMs: number;
}

/** What holds for all members who share a time zone and a holiday region. */
export interface GroupPlan {
  readonly zone: string;
  readonly isQuiet: QuietDay;
  /** By instant. */
  readonly slots: readonly Slot[];
  readonly slotsOf: ReadonlyMap<string, readonly Slot[]>;
  readonly escalations: readonly EscalationSlot[];
}

const plans = new WeakMap<Programme, Map<string, GroupPlan>>();

/** All slots of a programme for one zone and holiday region; worked out once for each programme object. */
export function groupPlan(programme: Programme, zone: string, region?: string): GroupPlan {
  let ofProgramme = plans.get(programme);
  if (ofProgramme === undefined) plans.set(programme, (ofProgramme = new Map<string, GroupPlan>()));
  const key = `${zone}|${region ?? ''}`;
  let plan = ofProgramme.get(key);
  if (plan === undefined) ofProgramme.set(key, (plan = makePlan(programme, zone, region)));
  return plan;
}

function makePlan(programme: Programme, zone: string, region: string | undefined): GroupPlan {
  const isQuiet = quietDaysOf(programme, region);
  const slotsOf = new Map<string, Slot[]>();
  const escalations: EscalationSlot[] = [];
  for (const occurrence of occurrencesOf(programme)) {
    slotsOf.set(occurrence.id, slotsOfOccurrence(programme, occurrence, zone, isQuiet));
    escalations.push(...escalationsOf(programme, occurrence, zone, isQuiet));
  }
  const slots = [...slotsOf.values()].flat().sort((a, b) => a.atMs - b.atMs);
  escalations.sort((a, b) => a.atMs - b.atMs);
  return { zone, isQuiet, slots, slotsOf, escalations };
}

function slotsOfOccurrence(
  programme: Programme,
  occurrence: Occurrence,
  zone: string,
  isQuiet: QuietDay,
): Slot[] {
  const { policy } = programme;
  const offsets =
    occurrence.kind === 'gathering'
      ? policy.gatheringLeadDays.map((days) => -days)
      : [...policy.deadlineLeadDays.map((days) => -days), ...policy.overdueDays.filter((days) => days > 0)];
  return [...offsets]
    .sort((a, b) => a - b)
    .map((offsetDays) => {
      const planned = Temporal.PlainDate.from(occurrence.starts).add({ days: offsetDays });
      const date = workingDay(planned, offsetDays > 0 ? 'after' : 'before', isQuiet);
      const movedBecause = isQuiet(planned);
      return {
        occurrence,
        step: stepName(offsetDays),
        offsetDays,
        date: date.toString(),
        plannedDate: planned.toString(),
        ...(movedBecause === undefined ? {} : { movedBecause }),
        atMs: instantMs(date, policy.nudgeAt, zone),
      };
    });
}

function stepName(offsetDays: number): string {
  return offsetDays > 0 ? `T+${String(offsetDays)}` : `T-${String(-offsetDays)}`;
}

function escalationsOf(
  programme: Programme,
  occurrence: Occurrence,
  zone: string,
  isQuiet: QuietDay,
): EscalationSlot[] {
  if (occurrence.kind !== 'deadline') return [];
  return programme.policy.escalation.map(({ afterDays, to }) => {
    const due = Temporal.PlainDate.from(occurrence.starts);
    const day = workingDay(due.add({ days: Math.max(afterDays, 1) }), 'after', isQuiet);
    return { occurrence, to, date: day.toString(), atMs: instantMs(day, programme.policy.nudgeAt, zone) };
  });
}

/** Where the first slot after an instant stands in a list sorted by instant. */
export function firstAfter(sorted: readonly { readonly atMs: number }[], afterMs: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.atMs ?? Infinity) <= afterMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
