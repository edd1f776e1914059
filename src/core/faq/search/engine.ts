import { LANGUAGES } from '../../programme/language.js';
import type { Article, Knowledge, UnknownTopic } from '../article.js';
import { createLexicon, lexiconWords } from './concepts.js';
import { readFeatures, type Features } from './features.js';
import { fold, wordsOf } from './fold.js';
import { judge, type Candidate, type Judgement } from './gate.js';
import { createSpeller } from './spelling.js';
import { createVectors, type Vectors } from './vectors.js';

/** What was found for a question. */
export interface Found extends Judgement {
  /** Ids of articles, best first; at most three. */
  readonly articles: readonly string[];
  /** The known unknown that the question comes nearest to, when that is nearer than any article. */
  readonly unknown?: string;
  /** Whether it has no word that the articles or the lexicon know. */
  readonly isStrange: boolean;
}

export interface SearchOptions {
  /** Leaves out one way of asking, to measure how an index does without it; its number, see `phrases`. */
  readonly without?: number;
}

/** A question's way to the articles. */
export interface Search {
  find(question: string, options?: SearchOptions): Found;
  /** The candidates behind `find`, best first, and how the question was read. */
  explain(
    question: string,
    options?: SearchOptions,
  ): { candidates: readonly Candidate[]; features: Features };
  /** Every way of asking that is indexed. */
  readonly phrases: readonly Phrase[];
}

export interface Phrase {
  readonly text: string;
  readonly language: string;
  readonly id: string;
  readonly isUnknown: boolean;
}

/** How much a concept tells against a bare word, and what each part of the likeness weighs; found by leave-one-out. */
const CONCEPT = 1.5;
const QUESTION_WORD = 0.9;
const MEASURE = 1.2;
const TERMS = 0.6;
const GRAMS = 0.4;
const NEAREST = 0.72;
const COVERED = 0.28;
const MOST_ARTICLES = 3;
/** Shorter words are not used to mend others: too many are one letter apart. */
const SHORTEST_WORD = 4;

interface Index {
  readonly phrases: readonly Phrase[];
  readonly read: (question: string) => Features;
  readonly terms: Vectors;
  readonly grams: Vectors;
  readonly documents: readonly Document[];
}

/** Builds the index of a programme's knowledge; pure, and quick enough to be built anew when an article is saved. */
export function createSearch(knowledge: Knowledge): Search {
  const index = indexOf(knowledge);
  const explain: Search['explain'] = (question, options = {}) => {
    const features = index.read(question);
    return { candidates: candidatesFor(index, features, options.without), features };
  };
  return {
    phrases: index.phrases,
    explain,
    find(question, options) {
      const { candidates, features } = explain(question, options);
      const articles = candidates.filter((each) => !each.isUnknown && each.score > 0).slice(0, MOST_ARTICLES);
      const [first] = candidates;
      return {
        ...judge(candidates, features),
        articles: articles.map((each) => each.id),
        isStrange: features.terms.every((term) => !index.terms.has(term)),
        ...(first?.isUnknown === true && first.score > 0 ? { unknown: first.id } : {}),
      };
    },
  };
}

function indexOf(knowledge: Knowledge): Index {
  const lexicon = createLexicon(knowledge.concepts);
  const phrases = phrasesOf(knowledge);
  const vocabulary = phrases.flatMap((phrase) => wordsOf(fold(phrase.text)));
  const words = [...vocabulary, ...lexiconWords(knowledge.concepts)];
  const speller = createSpeller(words.filter((word) => word.length >= SHORTEST_WORD));
  const read = phrases.map((phrase) => readFeatures(phrase.text, lexicon));
  return {
    phrases,
    read: (question) => readFeatures(question, lexicon, speller),
    terms: createVectors(
      read.map((each) => each.terms),
      boostOf,
    ),
    grams: createVectors(read.map((each) => each.grams)),
    documents: documentsOf(phrases, read),
  };
}

function candidatesFor(index: Index, features: Features, without: number | undefined): Candidate[] {
  const likeness = likenessOf(features, index.terms, index.grams);
  const candidates = index.documents.map((document): Candidate => {
    const coverage = coverageOf(features, document, index.terms, without);
    let nearest = 0;
    for (const phrase of document.phrases)
      if (phrase !== without) nearest = Math.max(nearest, likeness[phrase] ?? 0);
    const { id, isUnknown } = document;
    return {
      id,
      isUnknown,
      coverage,
      score: NEAREST * nearest + COVERED * coverage * Math.min(1, nearest * 3),
    };
  });
  return candidates.sort((a, b) => b.score - a.score);
}

function boostOf(term: string): number {
  if (!term.startsWith('=')) return 1;
  if (term.startsWith('=q-how') && term !== '=q-how') return MEASURE;
  return term.startsWith('=q-') ? QUESTION_WORD : CONCEPT;
}

function phrasesOf({ articles, unknown }: Knowledge): Phrase[] {
  return [...articles.flatMap(phrasesOfArticle), ...unknown.flatMap(phrasesOfTopic)];
}

function phrasesOfArticle({ id, text }: Article): Phrase[] {
  return LANGUAGES.flatMap((language) => {
    const { title, ask } = text[language] ?? { ask: [] };
    const all = title === undefined || ask.some((each) => each === title) ? ask : [title, ...ask];
    return all.map((each) => ({ text: each, language, id, isUnknown: false }));
  });
}

function phrasesOfTopic({ id, text }: UnknownTopic): Phrase[] {
  return LANGUAGES.flatMap((language) =>
    (text[language]?.ask ?? []).map((each) => ({ text: each, language, id, isUnknown: true })),
  );
}

interface Document {
  readonly id: string;
  readonly isUnknown: boolean;
  readonly phrases: readonly number[];
  /** Each term, with the only phrase that has it, or -1 for several. */
  readonly terms: ReadonlyMap<string, number>;
}

function documentsOf(phrases: readonly Phrase[], read: readonly Features[]): Document[] {
  const documents = new Map<
    string,
    { id: string; isUnknown: boolean; phrases: number[]; terms: Map<string, number> }
  >();
  phrases.forEach(({ id, isUnknown }, index) => {
    const key = `${String(isUnknown)}/${id}`;
    let document = documents.get(key);
    if (document === undefined)
      documents.set(key, (document = { id, isUnknown, phrases: [], terms: new Map<string, number>() }));
    document.phrases.push(index);
    for (const term of read[index]?.terms ?? [])
      document.terms.set(term, document.terms.has(term) ? -1 : index);
  });
  return [...documents.values()];
}

function likenessOf(features: Features, terms: Vectors, grams: Vectors): Float32Array {
  const byTerms = terms.compare(features.terms);
  const byGrams = grams.compare(features.grams);
  return byTerms.map((value, index) => TERMS * value + GRAMS * (byGrams[index] ?? 0));
}

function coverageOf(
  features: Features,
  document: Document,
  terms: Vectors,
  without: number | undefined,
): number {
  let covered = 0;
  let all = 0;
  for (const term of features.terms) {
    const weight = terms.weightOf(term);
    all += weight;
    const where = document.terms.get(term);
    if (where !== undefined && (where === -1 || where !== without)) covered += weight;
  }
  return all === 0 ? 0 : covered / all;
}
