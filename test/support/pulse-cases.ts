import { Temporal } from 'temporal-polyfill';
import type { Member } from '../../src/core/members/types.js';
import type { Programme } from '../../src/core/programme/schema.js';
import type { Pulse, Question } from '../../src/core/pulse/definition.js';
import type { PulsePlanInput } from '../../src/core/pulse/plan.js';
import type { PulseRow, Round, Seat } from '../../src/core/pulse/types.js';
import { programmeWith } from './programmes.js';
import { pulseWith } from './pulse-parts.js';

/** The programme that pulses are tried in. */
export const saman = programmeWith('saman');

/** An instant, in ms, of a local time such as `2014-03-04T09:30`. */
export const at = (text: string, zone = 'Europe/Oslo') =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;

/** The local time of an instant, such as `2014-03-04T09:30`. */
export const localAt = (ms: number, zone = 'Europe/Oslo') =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

/** A member of an organisation. */
export function memberOf(organisation: string, id: string, change: Partial<Member> = {}): Member {
  const roles = ['project-leader'];
  return { programme: saman.id, id, organisation, roles, networks: [], active: true, ...change };
}

/** A started pulse. */
export function activeRow(
  change: Record<string, unknown> = {},
  state: PulseRow['state'] = 'active',
): PulseRow {
  const pulse = pulseWith(change);
  return { programme: saman.id, id: pulse.id, pulse, state, by: 'a coordinator' };
}

/** An open round of a pulse. */
export function roundOf(definition: Pulse, change: Partial<Round> = {}): Round {
  return {
    programme: saman.id,
    id: `${definition.id}-1`,
    pulse: definition.id,
    number: 1,
    definition,
    questions: definition.questions.map((_, place) => place),
    groups: ['voss'],
    opened: '2014-03-04',
    closesMs: at('2014-03-11T16:00'),
    state: 'open',
    ...change,
  };
}

/** The seat of a member in a round. */
export function seatIn(round: Round, member: Pick<Member, 'id' | 'organisation'>, answered = false): Seat {
  const group = round.groups.indexOf(member.organisation);
  const id = `${round.id}/${member.id}`;
  return { programme: round.programme, id, round: round.id, member: member.id, group, answered };
}

/** What planning sees: nobody asked yet, everybody reachable. */
export function planInput(
  nowMs: number,
  change: Partial<PulsePlanInput> & { readonly programme?: Programme } = {},
): PulsePlanInput {
  return {
    programme: saman,
    members: [],
    preferences: new Map(),
    pulses: [],
    rounds: [],
    seats: [],
    waves: new Set(),
    laneOf: () => 'lane',
    nowMs,
    ...change,
  };
}

const texts = (...names: string[]) => names.map((id) => ({ id, text: id }));

/** One question of each kind. */
export const QUESTIONS = {
  scale: { id: 'scale', kind: 'scale', text: 'Eg trivst.', words: 'agree' },
  own: { id: 'own', kind: 'scale', text: 'Kor mykje?', words: ['lite', 'noko', 'mykje'] },
  recommend: { id: 'recommend', kind: 'recommend', text: 'Vil du tilrå oss?' },
  'yes-no': { id: 'yes-no', kind: 'yes-no', text: 'Er du med?' },
  single: { id: 'single', kind: 'single', text: 'Kva helst?', choices: texts('a', 'b', 'c') },
  multiple: { id: 'multiple', kind: 'multiple', text: 'Kva to?', choices: texts('a', 'b', 'c'), max: 2 },
  ranking: { id: 'ranking', kind: 'ranking', text: 'Kva først?', choices: texts('a', 'b', 'c') },
  text: { id: 'text', kind: 'text', text: 'Kva meir?' },
} as const satisfies Record<string, Question>;
