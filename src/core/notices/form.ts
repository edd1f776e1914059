import { LANGUAGES, textIn, type Language } from '../programme/language.js';
import type { Audience, Programme } from '../programme/schema.js';
import { REPEATS, type Repeat } from '../pulse/coordinator-messages.js';
import type { NoticeDefinition } from './definition.js';

/** The choice of everybody, of nothing, in a form's lists; choices must have a value. */
export const ANY = 'any';

/** What was typed, by field: `title-nb`, `body-nb`, `role`, `date`, … */
export type Values = Readonly<Record<string, string>>;

const chosen = (value: string | undefined) => (value === undefined || value === ANY ? '' : value.trim());

/** A definition of what was typed; what is wrong with it is for the check to say. */
export function definitionOf(values: Values, id: string, programme: Programme): unknown {
  const texts = (field: string) =>
    Object.fromEntries(
      programme.languages.flatMap((language) => {
        const text = chosen(values[`${field}-${language}`]);
        return text === '' ? [] : [[language, text]];
      }),
    ) as Partial<Record<Language, string>>;
  const title = texts('title');
  const body = texts('body');
  const link = chosen(values['link']);
  const gathering = chosen(values['gathering']);
  const picture = chosen(values['picture']);
  return {
    ...{ id, title, body, audience: audienceOf(values), instead: insteadOf(values, title, programme) },
    ...(picture === '' ? {} : { picture: { url: picture, alt: chosen(values['alt']) } }),
    ...(link === '' ? {} : { link: { url: link } }),
    ...(gathering === '' ? {} : { gathering }),
    ...{ ask: values['ask'] ?? 'none', urgent: values['urgent'] === 'true' },
    ...whenOf(values),
  };
}

function audienceOf(values: Values): Audience {
  const one = (key: string, field: string) => {
    const id = chosen(values[field]);
    return id === '' ? {} : { [key]: [id] };
  };
  return { ...one('roles', 'role'), ...one('cohorts', 'cohort'), ...one('networks', 'network') };
}

/** Those whose language is missing get the one that was chosen for them. */
function insteadOf(
  values: Values,
  title: Partial<Record<Language, string>>,
  programme: Programme,
): Partial<Record<Language, string>> {
  const other = chosen(values['instead']);
  if (other === '') return {};
  const missing = programme.languages.filter((each) => title[each] === undefined);
  return Object.fromEntries(missing.map((each) => [each, other]));
}

function whenOf(values: Values): { readonly when?: unknown } {
  const date = chosen(values['date']);
  const rule = REPEATS[(values['repeat'] ?? 'once') as Repeat] as string | undefined;
  if (date === '' && rule === undefined) return {};
  const time = chosen(values['time']);
  return { when: { date, ...(time === '' ? {} : { time }), ...(rule === undefined ? {} : { rule }) } };
}

/** What a form shows for a notice that is there. */
export function valuesOf(notice: NoticeDefinition): Values {
  const values: Record<string, string> = { ask: notice.ask, urgent: String(notice.urgent) };
  for (const language of LANGUAGES) {
    values[`title-${language}`] = notice.title[language] ?? '';
    values[`body-${language}`] = notice.body[language] ?? '';
  }
  const { roles, cohorts, networks } = notice.audience;
  values['role'] = roles?.[0] ?? ANY;
  values['cohort'] = cohorts?.[0] ?? ANY;
  values['network'] = networks?.[0] ?? ANY;
  values['gathering'] = notice.gathering ?? ANY;
  values['instead'] = Object.values(notice.instead)[0] ?? ANY;
  if (notice.picture !== undefined) {
    values['picture'] = notice.picture.url;
    values['alt'] = textIn(notice.picture.alt, 'en');
  }
  if (notice.link !== undefined) values['link'] = notice.link.url;
  if (notice.when !== undefined) {
    values['date'] = notice.when.date;
    values['time'] = notice.when.time;
    const { rule } = notice.when;
    values['repeat'] = Object.entries(REPEATS).find(([, each]) => each === rule)?.[0] ?? 'once';
  }
  return values;
}

/** An id that says what a notice is about and of which day it is; the same for the same title and day. */
export function idFor(values: Values, today: string): string {
  const title = Object.entries(values).find(
    ([key, value]) => key.startsWith('title-') && value.trim() !== '',
  );
  const slug = (title?.[1] ?? '')
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replace(/[øö]/g, 'o')
    .replace(/[åä]/g, 'a')
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return `${slug === '' ? 'notice' : slug}-${today}`;
}
