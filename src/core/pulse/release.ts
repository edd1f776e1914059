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
  const all: Part = atoms.map((atom, place) => ({ ...atom, place }));
  const isWhole = (each: Candidate) => new Set(each.atoms).size === atoms.length && atoms.length > 1;
  const singles = candidates.filter((each) => each.atoms.length === 1);
  const wholes = candidates.filter(isWhole);
  const others = candidates.filter((each) => each.atoms.length !== 1 && !isWhole(each));
  const given = wholes.length === 0 ? undefined : givenUp(all, singles, threshold);
  let parts: readonly Part[] = [all];
  let covered: ReadonlySet<number> = new Set();
  const consider = (candidate: Candidate): Verdict => {
    const inside = new Set(candidate.atoms);
    const own = all.filter(({ place }) => inside.has(place));
    if (sum(own, 'answers') < threshold) return 'few';
    const finer = parts.flatMap((part) => split(part, inside));
    const shown = new Set([...covered, ...inside]);
    // A part that nothing shown touches is not in any result, and so in no sum of them.
    const isSafe = finer.every(
      (part) => !part.some(({ place }) => shown.has(place)) || holds(part, threshold),
    );
    if (isSafe) [parts, covered] = [finer, shown];
    return isSafe ? 'shown' : 'would-reveal';
  };
  for (const each of [...singles, ...wholes, ...others]) {
    const isGiven = each.atoms.length === 1 && given !== undefined && each.atoms.includes(given);
    verdicts.set(each.key, isGiven ? 'would-reveal' : consider(each));
  }
  return verdicts;
}

type Part = readonly (Atom & { readonly place: number })[];

function sum(part: Part, what: keyof Atom): number {
  return part.reduce((total, atom) => total + atom[what], 0);
}

function split(part: Part, inside: ReadonlySet<number>): readonly Part[] {
  const halves = [
    part.filter(({ place }) => inside.has(place)),
    part.filter(({ place }) => !inside.has(place)),
  ];
  return halves.filter((each) => each.length > 0);
}

/** A part may be known: enough answers, or a large enough group in which nobody answered anything. */
function holds(part: Part, threshold: number): boolean {
  if (sum(part, 'answers') >= threshold) return true;
  return sum(part, 'answered') === 0 && sum(part, 'asked') >= threshold;
}

/** The place of the organisation, if any, that is not shown for itself, so that the whole can be. */
function givenUp(all: Part, singles: readonly Candidate[], threshold: number): number | undefined {
  const own = new Set(singles.flatMap((each) => each.atoms));
  const isLarge = (each: Part[number]) => own.has(each.place) && each.answers >= threshold;
  const large = all.filter(isLarge);
  const small = all.filter((each) => !isLarge(each));
  if (small.length === 0 || holds(small, threshold) || large.length <= LEAST_KEPT) return undefined;
  const [smallest] = large.sort((a, b) => a.answers - b.answers || a.place - b.place);
  return smallest?.place;
}
