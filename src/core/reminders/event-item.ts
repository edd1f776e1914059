import {
  languageOf,
  matchesAudience,
  networksOf,
  organisationName,
  personOf,
  roleKindsOf,
} from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { EventItem } from '../messages/schemas.js';
import { given, type Occurrence } from '../programme/occurrences.js';
import type { Language } from '../programme/language.js';
import type { Programme } from '../programme/schema.js';
import { may } from '../rights/rights.js';
import { daysBetween } from './escalations.js';
import type { ProgrammeState } from './member-state.js';
import { planOf } from './plan-input.js';
import { snoozeChoices } from './snooze.js';

/** Gives the address of an event's calendar file in a language, where there is one. */
export type CalendarUrl = (
  programme: Programme,
  occurrence: Occurrence,
  language: Language,
) => string | undefined;

export interface EventItemOptions {
  /** Today for the reader, an ISO date. */
  readonly today: string;
  /** The reader, when it is not the member: a deputy. */
  readonly reader?: Member | undefined;
  readonly calendarUrl?: CalendarUrl | undefined;
}

/** One event as one member sees it today: its facts, what is done about it, and what can be done. */
export function eventItemFor(
  state: ProgrammeState,
  member: Member,
  occurrence: Occurrence,
  options: EventItemOptions,
): EventItem {
  const { programme } = state;
  const { isQuiet } = planOf(programme, member);
  const snooze = state.snoozes.get(`${occurrence.id}/${member.id}`);
  const status = statusOf(state, member, occurrence, options.today);
  const { reader = member } = options;
  const isDeputy = reader.id !== member.id;
  const language = languageOf(programme, reader, state.preferences.get(reader.id));
  return {
    event: occurrence.id,
    kind: occurrence.kind,
    title: occurrence.title,
    starts: occurrence.starts,
    ...(occurrence.ends === occurrence.starts ? {} : { ends: occurrence.ends }),
    ...given({
      startTime: occurrence.startTime,
      endTime: occurrence.endTime,
      place: occurrence.place,
      whatToDo: occurrence.whatToDo,
      link: occurrence.link,
      signUpBy: occurrence.signUpBy,
      signUp: occurrence.signUp,
      calendarUrl: options.calendarUrl?.(programme, occurrence, language),
    }),
    daysLeft: daysBetween(options.today, occurrence.starts),
    organisation: organisationName(programme, member.organisation),
    why: whyOf(programme, member, occurrence),
    ...(isDeputy ? { onBehalfOf: personOf(programme, member) } : {}),
    ...signUpPart(state, member, occurrence, options),
    status,
    ...(status === 'snoozed' && snooze !== undefined ? { snoozedUntil: snooze.until } : {}),
    canHandIn: canHandIn(programme, member, occurrence),
    snoozeChoices: [...snoozeChoices(options.today, occurrence, isQuiet)],
  };
}

/** What a gathering's card says and offers about coming. */
function signUpPart(
  { programme, rsvps }: ProgrammeState,
  member: Member,
  occurrence: Occurrence,
  { today, reader = member }: EventItemOptions,
): Partial<EventItem> {
  if (occurrence.kind !== 'gathering') return {};
  const { organisation } = member;
  return {
    rsvp: rsvps.get(`${occurrence.id}/${member.id}`)?.answer ?? 'open',
    canSignUp: today <= (occurrence.signUpBy ?? occurrence.starts),
    canSignUpOthers: may(programme, reader, 'gathering-answer-others', { organisation }),
    ...(reader.id === member.id ? {} : { member: member.id }),
    ...given({ agenda: occurrence.agenda }),
  };
}

function statusOf(
  state: ProgrammeState,
  member: Member,
  occurrence: Occurrence,
  today: string,
): EventItem['status'] {
  if (state.submissions.has(`${occurrence.id}/${member.organisation}`)) return 'handed-in';
  if (state.handovers.has(`${occurrence.id}/${member.id}`)) return 'not-mine';
  const snooze = state.snoozes.get(`${occurrence.id}/${member.id}`);
  return snooze !== undefined && snooze.until > today ? 'snoozed' : 'open';
}

/** Whoever a deadline addresses may say that it is handed in, and those who lead their organisation's project. */
export function canHandIn(programme: Programme, member: Member, occurrence: Occurrence): boolean {
  if (occurrence.kind !== 'deadline') return false;
  if (matchesAudience(programme, member, occurrence.audience)) return true;
  const kinds = roleKindsOf(programme, member);
  if (!kinds.includes('project-leader') && !kinds.includes('project-owner')) return false;
  const { cohorts, organisations, leavingIn } = occurrence.audience;
  const { roles, parties, languages, ...place } = occurrence.audience;
  return (cohorts ?? organisations ?? leavingIn) === undefined
    ? true
    : matchesAudience(programme, member, place);
}

function whyOf(programme: Programme, member: Member, occurrence: Occurrence): EventItem['why'] {
  const { roles, networks } = occurrence.audience;
  const roleId = member.roles.find((role) => roles?.includes(role)) ?? member.roles[0];
  const networkId = networksOf(programme, member).find((id) => networks?.includes(id));
  return given({
    role: programme.roles.find((role) => role.id === roleId)?.name,
    network: programme.networks.find((network) => network.id === networkId)?.name,
  });
}
