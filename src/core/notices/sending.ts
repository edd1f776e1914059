import { Temporal } from 'temporal-polyfill';
import { instantMs } from '../calendar/quiet-hours.js';
import { pickAudience } from '../members/audience.js';
import { languageOf, zoneOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Delivery } from '../ports/outbox.js';
import type { Tables } from '../ports/store.js';
import type { ProgrammeState } from '../reminders/member-state.js';
import { speakingTime } from '../reminders/speaking-time.js';
import { deliveryId, progressId, sendingId } from './ids.js';
import { inParts } from './in-parts.js';
import type { NoticeRow, Sending } from './types.js';

/** Where members are reached. */
export interface Reach {
  /** The lane of a member; undefined: reached nowhere. */
  laneOf(programme: string, member: string): string | undefined;
  /** The chat platform of a lane. */
  platformOf(lane: string): string;
}

/** Why a member is reached nowhere, as far as their accounts say. */
export async function reasonsOf(tables: Tables, programme: string): Promise<(member: string) => string> {
  const reasons = new Map<string, string>();
  for (const account of await tables.accounts.list(programme)) {
    if (account.state === 'unreachable') reasons.set(account.member, account.reason ?? 'unreachable');
  }
  return (member) => reasons.get(member) ?? 'no-account';
}

/** The instant from which on a member gets a notice, in their own zone and outside their quiet hours. */
export function noticeTime(
  { programme, preferences }: ProgrammeState,
  { notice }: Pick<NoticeRow, 'notice'>,
  member: Member,
  date: string | undefined,
  nowMs: number,
): number {
  const { when, urgent } = notice;
  const wanted =
    when === undefined || date === undefined
      ? nowMs
      : instantMs(Temporal.PlainDate.from(date), when.time, zoneOf(programme, member));
  const fromMs = Math.max(nowMs, wanted);
  return urgent ? fromMs : speakingTime(programme, member, preferences.get(member.id), fromMs);
}

interface Reached {
  readonly reached: readonly { readonly member: Member; readonly lane: string }[];
  readonly unreached: Sending['unreached'];
}

/** Whom a notice is for: by which lane each is reached, or why not. */
async function reachedBy(
  tables: Tables,
  state: ProgrammeState,
  { notice }: NoticeRow,
  reach: Reach,
): Promise<Reached> {
  const { id: programme } = state.programme;
  const why = await reasonsOf(tables, programme);
  const reached: { member: Member; lane: string }[] = [];
  const unreached: { member: string; reason: string }[] = [];
  for (const member of pickAudience(state, notice.audience)) {
    const lane = reach.laneOf(programme, member.id);
    if (lane === undefined) unreached.push({ member: member.id, reason: why(member.id) });
    else reached.push({ member, lane });
  }
  return { reached, unreached };
}

/** Begins a turn of a notice: settles who gets it, and puts it into the outbox. Begun twice, it is sent once. */
export async function beginSending(
  tables: Tables,
  state: ProgrammeState,
  row: NoticeRow,
  turn: { readonly name: string; readonly date?: string },
  reach: Reach,
  nowMs: number,
): Promise<Sending> {
  const { id: programme } = state.programme;
  const id = sendingId(row.id, turn.name);
  const known = await tables.sendings.get(programme, id);
  if (known !== undefined) return known;
  const { reached, unreached } = await reachedBy(tables, state, row, reach);
  const receivers = reached.map(({ member }) => ({
    member: member.id,
    language: languageOf(state.programme, member, state.preferences.get(member.id)),
  }));
  const sending: Sending = {
    programme,
    id,
    notice: row.id,
    turn: turn.name,
    state: 'sending',
    receivers,
    unreached,
    startedMs: nowMs,
    retries: 0,
    corrections: 0,
  };
  await tables.sendings.put(sending);
  for (const some of inParts(reached)) {
    const deliveries = some.map(({ member, lane }) =>
      noticeDelivery(programme, id, member.id, lane, noticeTime(state, row, member, turn.date, nowMs), 0),
    );
    await tables.outbox.add(deliveries);
  }
  await tables.outbox.add(progressCard(sending, row.by, reach, nowMs));
  return sending;
}

/** One receiver's delivery, or the n-th retry of it. */
export function noticeDelivery(
  programme: string,
  sending: string,
  member: string,
  lane: string,
  notBeforeMs: number,
  retry: number,
): Delivery {
  const id = deliveryId(sending, member, retry);
  return {
    programme,
    id,
    items: [id],
    kind: 'notice',
    member,
    lane,
    notBeforeMs,
    urgent: false,
    data: { sending },
  };
}

/** The card by which whoever made a notice follows its sending. */
function progressCard(sending: Sending, by: string, reach: Reach, nowMs: number): readonly Delivery[] {
  const lane = reach.laneOf(sending.programme, by);
  if (lane === undefined) return [];
  const id = progressId(sending.id, by);
  return [
    {
      programme: sending.programme,
      id,
      items: [id],
      kind: 'notice-progress',
      member: by,
      lane,
      notBeforeMs: nowMs,
      urgent: true,
      data: { sending: sending.id },
    },
  ];
}
