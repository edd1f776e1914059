import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFault, SamlingError } from '../../../src/core/errors.js';
import { LANGUAGES, type Language } from '../../../src/core/programme/language.js';
import { createTranslators, readLocales } from '../../../src/i18n/index.js';
import { argumentsOf } from '../../../src/i18n/message-arguments.js';

describe('locale files', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'samling-locales-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Writes one area for every language: the same texts, but for what a language has of its own. */
  function write(texts: object, own: Partial<Record<Language, unknown>> = {}) {
    for (const language of LANGUAGES) {
      mkdirSync(join(folder, language), { recursive: true });
      const content = Object.hasOwn(own, language) ? own[language] : texts;
      writeFileSync(
        join(folder, language, 'area.json'),
        typeof content === 'string' ? content : JSON.stringify(content),
      );
    }
  }

  function faults(): string[] {
    try {
      readLocales(folder);
    } catch (error) {
      assert.ok(error instanceof SamlingError);
      assert.equal(error.code, 'LOCALE_WRONG');
      return error.faults.map(describeFault);
    }
    return [];
  }

  it('are read by file and key', () => {
    write({ a: 'x', b: 'y <z' });
    assert.deepEqual(
      [...readLocales(folder).nn],
      [
        ['area.a', 'x'],
        ['area.b', 'y <z'],
      ],
    );
  });

  it('known to be right are read a language at a time, when it is needed', () => {
    write({ a: 'x' }, { da: '{' });
    const texts = readLocales(folder, true);
    assert.deepEqual([...texts.nn], [['area.a', 'x']]);
    assert.equal(texts.nn, texts.nn);
    assert.throws(
      () => texts.da,
      (error) => error instanceof SamlingError && error.faults[0]?.source === 'locales/da/area.json',
    );
  });

  it('name every key that a language lacks', () => {
    write({ a: 'x', b: 'y' }, { nn: { a: 'x' }, da: {} });
    assert.deepEqual(faults(), [
      'locales/da: area.a: found nothing, expected a text, as in the other languages',
      'locales/nn: area.b: found nothing, expected a text, as in the other languages',
      'locales/da: area.b: found nothing, expected a text, as in the other languages',
    ]);
  });

  it('take the same arguments in every language, whatever their order', () => {
    write({ a: '{x} and {n, plural, one {# {y}} other {#}}' }, { da: { a: '{n} {y} {x}' } });
    assert.deepEqual(faults(), []);
    write({ a: '{x} {y}' }, { da: { a: '{z} {x}' } });
    assert.deepEqual(faults(), ['locales/da: area.a: found arguments (x, z), expected (x, y), as in sv']);
  });

  it('are refused all at once when they are no texts, no ICU messages or no JSON', () => {
    write({ a: 'x' }, { sv: { a: 3 }, nb: { a: '{x' }, nn: { a: ' ' }, da: 'no json', en: [] });
    const found = faults().filter((fault) => !fault.includes('found nothing'));
    assert.equal(found.length, 5);
    assert.ok(found[0]?.startsWith('locales/sv/area.json: a: found 3, expected a text'));
    assert.ok(found[1]?.startsWith('locales/nb/area.json: a: found "{x", expected an ICU message'));
    assert.ok(found[2]?.startsWith('locales/nn/area.json: a: found " ", expected a text'));
    assert.ok(found[3]?.startsWith('locales/da/area.json: (file): found '));
    assert.ok(found[4]?.startsWith('locales/en/area.json: (file): found [], expected a JSON object'));
  });

  it('give texts with plurals, and an error for a key or an argument that is not there', () => {
    write({ a: 'to {name}', b: '{n, plural, one {# day} other {# days}}' });
    const { t } = createTranslators(folder)('en');
    assert.equal(t('area.a', { name: '<b>{x}' }), 'to <b>{x}');
    assert.deepEqual([t('area.b', { n: 1 }), t('area.b', { n: 2 })], ['1 day', '2 days']);
    assert.throws(() => t('area.c'), { code: 'LOCALE_WRONG', message: 'There is no text "area.c" in en.' });
    assert.throws(() => t('area.a'), { code: 'LOCALE_WRONG' });
  });
});

describe('the arguments of a message', () => {
  it('are found inside plurals and selections, each once', () => {
    const message = 'a {x} {n, plural, one {# {y} {x}} other {{s, select, a {{z}} other {}}}}';
    assert.deepEqual(argumentsOf(message, 'en'), ['n', 's', 'x', 'y', 'z']);
    assert.deepEqual(argumentsOf('no # <b>arguments</b>', 'en'), []);
  });
});
