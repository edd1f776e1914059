import { languageOf } from '../core/members/member-view.js';
import type { Programmes } from '../core/ports/programmes.js';
import type { Tables } from '../core/ports/store.js';
import type { Language } from '../core/programme/language.js';

/** Reads the language in which a member of a programme is spoken to; undefined when there is no such programme. */
export type LanguageIn = (tables: Tables, programme: string, member: string) => Promise<Language | undefined>;

/** Creates it. Whoever is no member (any more) is spoken to in the programme's first language. */
export function createLanguageIn(programmes: Programmes): LanguageIn {
  return async (tables, programmeId, id) => {
    const programme = programmes.get(programmeId);
    if (programme === undefined) return undefined;
    const [member, preferences] = await Promise.all([
      tables.members.get(programmeId, id),
      tables.preferences.get(programmeId, id),
    ]);
    return member === undefined
      ? (programme.languages[0] ?? 'en')
      : languageOf(programme, member, preferences);
  };
}
