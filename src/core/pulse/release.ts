import type { Verdict } from './result-types.js';

/** A group whose result may be asked for: a set of atoms. Atoms are the organisations of those asked. */
export interface Candidate {
  readonly key: string;
  /** Places of atoms. */
  readonly atoms: readonly number[];
}

/** What is known of each atom for one question. */
export interface Atom {
  /** Answers to the question. */
  readonly answers: number;
  /** Members who answered anything. */
  readonly answered: number;
  readonly asked: number;
}

/** Below so many organisations shown for themselves, none of them is given up for the sake of the whole. */
const LEAST_KEPT = 3;

/**
 * Decides which results of a question are shown, once, whoever asks and in whatever order. Whatever is shown can be
 * added and subtracted by anybody; so groups are let through one by one, and only as long as the finest parts into
 * which all that is shown divides those asked are each at or above the threshold, or hold nobody's answer. No sum or
 * difference of results can then show a smaller group: it would have to be a union of such parts.
 *
 * Order: organisations, then the whole, then the rest as given. Where the organisations below the threshold together
 * stay below it, the smallest others are withheld with them, if at least three remain; else the whole is withheld.
 */
export function decide(
  atoms: readonly Atom[],
  candidates: readonly Candidate[],
  threshold: number,
): ReadonlyMap<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  const everyAtom = atoms.map((_, index) => index);
  const isWhole = (each: Candidate) => new Set(each.atoms).size === atoms.length && atoms.length > 1;
  const singles = candidates.filter((each) => each.atoms.length === 1);
  const wholes = candidates.filter(isWhole);
  const others = candidates.filter((each) => each.atoms.length !== 1 && !isWhole(each));
  const given = wholes.length === 0 ? new Set<number>() : givenUp(atoms, singles, threshold);
  let parts: readonly (readonly number[])[] = [everyAtom];
  let covered = new Set<number>();
  const consider = (candidate: Candidate): void => {
    const inside = new Set(candidate.atoms);
    if (sum(atoms, candidate.atoms, 'answers') < threshold) return void verdicts.set(candidate.key, 'few');
    const finer = parts.flatMap((part) => split(part, inside));
    const shown = new Set([...covered, ...inside]);
    // A part that nothing shown touches is not in any result, and so in no sum of them.
    const isSafe = finer.every((part) => !shown.has(part[0] ?? -1) || holds(atoms, part, threshold));
    if (isSafe) [parts, covered] = [finer, shown];
    verdicts.set(candidate.key, isSafe ? 'shown' : 'would-reveal');
  };
  for (const single of singles) {
    if (given.has(single.atoms[0] ?? -1)) verdicts.set(single.key, 'would-reveal');
    else consider(single);
  }
  for (const candidate of [...wholes, ...others]) consider(candidate);
  return verdicts;
}

function sum(atoms: readonly Atom[], places: Iterable<number>, what: keyof Atom): number {
  let total = 0;
  for (const place of places) total += atoms[place]?.[what] ?? 0;
  return total;
}

function split(part: readonly number[], inside: ReadonlySet<number>): readonly (readonly number[])[] {
  return [part.filter((atom) => inside.has(atom)), part.filter((atom) => !inside.has(atom))].filter(
    (each) => each.length > 0,
  );
}

/** A part may be known: enough answers, or a large enough group in which nobody answered anything. */
function holds(atoms: readonly Atom[], part: readonly number[], threshold: number): boolean {
  if (sum(atoms, part, 'answers') >= threshold) return true;
  return sum(atoms, part, 'answered') === 0 && sum(atoms, part, 'asked') >= threshold;
}

/** Organisations that are not shown for themselves, so that the whole can be. */
function givenUp(
  atoms: readonly Atom[],
  singles: readonly Candidate[],
  threshold: number,
): ReadonlySet<number> {
  const large = singles
    .map((each) => each.atoms[0] ?? -1)
    .filter((place) => (atoms[place]?.answers ?? 0) >= threshold);
  const largeSet = new Set(large);
  const small = atoms.map((_, place) => place).filter((place) => !largeSet.has(place));
  if (small.length === 0 || holds(atoms, small, threshold)) return new Set();
  const bySize = [...large].sort((a, b) => (atoms[a]?.answers ?? 0) - (atoms[b]?.answers ?? 0) || a - b);
  const [smallest] = bySize;
  return smallest !== undefined && bySize.length > LEAST_KEPT ? new Set([smallest]) : new Set();
}
