import { organisationOf } from '../members/member-view.js';
import type { CountedAnswer } from '../ports/ballots.js';
import type { Programme } from '../programme/schema.js';
import { stepsOf } from './answers.js';
import type { Grouping, Question } from './definition.js';
import { decide, type Atom, type Candidate } from './release.js';
import type { Cell, QuestionResult, RoundResults, Scope, Verdict } from './result-types.js';
import type { Round, Seat } from './types.js';
import { writingLanguage } from './writing-language.js';

/** Every scope that results of a round are worked out for. */
export function scopesOf(
  programme: Programme,
  round: Round,
): readonly (Candidate & { readonly scope: Scope })[] {
  const candidate = (kind: Scope['kind'], id: string, atoms: readonly number[]) => ({
    scope: { kind, id },
    key: `${kind}/${id}`,
    atoms,
  });
  const all = round.groups.map((_, index) => index);
  const { groupings } = round.definition;
  const of = (
    kind: Grouping,
    ids: readonly string[],
    holds: (organisation: string, id: string) => boolean,
  ) =>
    groupings.includes(kind)
      ? ids.flatMap((id) => {
          const atoms = all.filter((place) => holds(round.groups[place] ?? '', id));
          return atoms.length === 0 ? [] : [candidate(kind, id, atoms)];
        })
      : [];
  const networks = programme.networks.map((each) => each.id);
  const themes = programme.themes.map((each) => each.id);
  return [
    candidate('programme', programme.id, all),
    ...of('organisation', round.groups, (organisation, id) => organisation === id),
    ...of(
      'network',
      networks,
      (id, network) => organisationOf(programme, id)?.networks.includes(network) ?? false,
    ),
    ...of('theme', themes, (id, theme) => themesOf(programme, id).has(theme)),
  ];
}

function themesOf(programme: Programme, id: string): ReadonlySet<string> {
  const organisation = organisationOf(programme, id);
  const networks = new Set(organisation?.networks ?? []);
  const through = programme.networks.flatMap((each) => (networks.has(each.id) ? (each.theme ?? []) : []));
  return new Set([...(organisation?.themes ?? []), ...through]);
}

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
  const turnout = turnoutOf(round, seats);
  const byQuestion = new Map<number, CountedAnswer[]>();
  for (const answer of answers) {
    const list = byQuestion.get(answer.question);
    if (list === undefined) byQuestion.set(answer.question, [answer]);
    else list.push(answer);
  }
  const results = round.questions.map((place) => {
    const question = definition.questions[place];
    const given = byQuestion.get(place) ?? [];
    if (question === undefined) return new Map<string, QuestionResult>();
    return question.kind === 'text'
      ? textResults(round, place, question.id, scopes, turnout, given)
      : countResults(round, place, question, scopes, turnout, given);
  });
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

type Turnout = readonly { readonly asked: number; readonly answered: number }[];

/** How many of each group were asked and have answered anything. */
export function turnoutOf(round: Round, seats: readonly Seat[]): Turnout {
  const turnout = round.groups.map(() => ({ asked: 0, answered: 0 }));
  for (const seat of seats) {
    const group = turnout[seat.group];
    if (group === undefined || seat.round !== round.id) continue;
    group.asked += 1;
    if (seat.answered) group.answered += 1;
  }
  return turnout;
}

function total(turnout: Turnout, atoms: readonly number[], what: 'asked' | 'answered'): number {
  return atoms.reduce((sum, place) => sum + (turnout[place]?.[what] ?? 0), 0);
}

type Scopes = ReturnType<typeof scopesOf>;

function verdictsOf(round: Round, atoms: readonly Atom[], scopes: Scopes, threshold: number) {
  // A named round said so before its first question.
  if (round.definition.named) return new Map<string, Verdict>(scopes.map(({ key }) => [key, 'shown']));
  return decide(atoms, scopes, threshold);
}

function countResults(
  round: Round,
  place: number,
  question: Question,
  scopes: Scopes,
  turnout: Turnout,
  given: readonly CountedAnswer[],
): ReadonlyMap<string, QuestionResult> {
  const atoms = turnout.map((each) => ({ ...each, answers: 0 }));
  const tallies = round.groups.map(() => emptyTally(question));
  for (const { group, value } of given) {
    const atom = atoms[group];
    const tally = tallies[group];
    if (atom === undefined || tally === undefined) continue;
    atom.answers += 1;
    addTo(tally, question, value);
  }
  const verdicts = verdictsOf(round, atoms, scopes, round.definition.threshold);
  return new Map<string, QuestionResult>(
    scopes.map((scope) => {
      const verdict = verdicts.get(scope.key) ?? 'few';
      if (verdict !== 'shown') return [scope.key, { place, id: question.id, verdict }];
      const n = scope.atoms.reduce((sum, atom) => sum + (atoms[atom]?.answers ?? 0), 0);
      return [scope.key, { place, id: question.id, verdict, n, ...summed(tallies, scope.atoms, question) }];
    }),
  );
}

interface Tally {
  readonly counts: number[];
  readonly ranks: number[];
}

function emptyTally(question: Question): Tally {
  const steps = stepsOf(question)?.count ?? ('choices' in question ? question.choices.length : 0);
  return {
    counts: new Array<number>(steps).fill(0),
    ranks: new Array<number>(question.kind === 'ranking' ? steps : 0).fill(0),
  };
}

function addTo({ counts, ranks }: Tally, question: Question, value: CountedAnswer['value']): void {
  const add = (list: number[], index: number, amount: number) => {
    if (index in list) list[index] = (list[index] ?? 0) + amount;
  };
  if (typeof value === 'number') add(counts, value - (stepsOf(question)?.first ?? 0), 1);
  else if (typeof value !== 'string' && question.kind === 'ranking') {
    add(counts, value[0] ?? -1, 1);
    for (const [index, choice] of value.entries()) add(ranks, choice, index + 1);
  } else if (typeof value !== 'string') for (const choice of value) add(counts, choice, 1);
}

function summed(tallies: readonly Tally[], atoms: readonly number[], question: Question) {
  const result = emptyTally(question);
  for (const atom of atoms) {
    const tally = tallies[atom];
    tally?.counts.forEach((count, index) => (result.counts[index] = (result.counts[index] ?? 0) + count));
    tally?.ranks.forEach((rank, index) => (result.ranks[index] = (result.ranks[index] ?? 0) + rank));
  }
  return question.kind === 'ranking' ? result : { counts: result.counts };
}

/** Texts are let through for each language they are written in by itself: the only one in Danish shows nobody. */
function textResults(
  round: Round,
  place: number,
  id: string,
  scopes: Scopes,
  turnout: Turnout,
  given: readonly CountedAnswer[],
): ReadonlyMap<string, QuestionResult> {
  const byLanguage = new Map<string, CountedAnswer[]>();
  for (const answer of given) {
    const language = round.definition.named ? 'any' : writingLanguage(String(answer.value));
    byLanguage.set(language, [...(byLanguage.get(language) ?? []), answer]);
  }
  const parts = [...byLanguage.values()].map((texts) => {
    const atoms = turnout.map(({ asked }, group) => {
      const answers = texts.reduce((sum, each) => sum + (each.group === group ? 1 : 0), 0);
      return { asked, answers, answered: answers };
    });
    return { texts, verdicts: verdictsOf(round, atoms, scopes, round.definition.textThreshold) };
  });
  const order = new Map(given.map((each, index) => [each, index]));
  return new Map<string, QuestionResult>(
    scopes.map(({ key, atoms }) => {
      const inside = new Set(atoms);
      const shown = parts
        .filter((part) => part.verdicts.get(key) === 'shown')
        .flatMap((part) => part.texts.filter((each) => inside.has(each.group)))
        .sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
      const verdict: Verdict = shown.length > 0 ? 'shown' : 'few';
      if (verdict !== 'shown') return [key, { place, id, verdict }];
      const n = given.filter((each) => inside.has(each.group)).length;
      const texts = shown.map((each) => String(each.value));
      return [key, { place, id, verdict, n, texts, textsLeftOut: n - texts.length }];
    }),
  );
}

/** The cell of a scope. */
export function cellOf(results: RoundResults, scope: Scope): Cell | undefined {
  return results.cells.find((each) => each.scope.kind === scope.kind && each.scope.id === scope.id);
}
