import { calendarEntry } from '../../core/gatherings/calendar.js';
import { languageOf } from '../../core/members/member-view.js';
import type { Programmes } from '../../core/ports/programmes.js';
import type { Store } from '../../core/ports/store.js';
import { LANGUAGES } from '../../core/programme/language.js';
import type { CalendarUrl } from '../../core/reminders/event-item.js';
import type { WebMount } from '../../runtime/web.js';

const PREFIX = '/calendar/';

/** Addresses of calendar files, one for each event and language. */
export function calendarUrlOf(publicUrl: string): CalendarUrl {
  return (programme, occurrence, member) =>
    `${publicUrl}${PREFIX}${programme.id}/${occurrence.id}/${languageOf(programme, member)}.ics`;
}

/** Gives calendar files out; they say what the programme's calendar says, and nothing of persons. */
export function calendarMount(programmes: Programmes, store: Pick<Store, 'gatherings'>): WebMount {
  return {
    path: PREFIX,
    methods: ['GET'],
    async handle({ path }) {
      const [id = '', event = '', file = ''] = path.slice(PREFIX.length).split('/');
      const programme = programmes.get(id);
      const language = LANGUAGES.find((each) => file === `${each}.ics`);
      if (programme === undefined || language === undefined) return { status: 404 };
      const entry = calendarEntry(programme, await store.gatherings.list(id), event);
      if (entry === undefined) return { status: 404 };
      // Loaded when the first file is asked for.
      const { calendarFile } = await import('./calendar-file.js');
      return {
        status: 200,
        headers: { 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': 'attachment' },
        body: calendarFile(programme, entry, language),
      };
    },
  };
}
