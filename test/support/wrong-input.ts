import { ALL } from '../../src/core/gatherings/form.js';
import { ANY } from '../../src/core/notices/form.js';
import { BODY_LONGEST, TITLE_LONGEST } from '../../src/core/notices/definition.js';
import { asset } from '../../src/cli/assets.js';
import { createTranslators } from '../../src/i18n/index.js';
import type { Language } from '../../src/core/programme/language.js';
import type { Member } from '../../src/core/members/types.js';
import { programmeWith } from './programmes.js';

/** Monday morning in Oslo. */
export const START_MS = Date.parse('2014-03-03T08:00:00Z');
export const programme = programmeWith('saman');
/** A network that is no longer there when the form of it is sent. */
export const GONE = programme.networks[0]!.id;

/** What cannot be chosen any more is gone; the form that is open still offers it. */
export async function without<T>(network: string, work: () => Promise<T>): Promise<T> {
  const place = programme.networks.findIndex((each) => each.id === network);
  const [gone] = programme.networks.splice(place, 1);
  try {
    return await work();
  } finally {
    programme.networks.splice(place, 0, gone!);
  }
}

const translators = createTranslators(asset('locales'));

/** The words of a coordinator's own language. */
export const wordsOf = (language: Language) => translators(language, 'NO').t;
const dayIn = (language: Language, day: string) => translators(language, 'NO').longDate(day);

/** A coordinator who reads a language. */
export const coordinatorIn = (language: Language, email: string): Member => ({
  ...{ programme: programme.id, id: `koordinator-${language}`, organisation: 'sekretariat' },
  ...{ roles: ['coordinator'], networks: [], email, language, active: true },
});

export type Form = 'notice' | 'gathering';

/** What stands above a field. */
export function labelOf(form: Form, field: string, language: Language): string {
  const t = wordsOf(language);
  const [name = '', of] = field.split('-');
  if (of !== undefined)
    return t(name === 'title' ? 'notice.title-in' : 'notice.body-in', { language: t(`language.in-${of}`) });
  if (name === 'network') return t('notice.network');
  if (form === 'notice') return t(`notice.${name}`);
  return t(`gathering.field-${name}`);
}

const everyLanguage = (field: string, text: string) =>
  Object.fromEntries(programme.languages.map((each) => [`${field}-${each}`, `${text} ${each}`]));

/** What a right form says, by the ids of its fields. */
export const RIGHT: Readonly<Record<Form, Readonly<Record<string, string>>>> = {
  notice: {
    ...everyLanguage('title', 'Nytt'),
    ...everyLanguage('body', 'Vi møtes i **Molde**.\n\n- ta med kart\n- og kompass'),
    ...{ network: ANY, organisation: ANY, role: 'project-leader' },
    ...{ link: 'https://saman.example/a', date: '2014-03-10', time: '10:30' },
  },
  gathering: {
    ...everyLanguage('title', 'Samling'),
    ...{ starts: '2014-05-05', ends: '2014-05-06', startTime: '09:00', endTime: '15:00' },
    ...{ place: 'Molde', capacity: '40', network: ALL },
    agenda: '09:00 Velkommen\n10:00 Arbeid',
  },
};

export interface Fault {
  readonly what: string;
  readonly form: Form;
  /** What is typed in place of what is right. */
  readonly typed: Readonly<Record<string, string>>;
  /** The sentence that says so. */
  readonly says: (t: ReturnType<typeof wordsOf>, language: Language) => string;
}

const LONG = 'Å'.repeat(4_000);

/** A text that only an input without an end of its own takes. */
const tooLong: Fault = {
  ...{ what: 'a text longer than a message', form: 'notice', typed: { 'body-da': LONG.repeat(3) } },
  says: (t) =>
    t('notice.issue-body-long', { hasLanguage: 'yes', language: t('language.in-da'), longest: BODY_LONGEST }),
};

/** What can be wrong in a form. `longest`: what an input of the platform takes, in characters. */
export const faultsFor = (form: Form, longest: number): readonly Fault[] => {
  const long = LONG.slice(0, longest);
  const inTitle = (t: ReturnType<typeof wordsOf>, of: Language) =>
    t('notice.issue-title-long', {
      hasLanguage: 'yes',
      language: t(`language.in-${of}`),
      longest: TITLE_LONGEST,
    });
  const all: readonly Fault[] = [
    ...(longest > BODY_LONGEST ? [tooLong] : []),
    {
      ...{ what: 'an end before the start', form: 'gathering', typed: { ends: '2014-05-01' } },
      says: (t) => t('gathering.issue-ends-before'),
    },
    {
      ...{ what: 'a start that is past', form: 'gathering', typed: { starts: '2014-02-05', ends: '' } },
      says: (t) => t('gathering.issue-date-past'),
    },
    {
      ...{ what: 'an end time before the start time', form: 'gathering' },
      typed: { ends: '', endTime: '08:00' },
      says: (t) => t('gathering.issue-times'),
    },
    {
      ...{ what: 'a title of thousands of characters', form: 'gathering', typed: { 'title-nn': long } },
      says: (t) => t('gathering.issue-title-long'),
    },
    {
      ...{ what: 'a network that is not there', form: 'gathering', typed: { network: GONE } },
      says: (t) => t('gathering.issue-network'),
    },
    {
      ...{ what: 'no places', form: 'gathering', typed: { capacity: '0' } },
      says: (t) => t('gathering.issue-capacity'),
    },
    {
      ...{ what: 'an audience of nobody', form: 'notice' },
      typed: { role: 'coordinator', organisation: 'voss' },
      says: (t) => t('notice.issue-nobody'),
    },
    {
      ...{ what: 'a day that is past', form: 'notice', typed: { date: '2014-02-28' } },
      says: (t, language) => t('notice.issue-past', { date: dayIn(language, '2014-02-28') }),
    },
    {
      ...{
        what: 'a time of today that is past',
        form: 'notice',
        typed: { date: '2014-03-03', time: '07:15' },
      },
      says: (t) => t('notice.issue-past-time', { time: '07:15' }),
    },
    {
      ...{ what: 'a title of thousands of characters', form: 'notice', typed: { 'title-sv': long } },
      says: (t) => inTitle(t, 'sv'),
    },
    {
      ...{ what: 'a network that is not there', form: 'notice', typed: { network: GONE } },
      says: (t) => t('notice.issue-unknown', { id: GONE }),
    },
    {
      ...{ what: 'a language that is not written', form: 'notice', typed: { 'title-nn': '', 'body-nn': '' } },
      says: (t) => t('notice.issue-language', { count: 1, language: t('language.in-nn') }).split('. ')[1]!,
    },
  ];
  return all.filter((each) => each.form === form);
};
