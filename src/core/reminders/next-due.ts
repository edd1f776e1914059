import { Temporal } from 'temporal-polyfill';
import { instantMs } from '../calendar/quiet-hours.js';
import type { Preferences, Snooze } from '../members/types.js';
import type { Programme } from '../programme/schema.js';
import { returnDates } from './plan-input.js';
import { firstAfter, type GroupPlan } from './slots.js';

/** What can make something due, besides the programme's own slots. Few rows, whatever the number of members. */
export interface Wishes {
  readonly snoozes: Iterable<Snooze>;
  readonly preferences: Iterable<Preferences>;
}

/**
 * The next instant after `afterMs` at which planning may find something; undefined when nothing is left. A tick before
 * it costs the same whatever the number of members.
 */
export function nextDueMs(
  programme: Programme,
  plans: readonly GroupPlan[],
  wishes: Wishes,
  afterMs: number,
): number | undefined {
  let next = Infinity;
  const consider = (atMs: number | undefined) => {
    if (atMs !== undefined && atMs > afterMs && atMs < next) next = atMs;
  };
  for (const plan of plans) {
    consider(plan.slots[firstAfter(plan.slots, afterMs)]?.atMs);
    consider(plan.escalations[firstAfter(plan.escalations, afterMs)]?.atMs);
    for (const date of wishDates(wishes)) consider(instantMs(date, programme.policy.nudgeAt, plan.zone));
  }
  return next === Infinity ? undefined : next;
}

function* wishDates(wishes: Wishes): Iterable<Temporal.PlainDate> {
  for (const snooze of wishes.snoozes) yield Temporal.PlainDate.from(snooze.until);
  for (const preferences of wishes.preferences) {
    for (const until of returnDates(preferences)) yield Temporal.PlainDate.from(until).add({ days: 1 });
  }
}
