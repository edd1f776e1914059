import { message, type Talk } from '../conversation/context.js';
import { pickAudience } from '../members/audience.js';
import { personOf } from '../members/member-view.js';
import type { MessageData } from '../messages/schemas.js';
import type { Message } from '../ports/interaction.js';
import { occurrencesOf } from '../programme/occurrences.js';
import { activeMember, memberById, type ProgrammeState } from '../reminders/member-state.js';
import { may } from '../rights/rights.js';
import { countForm, countsOf, type Counting } from './counts.js';
import { YES_OVER } from './manage.js';
import type { Issue } from './issues.js';
import type { NoticeProgress } from './messages.js';
import { progressOf, reportOf } from './report.js';
import { reasonsOf } from './sending.js';
import type { Values } from './form.js';
import type { NoticeRow, Sending } from './types.js';
import { networkChoices } from '../programme/network-name.js';

/** What the card of a notice is made from. */
export interface Showing extends Counting {
  readonly nowMs: number;
}

/** The card of one notice: to whom it goes or went, how far it is, and what can be done. */
export async function detailCard(showing: Showing, row: NoticeRow, sending?: Sending): Promise<Message> {
  const { state, tables, nowMs } = showing;
  const { notice } = row;
  const receivers = pickAudience(state, notice.audience);
  const by = activeMember(state, row.by);
  const { when } = notice;
  return message('notice-detail', {
    id: row.id,
    title: notice.title,
    state: row.state,
    isTemplate: row.isTemplate,
    urgent: notice.urgent,
    version: row.version,
    ...(by === undefined ? {} : { by: personOf(state.programme, by) }),
    ...(when === undefined
      ? {}
      : { when: { date: when.date, time: when.time, repeats: when.rule !== undefined } }),
    ...(await countsOf(showing, receivers)),
    previews: state.programme.languages.filter((each) => notice.title[each] !== undefined),
    needsYes: receivers.length > (state.programme.policy.noticeYesOver ?? YES_OVER),
    ...(sending === undefined
      ? {}
      : { progress: progressData(await progressOf(tables, sending), sending, nowMs) }),
  });
}

/** From so many on, what was sent says how fast the rest goes. */
const ENOUGH_SENT = 20;

function progressData(
  { lastMs, nextMs: _, ...counts }: Awaited<ReturnType<typeof progressOf>>,
  { id, state, startedMs }: Sending,
  nowMs: number,
): NoticeProgress {
  const later = lastMs === undefined ? 0 : Math.max(0, lastMs - nowMs);
  const perMessage = counts.sent < ENOUGH_SENT ? 0 : (nowMs - startedMs) / counts.sent;
  const leftMs = Math.max(later, counts.waiting * perMessage);
  const minutes = Math.ceil(leftMs / 60_000);
  const isKnown = state === 'sending' && counts.waiting > 0 && minutes > 0;
  return { sending: id, state, ...counts, ...(isKnown ? { minutesLeft: minutes } : {}) };
}

/** The form of a notice, with what was typed and what is wrong with it. */
export async function formCard(
  talk: Talk & Counting,
  values: Values,
  issues: readonly Issue[],
  notice?: NoticeRow,
  model?: NoticeRow,
): Promise<Message> {
  const { state, member, today } = talk;
  const { programme } = state;
  const correction = notice?.state === 'sent' || notice?.state === 'scheduled';
  const { counts } = correction ? {} : await countForm(talk, values, notice ?? model);
  const titled = (each: {
    readonly id: string;
    readonly name: MessageData<'notice-form'>['roles'][number]['title'];
  }) => ({
    id: each.id,
    title: each.name,
  });
  const coming = occurrencesOf(programme).filter((each) => each.kind === 'gathering' && each.ends >= today);
  return message('notice-form', {
    ...(notice === undefined ? {} : { notice: notice.id }),
    ...(model === undefined ? {} : { from: model.id }),
    correction,
    languages: [...programme.languages],
    values,
    issues: issues.map(({ code, args }) => ({ code, args })),
    ...(counts === undefined ? {} : { counts }),
    roles: programme.roles.map(titled),
    cohorts: programme.cohorts.map(titled),
    networks: networkChoices(
      programme,
      programme.networks.filter((each) => may(programme, member, 'notice-send', { network: each.id })),
    ),
    themes: programme.themes.map(titled),
    organisations: programme.organisations.map(titled),
    gatherings: coming.slice(0, 50).map(({ id, title, starts, ends }) => ({ id, title, starts, ends })),
    earliest: today,
    mayBeUrgent: may(programme, member, 'notice-urgent'),
  });
}

/** What a receiver has said about coming to the notice's gathering. */
export function answerOf({ rsvps }: ProgrammeState, { notice }: NoticeRow) {
  return (member: string): string | undefined =>
    notice.gathering === undefined ? undefined : rsvps.get(`${notice.gathering}/${member}`)?.answer;
}

/** More people than this on one card are too many to read; the file has them all. */
const MOST_PEOPLE = 30;

/** Who would get a notice, or who got it; those who need looking at come first. */
export async function peopleCard(
  { tables, state, reach }: Showing,
  row: NoticeRow,
  sending?: Sending,
): Promise<Message> {
  const { programme } = state;
  const personFor = (id: string) => {
    const member = memberById(state, id);
    return member === undefined ? { role: '', organisation: '' } : personOf(programme, member);
  };
  const why = await reasonsOf(tables, programme.id);
  const people =
    sending === undefined
      ? pickAudience(state, row.notice.audience).map((member) => {
          const isReached = reach.laneOf(programme.id, member.id) !== undefined;
          return {
            person: personOf(programme, member),
            state: isReached ? ('planned' as const) : ('failed' as const),
            ...(isReached ? {} : { reason: why(member.id) }),
            read: false,
          };
        })
      : (await reportOf(tables, sending, answerOf(state, row))).map(
          ({ member, state: how, mayBeDoubled, reason, readAt, answer }) => ({
            person: personFor(member),
            state: mayBeDoubled === true ? ('doubled' as const) : how,
            ...(reason === undefined ? {} : { reason }),
            read: readAt !== undefined,
            ...(answer === undefined ? {} : { answer }),
          }),
        );
  const order = { failed: 0, stopped: 1, waiting: 2, planned: 3, doubled: 4, sent: 5 } as const;
  const sorted = [...people].sort((a, b) => order[a.state] - order[b.state]);
  return message('notice-people', {
    title: row.notice.title,
    people: sorted.slice(0, MOST_PEOPLE),
    more: Math.max(0, sorted.length - MOST_PEOPLE),
  });
}
