import { Temporal } from 'temporal-polyfill';
import { organisationOf, personOf } from '../members/member-view.js';
import type { Preferences } from '../members/types.js';
import type { Answer } from '../ports/interaction.js';
import { textIn, type Language } from '../programme/language.js';
import { message, sayOnly, statement, type Talk } from './context.js';
import { colleague, colleaguesOf } from './not-mine.js';

function preferencesOf({ state, member }: Talk): Preferences {
  return state.preferences.get(member.id) ?? { programme: member.programme, id: member.id };
}

/** Offers the programme's languages. */
export function askLanguage({ state, language }: Talk): Answer {
  return { say: [message('language', { current: language, choices: [...state.programme.languages] })] };
}

/** Speaks another language from now on, this answer included. */
export async function setLanguage(talk: Talk, language: Language): Promise<Answer> {
  const { programme } = talk.state;
  if (!programme.languages.includes(language)) {
    return sayOnly('language-not-offered', { programme: { text: programme.name } });
  }
  await talk.tables.preferences.put({ ...preferencesOf(talk), language });
  return { say: [statement('language-set', 'done')] };
}

/** Asks until when to be quiet, and who stands in. */
export function askPause(talk: Talk): Answer {
  const { pause, absence } = preferencesOf(talk);
  const until = pause?.until ?? absence?.until;
  return {
    say: [
      message('pause', {
        today: talk.today,
        colleagues: colleaguesOf(talk),
        paused: pause !== undefined || absence !== undefined,
        ...(until === undefined ? {} : { until }),
      }),
    ],
  };
}

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Quiet through a date or until resumed; with a deputy, who is told instead, a date is needed. */
export async function pause(
  talk: Talk,
  form: { readonly until?: string | undefined; readonly deputy?: string | undefined },
): Promise<Answer> {
  const until = form.until === '' ? undefined : form.until;
  if (until !== undefined && (!isDate(until) || until < talk.today)) return sayOnly('date-wrong');
  const { pause: before, absence, ...rest } = preferencesOf(talk);
  const from = talk.today;
  if (form.deputy === undefined) {
    await talk.tables.preferences.put({
      ...rest,
      pause: { from, ...(until === undefined ? {} : { until }) },
    });
    const said =
      until === undefined
        ? statement('paused', 'done')
        : statement('paused-until', 'done', { date: { date: until } });
    return { replace: said, say: [] };
  }
  const deputy = colleague(talk, form.deputy);
  if (deputy === undefined) {
    const name = organisationOf(talk.state.programme, talk.member.organisation)?.name ?? '';
    return sayOnly('deputy-wrong', { organisation: { text: name } });
  }
  if (until === undefined) return sayOnly('date-wrong');
  await talk.tables.preferences.put({ ...rest, absence: { from, until, deputy: deputy.id } });
  const { programme } = talk.state;
  const person = personOf(programme, deputy);
  const name = person.name ?? textIn(person.role, talk.language, programme.languages);
  return { replace: statement('away-until', 'done', { deputy: name, date: { date: until } }), say: [] };
}

/** Reminders again; what is still useful comes now. */
export async function resume(talk: Talk): Promise<Answer> {
  const { pause: before, absence, ...rest } = preferencesOf(talk);
  await talk.tables.preferences.put(rest);
  return { say: [statement('resumed', 'done')], replan: true };
}
