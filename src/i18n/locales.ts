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
 * @param isTried whether the messages are known to parse, because the package's own tests have parsed them; default
 *   false. Parsing them all is a fifth of the time of a start.
 */
export function readLocales(folder: string, isTried = false): Texts {
  const faults: Fault[] = [];
  const texts = Object.fromEntries(
    LANGUAGES.map((language) => [language, readLanguage(join(folder, language), language, faults, isTried)]),
  ) as Record<Language, Map<string, string>>;
  for (const key of new Set(LANGUAGES.flatMap((language) => [...texts[language].keys()]))) {
    faults.push(...missing(texts, key), ...(isTried ? [] : otherArguments(texts, key)));
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
