import { Temporal } from 'temporal-polyfill';

interface Change {
  /** Local time at which it happens, by the offset before it. */
  readonly local: Temporal.PlainDateTime;
  readonly from: string;
  readonly to: string;
  readonly isDaylight: boolean;
}

/**
 * The rules of a time zone for calendars, as a VTIMEZONE (RFC 5545, 3.6.5) that holds from `firstYear` to `lastYear`,
 * both included. Where the zone changes by the same rule every year, the rule stands there, as Outlook wants it.
 */
export function vtimezone(zone: string, firstYear: number, lastYear: number): string {
  const changes = changesOf(zone, firstYear - 1, lastYear);
  const start = Temporal.PlainDateTime.from({ year: firstYear - 1, month: 1, day: 1 });
  const offset = start.toZonedDateTime(zone).offset;
  const parts =
    changes.length === 0
      ? [observance('STANDARD', start, offset, offset)]
      : [true, false].flatMap((isDaylight) =>
          partsOf(
            changes.filter((each) => each.isDaylight === isDaylight),
            isDaylight ? 'DAYLIGHT' : 'STANDARD',
          ),
        );
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...parts, 'END:VTIMEZONE'].join('\r\n');
}

function changesOf(zone: string, firstYear: number, lastYear: number): readonly Change[] {
  const changes: Change[] = [];
  let at = Temporal.PlainDateTime.from({ year: firstYear, month: 1, day: 1 }).toZonedDateTime(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.year > lastYear) return changes;
    const before = next.subtract({ nanoseconds: 1 });
    const local = next.toInstant().toZonedDateTimeISO(before.offset).toPlainDateTime();
    const isDaylight = next.offsetNanoseconds > before.offsetNanoseconds;
    changes.push({ local, from: before.offset, to: next.offset, isDaylight });
    at = next;
  }
}

/** One observance with a rule where all changes follow it, else one for each change. */
function partsOf(changes: readonly Change[], kind: 'DAYLIGHT' | 'STANDARD'): string[] {
  const [first, ...others] = changes;
  if (first === undefined) return [];
  const rule = ruleOf(first);
  const isYearly = others.every(
    (each, index) =>
      each.local.year === first.local.year + index + 1 &&
      ruleOf(each) === rule &&
      each.from === first.from &&
      each.to === first.to &&
      each.local.toPlainTime().equals(first.local.toPlainTime()),
  );
  if (isYearly && rule !== undefined) return [observance(kind, first.local, first.from, first.to, rule)];
  return changes.map((each) => observance(kind, each.local, each.from, each.to));
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** The rule of a change on the last such weekday of a month, as the European Union's summer time has it. */
function ruleOf({ local }: Change): string | undefined {
  if (local.day + 7 <= local.daysInMonth) return undefined;
  return `FREQ=YEARLY;BYMONTH=${String(local.month)};BYDAY=-1${DAYS[local.dayOfWeek - 1] ?? 'SU'}`;
}

function observance(
  kind: 'DAYLIGHT' | 'STANDARD',
  local: Temporal.PlainDateTime,
  from: string,
  to: string,
  rule?: string,
): string {
  const start = local.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
  return [
    `BEGIN:${kind}`,
    `DTSTART:${start}`,
    ...(rule === undefined ? [] : [`RRULE:${rule}`]),
    `TZOFFSETFROM:${from.replace(':', '')}`,
    `TZOFFSETTO:${to.replace(':', '')}`,
    `END:${kind}`,
  ].join('\r\n');
}
