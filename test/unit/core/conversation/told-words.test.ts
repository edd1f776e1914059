import assert from 'node:assert/strict';
import { asset } from '../../../../src/cli/assets.js';
import { understand } from '../../../../src/core/conversation/understand.js';
import { LANGUAGES, type Language } from '../../../../src/core/programme/language.js';
import { readLocales } from '../../../../src/i18n/index.js';
import { vocabulary } from '../../../support/pulse-parts.js';

const texts = readLocales(asset('locales'));

/** What a text asks for, as one word. */
function wanted(text: string): string {
  const command = understand(text, vocabulary, '2014-01-20');
  return command?.kind === 'show' ? command.what : (command?.kind ?? 'nothing');
}

/** The words in quotes of a text that says what to write. */
const quoted = (text: string) => [...text.matchAll(/[”«»“]([^”«»“{}]+)[”»«]/g)].map((match) => match[1]!);

describe('the words that people are told to write', () => {
  const told = [...texts.en.keys()].filter(
    (key) => key.startsWith('statements.') || key === 'gathering.address-secret',
  );
  for (const language of LANGUAGES) {
    it(`are understood in ${language}`, () => {
      const words = told.flatMap((key) => quoted(texts[language].get(key) ?? ''));
      assert.ok(words.length > 10, `only ${String(words.length)} found`);
      assert.deepEqual(
        words.filter((word) => wanted(word) === 'nothing'),
        [],
      );
    });
  }

  const BUTTONS = ['ask', 'coming', 'deadlines', 'gatherings', 'language', 'pause'] as const;
  const typed = (area: string, what: string, language: Language) => [
    `${language}: ${what}`,
    wanted(texts[language].get(`${area}${what}`) ?? ''),
  ];

  it('are those of the help card, too', () => {
    const all = LANGUAGES.flatMap((language) => BUTTONS.map((what) => typed('help.', what, language)));
    assert.deepEqual(
      all.filter(([name, got]) => name?.split(': ')[1] !== got),
      [],
    );
  });

  it("are those of the app's commands in Teams, too", () => {
    const titles = ['coming', 'pause', 'language', 'help'];
    const all = LANGUAGES.flatMap((language) => titles.map((what) => typed('teams.title-', what, language)));
    assert.deepEqual(
      all.filter(([name, got]) => name?.split(': ')[1] !== got),
      [],
    );
  });
});
