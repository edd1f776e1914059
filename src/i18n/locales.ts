import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { SamlingError, type Fault } from '../core/errors.js';
import { LANGUAGES, type Language } from '../core/programme/language.js';

/** All texts: by language, then by key (`<file>.<key>`). */
export type Texts = Readonly<Record<Language, ReadonlyMap<string, string>>>;

/**
 * Reads `locales/<language>/<area>.json`, flat files of ICU messages.
 * @throws SamlingError `LOCALE_WRONG` with every key that a language lacks and every message that does not parse.
 */
export function readLocales(folder: string): Texts {
  const faults: Fault[] = [];
  const texts = Object.fromEntries(
    LANGUAGES.map((language) => [language, readLanguage(join(folder, language), language, faults)]),
  ) as Record<Language, Map<string, string>>;
  const keys = new Set(LANGUAGES.flatMap((language) => [...texts[language].keys()]));
  for (const language of LANGUAGES) {
    for (const key of keys) {
      if (texts[language].has(key)) continue;
      faults.push({
        source: `locales/${language}`,
        path: key,
        found: 'nothing',
        expected: 'a text, as in the other languages',
      });
    }
  }
  if (faults.length > 0) throw new SamlingError('LOCALE_WRONG', 'Texts are missing or wrong.', { faults });
  return texts;
}

function readLanguage(folder: string, language: Language, faults: Fault[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const area = file.slice(0, -'.json'.length);
    const json = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>;
    for (const [key, value] of Object.entries(json)) {
      const fault = faultIn(value, language);
      if (fault === undefined) texts.set(`${area}.${key}`, value as string);
      else faults.push({ source: `locales/${language}/${file}`, path: key, ...fault });
    }
  }
  return texts;
}

function faultIn(value: unknown, language: Language): Pick<Fault, 'found' | 'expected'> | undefined {
  if (typeof value !== 'string' || value.trim() === '') {
    return { found: JSON.stringify(value), expected: 'a text that is not empty' };
  }
  try {
    new IntlMessageFormat(value, language);
    return undefined;
  } catch (error) {
    return { found: JSON.stringify(value), expected: `an ICU message (${(error as Error).message})` };
  }
}
