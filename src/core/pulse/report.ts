import { organisationName, networksOf, roleKindsOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Message } from '../ports/interaction.js';
import type { Delivery, Json } from '../ports/outbox.js';
import type { Text } from '../programme/language.js';
import type { Programme } from '../programme/schema.js';
import { activeMember, type ProgrammeState } from '../reminders/member-state.js';
import { askedIn, endOf, stepsOf } from './answers.js';
import { askedOf } from './ballot-card.js';
import type { Grouping, Question } from './definition.js';
import type { ResultItem } from './messages.js';
import type { Cell, QuestionResult, RoundResults, Scope } from './result-types.js';
import { cellOf } from './results.js';
import { differenceInterval, meanInterval, momentsOf, slopeOf, wilson } from './statistics.js';
import type { PulseResult, Round, Seat } from './types.js';

/** Who is told a closed round's result: everybody who was asked, and those who lead. */
export function resultReaders(
  { programme, members }: Pick<ProgrammeState, 'programme' | 'members'>,
  round: Round,
  seats: readonly Seat[],
): readonly Member[] {
  const asked = new Set(seats.map((seat) => seat.member));
  return members.filter(
    (member) => member.active && (asked.has(member.id) || scopesFor(programme, round, member).length > 0),
  );
}

/** Tells them, each on the first day that has room. */
export function resultDeliveries(
  round: Round,
  readers: readonly Member[],
  laneOf: (member: string) => string | undefined,
  place: (member: Member) => number,
): readonly Delivery[] {
  return readers.flatMap((member) => {
    const lane = laneOf(member.id);
    if (lane === undefined) return [];
    const id = `pulse-result/${round.id}/${member.id}`;
    const what = {
      id,
      items: [id],
      kind: 'pulse-result',
      member: member.id,
      lane,
      notBeforeMs: place(member),
    };
    return [{ programme: round.programme, ...what, urgent: false, data: { round: round.id } }];
  });
}

/** Besides the whole: whose results a member may see. Coordinators all, leaders their own; others none. */
export function scopesFor(programme: Programme, round: Round, member: Member): readonly Scope[] {
  const kinds = roleKindsOf(programme, member);
  const { groupings } = round.definition;
  if (kinds.includes('coordinator')) return everyScope(programme, round);
  const scopes: Scope[] = [];
  if (kinds.includes('network-leader') && groupings.includes('network'))
    scopes.push(...networksOf(programme, member).map((id): Scope => ({ kind: 'network', id })));
  const leads = kinds.includes('project-leader') || kinds.includes('project-owner');
  if (leads && groupings.includes('organisation'))
    scopes.push({ kind: 'organisation', id: member.organisation });
  return scopes;
}

/** Every network, theme and organisation that a round's results are worked out for, besides the whole. */
export function everyScope(programme: Programme, round: Round): readonly Scope[] {
  const of = (kind: Grouping, ids: readonly string[]): readonly Scope[] =>
    round.definition.groupings.includes(kind) ? ids.map((id) => ({ kind, id })) : [];
  return [
    ...of(
      'network',
      programme.networks.map((each) => each.id),
    ),
    ...of(
      'theme',
      programme.themes.map((each) => each.id),
    ),
    ...of('organisation', round.groups),
  ];
}

/**
 * The result of a round as one member may see it. Coordinators get the whole in full and a line on each group, leaders
 * what they lead in full and a line on the whole, others a line on each question.
 */
export function resultMessageFor(
  state: ProgrammeState,
  round: Round,
  all: readonly PulseResult[],
  reader: string,
): { readonly message: Message } | { readonly drop: string } {
  const member = activeMember(state, reader);
  const row = all.find((each) => each.id === round.id);
  if (member === undefined || row === undefined) return { drop: 'no-result' };
  const { programme } = state;
  const scopes = scopesFor(programme, round, member);
  const before = all.map((each) => each.results);
  const isCoordinator = roleKindsOf(programme, member).includes('coordinator');
  const { parts, withheld } = partsOf(programme, round, row.results, scopes, before);
  const [whole, groups] = [parts.filter((each) => !('name' in each)), parts.filter((each) => 'name' in each)];
  const data = {
    title: round.definition.title,
    number: round.number,
    opened: round.opened,
    named: round.definition.named,
    threshold: round.definition.threshold,
    parts: isCoordinator
      ? [...inFull(whole, true), ...inFull(groups, false)]
      : [...inFull(groups, true), ...inFull(whole, false)],
    withheld,
    ...(row.todo === undefined ? {} : { todo: row.todo }),
    ...(isCoordinator ? { round: round.id } : {}),
  };
  return { message: { template: 'pulse-result', data: data as unknown as Json } };
}

function inFull<P>(parts: readonly P[], full: boolean) {
  return parts.map((part) => ({ ...part, full }));
}

/** The whole and every scope that has something to show; the names of the others. */
export function partsOf(
  programme: Programme,
  round: Round,
  results: RoundResults,
  scopes: readonly Scope[],
  all: readonly RoundResults[],
) {
  const before = all.filter((each) => each.pulse === round.pulse && each.number < round.number);
  const hasShown = (cell: Cell) => cell.questions.some((each) => each.verdict === 'shown');
  const cells = scopes.flatMap((scope) => cellOf(results, scope) ?? []);
  const whole = cellOf(results, { kind: 'programme', id: programme.id });
  const shown = [...(whole === undefined ? [] : [whole]), ...cells.filter(hasShown)];
  return {
    parts: shown.map((cell) => partOf(programme, round, results, cell, before)),
    withheld: cells.filter((cell) => !hasShown(cell)).map((cell) => nameOf(programme, cell.scope)),
  };
}

/** What a scope is called. */
export function nameOf(programme: Programme, { kind, id }: Scope): Text {
  if (kind === 'organisation') return organisationName(programme, id);
  const list = kind === 'network' ? programme.networks : kind === 'theme' ? programme.themes : [];
  return list.find((each) => each.id === id)?.name ?? programme.name;
}

function partOf(
  programme: Programme,
  round: Round,
  results: RoundResults,
  cell: Cell,
  before: readonly RoundResults[],
) {
  const whole = cellOf(results, { kind: 'programme', id: programme.id });
  return {
    ...(cell.scope.kind === 'programme' ? {} : { name: nameOf(programme, cell.scope) }),
    asked: cell.asked,
    answered: cell.answered,
    items: askedIn(round).flatMap(({ place, question }) =>
      cell.questions
        .filter((each) => each.place === place)
        .map((result) => {
          const against = cell === whole ? undefined : whole?.questions.find((each) => each.place === place);
          return itemOf(question, result, cell, { before, against });
        }),
    ),
  };
}

/** The numbers of one question: everything that is said of it, on cards and in files alike. */
export function itemOf(
  question: Question,
  result: QuestionResult,
  cell: Cell,
  beside: { readonly before: readonly RoundResults[]; readonly against?: QuestionResult | undefined },
): ResultItem {
  const { verdict, n = 0, counts = [], ranks, texts, textsLeftOut } = result;
  const base = { question: askedOf(question, result.place), verdict, n, counts: [...counts] };
  if (verdict !== 'shown') return base;
  if (texts !== undefined) return { ...base, texts: [...texts], textsLeftOut: textsLeftOut ?? 0 };
  if (ranks !== undefined) return { ...base, places: ranks.map((sum) => round2(sum / n)) };
  const high = highOf(question, counts);
  return {
    ...base,
    ...meanOf(question, counts, cell.asked),
    ...(high === undefined ? {} : { share: { value: high / n, ...wilson(high, n, cell.asked) } }),
    ...(question.kind === 'recommend' ? { score: scoreOf(question, counts, n) } : {}),
    ...(high === undefined ? {} : trendOf(question, result, cell, high, beside.before)),
    ...againstOf(question, high, n, beside.against),
  };
}

const round2 = (value: number) => Math.round(value * 100) / 100;

/** How many answers are at the upper end; undefined for a question without ends. */
function highOf(question: Question, counts: readonly number[]): number | undefined {
  if (question.kind === 'single') return undefined;
  const first = stepsOf(question)?.first;
  if (first === undefined) return undefined;
  return counts.reduce(
    (sum, count, index) => (endOf(question, first + index) === 'high' ? sum + count : sum),
    0,
  );
}

function scoreOf(question: Question, counts: readonly number[], n: number): number {
  const low = counts.reduce((sum, count, value) => (endOf(question, value) === 'low' ? sum + count : sum), 0);
  return Math.round((100 * ((highOf(question, counts) ?? 0) - low)) / n);
}

function meanOf(question: Question, counts: readonly number[], asked: number) {
  const first = stepsOf(question)?.first;
  if (first === undefined || (question.kind !== 'scale' && question.kind !== 'recommend')) return {};
  const moments = momentsOf(counts, first);
  return { mean: { value: moments.mean, ...meanInterval(moments, asked) } };
}

function trendOf(
  question: Question,
  result: QuestionResult,
  cell: Cell,
  high: number,
  before: readonly RoundResults[],
): Pick<ResultItem, 'change' | 'slope'> {
  const points = [...before]
    .sort((a, b) => a.number - b.number)
    .flatMap((results) => {
      const earlier = cellOf(results, cell.scope)?.questions.find((each) => each.id === result.id);
      if (earlier?.verdict !== 'shown' || earlier.counts?.length !== result.counts?.length) return [];
      const count = highOf(question, earlier.counts ?? []) ?? 0;
      return [{ number: results.number, opened: results.opened, count, n: earlier.n ?? 0 }];
    });
  const last = points.at(-1);
  if (last === undefined) return {};
  const n = result.n ?? 0;
  const { difference, low, high: up } = differenceInterval(last, { count: high, n });
  const shares = points.map((each): [number, number] => [each.number, each.count / each.n]);
  const now = (points.at(-1)?.number ?? 0) + 1;
  const slope = points.length < 2 ? undefined : slopeOf([...shares, [now, high / n]]);
  return {
    change: { points: Math.round(100 * difference), since: last.opened, sure: low > 0 || up < 0 },
    ...(slope === undefined ? {} : { slope: Math.round(1000 * slope) / 10 }),
  };
}

function againstOf(
  question: Question,
  high: number | undefined,
  n: number,
  against: QuestionResult | undefined,
) {
  if (high === undefined || against?.verdict !== 'shown' || against.n === undefined) return {};
  const other = (highOf(question, against.counts ?? []) ?? 0) / against.n;
  return { against: Math.round(100 * (high / n - other)) };
}
