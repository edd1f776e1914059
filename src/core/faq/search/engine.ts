import type { Knowledge } from '../article.js';
import { lexiconOf, lexiconWords } from './concepts.js';
import { createDocuments, phrasesOf, type Documents, type Phrase } from './documents.js';
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

/** How much a concept tells against a bare word, and what each part of the likeness weighs; found by leave-one-out. */
const CONCEPT = 1.8;
const QUESTION_WORD = 0.9;
const MEASURE = 1.2;
const TERMS = 0.6;
const GRAMS = 0.4;
const NEAREST = 0.72;
/** How much the three nearest ways of asking count together, against the nearest alone. */
const VOTED = 0.7;
const VOTES = 3;
const COVERED = 0.28;
const MOST_ARTICLES = 3;
/** Shorter words are not used to mend others: too many are one letter apart. */
const SHORTEST_WORD = 4;

interface Index {
  readonly phrases: readonly Phrase[];
  readonly read: (question: string) => Features;
  readonly terms: Vectors;
  readonly grams: Vectors;
  readonly documents: Documents;
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
  const lexicon = lexiconOf(knowledge.concepts);
  const phrases = phrasesOf(knowledge);
  const asked = phrases.map((phrase) => wordsOf(fold(phrase.text)));
  const words = [...asked.flat(), ...lexiconWords(knowledge.concepts)];
  const speller = createSpeller(words.filter((word) => word.length >= SHORTEST_WORD));
  const read = asked.map((each) => readFeatures(each, lexicon));
  return {
    phrases,
    read: (question) => readFeatures(wordsOf(fold(question)), lexicon, speller),
    terms: createVectors(
      read.map((each) => each.terms),
      boostOf,
    ),
    grams: createVectors(read.map((each) => each.grams)),
    documents: createDocuments(phrases, read),
  };
}

function candidatesFor(index: Index, features: Features, without: number | undefined): Candidate[] {
  const likeness = likenessOf(features, index);
  const weights = features.terms.map((term) => index.terms.weightOf(term));
  const all = weights.reduce((sum, each) => sum + each, 0);
  const covered = index.documents.covered(features.terms, weights, without);
  const candidates = index.documents.all.map(({ id, isUnknown, phrases }, at): Candidate => {
    const { nearest, near } = nearestOf(phrases, likeness, without);
    const coverage = all === 0 ? 0 : (covered[at] ?? 0) / all;
    const score = NEAREST * near + COVERED * coverage * Math.min(1, near * 3);
    return { id, isUnknown, coverage, nearest, score };
  });
  return candidates.sort((a, b) => b.score - a.score);
}

/** The likeness of the three nearest ways of asking together, or of fewer, where there are no more; and of the nearest. */
function nearestOf(
  phrases: readonly number[],
  likeness: Float32Array,
  without: number | undefined,
): { readonly nearest: number; readonly near: number } {
  let [first, second, third] = [0, 0, 0];
  let count = 0;
  for (const phrase of phrases) {
    if (phrase === without) continue;
    count += 1;
    const value = likeness[phrase] ?? 0;
    if (value <= third) continue;
    if (value <= second) third = value;
    else if (value <= first) [second, third] = [value, second];
    else [first, second, third] = [value, first, second];
  }
  const voted = (first + second + third) / Math.max(1, Math.min(VOTES, count));
  return { nearest: first, near: (1 - VOTED) * first + VOTED * voted };
}

function boostOf(term: string): number {
  if (!term.startsWith('=')) return 1;
  if (term.startsWith('=q-how') && term !== '=q-how') return MEASURE;
  return term.startsWith('=q-') ? QUESTION_WORD : CONCEPT;
}

function likenessOf(features: Features, { terms, grams, phrases }: Index): Float32Array {
  const likeness = new Float32Array(phrases.length);
  terms.addLikeness(likeness, features.terms, TERMS);
  grams.addLikeness(likeness, features.grams, GRAMS);
  return likeness;
}
