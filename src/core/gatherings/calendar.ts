import { matchesAudience, networksOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import { gatheringOccurrence, occurrencesOf, type Occurrence } from '../programme/occurrences.js';
import type { Programme } from '../programme/schema.js';
import { isAddressed } from '../reminders/due-nudges.js';
import type { ProgrammeState } from '../reminders/member-state.js';
import type { Feed, GatheringRow } from './types.js';

/** One entry of a calendar. */
export interface CalendarEntry {
  readonly occurrence: Occurrence;
  /** Rises with each change (RFC 5545, 3.8.7.4); 0 as the programme file has it. */
  readonly sequence: number;
  /** `tentative`: the calendar's owner has not said yes for sure. */
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  /** ISO instant of the last change in chat. */
  readonly changedAt?: string;
}

function entryOf(
  occurrence: Occurrence,
  row: GatheringRow | undefined,
  status: CalendarEntry['status'],
): CalendarEntry {
  const { sequence = 0, at } = row ?? {};
  return { occurrence, sequence, status, ...(at === undefined ? {} : { changedAt: at }) };
}

/** One event of a programme as it is now; a cancelled gathering is still there, as cancelled. */
export function calendarEntry(
  programme: Programme,
  rows: readonly GatheringRow[],
  event: string,
): CalendarEntry | undefined {
  const row = rows.find((each) => each.id === event);
  if (row?.cancelled === true) return entryOf(gatheringOccurrence(row.gathering), row, 'cancelled');
  const found = row === undefined ? undefined : gatheringOccurrence(row.gathering);
  const occurrence = found ?? occurrencesOf(programme).find((each) => each.id === event);
  return occurrence === undefined ? undefined : entryOf(occurrence, row, 'confirmed');
}

/** The networks whose calendar a member may have. */
export function calendarNetworks(programme: Programme, member: Member): readonly string[] {
  return [...new Set(networksOf(programme, member))];
}

/**
 * What stands in a calendar: a member's own gatherings (without those they do not come to) and deadlines, the
 * gatherings of one network, or all of a programme. `state` holds the programme with its changes.
 */
export function feedEntries(
  state: ProgrammeState,
  rows: readonly GatheringRow[],
  feed: Pick<Feed, 'what' | 'network'>,
  member: Member,
): readonly CalendarEntry[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const cancelled = rows
    .filter((row) => row.cancelled)
    .map((row) => entryOf(gatheringOccurrence(row.gathering), row, 'cancelled'));
  const standing = occurrencesOf(state.programme).map((each) =>
    entryOf(each, byId.get(each.id), statusFor(state, feed, member, each)),
  );
  return [...standing, ...cancelled].filter((entry) => belongs(state, feed, member, entry));
}

function answerOf(state: ProgrammeState, member: Member, occurrence: Occurrence) {
  return state.rsvps.get(`${occurrence.id}/${member.id}`)?.answer;
}

function statusFor(
  state: ProgrammeState,
  { what }: Pick<Feed, 'what'>,
  member: Member,
  occurrence: Occurrence,
): CalendarEntry['status'] {
  if (what !== 'own') return 'confirmed';
  const answer = answerOf(state, member, occurrence);
  return answer === 'maybe' || answer === 'waiting' ? 'tentative' : 'confirmed';
}

function belongs(
  state: ProgrammeState,
  { what, network }: Pick<Feed, 'what' | 'network'>,
  member: Member,
  { occurrence, status }: CalendarEntry,
): boolean {
  if (what === 'programme') return true;
  if (what !== 'own') {
    return network !== undefined && occurrence.audience.networks?.includes(network) === true;
  }
  const answer = answerOf(state, member, occurrence);
  if (answer !== undefined) return answer !== 'no';
  return status === 'cancelled'
    ? matchesAudience(state.programme, member, occurrence.audience)
    : isAddressed(state, occurrence, member);
}
