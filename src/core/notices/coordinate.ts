import type { z } from 'zod';
import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import { pickAudience } from '../members/audience.js';
import { languageOf, personOf } from '../members/member-view.js';
import type { Answer } from '../ports/interaction.js';
import { may, mayAny } from '../rights/rights.js';
import { pauseSending, resumeSending, retryFailed } from './change.js';
import { countForm } from './counts.js';
import { noticeCard } from './compose.js';
import { definitionOf, idFor, valuesOf } from './form.js';
import { receiptId } from './ids.js';
import {
  approveNotice,
  cancelNotice,
  keepNotice,
  noteAct,
  recallNotice,
  sendingsOf,
  sendNotice,
} from './manage.js';
import { mayFollow } from './may.js';
import type { noticeActions } from './messages.js';
import { preview } from './preview.js';
import type { Reach } from './sending.js';
import { detailCard, formCard, peopleCard } from './show.js';
import type { NoticeRow, Sending } from './types.js';

type Actions = typeof noticeActions;
type Data<V extends keyof Actions> = z.infer<Actions[V]>;
type Handlers = { readonly [V in keyof Actions]: (talk: Talk, data: Data<V>) => Answer | Promise<Answer> };

const NOWHERE: Reach = { laneOf: () => undefined, platformOf: () => '' };
const reachOf = (talk: Talk): Reach => talk.reach ?? NOWHERE;
const showing = (talk: Talk) => ({ ...talk, reach: reachOf(talk) });

function guarded<D>(work: (talk: Talk, data: D) => Answer | Promise<Answer>) {
  return (talk: Talk, data: D): Answer | Promise<Answer> =>
    mayAny(talk.state.programme, talk.member, 'notice-send')
      ? work(talk, data)
      : sayOnly('notice-not-allowed');
}

function onNotice<D extends { readonly notice: string }>(
  work: (talk: Talk, row: NoticeRow, data: D) => Answer | Promise<Answer>,
) {
  return guarded(async (talk: Talk, data: D) => {
    const row = await talk.tables.notices.get(talk.member.programme, data.notice);
    if (row === undefined) return sayOnly('notice-gone');
    return mayFollow(talk, row) ? work(talk, row, data) : sayOnly('notice-not-allowed');
  });
}

function onSending(work: (talk: Talk, row: NoticeRow, sending: Sending) => Promise<Answer>) {
  return guarded(async (talk: Talk, data: { readonly sending: string }) => {
    const sending = await talk.tables.sendings.get(talk.member.programme, data.sending);
    const row = sending && (await talk.tables.notices.get(talk.member.programme, sending.notice));
    if (sending === undefined || row === undefined) return sayOnly('notice-gone');
    return mayFollow(talk, row) ? work(talk, row, sending) : sayOnly('notice-not-allowed');
  });
}

/** The card of a notice as it stands now, in the place of the pressed one. */
async function shown(talk: Talk, row: NoticeRow): Promise<Answer> {
  const last = (await sendingsOf(talk, row.id)).at(-1);
  return { replace: await detailCard(showing(talk), row, last), say: [], replan: true };
}

/** Shows what notices there are. */
export const showNotices = guarded(async (talk: Talk): Promise<Answer> => {
  const all = await talk.tables.notices.list(talk.member.programme);
  const notices = all
    .filter((each) => mayFollow(talk, each))
    .map(({ id, notice, state, isTemplate }) => ({ id, title: notice.title, state, isTemplate }))
    .reverse();
  return { say: [message('notice-list', { notices })] };
});

/** The notice that another is made of. */
async function modelOf(talk: Talk, from: string | undefined): Promise<NoticeRow | undefined> {
  const model = from === undefined ? undefined : await talk.tables.notices.get(talk.member.programme, from);
  return model !== undefined && mayFollow(talk, model) ? model : undefined;
}

async function askNew(talk: Talk, { from }: Data<'notice-new'>): Promise<Answer> {
  const model = await modelOf(talk, from);
  const { date, ...values } = model === undefined ? { date: '' } : valuesOf(model.notice);
  return { say: [await formCard(showing(talk), values, [], undefined, model)] };
}

/** Takes what was typed; what is wrong is said in the form, and everything typed stays. */
async function make(talk: Talk, values: Data<'notice-make'>): Promise<Answer> {
  const known = values['notice'];
  const before =
    known === undefined ? undefined : await talk.tables.notices.get(talk.member.programme, known);
  if (known !== undefined && (before === undefined || !mayFollow(talk, before)))
    return sayOnly('notice-gone');
  if (before?.state === 'cancelled' || before?.state === 'recalled') return sayOnly('notice-over');
  const id = known ?? (await freeId(talk, idFor(values, talk.today)));
  const model = before ?? (await modelOf(talk, values['from']));
  const json = definitionOf(values, id, talk.state.programme, model?.notice);
  const { row, issues } = await keepNotice(talk, json, before);
  if (row === undefined) {
    const copied = before === undefined ? model : undefined;
    return { replace: await formCard(showing(talk), values, issues, before, copied), say: [] };
  }
  return shown(talk, row);
}

/** Says in the form who would get it, before anything is written; nothing is kept yet. */
async function count(talk: Talk, values: Data<'notice-count'>): Promise<Answer> {
  const before = await modelOf(talk, values['notice']);
  const model = before === undefined ? await modelOf(talk, values['from']) : undefined;
  const { issues } = await countForm(showing(talk), values, before ?? model);
  return { replace: await formCard(showing(talk), values, issues, before, model), say: [] };
}

/** A draft of the same title and day is written over; one that has been sent is not. */
async function freeId(talk: Talk, wanted: string): Promise<string> {
  for (let place = 1; ; place += 1) {
    const id = place === 1 ? wanted : `${wanted}-${String(place)}`;
    if ((await talk.tables.notices.get(talk.member.programme, id)) === undefined) return id;
  }
}

async function send(talk: Talk, row: NoticeRow): Promise<Answer> {
  if (row.state !== 'draft') return shown(talk, row);
  const { row: sent, issues } = await sendNotice(talk, row, reachOf(talk));
  if (sent === undefined)
    return { replace: await formCard(showing(talk), valuesOf(row.notice), issues, row), say: [] };
  const answer = await shown(talk, sent);
  if (sent.state !== 'asked') return answer;
  const { programme } = talk.state;
  const others = talk.state.members.filter(
    (each) => each.id !== row.by && each.id !== talk.member.id && may(programme, each, 'notice-approve'),
  );
  if (others.length === 0) return { ...answer, say: [statement('notice-nobody-else', 'problem')] };
  const ask = others.map((each) => ({ member: each.id, message: approvalFor(talk, row, each) }));
  return { ...answer, tell: ask };
}

function approvalFor(talk: Talk, row: NoticeRow, reader: Talk['member']) {
  const { state } = talk;
  const by = state.members.find((each) => each.id === row.by) ?? talk.member;
  const own = languageOf(state.programme, reader, state.preferences.get(reader.id));
  const { title, body } = row.notice;
  return message('notice-approval', {
    id: row.id,
    title: title[own] ?? title,
    body: body[own] ?? body,
    by: personOf(state.programme, by),
    count: pickAudience(state, row.notice.audience).length,
    previews: state.programme.languages.filter((each) => title[each] !== undefined),
  });
}

/** A second coordinator's answer; nobody says yes to their own. */
function deciding(work: (talk: Talk, row: NoticeRow) => Promise<Answer>) {
  return async (talk: Talk, { notice }: { readonly notice: string }): Promise<Answer> => {
    const row = await talk.tables.notices.get(talk.member.programme, notice);
    if (row === undefined) return sayOnly('notice-gone');
    if (!mayFollow(talk, row, 'notice-approve')) return sayOnly('notice-not-allowed');
    if (row.by === talk.member.id) return sayOnly('notice-own-yes');
    return row.state === 'asked'
      ? work(talk, row)
      : { replace: statement('notice-decided', 'info'), say: [] };
  };
}

async function approve(talk: Talk, row: NoticeRow): Promise<Answer> {
  const sent = await approveNotice(talk, row, reachOf(talk));
  const args = { title: { text: row.notice.title } };
  return {
    replace: statement('notice-approved', 'done', args),
    say: [],
    tell: [{ member: sent.by, message: statement('notice-got-yes', 'done', args) }],
    replan: true,
  };
}

async function refuse(talk: Talk, row: NoticeRow): Promise<Answer> {
  await talk.tables.notices.put({ ...row, state: 'draft' });
  await noteAct(talk, 'notice-refuse', row.id, 'notice-approve');
  const args = { title: { text: row.notice.title } };
  return {
    replace: statement('notice-refused', 'done', args),
    say: [],
    tell: [{ member: row.by, message: statement('notice-got-no', 'problem', args) }],
  };
}

async function acknowledge(talk: Talk, { sending: id }: Data<'notice-read'>): Promise<Answer> {
  const { tables, member, state, at } = talk;
  const sending = await tables.sendings.get(member.programme, id);
  const row = sending && (await tables.notices.get(member.programme, sending.notice));
  if (sending === undefined || row === undefined) {
    return id.startsWith('preview/')
      ? { say: [statement('notice-preview', 'info')] }
      : sayOnly('notice-gone');
  }
  if (!sending.receivers.some((each) => each.member === member.id)) return sayOnly('notice-gone');
  const receipt = receiptId(id, member.id);
  if ((await tables.receipts.get(member.programme, receipt)) === undefined) {
    await tables.receipts.put({
      programme: member.programme,
      id: receipt,
      sending: id,
      member: member.id,
      at,
    });
  }
  const options = talk.calendarUrl && { calendarUrl: talk.calendarUrl };
  const card = await noticeCard(tables, state, row, id, member, options);
  return card === undefined ? sayOnly('notice-gone') : { replace: card, say: [] };
}

/** What is done with notices in chat. */
export const noticeHandlers: Handlers = {
  'notice-list': (talk) => showNotices(talk, {}),
  'notice-new': guarded(askNew),
  'notice-make': guarded(make),
  'notice-open': onNotice(shown),
  'notice-count': guarded(count),
  'notice-edit': onNotice(async (talk, row) => ({
    say: [await formCard(showing(talk), valuesOf(row.notice), [], row)],
  })),
  'notice-template': onNotice(async (talk, row) => {
    const kept = { ...row, isTemplate: !row.isTemplate };
    await talk.tables.notices.put(kept);
    return shown(talk, kept);
  }),
  'notice-preview': (talk, data) =>
    mayAny(talk.state.programme, talk.member, 'notice-approve')
      ? previewAny(talk, data)
      : onNotice(preview)(talk, data),
  'notice-people': onNotice(async (talk, row) => ({
    say: [await peopleCard(showing(talk), row, (await sendingsOf(talk, row.id)).at(-1))],
  })),
  'notice-send': onNotice(send),
  'notice-approve': deciding(approve),
  'notice-refuse': deciding(refuse),
  'notice-pause': onSending(async (talk, row, sending) => {
    await pauseSending(talk.tables, sending, talk.nowMs);
    await noteAct(talk, 'notice-pause', sending.id);
    return shown(talk, row);
  }),
  'notice-resume': onSending(async (talk, row, sending) => {
    await resumeSending(talk.tables, talk.state, row, sending, talk.nowMs);
    await noteAct(talk, 'notice-resume', sending.id);
    return shown(talk, row);
  }),
  'notice-retry': onSending(async (talk, row, sending) => {
    const count = await retryFailed(talk.tables, talk.state, row, sending, reachOf(talk), talk.nowMs);
    await noteAct(talk, 'notice-retry', sending.id);
    const said =
      count > 0 ? statement('notice-retried', 'done', { count }) : statement('notice-none-retried', 'info');
    return { ...(await shown(talk, row)), say: [said] };
  }),
  'notice-report': onSending(async (talk, row, sending) => ({
    say: [await peopleCard(showing(talk), row, sending)],
  })),
  'notice-cancel': onNotice(async (talk, row) => shown(talk, await cancelNotice(talk, row))),
  'notice-recall': onNotice(async (talk, row) => shown(talk, await recallNotice(talk, row))),
  'notice-read': acknowledge,
};

/** Whoever may say yes to a notice may look at it first. */
async function previewAny(talk: Talk, data: Data<'notice-preview'>): Promise<Answer> {
  const row = await talk.tables.notices.get(talk.member.programme, data.notice);
  return row === undefined ? sayOnly('notice-gone') : preview(talk, row, data);
}
