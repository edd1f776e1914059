import type { AnswerValue, CountedAnswer } from '../ports/ballots.js';
import type { Programme } from '../programme/schema.js';
import { askedIn, stepsOf, type Asked } from './answers.js';
import type { Question } from './definition.js';
import { decide, type Atom } from './release.js';
import type { Cell, QuestionResult, RoundResults, Scope, Verdict } from './result-types.js';
import { scopesOf } from './scopes.js';
import type { Round, Seat } from './types.js';
import { writingLanguage } from './writing-language.js';

/**
 * Works out what may be shown of a round, for every scope.
 * @param answers in any order; texts come out in the order given, so give them shuffled
 */
export function freeze(
  programme: Programme,
  round: Round,
  seats: readonly Seat[],
  answers: readonly CountedAnswer[],
): RoundResults {
  const { definition } = round;
  const scopes = scopesOf(programme, round);
  const asked = askedIn(round).map((each) => ({
    ...each,
    given: answers.filter((answer) => answer.question === each.place),
  }));
  const turnout = turnoutOf(round, seats, asked);
  const results: ReadonlyMap<string, QuestionResult>[] = [];
  for (const each of asked) {
    const first = asked.findIndex(({ question }) => question.id === each.question.after?.question);
    const asking = { round, turnout, ...openTo(scopes, results[first]) };
    results.push(each.question.kind === 'text' ? textResults(asking, each) : countResults(asking, each));
  }
  return {
    pulse: round.pulse,
    number: round.number,
    opened: round.opened,
    named: definition.named,
    threshold: definition.threshold,
    cells: scopes.map(({ scope, key, atoms }) => ({
      scope,
      asked: total(turnout, atoms, 'asked'),
      answered: total(turnout, atoms, 'answered'),
      questions: results.flatMap((each) => each.get(key) ?? []),
    })),
  };
}

/** A question of the round, with all that was answered to it. */
interface Answered extends Asked {
  readonly given: readonly CountedAnswer[];
}

type Turnout = readonly { readonly asked: number; readonly answered: number }[];

/** How often each value occurs. */
function countsOf(values: readonly number[]): (value: number) => number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return (value) => counts.get(value) ?? 0;
}

/**
 * How many of each group were asked and have answered anything. An answer that a crash kept from being confirmed is in
 * the box while its seat says nothing; it counts, so that no group is taken for one in which nobody answered.
 */
function turnoutOf(round: Round, seats: readonly Seat[], asked: readonly Answered[]): Turnout {
  const own = seats.filter((seat) => seat.round === round.id);
  const seated = countsOf(own.map((seat) => seat.group));
  const answered = countsOf(own.flatMap((seat) => (seat.answered ? [seat.group] : [])));
  const given = asked.map((each) => countsOf(each.given.map((answer) => answer.group)));
  return round.groups.map((_, group) => ({
    asked: seated(group),
    answered: Math.max(answered(group), ...given.map((count) => count(group))),
  }));
}

function total(turnout: Turnout, atoms: readonly number[], what: 'asked' | 'answered'): number {
  const inside = new Set(atoms);
  return turnout.reduce((sum, each, place) => (inside.has(place) ? sum + each[what] : sum), 0);
}

type Scopes = ReturnType<typeof scopesOf>;

/** What the results of a question are worked out from. */
interface Asking {
  readonly round: Round;
  readonly turnout: Turnout;
  readonly scopes: Scopes;
  /** Scopes of which nothing is said, and why. */
  readonly closed: ReadonlyMap<string, Verdict>;
}

/**
 * How many were asked a question that follows an answer says how many gave that answer: so it is shown only where the
 * answer itself is, and tells nothing that is not known there.
 */
function openTo(
  scopes: Scopes,
  before: ReadonlyMap<string, QuestionResult> | undefined,
): Pick<Asking, 'scopes' | 'closed'> {
  const closed = new Map<string, Verdict>();
  for (const [key, { verdict }] of before ?? []) if (verdict !== 'shown') closed.set(key, verdict);
  return { scopes, closed };
}

function verdictsOf(
  { round, scopes, closed }: Asking,
  atoms: readonly Atom[],
  threshold: number,
): ReadonlyMap<string, Verdict> {
  // A named round said so before its first question.
  if (round.definition.named) return new Map<string, Verdict>(scopes.map(({ key }) => [key, 'shown']));
  const open = scopes.filter(({ key }) => !closed.has(key));
  return new Map([...closed, ...decide(atoms, open, threshold)]);
}

function countResults(
  asking: Asking,
  { place, question, given }: Answered,
): ReadonlyMap<string, QuestionResult> {
  const { round, scopes, turnout } = asking;
  const tallies = talliesOf(round, question, given);
  const atoms = turnout.map((each, group) => ({ ...each, answers: tallies.get(group)?.n ?? 0 }));
  const verdicts = verdictsOf(asking, atoms, round.definition.threshold);
  return new Map<string, QuestionResult>(
    scopes.map((scope) => {
      const verdict = verdicts.get(scope.key) ?? 'few';
      if (verdict !== 'shown') return [scope.key, { place, id: question.id, verdict }];
      const own = scope.atoms.flatMap((atom) => tallies.get(atom) ?? []);
      const n = own.reduce((sum, each) => sum + each.n, 0);
      return [scope.key, { place, id: question.id, verdict, n, ...summed(question, own) }];
    }),
  );
}

interface Tally {
  readonly n: number;
  /** How often each option was taken; of a ranking, put first. */
  readonly times: (option: number) => number;
  /** Of a ranking: the sum of the places of each choice. */
  readonly places: (option: number) => number;
}

/** What each group answered. */
function talliesOf(
  round: Round,
  question: Question,
  given: readonly CountedAnswer[],
): ReadonlyMap<number, Tally> {
  const values = new Map<number, AnswerValue[]>(round.groups.map((_, group) => [group, []]));
  for (const { group, value } of given) values.get(group)?.push(value);
  const tallyOf = (all: readonly AnswerValue[]): Tally => ({
    n: all.length,
    times: countsOf(all.flatMap((value) => optionsIn(question, value))),
    places: countsOf(all.flatMap((value) => orderIn(question, value))),
  });
  return new Map([...values].map(([group, all]) => [group, tallyOf(all)]));
}

function summed(question: Question, tallies: readonly Tally[]) {
  const choices = 'choices' in question ? question.choices.length : 0;
  const options = Array.from({ length: stepsOf(question)?.count ?? choices }, (_, option) => option);
  const sum = (of: 'times' | 'places') =>
    options.map((option) => tallies.reduce((all, tally) => all + tally[of](option), 0));
  return question.kind === 'ranking'
    ? { counts: sum('times'), ranks: sum('places') }
    : { counts: sum('times') };
}

/** Which options an answer takes; of a ranking, the one put first. */
function optionsIn(question: Question, value: AnswerValue): readonly number[] {
  if (typeof value === 'number') return [value - (stepsOf(question)?.first ?? 0)];
  if (typeof value === 'string') return [];
  return question.kind === 'ranking' ? value.slice(0, 1) : value;
}

/** Each choice of a ranking as often as the place says that it was given. */
function orderIn(question: Question, value: AnswerValue): readonly number[] {
  if (question.kind !== 'ranking' || typeof value === 'number' || typeof value === 'string') return [];
  return value.flatMap((choice, index) => new Array<number>(index + 1).fill(choice));
}

/** Texts are let through for each language they are written in by itself: the only one in Danish shows nobody. */
function textResults(
  asking: Asking,
  { place, question, given }: Answered,
): ReadonlyMap<string, QuestionResult> {
  const { round, scopes, turnout } = asking;
  const { named, textThreshold } = round.definition;
  const languageOf = (each: CountedAnswer) => (named ? 'any' : writingLanguage(String(each.value)));
  const written = given.map((answer) => ({ answer, language: languageOf(answer) }));
  const verdicts = new Map(
    [...new Set(written.map((each) => each.language))].map((language) => {
      const groups = written.flatMap((each) => (each.language === language ? [each.answer.group] : []));
      const texts = countsOf(groups);
      const atoms = turnout.map(({ asked }, group) => ({
        asked,
        answers: texts(group),
        answered: texts(group),
      }));
      return [language, verdictsOf(asking, atoms, textThreshold)];
    }),
  );
  return new Map<string, QuestionResult>(
    scopes.map(({ key, atoms }) => {
      const inside = new Set(atoms);
      const own = written.filter((each) => inside.has(each.answer.group));
      const shown = own.filter((each) => verdicts.get(each.language)?.get(key) === 'shown');
      if (shown.length === 0) return [key, { place, id: question.id, verdict: 'few' }];
      const texts = shown.map((each) => String(each.answer.value));
      const textsLeftOut = own.length - texts.length;
      return [key, { place, id: question.id, verdict: 'shown', n: own.length, texts, textsLeftOut }];
    }),
  );
}

/** The cell of a scope. */
export function cellOf(results: RoundResults, scope: Scope): Cell | undefined {
  return results.cells.find((each) => each.scope.kind === scope.kind && each.scope.id === scope.id);
}
