/** Letters that the Nordic languages write differently and mean the same. */
const LETTERS: Readonly<Record<string, string>> = {
  æ: 'e',
  ä: 'e',
  ø: 'o',
  ö: 'o',
  å: 'a',
  ð: 'd',
  þ: 't',
  ß: 's',
  w: 'v',
  z: 's',
  q: 'k',
  x: 'ks',
};

/** Words that would become another word once folded: our the Swedish for where, should the Norwegian for lives, sits pages. */
const APART: readonly (readonly [RegExp, string])[] = [
  [/(?<!\p{L})vår(?:t|a|e|an|es|as|s|res|ra)?(?!\p{L})/gu, 'vores'],
  [/(?<!\p{L})b[øö]r(?!\p{L})/gu, 'burde'],
  [/(?<!\p{L})sidder(?!\p{L})/gu, 'sitter'],
  [/(?<!\p{L})va(?= (?:med|me|i|inne)(?!\p{L}))/gu, 'vara'],
];

/** The longest question that is looked at; nobody asks longer ones, and a pasted book must cost no more. */
const LONGEST_QUESTION = 600;

/**
 * Writes a question so that spelling, case, accents and the Nordic languages' different letters no longer matter:
 * `Nätverksträff` and `nettverkstreff` become the same. Words are divided by one space.
 */
export function fold(text: string): string {
  const plain = text
    .slice(0, LONGEST_QUESTION)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '');
  return APART.reduce((kept, [word, instead]) => kept.replace(word, instead), plain)
    .replace(/[æäøöåðþßwzqx]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/aa/g, 'a')
    .replace(/ck/g, 'k')
    .replace(/c(?=[aoulrkt])/g, 'k')
    .replace(/\b[hk]v/g, 'v')
    .replace(/(\p{L})\1+/gu, '$1')
    .trim();
}

/** The words of a folded text. */
export function wordsOf(folded: string): readonly string[] {
  return folded === '' ? [] : folded.split(' ');
}

/** Endings of the Nordic languages and English, folded, longest first. */
const ENDINGS = [
  'erne', 'ane', 'ene', 'arna', 'orna', 'erna', 'anes', 'enes', 'ens', 'ets', 'ast', 'est',
  'en', 'et', 'ar', 'er', 'or', 'na', 'ne', 'te', 'de', 'es', 'as', 'st', 'a', 'e', 's', 't',
]; // prettier-ignore
const SHORTEST_STEM = 4;

/** Takes the ending off a folded word; rough on purpose, and the same for all languages. */
export function stem(word: string): string {
  const ending = ENDINGS.find((each) => word.length - each.length >= SHORTEST_STEM && word.endsWith(each));
  return ending === undefined ? word : word.slice(0, -ending.length);
}
