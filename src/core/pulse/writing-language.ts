/**
 * Words that tell the five languages apart; short, frequent, and as far as can be in one of them only. Enough to keep
 * a text in a rare language from pointing to its writer; not a language detector.
 */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  sv: [
    'och',
    'är',
    'inte',
    'jag',
    'vi',
    'att',
    'för',
    'mycket',
    'också',
    'från',
    'vad',
    'bra',
    'något',
    'när',
    'mig',
  ],
  nn: [
    'ikkje',
    'eg',
    'kva',
    'korleis',
    'meir',
    'frå',
    'saman',
    'vere',
    'berre',
    'noko',
    'nokon',
    'dei',
    'ein',
    'eit',
  ],
  nb: [
    'ikke',
    'jeg',
    'hva',
    'hvordan',
    'mer',
    'fra',
    'sammen',
    'være',
    'bare',
    'noe',
    'noen',
    'også',
    'bra',
    'veldig',
  ],
  da: [
    'ikke',
    'jeg',
    'hvad',
    'hvordan',
    'mere',
    'fra',
    'sammen',
    'være',
    'kun',
    'noget',
    'nogen',
    'også',
    'af',
    'godt',
    'meget',
  ],
  en: [
    'the',
    'and',
    'is',
    'not',
    'we',
    'to',
    'of',
    'more',
    'with',
    'what',
    'for',
    'it',
    'too',
    'are',
    'that',
  ],
};

/** The language that a text seems to be written in; `other` when nothing tells. */
export function writingLanguage(text: string): string {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  let best = 'other';
  let most = 0;
  for (const [language, known] of Object.entries(WORDS)) {
    const hits = words.filter((word) => known.includes(word)).length;
    if (hits > most) [best, most] = [language, hits];
  }
  if (most > 0) return best;
  if (/[äö]/i.test(text)) return 'sv';
  return /[æø]/i.test(text) ? 'nb' : 'other';
}
