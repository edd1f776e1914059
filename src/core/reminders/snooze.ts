import { Temporal } from 'temporal-polyfill';
import { workingDay, type QuietDay } from '../calendar/working-days.js';
import type { Occurrence } from '../programme/occurrences.js';

/** How long a nudge can be put off, by its button. */
export const SNOOZE_CHOICES = ['tomorrow', 'in-3-days', 'next-week'] as const;
export type SnoozeChoice = (typeof SNOOZE_CHOICES)[number];

const DAYS: Readonly<Record<SnoozeChoice, number>> = { tomorrow: 1, 'in-3-days': 3, 'next-week': 7 };

/**
 * The day on which a snoozed member is told again: the chosen day or the next working day after it; never later than
 * the last working day before the event, so that snoozing loses nothing. Undefined when no day is left before it.
 * A deadline that is overdue can be put off freely; a gathering that has begun cannot.
 */
export function snoozeUntil(
  choice: SnoozeChoice,
  today: string,
  occurrence: Occurrence,
  isQuiet: QuietDay,
): string | undefined {
  const wanted = workingDay(Temporal.PlainDate.from(today).add({ days: DAYS[choice] }), 'after', isQuiet);
  if (today > occurrence.starts) return occurrence.kind === 'deadline' ? wanted.toString() : undefined;
  const event = Temporal.PlainDate.from(occurrence.starts);
  const last = workingDay(
    occurrence.kind === 'deadline' ? event : event.subtract({ days: 1 }),
    'before',
    isQuiet,
  );
  const until = Temporal.PlainDate.compare(wanted, last) <= 0 ? wanted : last;
  return until.toString() > today ? until.toString() : undefined;
}

/** The choices of a day, by who has which days off and by event: the same for nearly all who are shown it. */
const choices = new WeakMap<QuietDay, Map<string, readonly SnoozeChoice[]>>();
const MOST_CHOICES = 500;

/** The choices that differ and come in time. */
export function snoozeChoices(
  today: string,
  occurrence: Occurrence,
  isQuiet: QuietDay,
): readonly SnoozeChoice[] {
  let known = choices.get(isQuiet);
  if (known === undefined) choices.set(isQuiet, (known = new Map<string, readonly SnoozeChoice[]>()));
  const key = `${today} ${occurrence.starts} ${occurrence.kind}`;
  let found = known.get(key);
  if (found === undefined) {
    if (known.size >= MOST_CHOICES) known.clear();
    known.set(key, (found = choicesOf(today, occurrence, isQuiet)));
  }
  return found;
}

function choicesOf(today: string, occurrence: Occurrence, isQuiet: QuietDay): readonly SnoozeChoice[] {
  const seen = new Set<string>();
  return SNOOZE_CHOICES.filter((choice) => {
    const until = snoozeUntil(choice, today, occurrence, isQuiet);
    if (until === undefined || seen.has(until)) return false;
    seen.add(until);
    return true;
  });
}
