import type { Concepts } from '../article.js';
import { fold, wordsOf } from './fold.js';

/** Finds concepts in words. */
export interface Lexicon {
  /** For each word its concepts; a form of several words counts where it begins, and covers the others. */
  read(words: readonly string[]): readonly Reading[];
  /** How many concepts a word, whole or without its ending, belongs to. */
  count(word: string): number;
}

export interface Reading {
  readonly word: string;
  readonly concepts: readonly string[];
}

/** How many words the longest form of the lexicon may have. */
const LONGEST_FORM = 5;
const SHORTEST_PREFIX = 3;
/** Between the two words of a form whose words stand apart: `meld* ... på` is in "melder eg og Kari oss på". */
const APART = ' ... ';
const FARTHEST = 4;
const NONE: readonly LongForm[] = [];
/** Words whose concepts are kept; no programme's vocabulary is larger, and questions must not fill the memory. */
const MOST_KNOWN = 20_000;

/** A form of several words. */
interface LongForm {
  readonly text: string;
  readonly isPrefix: boolean;
  readonly length: number;
  readonly concepts: string[];
}

/** A form of two words with others between them, as Nordic verbs have them. */
interface Gap {
  readonly first: string;
  readonly isPrefix: boolean;
  readonly last: string;
  readonly concept: string;
}

interface Forms {
  readonly exact: Map<string, string[]>;
  readonly prefixes: Map<string, string[]>;
  /** By their first word. */
  readonly long: Map<string, LongForm[]>;
  readonly gaps: Gap[];
}

/** Kept for each set of concepts: an index is built anew when an article is saved, and the lexicon stays the same. */
const lexicons = new WeakMap<Concepts, Lexicon>();

/** The lexicon of a set of concepts, made once. */
export function lexiconOf(concepts: Concepts): Lexicon {
  let lexicon = lexicons.get(concepts);
  if (lexicon === undefined) lexicons.set(concepts, (lexicon = createLexicon(concepts)));
  return lexicon;
}

/** Folds the lexicon's forms once; a star stands for any ending, three dots for up to three words. */
export function createLexicon(concepts: Concepts): Lexicon {
  const { exact, prefixes, long, gaps } = formsOf(concepts);
  const conceptsOf = remembered((word: string) => {
    const found = new Set(exact.get(word));
    for (let end = word.length; end >= SHORTEST_PREFIX; end -= 1)
      for (const concept of prefixes.get(word.slice(0, end)) ?? []) found.add(concept);
    return [...found];
  });
  const gapsOf = remembered((word: string) =>
    gaps.filter(({ first, isPrefix }) => (isPrefix ? word.startsWith(first) : word === first)),
  );
  return {
    count: (word) => conceptsOf(word).length,
    read(words) {
      const readings: Reading[] = [];
      for (let at = 0; at < words.length; at += 1) {
        const word = words[at] ?? '';
        const found = longFormsAt(words, at, long.get(word) ?? NONE);
        const apart = apartFrom(words, at, gapsOf(word));
        if (found.length === 0 && apart.length === 0) {
          readings.push({ word, concepts: conceptsOf(word) });
          continue;
        }
        const exclusive = Math.max(0, ...found.filter(isQuestion).map((form) => form.length));
        const own = exclusive > 0 ? [] : conceptsOf(word);
        const all = [
          ...found.flatMap((form) => form.concepts),
          ...own,
          ...apart.map(({ concept }) => concept),
        ];
        readings.push({ word, concepts: [...new Set(all)] });
        if (exclusive > 0) at += exclusive - 1;
      }
      return readings;
    },
  };
}

function apartFrom(words: readonly string[], at: number, gaps: readonly Gap[]): readonly Gap[] {
  if (gaps.length === 0) return gaps;
  const following = words.slice(at + 1, at + FARTHEST + 1);
  return gaps.filter(({ last }) => following.includes(last));
}

/** A form that begins with a question word takes that word's own meaning away. */
function isQuestion({ concepts }: LongForm): boolean {
  return concepts.some((concept) => concept.startsWith('q-'));
}

function remembered<T>(read: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const found = read(word);
    if (known.size < MOST_KNOWN) known.set(word, found);
    return found;
  };
}

function formsOf(concepts: Concepts): Forms {
  const forms: Forms = { exact: new Map(), prefixes: new Map(), long: new Map(), gaps: [] };
  for (const [concept, texts] of Object.entries(concepts))
    for (const text of texts) put(forms, text, concept);
  return forms;
}

function put({ exact, prefixes, long, gaps }: Forms, form: string, concept: string): void {
  const isPrefix = form.endsWith('*');
  if (form.includes(APART)) {
    const [first = '', last = ''] = form.split(APART);
    gaps.push({ first: fold(first), isPrefix: first.endsWith('*'), last: fold(last), concept });
    return;
  }
  const text = fold(form);
  if (text === '') return;
  const [first = '', ...others] = wordsOf(text);
  if (others.length === 0) {
    const map = isPrefix ? prefixes : exact;
    map.set(text, [...(map.get(text) ?? []), concept]);
    return;
  }
  const known = long.get(first) ?? [];
  long.set(first, [...known, { text, isPrefix, length: others.length + 1, concepts: [concept] }]);
}

function longFormsAt(words: readonly string[], at: number, forms: readonly LongForm[]): readonly LongForm[] {
  if (forms.length === 0) return forms;
  const text = words.slice(at, at + LONGEST_FORM).join(' ');
  return forms.filter(
    (form) =>
      text.startsWith(form.text) &&
      (form.isPrefix || text.length === form.text.length || text[form.text.length] === ' '),
  );
}

/** Every folded word that the lexicon's forms hold, for spelling and splitting. */
export function lexiconWords(concepts: Concepts): readonly string[] {
  return Object.values(concepts).flatMap((forms) => forms.flatMap((form) => wordsOf(fold(form))));
}
