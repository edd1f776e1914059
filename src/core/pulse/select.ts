import { Temporal } from 'temporal-polyfill';
import { matchesAudience } from '../members/member-view.js';
import type { Member, Preferences } from '../members/types.js';
import type { Programme } from '../programme/schema.js';
import { awayOn } from '../reminders/plan-input.js';
import type { Pulse } from './definition.js';
import type { Round, Seat } from './types.js';

/** Days between two pulses to one person where the programme does not say. */
export const DEFAULT_GAP_DAYS = 7;

/** When each member was last asked, over all pulses: an ISO date. */
export function lastAsked(rounds: readonly Round[], seats: readonly Seat[]): Map<string, string> {
  const opened = new Map(rounds.map((round) => [round.id, round.opened]));
  const last = new Map<string, string>();
  for (const seat of seats) {
    const date = opened.get(seat.round) ?? '';
    if (date > (last.get(seat.member) ?? '')) last.set(seat.member, date);
  }
  return last;
}

export interface Choosing {
  readonly programme: Programme;
  readonly members: readonly Member[];
  readonly preferences: ReadonlyMap<string, Preferences>;
  readonly laneOf: (member: Member) => string | undefined;
  readonly last: ReadonlyMap<string, string>;
}

/** Whether a member may be asked on a date: reached somewhere, not away, and not asked too lately. */
export function mayBeAsked(choosing: Choosing, member: Member, date: string): boolean {
  const { programme, preferences, laneOf, last } = choosing;
  if (!member.active || laneOf(member) === undefined) return false;
  if (awayOn(preferences.get(member.id), date).kind !== 'here') return false;
  const before = last.get(member.id);
  const gap = programme.policy.pulseGapDays ?? DEFAULT_GAP_DAYS;
  return before === undefined || Temporal.PlainDate.from(before).add({ days: gap }).toString() <= date;
}

/**
 * Who is asked in a round: of the audience, the share that the pulse names, those first who were asked longest ago.
 * Pure; the same input gives the same members.
 */
export function chooseMembers(
  choosing: Choosing,
  pulse: Pulse,
  round: string,
  date: string,
): readonly Member[] {
  const { programme, members, last } = choosing;
  const audience = members.filter((each) => each.active && matchesAudience(programme, each, pulse.audience));
  const wanted = Math.ceil(audience.length * pulse.share);
  const able = audience.filter((member) => mayBeAsked(choosing, member, date));
  if (able.length <= wanted) return able;
  const keyed = able.map((member) => ({
    member,
    key: `${last.get(member.id) ?? ''}/${String(scatter(`${round}/${member.id}`)).padStart(10, '0')}`,
  }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return keyed.slice(0, wanted).map((each) => each.member);
}

/** Places of the questions that a round asks: those asked always, and the others in turn with what follows them. */
export function questionsOf(pulse: Pulse, number: number): readonly number[] {
  const places = pulse.questions.map((_, place) => place);
  const most = pulse.questionsPerRound;
  if (most === undefined) return places;
  const turning = places.filter((place) => {
    const question = pulse.questions[place];
    return question?.always !== true && question?.after === undefined;
  });
  const start = ((number - 1) * most) % Math.max(1, turning.length);
  const chosen = new Set(turning.map((_, index) => turning[(start + index) % turning.length]).slice(0, most));
  const ids = new Set<string>();
  return places.filter((place) => {
    const question = pulse.questions[place];
    const isIn =
      question?.after === undefined
        ? question?.always === true || chosen.has(place)
        : ids.has(question.after.question);
    if (isIn && question !== undefined) ids.add(question.id);
    return isIn;
  });
}

/** A number that looks random and always is the same for a text: FNV-1a, 32 bits. */
export function scatter(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // A last mix: FNV-1a alone leaves alike texts with alike high bits.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
