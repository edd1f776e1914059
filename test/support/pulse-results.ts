import assert from 'node:assert/strict';
import type { AnswerValue } from '../../src/core/ports/ballots.js';
import type { Member, Preferences } from '../../src/core/members/types.js';
import type { Question } from '../../src/core/pulse/definition.js';
import type { ResultItem } from '../../src/core/pulse/messages.js';
import { freeze } from '../../src/core/pulse/results.js';
import { resultMessageFor } from '../../src/core/pulse/report.js';
import type { PulseResult } from '../../src/core/pulse/types.js';
import { memberOf, roundOf, saman, seatIn } from './pulse-cases.js';
import { pulseWith } from './pulse-parts.js';

const groups = ['stord', 'voss'];
/** Readers with different rights. */
export const boss = memberOf('sekretariat', 'boss', { roles: ['coordinator'] });
export const leader = memberOf('voss', 'voss-leader');
export const networkLeader = memberOf('ks', 'network-leader', {
  roles: ['network-leader'],
  networks: ['sykefravaer-pulje-2'],
});
export const employee = memberOf('stord', 'stord-0', { roles: ['political'] });
export const people = [boss, leader, networkLeader, employee];
/** What reports read of a programme. */
export const state = (members: readonly Member[] = people) => ({
  programme: saman,
  members,
  preferences: new Map<string, Preferences>(),
  ...{ submissions: new Set<string>(), snoozes: new Map(), rsvps: new Map(), handovers: new Map() },
});

type Answers = readonly (readonly AnswerValue[])[];

/** A closed round: for each question, the answers of Stord and of Voss; everybody asked has answered, or 20 were asked. */
export function closed(
  questions: readonly Question[],
  answers: readonly Answers[],
  {
    number = 1,
    asked = 20,
    rest = {},
  }: { number?: number; asked?: number; rest?: Record<string, unknown> } = {},
) {
  const round = roundOf(pulseWith({ questions, ...rest }), {
    ...{ id: `naervaer-${String(number)}`, number, groups, state: 'closed' as const },
    opened: `2014-0${String(number)}-04`,
  });
  const seats = groups.flatMap((organisation) =>
    Array.from({ length: asked }, (_, index) =>
      seatIn(round, memberOf(organisation, `${organisation}-${String(index)}`), index < 12),
    ),
  );
  const given = answers.flatMap((byGroup, question) =>
    byGroup.flatMap((values, group) => values.map((value) => ({ question, group, value }))),
  );
  const results = freeze(saman, round, seats, given);
  return { round, seats, row: { programme: saman.id, id: round.id, results } as PulseResult };
}
export type Closed = ReturnType<typeof closed>;

/** What somebody is shown of the last of some rounds. */
export function shown(rounds: readonly Closed[], reader: Member) {
  const last = rounds.at(-1)!;
  const found = resultMessageFor(
    state(),
    last.round,
    rounds.map((each) => each.row),
    reader.id,
  );
  assert.ok('message' in found, JSON.stringify(found));
  return found.message.data as unknown as {
    parts: { name?: string; full: boolean; asked: number; answered: number; items: ResultItem[] }[];
    withheld: unknown[];
    round?: string;
    todo?: string;
  };
}
/** An answer, so many times. */
export const times = (value: AnswerValue, count: number): AnswerValue[] =>
  new Array<AnswerValue>(count).fill(value);
/** Answers at the upper end of a scale, and at the lower. */
export const mixed = (high: number, low: number) => [...times(5, high), ...times(1, low)];
