import Holidays from 'date-holidays';
import type { Temporal } from 'temporal-polyfill';
import type { Policy, Programme } from '../programme/schema.js';

/** Says whether nothing may be told on a day, and why. */
export type QuietDay = (date: Temporal.PlainDate) => 'weekend' | 'holiday' | 'pause' | undefined;

const holidaysByYear = new Map<string, ReadonlySet<string>>();

/** ISO dates of the public holidays of a country (and region) in a year; worked out once. */
function publicHolidays(country: string, region: string | undefined, year: number): ReadonlySet<string> {
  const key = `${country}/${region ?? ''}/${year}`;
  let dates = holidaysByYear.get(key);
  if (dates === undefined) {
    const calendar = region === undefined ? new Holidays(country) : new Holidays(country, region);
    dates = new Set(
      calendar
        .getHolidays(year)
        .filter((holiday) => holiday.type === 'public')
        .map((holiday) => holiday.date.slice(0, 10)),
    );
    holidaysByYear.set(key, dates);
  }
  return dates;
}

/** The quiet days of a programme's policy, with the public holidays of its country or the organisation's region. */
export function quietDaysOf(programme: Programme, region?: string): QuietDay {
  const { policy } = programme;
  return (date) => {
    if (policy.quietWeekdays.includes(date.dayOfWeek)) return 'weekend';
    if (inPause(policy, date)) return 'pause';
    if (policy.quietHolidays && publicHolidays(programme.country, region, date.year).has(date.toString())) {
      return 'holiday';
    }
    return undefined;
  };
}

function inPause(policy: Policy, date: Temporal.PlainDate): boolean {
  if (policy.pause === null) return false;
  const day = date.toString().slice(5);
  const { from, until } = policy.pause;
  return from <= until ? day >= from && day <= until : day >= from || day <= until;
}

/** A year and a day: no run of quiet days is longer, unless every day is quiet. */
const SEARCH_LIMIT_DAYS = 366;

/** The nearest day that is not quiet, the day itself included, going one day at a time in one direction. */
export function workingDay(
  date: Temporal.PlainDate,
  direction: 'before' | 'after',
  isQuiet: QuietDay,
): Temporal.PlainDate {
  const days = direction === 'before' ? -1 : 1;
  let day = date;
  for (let tried = 0; tried < SEARCH_LIMIT_DAYS && isQuiet(day) !== undefined; tried += 1)
    day = day.add({ days });
  return day;
}
