import { LANGUAGES, textIn, type Language } from '../programme/language.js';
import type { Audience, Programme } from '../programme/schema.js';
import { REPEATS, type Repeat } from '../pulse/coordinator-messages.js';
import type { NoticeDefinition } from './definition.js';

/** The choice of everybody, of nothing, in a form's lists; choices must have a value. */
export const ANY = 'any';

/** What was typed, by field: `title-nb`, `body-nb`, `role`, `date`, … */
export type Values = Readonly<Record<string, string>>;

const chosen = (value: string | undefined) => (value === undefined || value === ANY ? '' : value.trim());

type Texts = Partial<Record<Language, string>>;

/**
 * A definition of what was typed; what is wrong with it is for the check to say. A file can say more than the form has
 * fields for: of the notice before, whatever was not changed in the form stays as it was.
 */
export function definitionOf(
  values: Values,
  id: string,
  programme: Programme,
  before?: NoticeDefinition,
): unknown {
  const title = textsOf(values, 'title', programme, before?.title);
  const body = textsOf(values, 'body', programme, before?.body);
  const gathering = chosen(values['gathering']);
  return {
    id,
    title,
    body,
    audience: audienceOf(values, before?.audience),
    instead: insteadOf(values, title, programme, before?.instead),
    ...pictureOf(values, before),
    ...linkOf(values, before),
    ...(gathering === '' ? {} : { gathering }),
    ask: values['ask'] ?? 'none',
    urgent: values['urgent'] === 'true',
    ...whenOf(values, before),
  };
}

/** The texts of one field; those in languages that the programme does not serve have no field. */
function textsOf(values: Values, field: string, { languages }: Programme, before: Texts = {}): Texts {
  const typed = languages.map((each): [Language, string] => [each, chosen(values[`${field}-${each}`])]);
  const others = Object.entries(before).filter(([language]) => !languages.includes(language as Language));
  return Object.fromEntries([...others, ...typed.filter(([, text]) => text !== '')]);
}

/** The form's field for each list of an audience; it shows the first of several. */
export const AUDIENCE_FIELDS = {
  roles: 'role',
  cohorts: 'cohort',
  networks: 'network',
  themes: 'theme',
  organisations: 'organisation',
  parties: 'party',
  languages: 'language',
} as const satisfies Partial<Record<keyof Audience, string>>;
const LISTS = Object.keys(AUDIENCE_FIELDS) as (keyof typeof AUDIENCE_FIELDS)[];

/** Whom a form picks; lists of the notice before that the form does not change stay whole. */
export function audienceOf(values: Values, before: Audience = {}): Audience {
  const { leavingIn } = before;
  const lists = LISTS.flatMap((list): (readonly [string, readonly string[]])[] => {
    const known = before[list];
    const value = chosen(values[AUDIENCE_FIELDS[list]]);
    if (known?.[0] === value) return [[list, known]];
    return value === '' ? [] : [[list, [value]]];
  });
  return { ...(Object.fromEntries(lists) as Audience), ...(leavingIn === undefined ? {} : { leavingIn }) };
}

/** Those whose language is missing get the one that was chosen for them. */
function insteadOf(values: Values, title: Texts, { languages }: Programme, before: Texts = {}): Texts {
  const other = chosen(values['instead']);
  if (other === '') return {};
  const missing = languages.filter((each) => title[each] === undefined);
  const isSame = Object.values(before)[0] === other;
  return { ...Object.fromEntries(missing.map((each) => [each, other])), ...(isSame ? before : {}) };
}

function pictureOf(values: Values, before?: NoticeDefinition): { readonly picture?: unknown } {
  const [url, alt] = [chosen(values['picture']), chosen(values['alt'])];
  const known = before?.picture;
  if (known?.url === url && textIn(known.alt, 'en') === alt) return { picture: known };
  return url === '' ? {} : { picture: { url, alt } };
}

function linkOf(values: Values, before?: NoticeDefinition): { readonly link?: unknown } {
  const url = chosen(values['link']);
  if (before?.link?.url === url) return { link: before.link };
  return url === '' ? {} : { link: { url } };
}

function whenOf(values: Values, before?: NoticeDefinition): { readonly when?: unknown } {
  const shown = before?.when && valuesOf(before);
  if (shown && ['date', 'time', 'repeat'].every((field) => values[field] === shown[field]))
    return { when: before.when };
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
  for (const list of LISTS) values[AUDIENCE_FIELDS[list]] = notice.audience[list]?.[0] ?? ANY;
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
