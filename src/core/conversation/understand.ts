import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { LANGUAGES, type Language } from '../programme/language.js';

/** What a text can ask for. */
export type Command =
  | {
      readonly kind: 'show';
      readonly what:
        | 'coming'
        | 'deadlines'
        | 'gatherings'
        | 'calendars'
        | 'language'
        | 'pause'
        | 'pulses'
        | 'notices'
        | 'audit'
        | 'ask'
        | 'help';
    }
  | { readonly kind: 'set-language'; readonly language: Language }
  | { readonly kind: 'pause-until'; readonly until: string }
  /** A pause until a day that is none, such as 31 February. */
  | { readonly kind: 'pause-unread' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'handed-in' }
  | { readonly kind: 'rsvp'; readonly answer: 'yes' | 'maybe' | 'no' }
  /** A question, said to be one. */
  | { readonly kind: 'ask'; readonly question: string };

const phrases = z.array(z.string().min(1)).min(1);

/** How people say things, over all languages; a phrase is understood whatever the member's own language. */
export const vocabularySchema = z.strictObject({
  coming: phrases,
  deadlines: phrases,
  gatherings: phrases,
  calendars: phrases,
  'rsvp-yes': phrases,
  'rsvp-maybe': phrases,
  'rsvp-no': phrases,
  language: phrases,
  pause: phrases,
  pulses: phrases,
  notices: phrases,
  audit: phrases,
  help: phrases,
  /** First words that say that a question follows. */
  ask: phrases,
  resume: phrases,
  'handed-in': phrases,
  /** Words that turn a sentence round. */
  not: phrases,
  /** First words of a question. */
  asking: phrases,
  languages: z.record(z.enum(LANGUAGES), phrases),
  /** Words for months, January first, and for next week and tomorrow. */
  months: z.array(phrases).length(12),
  'next-week': phrases,
  tomorrow: phrases,
  /** Words that ask for the first of what comes. */
  next: phrases,
  /** Words that carry no meaning of their own here. */
  fillers: phrases,
});
export type Vocabulary = z.infer<typeof vocabularySchema>;

/** Lower case, one spelling for Nordic letters (æ=ä, ø=ö, aa=å), no punctuation. */
export function fold(text: string): string {
  return text
    .slice(0, 500)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('æ', 'ä')
    .replaceAll('ø', 'ö')
    .replaceAll('aa', 'å')
    .replace(/[^\p{L}\p{N}.\-/ ]/gu, ' ')
    .replace(/(^|\s)[.\-/]+|[.\-/]+(?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The words of each phrase of a list, folded; kept for each list, which is the same for every text. */
const folded = new WeakMap<readonly string[], readonly (readonly string[])[]>();

function wordsOf(list: readonly string[]): readonly (readonly string[])[] {
  let words = folded.get(list);
  if (words === undefined) folded.set(list, (words = list.map((phrase) => fold(phrase).split(' '))));
  return words;
}

/** What can be shown, what is named most seldom first. */
const SHOWN = [
  ...(['audit', 'pulses', 'notices', 'calendars', 'language'] as const),
  ...(['deadlines', 'gatherings', 'coming', 'help'] as const),
];

/** A longer text in which somebody comes somewhere is more likely a question. */
const RSVP_WORDS = 7;

/** So many short texts that are a command, whatever the day, are understood once; nothing else is kept. */
const MOST_KNOWN = 500;
const LONGEST_KNOWN = 40;

const known = new WeakMap<Vocabulary, Map<string, Command>>();

/** What a text asks for, in any of the five languages; undefined when it is none of the commands. */
export function understand(text: string, vocabulary: Vocabulary, today: string): Command | undefined {
  let commands = known.get(vocabulary);
  if (commands === undefined) known.set(vocabulary, (commands = new Map<string, Command>()));
  const before = commands.get(text);
  if (before !== undefined) return before;
  const found = read(text, vocabulary, today);
  if (found !== undefined && isOfAnyDay(found) && text.length <= LONGEST_KNOWN && commands.size < MOST_KNOWN)
    commands.set(text, found);
  return found;
}

function isOfAnyDay(command: Command): boolean {
  if (command.kind === 'show') return command.what !== 'pause';
  return command.kind !== 'ask' && command.kind !== 'pause-until';
}

function read(text: string, vocabulary: Vocabulary, today: string): Command | undefined {
  const asked = questionIn(text, vocabulary);
  if (asked !== undefined) return asked;
  const fillers = new Set(wordsOf(vocabulary.fillers).map((words) => words.join(' ')));
  const all = fold(text)
    .split(' ')
    .filter((word) => word !== '');
  const words = all.filter((word) => !fillers.has(word));
  const has = (list: readonly string[]) =>
    wordsOf(list).some((wanted) => containsPhrase(words, wanted) || containsPhrase(all, wanted));
  if (has(vocabulary.resume)) return { kind: 'resume' };
  if (has(vocabulary.pause)) {
    const until = dateIn(words, vocabulary, today);
    if (until !== undefined) return { kind: 'pause-until', until };
    return words.some((word) => /\d/.test(word)) ? { kind: 'pause-unread' } : { kind: 'show', what: 'pause' };
  }
  const isAsked = isQuestion(text, all, vocabulary);
  if (saysHandedIn(all, vocabulary)) {
    return isAsked || has(vocabulary.not) ? { kind: 'show', what: 'deadlines' } : { kind: 'handed-in' };
  }
  // "No" says "yes" with one more word, and so does "maybe".
  const rsvp = (['no', 'maybe', 'yes'] as const).find((each) => has(vocabulary[`rsvp-${each}`]));
  if (rsvp !== undefined && !isAsked && all.length <= RSVP_WORDS) {
    return { kind: 'rsvp', answer: rsvp === 'yes' && has(vocabulary.not) ? 'no' : rsvp };
  }
  // "Norsk nynorsk" holds the word for the other, too.
  const language = (['nn', ...LANGUAGES] as const).find((each) => has(vocabulary.languages[each]));
  if (language !== undefined && (words.length <= 2 || has(vocabulary.language))) {
    return { kind: 'set-language', language };
  }
  // A word of a question can be one letter from a greeting ("tjene", to earn).
  const greets = (list: readonly string[]) =>
    wordsOf(list).some(
      (wanted) =>
        [all, words].some((each) => containsPhrase(each, wanted, isSame)) ||
        (words.length === wanted.length && containsPhrase(words, wanted)),
    );
  const shown = SHOWN.find((what) => (what === 'help' ? greets : has)(vocabulary[what]));
  return shown === undefined ? undefined : { kind: 'show', what: shown };
}

/** `ask …`, whatever follows; the word alone asks for the form. */
function questionIn(text: string, { ask }: Vocabulary): Command | undefined {
  const [, first = '', question = ''] = /^\s*(\S+)\s*([^]*)$/.exec(text) ?? [];
  const word = fold(first);
  if (!wordsOf(ask).some((words) => words.length === 1 && words[0] === word)) return undefined;
  return question === '' ? { kind: 'show', what: 'ask' } : { kind: 'ask', question };
}

/** Whether a text asks for the first of what comes, and not how something is. */
export function asksForNext(text: string, { next }: Vocabulary): boolean {
  const words = fold(text).split(' ');
  return wordsOf(next).some((phrase) => containsPhrase(words, phrase, isSame));
}

type Comparison = (word: string | undefined, wanted: string) => boolean;
const isSame: Comparison = (word, wanted) => word === wanted;

function containsPhrase(words: readonly string[], phrase: readonly string[], isOne: Comparison = isAlike) {
  return words.some((_, start) => phrase.every((part, offset) => isOne(words[start + offset], part)));
}

/** Letter by letter: what is to be handed in ("levere") is one letter from what has been ("levert"). */
function saysHandedIn(words: readonly string[], vocabulary: Vocabulary): boolean {
  return wordsOf(vocabulary['handed-in']).some((phrase) => containsPhrase(words, phrase, isSame));
}

/** Who asks whether it is so does not say that it is. */
function isQuestion(text: string, words: readonly string[], { asking }: Vocabulary): boolean {
  const begins = (phrase: readonly string[]) => phrase.every((part, place) => words[place] === part);
  return text.includes('?') || wordsOf(asking).some(begins);
}

/** From this length on, one letter may be wrong, missing, doubled or swapped with its neighbour. */
const TYPO_LENGTH = 5;

function isAlike(word: string | undefined, wanted: string): boolean {
  if (word === undefined) return false;
  if (word === wanted) return true;
  if (wanted.length < TYPO_LENGTH || Math.abs(word.length - wanted.length) > 1) return false;
  let start = 0;
  while (start < wanted.length && word[start] === wanted[start]) start += 1;
  const [rest, wantedRest] = [word.slice(start), wanted.slice(start)];
  return (
    rest.slice(1) === wantedRest.slice(1) ||
    rest === wantedRest.slice(1) ||
    rest.slice(1) === wantedRest ||
    (rest[0] === wantedRest[1] && rest[1] === wantedRest[0] && rest.slice(2) === wantedRest.slice(2))
  );
}

/** A date in words or figures, from today on: `15. mars`, `15/3`, `2014-03-15`, "next week" (through its Sunday). */
function dateIn(words: readonly string[], vocabulary: Vocabulary, today: string): string | undefined {
  const now = Temporal.PlainDate.from(today);
  const has = (list: readonly string[]) => wordsOf(list).some((wanted) => containsPhrase(words, wanted));
  if (has(vocabulary['next-week'])) return now.add({ days: 14 - now.dayOfWeek }).toString();
  if (has(vocabulary.tomorrow)) return now.add({ days: 1 }).toString();
  for (const [index, word] of words.entries()) {
    const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(word);
    if (iso !== null) return validDate(Number(iso[1]), Number(iso[2]), Number(iso[3]), now);
    const figures = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?$/.exec(word);
    if (figures !== null) {
      return validDate(
        figures[3] === undefined ? undefined : Number(figures[3]),
        Number(figures[2]),
        Number(figures[1]),
        now,
      );
    }
    const month = monthOf(words[index + 1], vocabulary);
    if (/^\d{1,2}$/.test(word) && month !== undefined) return validDate(undefined, month, Number(word), now);
  }
  return undefined;
}

function monthOf(word: string | undefined, vocabulary: Vocabulary): number | undefined {
  if (word === undefined) return undefined;
  const index = vocabulary.months.findIndex((names) => names.some((name) => fold(name) === word));
  return index < 0 ? undefined : index + 1;
}

function validDate(
  year: number | undefined,
  month: number,
  day: number,
  now: Temporal.PlainDate,
): string | undefined {
  try {
    const date = Temporal.PlainDate.from({ year: year ?? now.year, month, day }, { overflow: 'reject' });
    const isPast = Temporal.PlainDate.compare(date, now) < 0;
    return (isPast && year === undefined ? date.add({ years: 1 }) : date).toString();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
