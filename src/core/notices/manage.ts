import { note } from '../audit/audit.js';
import type { ActName } from '../audit/types.js';
import type { Talk } from '../conversation/context.js';
import { pickAudience } from '../members/audience.js';
import { turnsOf } from '../pulse/schedule.js';
import type { Schedule } from '../pulse/definition.js';
import type { Programme } from '../programme/schema.js';
import type { Right } from '../rights/rights.js';
import { cancelSending, correctSending, recallSending } from './change.js';
import { checkNotice, type Issue } from './issues.js';
import { beginSending, type Reach } from './sending.js';
import type { NoticeRow, Sending } from './types.js';

/** More receivers than this need a second coordinator's yes, where the programme's policy says nothing else. */
export const YES_OVER = 50;

export type Outcome =
  | { readonly row: NoticeRow; readonly issues: readonly [] }
  | { readonly row?: undefined; readonly issues: readonly Issue[] };

const done = (row: NoticeRow): Outcome => ({ row, issues: [] });

/** Notes an act on a notice in the audit log. */
export const noteAct = (talk: Talk, act: ActName, subject: string, right: Right = 'notice-send') =>
  note(talk, { right, act, subject });

/** Keeps a notice as a draft, or changes one; what has been sent is corrected where it is. */
export async function keepNotice(talk: Talk, json: unknown, before?: NoticeRow): Promise<Outcome> {
  const corrects = before?.state === 'sent' || before?.state === 'scheduled';
  const { member, today, nowMs } = talk;
  const wanted = corrects ? { ...(json as object), ...settledOf(before) } : json;
  const checked = checkNotice('notice', wanted, talk.state, { member, today, nowMs, corrects });
  if (checked.notice === undefined) return { issues: checked.issues };
  const { programme, id: by } = member;
  const { notice } = checked;
  if (corrects) {
    const row: NoticeRow = { ...before, notice, version: before.version + 1 };
    await talk.tables.notices.put(row);
    for (const sending of await sendingsOf(talk, row.id))
      await correctSending(talk.tables, sending, talk.nowMs);
    await noteAct(talk, 'notice-correct', row.id);
    return done(row);
  }
  const fresh: NoticeRow = {
    programme,
    id: notice.id,
    notice,
    state: 'draft',
    by,
    version: 1,
    isTemplate: false,
  };
  const row: NoticeRow =
    before === undefined ? fresh : { ...fresh, by: before.by, isTemplate: before.isTemplate };
  await talk.tables.notices.put(row);
  await noteAct(talk, before === undefined ? 'notice-draft' : 'notice-edit', row.id);
  return done(row);
}

/** To whom a notice was sent, and when: what cannot be changed any more. */
function settledOf({ notice }: NoticeRow) {
  const { audience, when, urgent } = notice;
  return { audience, urgent, when };
}

/** The sendings of a notice, the oldest first. */
export async function sendingsOf(
  { tables, member }: Pick<Talk, 'tables' | 'member'>,
  notice: string,
): Promise<readonly Sending[]> {
  const all = await tables.sendings.list(member.programme);
  return all.filter((each) => each.notice === notice).sort((a, b) => a.startedMs - b.startedMs);
}

/** How many get it, and whether that needs a second coordinator's yes. */
export function needsYes(talk: Talk, row: NoticeRow): boolean {
  const { policy } = talk.state.programme;
  return pickAudience(talk.state, row.notice.audience).length > (policy.noticeYesOver ?? YES_OVER);
}

/** Sends a draft, or asks for a second yes first; checked again, since members and their languages may have changed. */
export async function sendNotice(talk: Talk, row: NoticeRow, reach: Reach): Promise<Outcome> {
  const { today, member, nowMs } = talk;
  const { issues } = checkNotice('notice', row.notice, talk.state, { member, today, nowMs });
  if (issues.length > 0) return { issues };
  if (needsYes(talk, row)) {
    const asked: NoticeRow = { ...row, state: 'asked' };
    await talk.tables.notices.put(asked);
    await noteAct(talk, 'notice-ask', row.id);
    return done(asked);
  }
  await noteAct(talk, 'notice-send', row.id);
  return done(await release(talk, row, reach));
}

/** A second coordinator says yes. */
export async function approveNotice(talk: Talk, row: NoticeRow, reach: Reach): Promise<NoticeRow> {
  await noteAct(talk, 'notice-approve', row.id, 'notice-approve');
  return release(talk, { ...row, approvedBy: talk.member.id }, reach);
}

/** At once, or when its time comes. */
async function release(talk: Talk, row: NoticeRow, reach: Reach): Promise<NoticeRow> {
  const { when } = row.notice;
  const released: NoticeRow = { ...row, state: when === undefined ? 'sent' : 'scheduled' };
  await talk.tables.notices.put(released);
  if (when === undefined)
    await beginSending(talk.tables, talk.state, released, { name: '1' }, reach, talk.nowMs);
  return released;
}

/** Ends a notice: nobody gets it any more who does not have it. */
export async function cancelNotice(talk: Talk, row: NoticeRow): Promise<NoticeRow> {
  for (const sending of await sendingsOf(talk, row.id)) await cancelSending(talk.tables, sending, talk.nowMs);
  const cancelled: NoticeRow = { ...row, state: 'cancelled' };
  await talk.tables.notices.put(cancelled);
  await noteAct(talk, 'notice-cancel', row.id);
  return cancelled;
}

/** Takes a notice back from everybody. */
export async function recallNotice(talk: Talk, row: NoticeRow): Promise<NoticeRow> {
  for (const sending of await sendingsOf(talk, row.id)) await recallSending(talk.tables, sending, talk.nowMs);
  const recalled: NoticeRow = { ...row, state: 'recalled' };
  await talk.tables.notices.put(recalled);
  await noteAct(talk, 'notice-recall', row.id);
  return recalled;
}

/** The days on which a scheduled notice is sent, with the names of their sendings. */
export function noticeTurns(
  programme: Programme,
  { notice }: Pick<NoticeRow, 'notice'>,
): readonly { readonly name: string; readonly date: string }[] {
  const { when } = notice;
  if (when === undefined) return [];
  if (when.rule === undefined) return [{ name: '1', date: when.date }];
  return turnsOf(programme, scheduleOf(when)).map(({ date }) => ({ name: date, date }));
}

const schedules = new WeakMap<object, Schedule>();

/** The same object each time, so that its turns are worked out once. */
function scheduleOf(when: NonNullable<NoticeRow['notice']['when']>): Schedule {
  let known = schedules.get(when);
  if (known === undefined) {
    known = { starts: when.date, rule: when.rule } as Schedule;
    schedules.set(when, known);
  }
  return known;
}
