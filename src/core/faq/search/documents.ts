import { LANGUAGES } from '../../programme/language.js';
import type { Article, Knowledge, UnknownTopic } from '../article.js';
import type { Features } from './features.js';

/** One way of asking that is indexed. */
export interface Phrase {
  readonly text: string;
  readonly language: string;
  readonly id: string;
  readonly isUnknown: boolean;
}

/** An article or a known unknown, with the numbers of its ways of asking. */
export interface Document {
  readonly id: string;
  readonly isUnknown: boolean;
  readonly phrases: readonly number[];
}

/** Which documents have which terms. */
export interface Documents {
  readonly all: readonly Document[];
  /** For each document the weight of those terms that it has; a term that only the phrase left out has counts for none. */
  covered(terms: readonly string[], weights: readonly number[], without: number | undefined): Float32Array;
}

/** Where several phrases of a document have a term, none of them alone decides. */
const SEVERAL = -1;

interface Place {
  readonly document: number;
  /** The only phrase of the document that has the term, or `SEVERAL`. */
  phrase: number;
}

/** Every way of asking of articles and known unknowns, titles included. */
export function phrasesOf({ articles, unknown }: Knowledge): Phrase[] {
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

/** Gathers phrases into documents, and notes for each term where it is. */
export function createDocuments(phrases: readonly Phrase[], read: readonly Features[]): Documents {
  const all: { id: string; isUnknown: boolean; phrases: number[] }[] = [];
  const numbers = new Map<string, number>();
  const places = new Map<string, Place[]>();
  phrases.forEach(({ id, isUnknown }, index) => {
    const key = `${String(isUnknown)}/${id}`;
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = all.push({ id, isUnknown, phrases: [] }) - 1));
    all[number]?.phrases.push(index);
    for (const term of read[index]?.terms ?? []) note(places, term, number, index);
  });
  return {
    all,
    covered(terms, weights, without) {
      const covered = new Float32Array(all.length);
      terms.forEach((term, index) => {
        for (const { document, phrase } of places.get(term) ?? [])
          if (phrase === SEVERAL || phrase !== without)
            covered[document] = (covered[document] ?? 0) + (weights[index] ?? 0);
      });
      return covered;
    },
  };
}

/** Phrases come document by document, so only the last place can be the same document. */
function note(places: Map<string, Place[]>, term: string, document: number, phrase: number): void {
  const known = places.get(term);
  if (known === undefined) {
    places.set(term, [{ document, phrase }]);
    return;
  }
  const last = known.at(-1);
  if (last?.document === document) last.phrase = SEVERAL;
  else known.push({ document, phrase });
}
