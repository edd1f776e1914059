import { calendarEntry } from '../../core/gatherings/calendar.js';
import type { Programmes } from '../../core/ports/programmes.js';
import type { Store } from '../../core/ports/store.js';
import { LANGUAGES, type Language } from '../../core/programme/language.js';
import type { CalendarUrl } from '../../core/reminders/event-item.js';
import type { Sealer } from '../../runtime/sealed.js';
import type { WebMount } from '../../runtime/web.js';

const PREFIX = '/calendar/';

/** The language of a file, and the proof that its address was made here. */
const FILE = /^(\w\w)-([\w-]{22})\.ics$/;

const placeOf = (programme: string) => `calendar/${programme}`;
const contentOf = (event: string, language: Language) => `${event}/${language}`;

/**
 * Addresses of calendar files, one for each event and language. An event may have a place and a link that only those who
 * are told of it should know, so an address holds a proof of the configuration's key, which nobody guesses.
 */
export function calendarUrlOf(publicUrl: string, sealer: Pick<Sealer, 'sign'>): CalendarUrl {
  return (programme, occurrence, language) => {
    const proof = sealer.sign(contentOf(occurrence.id, language), placeOf(programme.id));
    return `${publicUrl}${PREFIX}${programme.id}/${occurrence.id}/${language}-${proof}.ics`;
  };
}

export interface CalendarMountOptions {
  readonly programmes: Programmes;
  readonly store: Pick<Store, 'gatherings'>;
  readonly sealer: Pick<Sealer, 'isSigned'>;
}

/** Gives calendar files out; they say what the programme's calendar says, and nothing of persons. */
export function calendarMount({ programmes, store, sealer }: CalendarMountOptions): WebMount {
  return {
    path: PREFIX,
    methods: ['GET'],
    async handle({ path }) {
      const [id = '', event = '', file = ''] = path.slice(PREFIX.length).split('/');
      const [, name, proof = ''] = FILE.exec(file) ?? [];
      const programme = programmes.get(id);
      const language = LANGUAGES.find((each) => each === name);
      if (programme === undefined || language === undefined) return { status: 404 };
      if (!sealer.isSigned(contentOf(event, language), placeOf(id), proof)) return { status: 404 };
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
