import { IntlMessageFormat } from 'intl-messageformat';
import { SamlingError } from '../core/errors.js';
import type { Language } from '../core/programme/language.js';
import { clockTime, dateRange, longDate, momentText, tagOf } from './dates.js';
import { readLocales, type Texts } from './locales.js';

export { readLocales, type Texts } from './locales.js';

/** Texts, dates and lists in one language. */
export interface Translator {
  readonly language: Language;
  /** @throws SamlingError `LOCALE_WRONG` for a key that is not there or an argument that is missing. */
  readonly t: (key: string, args?: Readonly<Record<string, string | number>>) => string;
  /** `laurdag 1. februar 2014` */
  readonly longDate: (iso: string) => string;
  /** A moment, an instant in ms, in a zone. */
  readonly moment: (ms: number, zone: string, length: 'long' | 'short') => string;
  readonly dateRange: (from: string, until: string) => string;
  readonly time: (time: string) => string;
  readonly list: (parts: readonly string[]) => string;
}

export type Translators = (language: Language, country?: string) => Translator;

/** Reads the texts once and gives a translator for each language; messages are parsed once. */
export function createTranslators(folder: string, isTried = false): Translators {
  const texts = readLocales(folder, isTried);
  const made = new Map<string, Translator>();
  return (language, country) => {
    const tag = tagOf(language, country);
    let translator = made.get(tag);
    if (translator === undefined) made.set(tag, (translator = createTranslator(texts, language, tag)));
    return translator;
  };
}

function createTranslator(texts: Texts, language: Language, tag: string): Translator {
  const compiled = new Map<string, IntlMessageFormat>();
  const lists = new Intl.ListFormat(tag, { type: 'conjunction' });
  const messageOf = (key: string): IntlMessageFormat => {
    let message = compiled.get(key);
    if (message === undefined) {
      const text = texts[language].get(key);
      if (text === undefined)
        throw new SamlingError('LOCALE_WRONG', `There is no text "${key}" in ${language}.`);
      message = new IntlMessageFormat(text, tag, undefined, { ignoreTag: true });
      compiled.set(key, message);
    }
    return message;
  };
  return {
    language,
    t(key, args) {
      try {
        return String(messageOf(key).format(args));
      } catch (cause) {
        if (cause instanceof SamlingError) throw cause;
        throw new SamlingError('LOCALE_WRONG', `The text "${key}" in ${language} lacks an argument.`, {
          cause,
        });
      }
    },
    longDate: (iso) => longDate(tag, iso),
    moment: (ms, zone, length) => momentText(tag, ms, zone, length),
    dateRange: (from, until) => dateRange(tag, from, until),
    time: (time) => clockTime(tag, time),
    list: (parts) => lists.format(parts),
  };
}
