import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { loadKnowledge } from '../../../../src/adapters/files/faq-files.js';
import { asset } from '../../../../src/cli/assets.js';
import { createSearch } from '../../../../src/core/faq/search/engine.js';
import { answerLanguage } from '../../../../src/core/faq/search/language-of.js';
import { LANGUAGES, type Language } from '../../../../src/core/programme/language.js';

interface Question {
  readonly q: string;
  readonly lang: Language;
  readonly expect: readonly string[];
}

const search = createSearch(loadKnowledge(asset('data', 'faq'), 'saman'));

/** Those that the search has learnt from, and those that it has not and never shall. */
const learnt = (language: string) => questionsIn(`${language}.jsonl`, `${language}-2.jsonl`);
const unseen = (language: string) => questionsIn(`${language}-3.jsonl`);

function questionsIn(...names: readonly string[]): readonly Question[] {
  return names.flatMap((name) =>
    readFileSync(asset('test', 'fixtures', 'questions', name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Question),
  );
}

function shareOf<T>(all: readonly T[], isSo: (each: T) => boolean): number {
  return all.filter(isSo).length / all.length;
}

describe('questions that people ask', () => {
  for (const language of ['sv', 'nb', 'nn', 'da']) {
    const asked = learnt(language).map((each) => ({ ...each, found: search.find(each.q) }));
    const inScope = asked.filter(({ expect }) => expect.length > 0);
    const outside = asked.filter(({ expect }) => expect.length === 0);
    const isRight = ({ expect, found }: (typeof asked)[number], top: number) =>
      found.articles.slice(0, top).some((id) => expect.includes(id));

    it(`find their article, in ${language}`, () => {
      assert.ok(inScope.length >= 100);
      assert.ok(shareOf(inScope, (each) => isRight(each, 1)) >= 0.95);
      assert.ok(shareOf(inScope, (each) => isRight(each, 3)) >= 0.98);
    });

    it(`are answered at once when the answer is right, and seldom when there is none, in ${language}`, () => {
      const answered = asked.filter(({ found }) => found.tier === 'answer');
      assert.ok(shareOf(inScope, ({ found }) => found.tier === 'answer') >= 0.7);
      assert.ok(shareOf(answered, (each) => isRight(each, 1)) >= 0.97);
      assert.ok(outside.length >= 50);
      assert.ok(shareOf(outside, ({ found }) => found.tier === 'answer') <= 0.03);
    });

    it(`are answered in the asker’s language, in ${language}`, () => {
      assert.ok(shareOf(asked, ({ q, lang }) => answerLanguage(q, lang, LANGUAGES) === lang) >= 0.98);
    });
  }

  it('find their article also when nothing was learnt from them, and near misses get no answer', () => {
    const asked = ['sv', 'nb', 'nn', 'da']
      .flatMap(unseen)
      .map((each) => ({ ...each, found: search.find(each.q) }));
    const inScope = asked.filter(({ expect }) => expect.length > 0);
    const outside = asked.filter(({ expect }) => expect.length === 0);
    const isRight = ({ expect, found }: (typeof asked)[number], top: number) =>
      found.articles.slice(0, top).some((id) => expect.includes(id));
    const answered = asked.filter(({ found }) => found.tier === 'answer');
    assert.ok(inScope.length >= 160 && outside.length >= 80);
    assert.ok(shareOf(inScope, (each) => isRight(each, 1)) >= 0.85);
    assert.ok(shareOf(inScope, (each) => isRight(each, 3)) >= 0.95);
    assert.ok(shareOf(answered, (each) => isRight(each, 1)) >= 0.95);
    assert.ok(shareOf(outside, ({ found }) => found.tier === 'answer') <= 0.05);
  });
});
