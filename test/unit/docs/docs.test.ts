import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { loadConfig } from '../../../src/config/load.js';
import { configSchema } from '../../../src/config/schema.js';
import { ERROR_CODES, SamlingError } from '../../../src/core/errors.js';
import { LANGUAGES } from '../../../src/core/programme/language.js';
import { readLocales } from '../../../src/i18n/index.js';
import { asset } from '../../../src/cli/assets.js';

const read = (...path: string[]) => readFileSync(asset(...path), 'utf8');
const names = Object.keys(configSchema.shape);

describe('the documents', () => {
  it('list every error code, and no other', () => {
    const listed = [...read('docs', 'errors.md').matchAll(/^\| `([A-Z_]+)`/gm)].map((match) => match[1]);
    assert.deepEqual(listed, [...ERROR_CODES]);
  });

  it('list every setting with its default, and no other', () => {
    const listed = [...read('docs', 'configuration.md').matchAll(/^\| `(SAMLING_\w+)` +\| `([^`]*)`/gm)];
    assert.deepEqual(
      listed.map((match) => match[1]),
      names,
    );
    const example = [...read('.env.example').matchAll(/^(SAMLING_\w+)=(.*)$/gm)];
    assert.deepEqual(
      example.map((match) => match[1]),
      names,
    );
    const defaults = configSchema.parse({}) as Record<string, unknown>;
    for (const [, name, value] of [...listed, ...example]) assert.equal(String(defaults[name!]), value);
  });
});

describe('settings', () => {
  const faultsOf = (environment: Record<string, string>) => {
    try {
      loadConfig(environment);
    } catch (error) {
      if (error instanceof SamlingError)
        return error.faults.map((each) => `${each.path}: ${each.found}, ${each.expected}`);
      throw error;
    }
    return [];
  };

  it('have defaults', () => {
    assert.deepEqual(loadConfig({ HOME: '/x' }), {
      dataDir: '.samling',
      host: '127.0.0.1',
      port: 3978,
      mode: 'development',
    });
    assert.ok(loadConfig());
  });

  const wrong: readonly [string, string, string][] = [
    ['SAMLING_PORT', 'http', 'a port from 0 to 65535'],
    ['SAMLING_PORT', '70000', 'a port from 0 to 65535'],
    ['SAMLING_PORT', '-1', 'a port from 0 to 65535'],
    ['SAMLING_PORT', '1.5', 'a port from 0 to 65535'],
    ['SAMLING_MODE', 'prod', 'development or production'],
    ['SAMLING_PROT', '1', 'one of'],
  ];
  for (const [name, value, expected] of wrong) {
    it(`${name}=${value} is refused`, () => {
      const [fault] = faultsOf({ [name]: value });
      assert.ok(fault?.startsWith(`${name}: `) && fault.includes(expected), fault);
    });
  }

  it('are refused all at once', () => {
    assert.equal(faultsOf({ SAMLING_PORT: 'x', SAMLING_MODE: 'y', SAMLING_X: 'z' }).length, 3);
  });
});

describe('the texts', () => {
  const texts = readLocales(asset('locales'));
  const sources = (folder: string): string =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|html)$/.test(entry.name))
      .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))
      .join('\n');
  /** Keys that are put together: the beginning stands in the code, the rest comes from a closed list. */
  const composed = [
    'nudge.kind-',
    'nudge.tomorrow',
    'nudge.in-3-days',
    'nudge.next-week',
    'agenda.',
    'help.',
    'language.name-',
    'statements.',
    'playground.',
  ];

  it('are all used', () => {
    const code = sources(asset('src'));
    const unused = [...texts.en.keys()].filter(
      (key) => !composed.some((start) => key.startsWith(start)) && !code.includes(`'${key}'`),
    );
    assert.deepEqual(unused, []);
    const statements = [...texts.en.keys()]
      .filter((key) => key.startsWith('statements.'))
      .map((key) => key.slice(11));
    assert.deepEqual(
      statements.filter((key) => !code.includes(`'${key}'`)),
      [],
    );
    const page = [...texts.en.keys()]
      .filter((key) => key.startsWith('playground.'))
      .map((key) => key.slice(11));
    const isUsed = (key: string) =>
      key.startsWith('language-') || code.includes(`'${key}'`) || code.includes(`data-text="${key}"`);
    assert.deepEqual(
      page.filter((key) => !isUsed(key)),
      [],
    );
  });

  it('take the same arguments in every language', () => {
    const argumentsOf = (text: string) =>
      [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();
    for (const [key, text] of texts.en) {
      for (const language of LANGUAGES) {
        const other = texts[language].get(key) ?? '';
        const own = argumentsOf(other).filter(
          (name) => argumentsOf(text).includes(name) || !/\{\w+\}/.test(`{${String(name)}}`),
        );
        assert.deepEqual(
          own.length,
          argumentsOf(text).filter((name) => other.includes(`{${String(name)}`)).length,
          `${language} ${key}`,
        );
      }
    }
  });

  it('do not shout, and keep nynorsk and bokmål apart', () => {
    const nynorsk = /(^|[^\p{L}])(ikkje|kva|eg|dykk|seinare|veke|framleis|noko|kjem)([^\p{L}]|$)/iu;
    const bokmal = /(^|[^\p{L}])(ikke|hva|jeg|senere|uke|fortsatt|noe|kommer|hvordan)([^\p{L}]|$)/iu;
    for (const language of LANGUAGES) {
      for (const [key, text] of texts[language]) assert.doesNotMatch(text, /!/, `${language} ${key}`);
    }
    for (const [key, text] of texts.nb) assert.doesNotMatch(text, nynorsk, key);
    for (const [key, text] of texts.nn) assert.doesNotMatch(text, bokmal, key);
  });
});
