import { ledBy, daysBetween, overdueOrganisations } from './escalations.js';
import { z } from 'zod';
import { organisationName, roleKindsOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { MessageData } from '../messages/schemas.js';
import type { OutboxEntry } from '../ports/outbox.js';
import { occurrenceOf, occurrencesOf, type Occurrence } from '../programme/occurrences.js';
import { eventItemFor, type CalendarUrl } from './event-item.js';
import { activeMember, type ProgrammeState } from './member-state.js';
import { dateFor } from './speaking-time.js';

/** A message that is ready to be rendered, or the reason why there is nothing to say any more. */
export type Composed<N extends 'nudge' | 'digest'> =
  { readonly message: { readonly template: N; readonly data: MessageData<N> } } | { readonly drop: string };

const aboutSchema = z.object({ about: z.array(z.object({ event: z.string(), member: z.string() })) });

export interface ComposeOptions {
  readonly nowMs: number;
  readonly calendarUrl?: CalendarUrl | undefined;
  /** Whether answered events stay on the card: after an answer, not before the first sending. */
  readonly keepAnswered?: boolean;
  /** What the reader has been told today already, as `<event>/<member>`; left out of the card. */
  readonly told?: ReadonlySet<string>;
}

/** Writes the nudge card of a delivery from the present state; drops it when everything on it is settled or over. */
export function composeNudges(
  state: ProgrammeState,
  delivery: Pick<OutboxEntry, 'data' | 'member'>,
  options: ComposeOptions,
): Composed<'nudge'> {
  const reader = activeMember(state, delivery.member);
  if (reader === undefined) return { drop: 'member-inactive' };
  const today = dateFor(state.programme, reader, options.nowMs);
  const seen = new Set<string>();
  const items = aboutSchema.parse(delivery.data).about.flatMap(({ event, member: id }) => {
    const occurrence = occurrenceOf(state.programme, event);
    const member = activeMember(state, id);
    if (occurrence === undefined || member === undefined || seen.has(`${event}/${id}`)) return [];
    if (options.told?.has(`${event}/${id}`) === true) return [];
    seen.add(`${event}/${id}`);
    const item = eventItemFor(state, member, occurrence, { today, reader, calendarUrl: options.calendarUrl });
    return options.keepAnswered === true || stillWanted(item.status, occurrence, today) ? [item] : [];
  });
  items.sort((a, b) => (a.starts < b.starts ? -1 : a.starts > b.starts ? 1 : 0));
  return items.length === 0 ? { drop: 'settled' } : { message: { template: 'nudge', data: { items } } };
}

function stillWanted(status: string, occurrence: Occurrence, today: string): boolean {
  if (status !== 'open') return false;
  return occurrence.kind === 'deadline' || today <= occurrence.ends;
}

/** Writes a leader's digest of what is overdue now; drops it when all has been handed in. */
export function composeDigest(
  state: ProgrammeState,
  delivery: Pick<OutboxEntry, 'items' | 'member'>,
  options: ComposeOptions,
): Composed<'digest'> {
  const reader = activeMember(state, delivery.member);
  if (reader === undefined) return { drop: 'member-inactive' };
  const date = dateFor(state.programme, reader, options.nowMs);
  const events = new Set(delivery.items.map((item) => item.split('/')[1] ?? ''));
  const isTold = (event: string) => options.told?.has(`${event}/${reader.id}`) === true;
  const overdue = occurrencesOf(state.programme)
    .filter(({ id, starts }) => events.has(id) && starts < date && !isTold(id))
    .map((occurrence) => ({
      event: occurrence.id,
      title: occurrence.title,
      due: occurrence.starts,
      daysOverdue: daysBetween(occurrence.starts, date),
      organisations: responsibleFor(state, reader, occurrence).map((id) =>
        organisationName(state.programme, id),
      ),
    }))
    .filter((each) => each.organisations.length > 0);
  return overdue.length === 0
    ? { drop: 'settled' }
    : { message: { template: 'digest', data: { date, overdue } } };
}

function responsibleFor(state: ProgrammeState, leader: Member, occurrence: Occurrence): readonly string[] {
  const all = overdueOrganisations(state, occurrence);
  if (roleKindsOf(state.programme, leader).includes('coordinator')) return all;
  return all.filter((organisation) => ledBy(state.programme, leader, organisation));
}
