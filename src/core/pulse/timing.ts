import { Temporal } from 'temporal-polyfill';
import { instantMs } from '../calendar/quiet-hours.js';
import { quietDaysOf, workingDay } from '../calendar/working-days.js';
import { zoneOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Programme } from '../programme/schema.js';
import { turnsOf, type Turn } from './schedule.js';
import type { PulseRow, Round } from './types.js';

/** What the times of pulses depend on. */
export interface Timing {
  readonly programme: Programme;
  readonly members: readonly Member[];
  readonly pulses: readonly PulseRow[];
  readonly rounds: readonly Round[];
  readonly nowMs: number;
}

/** When the first member of a programme reaches a local time on a date; at most a day before the last. */
export function earliestMs(
  input: Pick<Timing, 'programme' | 'members'>,
  date: Temporal.PlainDate,
  time: string,
): number {
  const zones = new Set([input.programme.zone]);
  for (const member of input.members) zones.add(zoneOf(input.programme, member));
  return Math.min(...[...zones].map((zone) => instantMs(date, time, zone)));
}

/** The turns of a pulse after its latest round, numbered on from there. */
export function turnsAhead(input: Pick<Timing, 'programme' | 'rounds'>, row: PulseRow): readonly Turn[] {
  const rounds = input.rounds.filter((each) => each.pulse === row.id);
  const number = Math.max(0, ...rounds.map((each) => each.number)) + 1;
  const last =
    rounds
      .map((each) => each.opened)
      .sort()
      .at(-1) ?? '';
  const turns = turnsOf(input.programme, row.pulse.schedule);
  return turns.filter((turn) => turn.date > last).map((turn) => ({ ...turn, number }));
}

/** The day of a round's n-th reminder. */
export function reminderDay(programme: Programme, round: Round, days: number): Temporal.PlainDate {
  return workingDay(Temporal.PlainDate.from(round.opened).add({ days }), 'after', quietDaysOf(programme));
}

/** The next instant after now at which planning may find something; undefined when nothing is left. */
export function nextPulseMs(input: Timing): number | undefined {
  const { nowMs, programme } = input;
  const instants: number[] = [];
  for (const row of input.pulses) {
    if (row.state !== 'active') continue;
    const next = firstAheadMs(input, turnsAhead(input, row), row.pulse.schedule.time);
    if (next !== undefined) instants.push(next);
  }
  for (const round of input.rounds) {
    if (round.state === 'closed') continue;
    instants.push(round.closesMs);
    const { schedule } = round.definition;
    for (const days of schedule.remindAfterDays) {
      instants.push(earliestMs(input, reminderDay(programme, round, days), schedule.time));
    }
  }
  const ahead = instants.filter((atMs) => atMs > nowMs);
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}

function firstAheadMs(input: Timing, turns: readonly Turn[], time: string): number | undefined {
  for (const turn of turns) {
    const atMs = earliestMs(input, Temporal.PlainDate.from(turn.date), time);
    if (atMs > input.nowMs) return atMs;
  }
  return undefined;
}
