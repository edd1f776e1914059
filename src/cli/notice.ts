import { writeFile } from 'node:fs/promises';
import { SamlingError } from '../core/errors.js';
import { noticeTable, plannedTable } from '../core/files/notice-table.js';
import type { MessageData } from '../core/messages/schemas.js';
import { noticeHandlers } from '../core/notices/coordinate.js';
import { noticeCard } from '../core/notices/compose.js';
import { checkNotice, readIn, type Issue } from '../core/notices/issues.js';
import { keepNotice, sendingsOf } from '../core/notices/manage.js';
import { mayFollow } from '../core/notices/may.js';
import type { NoticeRow, Sending } from '../core/notices/types.js';
import type { Talk } from '../core/conversation/context.js';
import type { Answer } from '../core/ports/interaction.js';
import { textIn } from '../core/programme/language.js';
import { mayAny } from '../core/rights/rights.js';
import { actAs, type Acting } from './act-as.js';
import { noticeJson } from './notice-json.js';
import { csvOf, xlsxOf } from './result-files.js';
import { readJsonFile } from './read-json.js';

/** What the notice commands work on. */
export interface NoticeCommand extends Acting {
  readonly write: (text: string | Uint8Array) => void;
}

/** What can be done with a notice, by the verb of its button in chat. */
export const NOTICE_CHANGES = ['send', 'pause', 'resume', 'retry', 'cancel', 'recall'] as const;
export type NoticeChange = (typeof NOTICE_CHANGES)[number];

const ON_SENDING: readonly NoticeChange[] = ['pause', 'resume', 'retry'];

function wrong(issues: readonly Issue[]): SamlingError {
  return new SamlingError('NOTICE_WRONG', 'The notice is wrong; nothing was changed.', { faults: issues });
}

async function noticeOf(talk: Talk, id: string): Promise<NoticeRow> {
  const row = await talk.tables.notices.get(talk.member.programme, id);
  if (row !== undefined && mayFollow(talk, row)) return row;
  const rows = await talk.tables.notices.list(talk.member.programme);
  const ids = rows.filter((each) => mayFollow(talk, each)).map((each) => each.id);
  throw new SamlingError(
    'NOTICE_UNKNOWN',
    `There is no notice "${id}"; there are ${ids.join(', ') || 'none'}.`,
  );
}

async function lastSending(talk: Talk, { id }: NoticeRow): Promise<Sending | undefined> {
  return (await sendingsOf(talk, id)).at(-1);
}

/** As in chat, whoever may send no notices does nothing with any. */
function act<A extends Answer>(command: NoticeCommand, work: (talk: Talk) => A | Promise<A>): Promise<A> {
  return actAs(command, (talk) => {
    if (mayAny(talk.state.programme, talk.member, 'notice-send')) return work(talk);
    throw new SamlingError('NOT_ALLOWED', `"${command.by}" may send no notices; name another with --by.`);
  });
}

/**
 * Makes a draft of a file; a notice with that id is changed, and corrected for everybody where it has been sent.
 * @throws SamlingError `NOTICE_WRONG` with all faults.
 */
export async function makeNotice(command: NoticeCommand, file: string, dryRun: boolean): Promise<void> {
  const json = await readJsonFile(file);
  const made = await act(command, async (talk) => {
    const id = String((json as { readonly id?: unknown } | null)?.id);
    const before = await talk.tables.notices.get(talk.member.programme, id);
    const corrects = before?.state === 'sent' || before?.state === 'scheduled';
    const checked = checkNotice(file, json, talk.state, { ...talk, corrects });
    if (checked.notice === undefined) throw wrong(checked.issues);
    const { notice, receivers } = checked;
    if (before !== undefined && !mayFollow(talk, before)) throw refused(notice.id);
    if (before?.state === 'cancelled' || before?.state === 'recalled')
      throw new SamlingError('NOTICE_WRONG', `${notice.id} is ${before.state}; use another id.`);
    if (dryRun)
      return { say: [], text: `${notice.id} is right; ${String(receivers.length)} would get it.\n` };
    const { row, issues: more } = await keepNotice(talk, json, before);
    if (row === undefined) throw wrong(more);
    const what = row.version > 1 ? 'is corrected for everybody who has it' : 'is a draft';
    return { say: [], replan: true, text: `${row.id} ${what}; see it with "show", send it with "send".\n` };
  });
  command.write(made.text);
}

const refused = (id: string) =>
  new SamlingError('NOT_ALLOWED', `The notice "${id}" is not theirs; name another member with --by.`);

/** Every notice that the member may follow, the oldest first. */
export async function listNotices(command: NoticeCommand): Promise<void> {
  await act(command, async (talk) => {
    for (const row of await talk.tables.notices.list(talk.member.programme)) {
      if (!mayFollow(talk, row)) continue;
      const title = textIn(row.notice.title, talk.language);
      command.write(`${row.id}: ${row.isTemplate ? 'template' : row.state}, ${title}\n`);
    }
    return { say: [] };
  });
}

/** To whom a notice goes or went, and how far it is. */
export async function showNotice(command: NoticeCommand, id: string): Promise<void> {
  const answer = await act(command, async (talk) => {
    const row = await noticeOf(talk, id);
    return noticeHandlers['notice-open'](talk, { notice: row.id });
  });
  printAnswer(command, answer);
}

/**
 * A notice as a reader of one language gets it: its words, or with a platform what that gets, as JSON.
 * @throws SamlingError `ARGUMENT_WRONG` for a language that the notice lacks, and for another platform.
 */
export async function previewNotice(command: NoticeCommand, id: string, platform?: string): Promise<void> {
  if (platform !== undefined && platform !== 'slack' && platform !== 'teams')
    throw new SamlingError('ARGUMENT_WRONG', `--platform: found "${platform}", expected slack or teams.`);
  await act(command, async (talk) => {
    const row = await noticeOf(talk, id);
    const { notice } = row;
    const language = readIn(notice, command.language ?? talk.language);
    if (language === undefined) {
      const there = Object.keys(notice.title).join(', ');
      throw new SamlingError('ARGUMENT_WRONG', `--language: the notice is there in ${there}.`);
    }
    if (platform !== undefined) {
      const card = await noticeCard(talk.tables, talk.state, row, `preview/${id}`, talk.member, {
        preview: language,
      });
      if (card !== undefined) command.write(`${noticeJson(platform, command.programme, card)}\n`);
      return { say: [] };
    }
    command.write(`${notice.title[language] ?? ''}\n\n${notice.body[language] ?? ''}\n`);
    if (notice.link !== undefined) command.write(`\n${notice.link.url}\n`);
    return { say: [] };
  });
}

/**
 * What the buttons of a notice's card do. More receivers than the programme's policy says are sent to only after
 * another coordinator's yes, which is asked for in chat.
 * @throws SamlingError `NOTICE_WRONG` when it cannot be sent as it is; `NOT_ALLOWED` when the member may not.
 */
export async function changeNotice(command: NoticeCommand, what: NoticeChange, id: string): Promise<void> {
  const answer = await act(command, async (talk) => {
    const row = await noticeOf(talk, id);
    if (!ON_SENDING.includes(what)) {
      if (what === 'send') {
        const { issues } = checkNotice(id, row.notice, talk.state, talk);
        if (issues.length > 0) throw wrong(issues);
      }
      return noticeHandlers[`notice-${what as 'send' | 'cancel' | 'recall'}`](talk, { notice: id });
    }
    const sending = await lastSending(talk, row);
    if (sending === undefined) throw new SamlingError('ARGUMENT_WRONG', `${id} has not been sent.`);
    return noticeHandlers[`notice-${what as 'pause' | 'resume' | 'retry'}`](talk, { sending: sending.id });
  });
  printAnswer(command, answer);
}

function printAnswer({ write, say }: NoticeCommand, { replace, say: said }: Answer): void {
  if (replace?.template === 'notice-detail') write(detailText(replace.data as never));
  for (const { data } of said) {
    const { key, tone, args } = data as unknown as MessageData<'statement'>;
    const text = say(`statements.${key}`, args as never);
    if (tone === 'problem') throw new SamlingError('NOT_ALLOWED', text);
    write(`${text}\n`);
  }
}

function detailText(detail: MessageData<'notice-detail'>): string {
  const { id, state, count, languages, platforms, unreached, needsYes, progress } = detail;
  const list = (items: readonly (readonly [string, number])[]) =>
    items.map(([name, many]) => `${name} ${String(many)}`).join(', ');
  const lines = [
    `${id}: ${state}, ${String(count)} receivers`,
    `  by language: ${list(languages.map((each) => [each.language, each.count]))}`,
    `  by platform: ${list(platforms.map((each) => [each.platform, each.count]))}`,
  ];
  if (unreached.length > 0)
    lines.push(`  not reached: ${list(unreached.map((each) => [each.reason, each.count]))}`);
  if (needsYes && state === 'draft') lines.push("  needs another coordinator's yes, in chat");
  if (progress !== undefined) {
    const { state: how, total, sent, waiting, failed, stopped, acknowledged } = progress;
    lines.push(
      `  ${how}: ${String(sent)} of ${String(total)} sent, ${String(waiting)} waiting, ${String(failed)} failed, ` +
        `${String(stopped)} stopped, ${String(acknowledged)} have said that they read it`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Who would get a notice, or who has it: sentences, CSV or an Excel workbook. */
export async function reportNotice(
  command: NoticeCommand,
  id: string,
  format: 'text' | 'csv' | 'xlsx',
  out?: string,
): Promise<void> {
  const { rows } = await act(command, async (talk) => {
    const row = await noticeOf(talk, id);
    const sending = await lastSending(talk, row);
    const source = { ...talk, say: command.say };
    const found =
      sending === undefined ? await plannedTable(source, row) : await noticeTable(source, sending.id);
    return { say: [], rows: found ?? [] };
  });
  if (format === 'text') {
    for (const cells of rows.slice(1)) command.write(`${cells.filter((cell) => cell !== '').join(', ')}\n`);
    return;
  }
  const bytes = format === 'csv' ? csvOf(rows) : await xlsxOf(rows);
  if (out === undefined) command.write(bytes);
  else await writeFile(out, bytes);
}
