import { Temporal } from 'temporal-polyfill';
import { instantMs } from '../calendar/quiet-hours.js';
import { matchesAudience, zoneOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Delivery } from '../ports/outbox.js';
import { createPlaces, type CountOn, type Places } from '../reminders/day-places.js';
import { dateFor } from '../reminders/speaking-time.js';
import { closingMs, type Turn } from './schedule.js';
import { chooseMembers, lastAsked, mayBeAsked, questionsOf, type Choosing } from './select.js';
import { earliestMs, reminderDay, turnsAhead, type Timing } from './timing.js';
import type { PulseRow, Round, Seat } from './types.js';

/** Everything that planning pulses depends on. */
export interface PulsePlanInput extends Timing, Omit<Choosing, 'last'> {
  readonly seats: readonly Seat[];
  /** Rounds' waves of reminders that were planned before: `<round>/remind-<n>`. */
  readonly waves: ReadonlySet<string>;
  /** What members are told besides; default: nothing. */
  readonly countOn?: CountOn;
}

/** One planning: who is asked in one round is not asked in another of the same moment. */
interface Planning extends PulsePlanInput {
  readonly places: Places;
  readonly last: Map<string, string>;
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

/**
 * What is to be done about pulses by now. Pure: the same input gives the same rounds and the same ids. A card counts
 * toward the programme's cap on messages to one person a day: on a full day it waits for the next one, and who could
 * be told only after the round has closed is not asked.
 */
export function planPulses(input: PulsePlanInput): PulsePlan {
  const places = createPlaces(input, input.countOn ?? (() => 0));
  const planning: Planning = { ...input, places, last: lastAsked(input.rounds, input.seats) };
  const opened = input.pulses.flatMap((row) => openDue(planning, row));
  const open = input.rounds.filter((round) => round.state === 'open' && input.nowMs < round.closesMs);
  const late = open.flatMap((round) => joinLate(planning, round));
  const waves = open.flatMap((round) => wavesDue(planning, round));
  const starts = [...opened, ...late];
  return {
    rounds: starts.flatMap((each) => (each.changed ? [each.round] : [])),
    seats: starts.flatMap((each) => each.seats),
    deliveries: [...starts, ...waves].flatMap((each) => each.deliveries),
    waves: waves.map((wave) => wave.id),
    closing: input.rounds.filter((round) => round.state !== 'closed' && input.nowMs >= round.closesMs),
  };
}

interface Start {
  readonly round: Round;
  readonly changed: boolean;
  readonly seats: readonly Seat[];
  readonly deliveries: readonly Delivery[];
}

/** The latest turn of an active pulse that is due and not over; turns that were missed whole are not made up for. */
function openDue(input: Planning, row: PulseRow): readonly Start[] {
  if (row.state !== 'active') return [];
  const turn = turnDue(input, row);
  if (turn === undefined) return [];
  const { programme } = input;
  const round: Round = {
    programme: programme.id,
    id: `${row.id}-${String(turn.number)}`,
    pulse: row.id,
    number: turn.number,
    definition: row.pulse,
    questions: questionsOf(row.pulse, turn.number),
    groups: [],
    opened: turn.date,
    closesMs: closingMs(programme, row.pulse.schedule, turn.date),
    state: 'open',
  };
  const members = chooseMembers(input, row.pulse, round.id, turn.date);
  return [{ ...ask(input, round, members), changed: true }];
}

/** Seats and cards for members; their organisations come after those that the round has. */
function ask(input: Planning, round: Round, members: readonly Member[]): Start {
  const cards = members.flatMap((member) =>
    cardsFor(input, round, member, `pulse/${round.id}/${member.id}`, round.opened).map((card) => ({
      member,
      card,
    })),
  );
  for (const { member } of cards) input.last.set(member.id, round.opened);
  const organisations = new Set(cards.map((each) => each.member.organisation));
  const added = [...organisations].filter((id) => !round.groups.includes(id)).sort();
  const now = added.length === 0 ? round : { ...round, groups: [...round.groups, ...added] };
  return {
    round: now,
    changed: added.length > 0,
    seats: cards.map(({ member }) => seatOf(now, member)),
    deliveries: cards.map(({ card }) => card),
  };
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
function joinLate(input: Planning, round: Round): readonly Start[] {
  if (round.definition.share < 1 || input.nowMs > round.closesMs - LATEST_JOIN_MS) return [];
  const seated = new Set(input.seats.flatMap((seat) => (seat.round === round.id ? [seat.member] : [])));
  const members = input.members.filter(
    (member) =>
      !seated.has(member.id) &&
      matchesAudience(input.programme, member, round.definition.audience) &&
      mayBeAsked(input, member, dateFor(input.programme, member, input.nowMs)),
  );
  return [ask(input, round, members)];
}

/** A card on a day, or the first after it that has room; none where that is too late, or nobody is reached. */
function cardsFor(
  { programme, nowMs, laneOf, places }: Planning,
  round: Round,
  member: Member,
  id: string,
  day: string,
): readonly Delivery[] {
  const lane = laneOf(member);
  if (lane === undefined) return [];
  const time = round.definition.schedule.time;
  const wantedMs = instantMs(Temporal.PlainDate.from(day), time, zoneOf(programme, member));
  const notBeforeMs = places(member, Math.max(wantedMs, nowMs));
  if (notBeforeMs >= round.closesMs) return [];
  const what = { id, items: [id], kind: 'pulse', member: member.id, lane, notBeforeMs, urgent: false };
  return [{ programme: programme.id, ...what, data: { round: round.id } }];
}

/** Reminders to those who have not answered; whether they have is looked at again when it is sent. */
function wavesDue(input: Planning, round: Round) {
  const { schedule } = round.definition;
  const days = [...schedule.remindAfterDays].sort((a, b) => a - b);
  return days.flatMap((after, index) => {
    const id = `${round.id}/remind-${String(index + 1)}`;
    const day = reminderDay(input.programme, round, after);
    if (input.waves.has(id) || earliestMs(input, day, schedule.time) > input.nowMs) return [];
    const missing = new Set(
      input.seats.flatMap((seat) => (seat.round === round.id && !seat.answered ? [seat.member] : [])),
    );
    const deliveries = input.members
      .filter((member) => member.active && missing.has(member.id))
      .flatMap((member) => cardsFor(input, round, member, `pulse/${id}/${member.id}`, day.toString()));
    return [{ id, deliveries }];
  });
}
