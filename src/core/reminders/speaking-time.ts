import type { Temporal } from 'temporal-polyfill';
import { allowedTime, instantMs, isQuietTime, localTime, type QuietHours } from '../calendar/quiet-hours.js';
import { workingDay } from '../calendar/working-days.js';
import type { Member, Preferences } from '../members/types.js';
import type { Programme } from '../programme/schema.js';
import { planOf } from './plan-input.js';

function quietHoursOf(programme: Programme, preferences: Preferences | undefined): readonly QuietHours[] {
  const own = preferences?.quietHours;
  return own === undefined ? [programme.policy.quietHours] : [programme.policy.quietHours, own];
}

/** The first instant, from `fromMs` on, at which Samling may speak to a member of its own accord. */
export function speakingTime(
  programme: Programme,
  member: Member,
  preferences: Preferences | undefined,
  fromMs: number,
): number {
  const { zone, isQuiet } = planOf(programme, member);
  const quiet = quietHoursOf(programme, preferences);
  const { date, time } = localTime(fromMs, zone);
  if (isQuiet(date) === undefined) {
    if (quiet.every((each) => !isQuietTime(time, each))) return fromMs;
    const later = allowedTime(time, quiet);
    if (later > time) return instantMs(date, later, zone);
  }
  return nextMorning(programme, member, preferences, date);
}

/** The hour of nudges, or the member's first allowed one after it, on the next working day after a date. */
export function nextMorning(
  programme: Programme,
  member: Member,
  preferences: Preferences | undefined,
  date: Temporal.PlainDate,
): number {
  const { zone, isQuiet } = planOf(programme, member);
  const day = workingDay(date.add({ days: 1 }), 'after', isQuiet);
  return instantMs(day, allowedTime(programme.policy.nudgeAt, quietHoursOf(programme, preferences)), zone);
}

/** The local date of an instant for a member, an ISO date. */
export function dateFor(programme: Programme, member: Member, atMs: number): string {
  return localTime(atMs, planOf(programme, member).zone).date.toString();
}
