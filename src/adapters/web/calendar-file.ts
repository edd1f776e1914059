import ical from 'ical-generator';
import { textIn, type Language } from '../../core/programme/language.js';
import type { Occurrence } from '../../core/programme/occurrences.js';
import type { Programme } from '../../core/programme/schema.js';

/**
 * An event as an iCalendar file with one entry. Without times of day it lies on whole days; with them it is local time
 * in the programme's zone. Its UID stays the same, so that adding it again changes the entry instead of doubling it.
 */
export function calendarFile(programme: Programme, occurrence: Occurrence, language: Language): string {
  const calendar = ical({ prodId: { company: 'Samling', product: 'Samling' } });
  const { startTime, endTime } = occurrence;
  const isAllDay = startTime === undefined;
  const start = isAllDay ? occurrence.starts : `${occurrence.starts}T${startTime}:00`;
  const end = isAllDay ? dayAfter(occurrence.ends) : `${occurrence.ends}T${endTime ?? startTime}:00`;
  const place =
    occurrence.place === undefined ? undefined : textIn(occurrence.place, language, programme.languages);
  calendar.createEvent({
    id: `${programme.id}/${occurrence.id}@samling`,
    summary: textIn(occurrence.title, language, programme.languages),
    start,
    end,
    allDay: isAllDay,
    stamp: `${occurrence.starts}T00:00:00Z`,
    ...(isAllDay ? {} : { timezone: programme.zone }),
    ...(place === undefined ? {} : { location: place }),
  });
  return calendar.toString();
}

/** The end of whole days is the day after the last one (RFC 5545, 3.6.1). */
function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
