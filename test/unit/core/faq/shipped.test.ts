import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadKnowledge } from '../../../../src/adapters/files/faq-files.js';
import { loadProgrammes } from '../../../../src/adapters/files/programme-files.js';
import { asset } from '../../../../src/cli/assets.js';
import { splitLiveParts } from '../../../../src/core/faq/article.js';
import { FAQ_FILE_KINDS, faqJsonSchema } from '../../../../src/core/faq/json-schema.js';
import { createSearch } from '../../../../src/core/faq/search/engine.js';
import { LANGUAGES } from '../../../../src/core/programme/language.js';

const folder = asset('data', 'faq');
const programmes = loadProgrammes(asset('data', 'programmes')).all();
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
  .map((entry) => ({ name: `${entry.parentPath}/${entry.name}`, from: entry.parentPath }));

describe('the shipped FAQ files', () => {
  it('are described to editors by the schemas of the code', () => {
    for (const kind of FAQ_FILE_KINDS) {
      const shipped = readFileSync(asset('data', `${kind}.schema.json`), 'utf8');
      assert.deepEqual(JSON.parse(shipped), JSON.parse(faqJsonSchema(kind)), kind);
    }
  });

  it('name a schema that is there', () => {
    assert.ok(files.length > 60);
    for (const { name, from } of files) {
      const { $schema } = JSON.parse(readFileSync(name, 'utf8')) as { $schema?: string };
      assert.ok($schema !== undefined && existsSync(resolve(from, $schema)), name);
    }
  });

  it('have the same live parts in every language, and only deadlines of their programme', () => {
    for (const programme of programmes) {
      const deadlines = programme.deadlines.map((each) => each.id);
      for (const { id, text } of loadKnowledge(folder, programme.id).articles) {
        const partsIn = (language: (typeof LANGUAGES)[number]) =>
          splitLiveParts(text[language]?.answer ?? '').filter((_, index) => index % 2 === 1);
        for (const language of LANGUAGES) {
          assert.deepEqual(partsIn(language), partsIn('nb'), `${id} in ${language}`);
          for (const part of partsIn(language).filter((each) => each.startsWith('deadline:')))
            assert.ok(deadlines.includes(part.slice('deadline:'.length)), `${id}: ${part}`);
        }
      }
    }
  });

  it('answer in a short first sentence, without shouting, and without a person’s address or number', () => {
    for (const programme of programmes) {
      for (const { id, text } of loadKnowledge(folder, programme.id).articles) {
        for (const language of LANGUAGES) {
          const answer = text[language]?.answer ?? '';
          const first = answer.split(/(?<=[.?:])\s/)[0] ?? '';
          assert.ok(first.length <= 160, `${id} in ${language}: ${first}`);
          assert.doesNotMatch(answer, /!|@|\+\d{2}\s?\d|\d{8}/, `${id} in ${language}`);
        }
      }
    }
  });

  it('have no way of asking that leads to two articles of a programme', () => {
    for (const { id: programme } of programmes) {
      const owners = new Map<string, string>();
      for (const { id, text } of loadKnowledge(folder, programme).articles)
        for (const language of LANGUAGES)
          for (const way of text[language]?.ask ?? []) {
            assert.equal(owners.get(way) ?? id, id, `${programme}: ${way}`);
            owners.set(way, id);
          }
    }
  });

  it('answer when the next gathering is by the article about it', () => {
    const search = createSearch(loadKnowledge(folder, 'uso4'));
    for (const question of ['när är nästa seminarium', 'vilket datum är nästa verkstad'])
      assert.deepEqual(
        [search.find(question).tier, search.find(question).articles[0]],
        ['answer', 'uso4-datum'],
        question,
      );
  });

  it('share no article between programmes', () => {
    const owners = new Map<string, string>();
    for (const programme of programmes)
      for (const { id } of loadKnowledge(folder, programme.id).articles) {
        assert.equal(owners.get(id), undefined, id);
        owners.set(id, programme.id);
      }
  });
});
