import { Temporal } from 'temporal-polyfill';

const DAY_MS = 86_400_000;

let known = { day: NaN, date: '' };

/** An ISO instant, such as `2014-01-31T12:00:00.5Z`, as `Temporal.Instant` writes it, for a twentieth of the work. */
export function isoInstant(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  if (day !== known.day) {
    const date = Temporal.Instant.fromEpochMilliseconds(day * DAY_MS)
      .toString()
      .slice(0, -'T00:00:00Z'.length);
    known = { day, date };
  }
  const seconds = Math.floor((ms - day * DAY_MS) / 1000);
  const rest = ms - day * DAY_MS - seconds * 1000;
  const time = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`;
  return `${known.date}T${time}${fraction}Z`;
}

const twoDigits = (value: number) => String(Math.floor(value)).padStart(2, '0');
