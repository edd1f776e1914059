import type { z } from 'zod';
import { note, type Act } from '../audit/audit.js';
import { auditFor } from '../audit/read.js';
import { message, sayOnly, type Talk } from '../conversation/context.js';
import { deadlineOf } from '../deadlines/seen.js';
import { personOf } from '../members/member-view.js';
import type { Answer } from '../ports/interaction.js';
import type { Text } from '../programme/language.js';
import { mayFollow } from '../notices/may.js';
import { given } from '../programme/occurrences.js';
import { may, mayAny } from '../rights/rights.js';
import { newAddress } from './address.js';
import { localInstant } from './instant.js';
import type { fileActions } from './messages.js';
import { FILE_HOURS, type FileKind } from './types.js';

type Actions = typeof fileActions;
type Data<V extends keyof Actions> = z.infer<Actions[V]>;
type Handlers = { readonly [V in keyof Actions]: (talk: Talk, data: Data<V>) => Answer | Promise<Answer> };

/** Acts on one card; the file has them all. */
const MOST_ACTS = 15;

/** Shows what was done, as far as the member may see it. */
export async function showAudit(talk: Talk): Promise<Answer> {
  const { state, tables } = talk;
  const { programme, members } = state;
  const entries = auditFor(talk, await tables.audit.list(programme.id));
  if (entries === undefined) return sayOnly('audit-not-allowed');
  const byId = new Map(members.map((each) => [each.id, each]));
  const at = localInstant(talk);
  const acts = entries.slice(0, MOST_ACTS).map(({ at: instant, by, act, subject }) => {
    const member = byId.get(by);
    const [date = '', time = ''] = at(instant).split(' ');
    return { date, time, act, subject, ...given({ by: member && personOf(programme, member) }) };
  });
  return { say: [message('audit', { acts, more: entries.length - acts.length })] };
}

/** Gives an address of a file, which works for a day; noted, since the file leaves the chat. */
async function give(
  talk: Talk,
  file: { readonly what: FileKind; readonly subject: string; readonly title?: Text | undefined },
  { right, act }: Pick<Act, 'right' | 'act'>,
): Promise<Answer> {
  const { what, subject, title } = file;
  const url = await newAddress(talk, { what, subject });
  if (url === undefined) return sayOnly('calendar-no-address');
  await note(talk, { right, act, subject });
  const urls = [`${url}.xlsx`, `${url}.csv`];
  return { say: [message('file-address', { what, urls, hours: FILE_HOURS, ...given({ title }) })] };
}

async function noticeFile(talk: Talk, { sending: id }: Data<'notice-file'>): Promise<Answer> {
  const { tables, member } = talk;
  const sending = await tables.sendings.get(member.programme, id);
  const row = sending && (await tables.notices.get(member.programme, sending.notice));
  if (row === undefined) return sayOnly('notice-gone');
  if (!mayFollow(talk, row)) return sayOnly('notice-not-allowed');
  const file = { what: 'notice-report' as const, subject: id, title: row.notice.title };
  return give(talk, file, { right: 'notice-send', act: 'notice-file' });
}

function deadlineFile(talk: Talk, { event }: Data<'deadline-file'>): Answer | Promise<Answer> {
  const deadline = deadlineOf(talk, event);
  if (deadline === undefined) return sayOnly('unknown-event');
  if (!mayAny(talk.state.programme, talk.member, 'deadline-see')) return sayOnly('deadline-not-allowed');
  const file = { what: 'deadline-status' as const, subject: event, title: deadline.title };
  return give(talk, file, { right: 'deadline-see', act: 'deadline-file' });
}

async function pulseFile(talk: Talk, { round: id }: Data<'pulse-file'>): Promise<Answer> {
  const { tables, member, state } = talk;
  if (!may(state.programme, member, 'pulse-manage')) return sayOnly('pulse-coordinators-only');
  const round = await tables.rounds.get(member.programme, id);
  if (round === undefined) return sayOnly('pulse-gone');
  if ((await tables.pulseResults.get(member.programme, id)) === undefined) return sayOnly('pulse-no-result');
  const file = { what: 'pulse-results' as const, subject: id, title: round.definition.title };
  return give(talk, file, { right: 'pulse-manage', act: 'pulse-file' });
}

function auditFile(talk: Talk): Answer | Promise<Answer> {
  return mayAny(talk.state.programme, talk.member, 'audit-read')
    ? give(talk, { what: 'audit', subject: '' }, { right: 'audit-read', act: 'audit-file' })
    : sayOnly('audit-not-allowed');
}

/** What files are asked for in chat. */
export const fileHandlers: Handlers = {
  'audit-list': showAudit,
  'audit-file': auditFile,
  'notice-file': noticeFile,
  'deadline-file': deadlineFile,
  'pulse-file': pulseFile,
};
