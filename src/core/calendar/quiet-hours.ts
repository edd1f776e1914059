import { Temporal } from 'temporal-polyfill';

/** Times of day such as `17:00`; may span midnight. */
export interface QuietHours {
  readonly from: string;
  readonly until: string;
}

/** Whether a time of day (`HH:MM`) is quiet. `from` is quiet, `until` is not; equal ends mean no quiet hours. */
export function isQuietTime(time: string, quiet: QuietHours): boolean {
  if (quiet.from === quiet.until) return false;
  return quiet.from < quiet.until
    ? time >= quiet.from && time < quiet.until
    : time >= quiet.from || time < quiet.until;
}

/**
 * The first time of day from `wanted` on that no quiet hours cover; when the rest of the day is quiet, the first of the
 * day; `wanted` itself when the whole day is quiet.
 */
export function allowedTime(wanted: string, quiet: readonly QuietHours[]): string {
  const isAllowed = (time: string) => quiet.every((each) => !isQuietTime(time, each));
  if (isAllowed(wanted)) return wanted;
  const ends = quiet
    .map((each) => each.until)
    .filter(isAllowed)
    .sort();
  return ends.find((time) => time > wanted) ?? ends[0] ?? wanted;
}

/** The instant, in ms, of a local date and time; a time that a DST change skips moves forward by the gap. */
export function instantMs(date: Temporal.PlainDate, time: string, zone: string): number {
  return date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
}

interface LocalTime {
  readonly date: Temporal.PlainDate;
  /** `HH:MM`. */
  readonly time: string;
}

/** Planning asks for the same few instants for every member, and whoever presses asks for now. */
const known = new Map<string, LocalTime>();
const MOST_KNOWN = 1_000;

/** The local date and time of day (`HH:MM`) of an instant. */
export function localTime(ms: number, zone: string): LocalTime {
  // Zones differ by whole minutes since 1972, and nothing finer than a minute is told.
  const key = `${zone}/${String(Math.floor(ms / 60_000))}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const found = {
    date: local.toPlainDate(),
    time: local.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, found);
  return found;
}
