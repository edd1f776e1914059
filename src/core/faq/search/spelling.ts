/** Mends words by the FAQ's own vocabulary. */
export interface Speller {
  has(word: string): boolean;
  /** The known word that is nearest, when it is near enough; undefined otherwise. */
  mend(word: string): string | undefined;
  /** Two known words that a compound is made of, with or without a joint; undefined otherwise. */
  split(word: string): readonly [string, string] | undefined;
}

const SHORTEST_MENDED = 5;
const SHORTEST_PART = 4;
/** From this many letters on, a word may have two mistakes, and one in its first letter. */
const LONG_WORD = 8;
const MOST_MISTAKES = 2;
/** Two changed letters take two away and bring two others. */
const MOST_DIFFERING = 2 * MOST_MISTAKES;
/** Letters that join the parts of Nordic compounds. */
const JOINTS = ['', 's', 'e', 'n'];

/** Looks through all words for each one to mend: by their letters, most are ruled out at once. */
export function createSpeller(vocabulary: Iterable<string>): Speller {
  const words = new Set(vocabulary);
  const long = [...words].filter((word) => word.length >= SHORTEST_MENDED - 1);
  const letters = Uint32Array.from(long, lettersOf);
  return {
    has: (word) => words.has(word),
    mend(word) {
      if (word.length < SHORTEST_MENDED || /\d/.test(word)) return undefined;
      const own = lettersOf(word);
      const candidates: string[] = [];
      letters.forEach((each, index) => {
        if (differing(each ^ own) > MOST_DIFFERING) return;
        const candidate = long[index] ?? '';
        if (Math.abs(candidate.length - word.length) <= MOST_MISTAKES) candidates.push(candidate);
      });
      return nearest(word, candidates);
    },
    split(word) {
      for (let at = word.length - SHORTEST_PART; at >= SHORTEST_PART; at -= 1) {
        const last = word.slice(at);
        if (!words.has(last)) continue;
        for (const joint of JOINTS) {
          const first = word.slice(0, at);
          const bare = joint !== '' && first.endsWith(joint) ? first.slice(0, -1) : first;
          if (bare.length >= SHORTEST_PART && words.has(bare)) return [bare, last];
        }
      }
      return undefined;
    },
  };
}

/** Which letters a word has, one bit for each. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function differing(letters: number): number {
  let count = 0;
  for (let left = letters; left !== 0; left &= left - 1) count += 1;
  return count;
}

/** One mistake in short words, two in words of eight letters and more; a tie goes to the word that begins alike and is as long. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = word.length >= LONG_WORD ? 2.5 : 1.5;
  for (const candidate of candidates) {
    if (candidate.length < SHORTEST_MENDED) continue;
    if (word.length < LONG_WORD && candidate[0] !== word[0]) continue;
    const beginsAlike = candidate.slice(0, 2) === word.slice(0, 2);
    const isAsLong = candidate.length === word.length;
    const distance = editDistance(word, candidate) + (beginsAlike ? 0 : 0.4) + (isAsLong ? 0 : 0.05);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Letters to add, leave out, change or swap (Damerau–Levenshtein, adjacent swaps only). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(valueAt(row, j) + 1, valueAt(next, j - 1) + 1, valueAt(row, j - 1) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, valueAt(before, j - 2) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return valueAt(row, b.length);
}

function valueAt(numbers: readonly number[], place: number): number {
  return numbers[place] ?? 0;
}
