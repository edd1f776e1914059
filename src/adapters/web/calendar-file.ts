import ical, { ICalCalendarMethod, ICalEventStatus, type ICalCalendar } from 'ical-generator';
import type { CalendarEntry } from '../../core/gatherings/calendar.js';
import { textIn, type Language } from '../../core/programme/language.js';
import type { Occurrence } from '../../core/programme/occurrences.js';
import type { Programme } from '../../core/programme/schema.js';
import { vtimezone } from './vtimezone.js';

const STATUS = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const;

/** How often calendars should look for changes, in seconds. */
const REFRESH_S = 3600;

/**
 * An event as an iCalendar file with one entry. Without times of day it lies on whole days; with them it is local time
 * in the programme's zone. Its UID stays the same and its sequence rises, so that adding it again changes the entry
 * instead of doubling it; a cancelled one takes the entry away (RFC 5546, 3.2.5).
 */
export function calendarFile(programme: Programme, entry: CalendarEntry, language: Language): string {
  const isCancelled = entry.status === 'cancelled';
  const calendar = calendarOf(programme, [entry]);
  calendar.method(isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH);
  addEvent(calendar, programme, entry, language);
  return calendar.toString();
}

/** A calendar that programs such as Outlook and Google read again and again. */
export function calendarFeed(
  programme: Programme,
  entries: readonly CalendarEntry[],
  language: Language,
  name: string,
): string {
  const calendar = calendarOf(programme, entries);
  calendar.method(ICalCalendarMethod.PUBLISH).name(name.replace(/\s+/g, ' ')).ttl(REFRESH_S);
  for (const entry of entries) addEvent(calendar, programme, entry, language);
  return calendar.toString();
}

function calendarOf(programme: Programme, entries: readonly CalendarEntry[]): ICalCalendar {
  const years = entries.flatMap(({ occurrence }) =>
    [occurrence.starts, occurrence.ends].map((date) => Number(date.slice(0, 4))),
  );
  const calendar = ical({ prodId: { company: 'Samling', product: 'Samling' } });
  const generator = (zone: string) => vtimezone(zone, Math.min(...years), Math.max(...years));
  return calendar.timezone({ name: null, generator });
}

function addEvent(
  calendar: ICalCalendar,
  programme: Programme,
  { occurrence, sequence, status, changedAt }: CalendarEntry,
  language: Language,
): void {
  const say = (text: Occurrence['title']) => textIn(text, language, programme.languages);
  const { startTime, endTime, agenda = [], place, whatToDo, link } = occurrence;
  const isAllDay = startTime === undefined;
  const description = [
    ...(whatToDo === undefined ? [] : [say(whatToDo)]),
    ...agenda.map(({ time, title }) => `${time} ${say(title)}`),
  ].join('\n');
  calendar.createEvent({
    id: `${programme.id}/${occurrence.id}@samling`,
    summary: say(occurrence.title),
    start: isAllDay ? occurrence.starts : `${occurrence.starts}T${startTime}:00`,
    end: isAllDay ? dayAfter(occurrence.ends) : `${occurrence.ends}T${endTime ?? startTime}:00`,
    allDay: isAllDay,
    sequence,
    status: STATUS[status],
    // Without a method of its own, the stamp is that of the last change (RFC 5545, 3.8.7.2).
    stamp: changedAt ?? `${occurrence.starts}T00:00:00Z`,
    ...(changedAt === undefined ? {} : { lastModified: changedAt }),
    ...(isAllDay ? {} : { timezone: programme.zone }),
    ...(place === undefined ? {} : { location: say(place) }),
    ...(description === '' ? {} : { description }),
    ...(link === undefined ? {} : { url: link }),
  });
}

/** The end of whole days is the day after the last one (RFC 5545, 3.6.1). */
function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
