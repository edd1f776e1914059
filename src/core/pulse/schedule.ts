import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { instantMs } from '../calendar/quiet-hours.js';
import { quietDaysOf, workingDay } from '../calendar/working-days.js';
import type { Programme } from '../programme/schema.js';
import type { Schedule } from './definition.js';

/** One round that a schedule gives. */
export interface Turn {
  /** Number of the round, from 1. */
  readonly number: number;
  /** The day of sending, an ISO date: the day of the rule, or the next working day after a weekend or holiday. */
  readonly date: string;
}

/** A rule is followed for so many years; one that gives nothing in them gives nothing. */
const HORIZON_YEARS = 10;

/** What names the days of a schedule. */
type Days = Pick<Schedule, 'starts' | 'rule'>;

/** Reads a rule; dates only, since each member's own zone makes instants of them. */
function ruleOf(schedule: Days): RRuleTemporal {
  const dtstart = Temporal.PlainDate.from(schedule.starts).toZonedDateTime({ timeZone: 'UTC' });
  return new RRuleTemporal({ rruleString: schedule.rule ?? 'FREQ=DAILY;COUNT=1', dtstart });
}

/** Whether the library reads the rule; a rule that fires more than daily is none of ours. */
export function isRule(rule: string): boolean {
  if (!/^FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)(;[A-Z]+=[A-Z0-9,+-]+)*$/.test(rule)) return false;
  try {
    ruleOf({ starts: '2026-01-05', rule });
    return true;
  } catch {
    return false;
  }
}

/** The days that a rule names, in order. */
function daysOf(schedule: Days): readonly string[] {
  if (schedule.rule === undefined) return [schedule.starts];
  const first = Temporal.PlainDate.from(schedule.starts).toZonedDateTime({ timeZone: 'UTC' });
  const moments = ruleOf(schedule).between(first, first.add({ years: HORIZON_YEARS }), true);
  return moments.map((moment) => moment.toPlainDate().toString());
}

/** Whether a schedule ever sends anything. */
export function everFires(schedule: Days): boolean {
  return daysOf(schedule).length > 0;
}

const cache = new WeakMap<Schedule, Map<Programme, readonly Turn[]>>();

/**
 * The rounds of a schedule: days in the programme's pause are left out, weekends and holidays give the next working
 * day, and no two rounds fall on one day. Pure; worked out once for each schedule object.
 */
export function turnsOf(programme: Programme, schedule: Schedule): readonly Turn[] {
  let known = cache.get(schedule);
  if (known === undefined) cache.set(schedule, (known = new Map<Programme, readonly Turn[]>()));
  let turns = known.get(programme);
  if (turns === undefined) known.set(programme, (turns = workOut(programme, schedule)));
  return turns;
}

function workOut(programme: Programme, schedule: Schedule): readonly Turn[] {
  const isQuiet = quietDaysOf(programme);
  const dates = new Set<string>();
  for (const day of daysOf(schedule)) {
    const planned = Temporal.PlainDate.from(day);
    if (schedule.rule !== undefined && isQuiet(planned) === 'pause') continue;
    dates.add(workingDay(planned, 'after', isQuiet).toString());
  }
  return [...dates].sort().map((date, index) => ({ number: index + 1, date }));
}

/** When a round that opened on a date closes: an instant in ms, on a working day, in the programme's zone. */
export function closingMs(programme: Programme, schedule: Schedule, opened: string): number {
  const last =
    schedule.closes !== undefined && schedule.rule === undefined
      ? Temporal.PlainDate.from(schedule.closes)
      : Temporal.PlainDate.from(opened).add({ days: schedule.openDays });
  const day = workingDay(last, 'after', quietDaysOf(programme));
  return instantMs(day, schedule.closesAt, programme.zone);
}
