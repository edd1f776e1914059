import type { Member } from '../members/types.js';
import type { Delivery } from '../ports/outbox.js';
import { dueEscalations, type DueEscalation } from './escalations.js';
import { dueNudges, type DueNudge } from './due-nudges.js';
import { createPlaces, type CountOn } from './day-places.js';
import type { PlanInput } from './plan-input.js';
import { dateFor } from './speaking-time.js';

/** What is due by now, before it is known what was told already. */
export interface Due {
  readonly nudges: readonly DueNudge[];
  readonly escalations: readonly DueEscalation[];
}

/** What was said before, as the outbox knows it. */
export interface Said {
  /** Items that are taken. */
  readonly taken: ReadonlySet<string>;
  readonly countOn: CountOn;
}

/** Everything that is due by now. Pure. */
export function whatIsDue(input: PlanInput): Due {
  return { nudges: dueNudges(input), escalations: dueEscalations(input) };
}

/** The items of what is due, to ask the outbox about. */
export function itemsOf(due: Due): readonly string[] {
  return [...due.nudges, ...due.escalations].map((each) => each.item);
}

/** Those who would be told, to ask the outbox what they got lately. */
export function recipientsOf(due: Due): ReadonlySet<string> {
  return new Set([...due.nudges, ...due.escalations].map((each) => each.recipient.id));
}

/**
 * Makes deliveries of what is due and not yet told: one card for each person and day for nudges, one digest a day for
 * leaders, none in quiet times, none over the cap of the day. Pure; the same input gives the same ids.
 */
export function toDeliveries(input: PlanInput, due: Due, said: Said): readonly Delivery[] {
  const places = createPlaces(input, said.countOn);
  const place = (member: Member): number => places(member, input.nowMs);
  const nudges = byRecipient(due.nudges.filter((each) => !said.taken.has(each.item)));
  const digests = byRecipient(due.escalations.filter((each) => !said.taken.has(each.item)));
  return [
    ...nudges.map(([member, items]) => nudgeDelivery(input, member, items, place(member))),
    ...digests.map(([member, items]) => digestDelivery(input, member, items, place(member))),
  ];
}

/** Plans in one step; for callers who know what was said. */
export function planDue(input: PlanInput, said: Said): readonly Delivery[] {
  return toDeliveries(input, whatIsDue(input), said);
}

function byRecipient<T extends { readonly recipient: Member; readonly item: string }>(
  all: readonly T[],
): readonly (readonly [Member, readonly T[]])[] {
  const groups = new Map<string, [Member, T[]]>();
  for (const each of all) {
    const group = groups.get(each.recipient.id);
    if (group === undefined) groups.set(each.recipient.id, [each.recipient, [each]]);
    else group[1].push(each);
  }
  for (const [, items] of groups.values()) items.sort((a, b) => (a.item < b.item ? -1 : 1));
  return [...groups.values()];
}

function nudgeDelivery(
  input: PlanInput,
  member: Member,
  nudges: readonly DueNudge[],
  notBeforeMs: number,
): Delivery {
  const items = nudges.map((each) => each.item);
  return {
    programme: input.programme.id,
    id: items[0] ?? '',
    items,
    kind: 'nudges',
    member: member.id,
    lane: input.laneOf(member) ?? '',
    notBeforeMs,
    urgent: false,
    data: { about: nudges.map((each) => ({ event: each.occurrence.id, member: each.member.id })) },
  };
}

function digestDelivery(
  input: PlanInput,
  member: Member,
  escalations: readonly DueEscalation[],
  notBeforeMs: number,
): Delivery {
  return {
    programme: input.programme.id,
    id: `digest/${dateFor(input.programme, member, notBeforeMs)}/${member.id}`,
    items: escalations.map((each) => each.item),
    kind: 'digest',
    member: member.id,
    lane: input.laneOf(member) ?? '',
    notBeforeMs,
    urgent: false,
    data: {},
  };
}
