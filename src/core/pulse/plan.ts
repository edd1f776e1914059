import { Temporal } from 'temporal-polyfill';
import { instantMs } from '../calendar/quiet-hours.js';
import { quietDaysOf, workingDay } from '../calendar/working-days.js';
import { matchesAudience, zoneOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Delivery } from '../ports/outbox.js';
import { dateFor, speakingTime } from '../reminders/speaking-time.js';
import { closingMs, turnsOf, type Turn } from './schedule.js';
import { chooseMembers, lastAsked, mayBeAsked, questionsOf, type Choosing } from './select.js';
import type { PulseRow, Round, Seat } from './types.js';

/** Everything that planning pulses depends on. */
export interface PulsePlanInput extends Omit<Choosing, 'last'> {
  readonly pulses: readonly PulseRow[];
  readonly rounds: readonly Round[];
  readonly seats: readonly Seat[];
  /** Rounds' waves of reminders that were planned before: `<round>/remind-<n>`. */
  readonly waves: ReadonlySet<string>;
  readonly nowMs: number;
}

export interface PulsePlan {
  /** New rounds, and open ones that have changed. */
  readonly rounds: readonly Round[];
  readonly seats: readonly Seat[];
  readonly deliveries: readonly Delivery[];
  readonly waves: readonly string[];
  /** Rounds whose time is over. */
  readonly closing: readonly Round[];
}

/** When the first member of a programme reaches a local time on a date; at most a day before the last. */
export function earliestMs(
  input: Pick<PulsePlanInput, 'programme' | 'members'>,
  date: Temporal.PlainDate,
  time: string,
): number {
  const zones = new Set([input.programme.zone]);
  for (const member of input.members) zones.add(zoneOf(input.programme, member));
  return Math.min(...[...zones].map((zone) => instantMs(date, time, zone)));
}

/** What is to be done about pulses by now. Pure: the same input gives the same rounds and the same ids. */
export function planPulses(input: PulsePlanInput): PulsePlan {
  const opened = input.pulses.flatMap((row) => openDue(input, row));
  const open = input.rounds.filter((round) => round.state === 'open' && input.nowMs < round.closesMs);
  const late = open.map((round) => joinLate(input, round));
  const waves = open.flatMap((round) => wavesDue(input, round));
  const starts = [...opened, ...late];
  return {
    rounds: starts.flatMap((each) => (each.changed ? [each.round] : [])),
    seats: starts.flatMap((each) => each.seats),
    deliveries: [
      ...starts.flatMap(({ round, members }) => members.map((member) => cardFor(input, round, member))),
      ...waves.flatMap((wave) => wave.deliveries),
    ],
    waves: waves.map((wave) => wave.id),
    closing: input.rounds.filter((round) => round.state !== 'closed' && input.nowMs >= round.closesMs),
  };
}

interface Start {
  readonly round: Round;
  readonly changed: boolean;
  readonly seats: readonly Seat[];
  readonly members: readonly Member[];
}

function choosingOf(input: PulsePlanInput): Choosing {
  return { ...input, last: lastAsked(input.rounds, input.seats) };
}

/** The latest turn of an active pulse that is due and not over; turns that were missed whole are not made up for. */
function openDue(input: PulsePlanInput, row: PulseRow): readonly Start[] {
  if (row.state !== 'active') return [];
  const turn = turnDue(input, row);
  if (turn === undefined) return [];
  const { programme } = input;
  const id = `${row.id}-${String(turn.number)}`;
  const members = chooseMembers(choosingOf(input), row.pulse, id, turn.date);
  const groups = [...new Set(members.map((each) => each.organisation))].sort();
  const round: Round = {
    programme: programme.id,
    id,
    pulse: row.id,
    number: turn.number,
    definition: row.pulse,
    questions: questionsOf(row.pulse, turn.number),
    groups,
    opened: turn.date,
    closesMs: closingMs(programme, row.pulse.schedule, turn.date),
    state: 'open',
  };
  return [{ round, changed: true, members, seats: members.map((member) => seatOf(round, member)) }];
}

function turnDue(input: PulsePlanInput, row: PulseRow): Turn | undefined {
  const { schedule } = row.pulse;
  let due: Turn | undefined;
  for (const turn of turnsAhead(input, row)) {
    if (earliestMs(input, Temporal.PlainDate.from(turn.date), schedule.time) > input.nowMs) break;
    if (input.nowMs < closingMs(input.programme, schedule, turn.date)) due = turn;
  }
  return due;
}

/** The turns of a pulse after its latest round, numbered on from there. */
function turnsAhead(input: Pick<PulsePlanInput, 'programme' | 'rounds'>, row: PulseRow): readonly Turn[] {
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

function seatOf(round: Round, member: Member): Seat {
  const group = round.groups.indexOf(member.organisation);
  return {
    programme: round.programme,
    id: `${round.id}/${member.id}`,
    round: round.id,
    member: member.id,
    group,
    answered: false,
  };
}

/** Too late to ask somebody new: the day before a round closes. */
const LATEST_JOIN_MS = 86_400_000;

/** Asks members who joined, or came back, while a round is open. A sample stays as it was drawn. */
function joinLate(input: PulsePlanInput, round: Round): Start {
  const none: Start = { round, changed: false, seats: [], members: [] };
  if (round.definition.share < 1 || input.nowMs > round.closesMs - LATEST_JOIN_MS) return none;
  const seated = new Set(input.seats.flatMap((seat) => (seat.round === round.id ? [seat.member] : [])));
  const choosing = choosingOf(input);
  const members = input.members.filter(
    (member) =>
      !seated.has(member.id) &&
      matchesAudience(input.programme, member, round.definition.audience) &&
      mayBeAsked(choosing, member, dateFor(input.programme, member, input.nowMs)),
  );
  if (members.length === 0) return none;
  const known = new Set(round.groups);
  const added = [...new Set(members.map((each) => each.organisation))].filter((id) => !known.has(id)).sort();
  const now = added.length === 0 ? round : { ...round, groups: [...round.groups, ...added] };
  return { round: now, changed: added.length > 0, members, seats: members.map((each) => seatOf(now, each)) };
}

function cardFor(input: PulsePlanInput, round: Round, member: Member): Delivery {
  return delivery(
    input,
    round,
    member,
    `pulse/${round.id}/${member.id}`,
    Temporal.PlainDate.from(round.opened),
  );
}

function delivery(
  input: PulsePlanInput,
  round: Round,
  member: Member,
  id: string,
  date: Temporal.PlainDate,
): Delivery {
  const { programme, preferences, nowMs, laneOf } = input;
  const wantedMs = instantMs(date, round.definition.schedule.time, zoneOf(programme, member));
  return {
    programme: programme.id,
    id,
    items: [id],
    kind: 'pulse',
    member: member.id,
    lane: laneOf(member) ?? '',
    notBeforeMs: speakingTime(programme, member, preferences.get(member.id), Math.max(wantedMs, nowMs)),
    urgent: false,
    data: { round: round.id },
  };
}

/** The day of a round's n-th reminder. */
export function reminderDay(
  programme: PulsePlanInput['programme'],
  round: Round,
  days: number,
): Temporal.PlainDate {
  return workingDay(Temporal.PlainDate.from(round.opened).add({ days }), 'after', quietDaysOf(programme));
}

/** Reminders to those who have not answered; whether they have is looked at again when it is sent. */
function wavesDue(input: PulsePlanInput, round: Round) {
  const { schedule } = round.definition;
  return [...schedule.remindAfterDays]
    .sort((a, b) => a - b)
    .flatMap((days, index) => {
      const id = `${round.id}/remind-${String(index + 1)}`;
      const day = reminderDay(input.programme, round, days);
      if (input.waves.has(id) || earliestMs(input, day, schedule.time) > input.nowMs) return [];
      const missing = new Set(
        input.seats.flatMap((seat) => (seat.round === round.id && !seat.answered ? [seat.member] : [])),
      );
      const deliveries = input.members
        .filter((member) => member.active && missing.has(member.id) && input.laneOf(member) !== undefined)
        .map((member) => delivery(input, round, member, `pulse/${id}/${member.id}`, day))
        .filter((each) => each.notBeforeMs < round.closesMs);
      return [{ id, deliveries }];
    });
}

/** The next instant after now at which planning may find something; undefined when nothing is left. */
export function nextPulseMs(
  input: Omit<PulsePlanInput, 'seats' | 'laneOf' | 'preferences'>,
): number | undefined {
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

function firstAheadMs(
  input: Pick<PulsePlanInput, 'programme' | 'members' | 'nowMs'>,
  turns: readonly Turn[],
  time: string,
): number | undefined {
  for (const turn of turns) {
    const atMs = earliestMs(input, Temporal.PlainDate.from(turn.date), time);
    if (atMs > input.nowMs) return atMs;
  }
  return undefined;
}
