import { Temporal } from 'temporal-polyfill';
import { instantMs, localTime } from '../calendar/quiet-hours.js';
import { matchesAudience } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Occurrence } from '../programme/occurrences.js';
import { occurrencesOf } from '../programme/occurrences.js';
import { awayOn, planOf, returnDates, type PlanInput } from './plan-input.js';
import { firstAfter, type GroupPlan, type Slot } from './slots.js';

/** One nudge that is due. */
export interface DueNudge {
  /** `nudge/<occurrence>/<step>/<member>`; taken once, ever. */
  readonly item: string;
  readonly occurrence: Occurrence;
  readonly step: string;
  readonly slot?: Slot;
  readonly atMs: number;
  /** Whom it concerns. */
  readonly member: Member;
  /** Who is told: the member, or the deputy. */
  readonly recipient: Member;
}

/** An overdue nudge that could not go out (downtime, pause) is still of use for so many days. */
const OVERDUE_USEFUL_DAYS = 14;

interface Candidate {
  readonly step: string;
  readonly date: string;
  readonly atMs: number;
  readonly slot?: Slot;
}

/**
 * The nudges that are due by now: for each member and event the latest one that is still useful, and any other that
 * falls on the same day. Pure; the same input gives the same items.
 */
export function dueNudges(input: PlanInput): readonly DueNudge[] {
  const byId = new Map(input.members.map((member) => [member.id, member]));
  const returned = returnedMembers(input, byId);
  const nudges: DueNudge[] = [];
  for (const [plan, members] of grouped(input)) {
    const windowed = dueOccurrences(input, plan);
    const everything = occurrencesOf(input.programme);
    const looked = returned.size === 0 && input.fromMs !== undefined ? windowed : everything;
    for (const occurrence of looked) {
      const inWindow = windowed.has(occurrence);
      const audience = members.filter(
        (member) => (inWindow || returned.has(member.id)) && isAddressed(input, occurrence, member),
      );
      for (const member of audience)
        nudges.push(...nudgesFor(input, plan, occurrence, member, byId, returned));
    }
  }
  return withoutDeputyDoubles(nudges);
}

function grouped(input: PlanInput): ReadonlyMap<GroupPlan, readonly Member[]> {
  const groups = new Map<GroupPlan, Member[]>();
  for (const member of input.members) {
    if (!member.active) continue;
    const plan = planOf(input.programme, member);
    const group = groups.get(plan);
    if (group === undefined) groups.set(plan, [member]);
    else group.push(member);
  }
  return groups;
}

/** Members whose pause or absence ended in the window: they get what is still useful. */
function returnedMembers(input: PlanInput, byId: ReadonlyMap<string, Member>): ReadonlySet<string> {
  const { fromMs } = input;
  const returned = new Set<string>();
  if (fromMs === undefined) return returned;
  for (const preferences of input.preferences.values()) {
    const member = byId.get(preferences.id);
    if (member === undefined) continue;
    const { zone } = planOf(input.programme, member);
    for (const until of returnDates(preferences)) {
      const back = instantMs(
        Temporal.PlainDate.from(until).add({ days: 1 }),
        input.programme.policy.nudgeAt,
        zone,
      );
      if (back > fromMs && back <= input.nowMs) returned.add(member.id);
    }
  }
  return returned;
}

/** Occurrences that have a slot, or somebody's snooze, in the window. */
function dueOccurrences(input: PlanInput, plan: GroupPlan): ReadonlySet<Occurrence> {
  const { fromMs, nowMs, programme } = input;
  if (fromMs === undefined) return new Set(occurrencesOf(programme));
  const due = new Set<Occurrence>();
  for (let index = firstAfter(plan.slots, fromMs); index < plan.slots.length; index += 1) {
    const slot = plan.slots[index];
    if (slot === undefined || slot.atMs > nowMs) break;
    due.add(slot.occurrence);
  }
  for (const snooze of input.snoozes.values()) {
    const atMs = instantMs(Temporal.PlainDate.from(snooze.until), programme.policy.nudgeAt, plan.zone);
    if (atMs <= fromMs || atMs > nowMs) continue;
    const occurrence = occurrencesOf(programme).find((each) => each.id === snooze.event);
    if (occurrence !== undefined) due.add(occurrence);
  }
  return due;
}

/** Whether an event is a member's business: picked by its audience and not handed over, or handed over to them. */
export function isAddressed(
  input: Pick<PlanInput, 'programme' | 'handovers' | 'submissions'>,
  occurrence: Occurrence,
  member: Member,
): boolean {
  if (input.submissions.has(`${occurrence.id}/${member.organisation}`)) return false;
  if (input.handovers.size > 0) {
    if (input.handovers.has(`${occurrence.id}/${member.id}`)) return false;
    for (const handover of input.handovers.values()) {
      if (handover.event === occurrence.id && handover.to === member.id) return true;
    }
  }
  return matchesAudience(input.programme, member, occurrence.audience);
}

function nudgesFor(
  input: PlanInput,
  plan: GroupPlan,
  occurrence: Occurrence,
  member: Member,
  byId: ReadonlyMap<string, Member>,
  returned: ReadonlySet<string>,
): DueNudge[] {
  const today = localTime(input.nowMs, plan.zone).date.toString();
  const recipient = recipientOf(input, member, today, byId);
  if (recipient === undefined || saysNo(input, occurrence, member)) return [];
  const afterMs = returned.has(member.id) ? undefined : input.fromMs;
  return currentCandidates(input, plan, occurrence, member, today)
    .filter((candidate) => afterMs === undefined || candidate.atMs > afterMs)
    .map((candidate) => ({
      item: `nudge/${versionOf(occurrence)}/${candidate.step}/${member.id}`,
      occurrence,
      step: candidate.step,
      ...(candidate.slot === undefined ? {} : { slot: candidate.slot }),
      atMs: candidate.atMs,
      member,
      recipient,
    }));
}

/** A moved gathering is reminded of anew. */
function versionOf({ id, moved }: Occurrence): string {
  return moved === undefined ? id : `${id}@${String(moved)}`;
}

/** Who does not come is not reminded. */
function saysNo({ rsvps }: Pick<PlanInput, 'rsvps'>, { id, kind }: Occurrence, member: Member): boolean {
  return kind === 'gathering' && rsvps.get(`${id}/${member.id}`)?.answer === 'no';
}

/** The candidates of the latest day that has come, if they are still useful. */
function currentCandidates(
  input: PlanInput,
  plan: GroupPlan,
  occurrence: Occurrence,
  member: Member,
  today: string,
): readonly Candidate[] {
  const passed = candidatesOf(input, plan, occurrence, member, today).filter(
    (each) => each.atMs <= input.nowMs,
  );
  const latest = passed.reduce((date, each) => (each.date > date ? each.date : date), '');
  return passed.filter((each) => each.date === latest && isUseful(each, occurrence, today));
}

function candidatesOf(
  input: PlanInput,
  plan: GroupPlan,
  occurrence: Occurrence,
  member: Member,
  today: string,
): readonly Candidate[] {
  const slots: readonly Candidate[] = (plan.slotsOf.get(occurrence.id) ?? []).map((slot) => ({
    step: slot.step,
    date: slot.date,
    atMs: slot.atMs,
    slot,
  }));
  const snooze = input.snoozes.get(`${occurrence.id}/${member.id}`);
  if (snooze === undefined) return slots;
  if (snooze.until > today) return [];
  const atMs = instantMs(Temporal.PlainDate.from(snooze.until), input.programme.policy.nudgeAt, plan.zone);
  const later = slots.filter((slot) => slot.date >= snooze.until);
  return [...later, { step: `S-${snooze.until}`, date: snooze.until, atMs }];
}

function isUseful(candidate: Candidate, occurrence: Occurrence, today: string): boolean {
  if (today <= occurrence.starts) return true;
  if (occurrence.kind === 'gathering') return false;
  const isOverdueStep = (candidate.slot?.offsetDays ?? 1) > 0;
  const limit = Temporal.PlainDate.from(candidate.date).add({ days: OVERDUE_USEFUL_DAYS }).toString();
  return isOverdueStep && today <= limit;
}

/** Who is told on a date: the member, the deputy of one who is away, or nobody. */
function recipientOf(
  input: PlanInput,
  member: Member,
  today: string,
  byId: ReadonlyMap<string, Member>,
): Member | undefined {
  const away = awayOn(input.preferences.get(member.id), today);
  let recipient: Member | undefined = member;
  if (away.kind === 'paused') recipient = undefined;
  if (away.kind === 'away') {
    const deputy = byId.get(away.deputy ?? '');
    const isThere =
      deputy !== undefined &&
      deputy.active &&
      awayOn(input.preferences.get(deputy.id), today).kind === 'here';
    recipient = isThere ? deputy : undefined;
  }
  return recipient !== undefined && input.laneOf(recipient) !== undefined ? recipient : undefined;
}

/** A deputy who is told of an event on their own account is not told again on behalf of the same organisation. */
function withoutDeputyDoubles(nudges: readonly DueNudge[]): readonly DueNudge[] {
  if (nudges.every((each) => each.member === each.recipient)) return nudges;
  const key = (nudge: DueNudge) =>
    `${nudge.occurrence.id}/${nudge.recipient.id}/${nudge.member.organisation}`;
  const own = new Set(nudges.filter((each) => each.member === each.recipient).map(key));
  return nudges.filter((each) => each.member === each.recipient || !own.has(key(each)));
}
