import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { SamlingError, type Fault } from '../core/errors.js';
import { LANGUAGES, type Language } from '../core/programme/language.js';
import { argumentsOf } from './message-arguments.js';

/** All texts: by language, then by key (`<file>.<key>`). */
export type Texts = Readonly<Record<Language, ReadonlyMap<string, string>>>;

/**
 * Reads `locales/<language>/<area>.json`, flat files of ICU messages.
 * @throws SamlingError `LOCALE_WRONG` with every file that is no JSON, every key that a language lacks, every message
 * that does not parse, and every message whose arguments are not those of the other languages.
 * @param isTried whether the texts are known to be right, because the package's own tests have read them; default false.
 *   A language is then read when it is first needed: reading and parsing them all is a fourth of the time of a start.
 */
export function readLocales(folder: string, isTried = false): Texts {
  return isTried ? readWhenNeeded(folder) : readAll(folder);
}

function readWhenNeeded(folder: string): Texts {
  const read = new Map<Language, ReadonlyMap<string, string>>();
  const of = (language: Language) => {
    let texts = read.get(language);
    if (texts === undefined) read.set(language, (texts = readTried(folder, language)));
    return texts;
  };
  const texts = {};
  for (const language of LANGUAGES)
    Object.defineProperty(texts, language, { get: () => of(language), enumerable: true });
  return texts as Texts;
}

function readTried(folder: string, language: Language): Map<string, string> {
  const faults: Fault[] = [];
  const texts = readLanguage(join(folder, language), language, faults, true);
  if (faults.length > 0) throw new SamlingError('LOCALE_WRONG', 'Texts are missing or wrong.', { faults });
  return texts;
}

function readAll(folder: string): Texts {
  const faults: Fault[] = [];
  const texts = Object.fromEntries(
    LANGUAGES.map((language) => [language, readLanguage(join(folder, language), language, faults, false)]),
  ) as Record<Language, Map<string, string>>;
  for (const key of new Set(LANGUAGES.flatMap((language) => [...texts[language].keys()]))) {
    faults.push(...missing(texts, key), ...otherArguments(texts, key));
  }
  if (faults.length > 0) throw new SamlingError('LOCALE_WRONG', 'Texts are missing or wrong.', { faults });
  return texts;
}

function missing(texts: Texts, key: string): Fault[] {
  return LANGUAGES.filter((language) => !texts[language].has(key)).map((language) => ({
    source: `locales/${language}`,
    path: key,
    found: 'nothing',
    expected: 'a text, as in the other languages',
  }));
}

/** Messages whose arguments differ from those of the first language that has the key. */
function otherArguments(texts: Texts, key: string): Fault[] {
  const [first, ...others] = LANGUAGES.filter((language) => texts[language].has(key));
  if (first === undefined) return [];
  const taken = (language: Language) => argumentsOf(texts[language].get(key) ?? '', language).join(', ');
  const expected = taken(first);
  return others
    .filter((language) => taken(language) !== expected)
    .map((language) => ({
      source: `locales/${language}`,
      path: key,
      found: `arguments (${taken(language)})`,
      expected: `(${expected}), as in ${first}`,
    }));
}

function readLanguage(
  folder: string,
  language: Language,
  faults: Fault[],
  isTried: boolean,
): Map<string, string> {
  const texts = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const source = `locales/${language}/${file}`;
    const area = file.slice(0, -'.json'.length);
    for (const [key, value] of Object.entries(readArea(join(folder, file), source, faults))) {
      const fault = isTried && typeof value === 'string' ? undefined : faultIn(value, language);
      if (fault === undefined) texts.set(`${area}.${key}`, value as string);
      else faults.push({ source, path: key, ...fault });
    }
  }
  return texts;
}

function readArea(path: string, source: string, faults: Fault[]): object {
  const expected = 'a JSON object of texts';
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
    faults.push({ source, path: '(file)', found: JSON.stringify(json).slice(0, 40), expected });
  } catch (error) {
    faults.push({ source, path: '(file)', found: (error as Error).message, expected });
  }
  return {};
}

function faultIn(value: unknown, language: Language): Pick<Fault, 'found' | 'expected'> | undefined {
  if (typeof value !== 'string' || value.trim() === '') {
    return { found: JSON.stringify(value), expected: 'a text that is not empty' };
  }
  try {
    new IntlMessageFormat(value, language, undefined, { ignoreTag: true });
    return undefined;
  } catch (error) {
    return { found: JSON.stringify(value), expected: `an ICU message (${(error as Error).message})` };
  }
}
