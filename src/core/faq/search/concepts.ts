import type { Concepts } from '../article.js';
import { fold, wordsOf } from './fold.js';

/** Finds concepts in words. */
export interface Lexicon {
  /** For each word its concepts; a form of several words counts where it begins, and covers the others. */
  read(words: readonly string[]): readonly Reading[];
  /** Whether a word, whole or without its ending, belongs to a concept. */
  has(word: string): boolean;
}

export interface Reading {
  readonly word: string;
  readonly concepts: readonly string[];
}

/** How many words the longest form of the lexicon may have. */
const LONGEST_FORM = 5;
const SHORTEST_PREFIX = 3;
/** Words whose concepts are kept; no programme's vocabulary is larger, and questions must not fill the memory. */
const MOST_KNOWN = 20_000;

/** Folds the lexicon's forms once; a star stands for any ending. */
export function createLexicon(concepts: Concepts): Lexicon {
  const exact = new Map<string, string[]>();
  const prefixes = new Map<string, string[]>();
  for (const [concept, forms] of Object.entries(concepts)) {
    for (const form of forms) {
      const isPrefix = form.endsWith('*');
      const folded = fold(form);
      if (folded !== '') add(isPrefix ? prefixes : exact, folded, concept);
    }
  }
  const known = new Map<string, readonly string[]>();
  const firstWords = firstWordsOf([...exact.keys(), ...prefixes.keys()]);
  const conceptsOf = (text: string): readonly string[] => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = new Set(exact.get(text));
    for (let end = text.length; end >= SHORTEST_PREFIX; end -= 1)
      for (const concept of prefixes.get(text.slice(0, end)) ?? []) found.add(concept);
    const concepts = [...found];
    if (known.size < MOST_KNOWN) known.set(text, concepts);
    return concepts;
  };
  return {
    has: (word) => conceptsOf(word).length > 0,
    read(words) {
      const readings: Reading[] = [];
      for (let at = 0; at < words.length; at += 1) {
        const word = words[at] ?? '';
        const long = firstWords.has(word) ? longestForm(words, at, exact, prefixes) : undefined;
        const own = long === undefined || !long.isExclusive ? conceptsOf(word) : [];
        readings.push({ word, concepts: [...new Set([...(long?.concepts ?? []), ...own])] });
        if (long?.isExclusive === true) at += long.length - 1;
      }
      return readings;
    },
  };
}

/** The words with which forms of several words begin. */
function firstWordsOf(forms: readonly string[]): ReadonlySet<string> {
  return new Set(forms.filter((form) => form.includes(' ')).map((form) => form.slice(0, form.indexOf(' '))));
}

function add(map: Map<string, string[]>, form: string, concept: string): void {
  const known = map.get(form);
  if (known === undefined) map.set(form, [concept]);
  else if (!known.includes(concept)) known.push(concept);
}

/** A form of several words that begins here. One that begins with a question word takes that word's own meaning away. */
function longestForm(
  words: readonly string[],
  at: number,
  exact: ReadonlyMap<string, string[]>,
  prefixes: ReadonlyMap<string, string[]>,
): { concepts: readonly string[]; length: number; isExclusive: boolean } | undefined {
  for (let length = Math.min(LONGEST_FORM, words.length - at); length > 1; length -= 1) {
    const text = words.slice(at, at + length).join(' ');
    const found = exact.get(text) ?? prefixOf(text, prefixes);
    if (found !== undefined) {
      const isExclusive = found.some((concept) => concept.startsWith('q-'));
      return { concepts: found, length, isExclusive };
    }
  }
  return undefined;
}

function prefixOf(text: string, prefixes: ReadonlyMap<string, string[]>): string[] | undefined {
  const lastWord = text.lastIndexOf(' ') + 2;
  for (let end = text.length; end >= lastWord; end -= 1) {
    const found = prefixes.get(text.slice(0, end));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every folded word that the lexicon's forms hold, for spelling and splitting. */
export function lexiconWords(concepts: Concepts): readonly string[] {
  return Object.values(concepts).flatMap((forms) => forms.flatMap((form) => wordsOf(fold(form))));
}
