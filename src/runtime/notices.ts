import { Temporal } from 'temporal-polyfill';
import { noticeCard } from '../core/notices/compose.js';
import { deliveryId, progressId } from '../core/notices/ids.js';
import { noticeTurns } from '../core/notices/manage.js';
import { progressOf } from '../core/notices/report.js';
import { beginSending, type Reach } from '../core/notices/sending.js';
import { detailCard } from '../core/notices/show.js';
import type { NoticeRow, Sending } from '../core/notices/types.js';
import type { Directory } from '../core/ports/directory.js';
import type { OutboxEntry } from '../core/ports/outbox.js';
import type { Store, Tables } from '../core/ports/store.js';
import type { Programme } from '../core/programme/schema.js';
import type { CalendarUrl } from '../core/reminders/event-item.js';
import { activeMember, loadState, type ProgrammeState } from '../core/reminders/member-state.js';
import type { Capability, Composed } from './planning.js';

export interface NoticesOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly calendarUrl?: CalendarUrl;
}

/** How often a card that follows a sending is changed while it goes on. */
const FOLLOW_MS = 15_000;
/** And at least so often, though all that are left wait for their morning. */
const FOLLOW_SLOWLY_MS = 900_000;
/** A day begins somewhere in a programme's zones up to so many hours before it does in its own. */
const ZONES_HOURS = 12;
/** A turn that was missed for longer is left out: it is no news any more. */
const LATE_MS = 36 * 3_600_000;

/** Where members are reached, as notices ask. */
export function reachOf(directory: Directory): Reach {
  return {
    laneOf: (programme, member) => directory.laneOf(programme, member),
    platformOf: (lane) => directory.chatOf(lane).platform,
  };
}

/** Creates what sends notices when their time has come, follows their sending, and writes them. */
export function createNotices(options: NoticesOptions): Capability {
  const { store, directory } = options;
  const reach = reachOf(directory);
  return {
    async nextDueMs(programme, afterMs) {
      const sendings = await store.sendings.list(programme.id);
      const follow = sendings
        .filter(({ state }) => state === 'sending')
        .map(({ shown }) => followMs(shown, afterMs));
      const begun = new Set(sendings.map((each) => each.id));
      const due = (await store.notices.list(programme.id)).flatMap((row) => {
        const next = openTurns(programme, row, begun).find((turn) => turn.atMs > afterMs);
        return next === undefined ? [] : [next.atMs];
      });
      const all = [...follow, ...due];
      return all.length === 0 ? undefined : Math.min(...all);
    },
    plan: (programme, nowMs) =>
      store.transact(async (tables) => {
        const begun = await beginDue(tables, programme, reach, nowMs);
        return begun + (await followAll(tables, programme, reach, nowMs));
      }),
    compose: (entry, state, nowMs) => compose(options, reach, entry, state, nowMs),
  };
}

/** When a sending is looked at again: soon while it goes out, slowly while everybody left has night. */
function followMs(shown: Sending['shown'], afterMs: number): number {
  const nextMs = Math.min(shown?.nextMs ?? 0, afterMs + FOLLOW_SLOWLY_MS);
  return Math.max(nextMs, afterMs + FOLLOW_MS);
}

interface OpenTurn {
  readonly name: string;
  readonly date: string;
  /** When the turn's day begins in the first of the zones. */
  readonly atMs: number;
}

function openTurns(programme: Programme, row: NoticeRow, begun: ReadonlySet<string>): readonly OpenTurn[] {
  if (row.state !== 'scheduled') return [];
  return noticeTurns(programme, row)
    .filter(({ name }) => !begun.has(`${row.id}/${name}`))
    .map((turn) => {
      const start = Temporal.PlainDate.from(turn.date).toZonedDateTime(programme.zone);
      return { ...turn, atMs: start.subtract({ hours: ZONES_HOURS }).epochMilliseconds };
    });
}

async function beginDue(tables: Tables, programme: Programme, reach: Reach, nowMs: number): Promise<number> {
  const begun = new Set((await tables.sendings.list(programme.id)).map((each) => each.id));
  let count = 0;
  for (const row of await tables.notices.list(programme.id)) {
    const due = openTurns(programme, row, begun).filter(({ atMs }) => atMs <= nowMs);
    // After a pause of the program only the newest turn is sent, and a single one however late.
    const turn = due.at(-1);
    if (turn === undefined) continue;
    const isSingle = row.notice.when?.rule === undefined;
    if (!isSingle && nowMs - turn.atMs > LATE_MS) continue;
    const state = await loadState(tables, programme);
    const { receivers } = await beginSending(tables, state, row, turn, reach, nowMs);
    if (isSingle) await tables.notices.put({ ...row, state: 'sent' });
    count += receivers.length;
  }
  return count;
}

/** Brings the cards of sendings up to date, and ends those that have nothing left to do. */
async function followAll(tables: Tables, programme: Programme, reach: Reach, nowMs: number): Promise<number> {
  let count = 0;
  for (const sending of await tables.sendings.list(programme.id)) {
    if (sending.state === 'sending') count += await follow(tables, sending, reach, nowMs);
  }
  return count;
}

async function follow(tables: Tables, sending: Sending, reach: Reach, nowMs: number): Promise<number> {
  const { sent, waiting, failed, acknowledged, nextMs } = await progressOf(tables, sending);
  const what = [sent, waiting, failed, acknowledged].join('/');
  const state = waiting === 0 ? 'done' : 'sending';
  const isNews = sending.shown?.what !== what || state === 'done';
  if (!isNews && sending.shown?.nextMs === nextMs) return 0;
  const times = (sending.shown?.times ?? 0) + (isNews ? 1 : 0);
  const shown = { what, times, ...(nextMs === undefined ? {} : { nextMs }) };
  await tables.sendings.put({ ...sending, state, shown });
  if (!isNews) return 0;
  const row = await tables.notices.get(sending.programme, sending.notice);
  const lane = row && reach.laneOf(sending.programme, row.by);
  if (row === undefined || lane === undefined) return 0;
  const id = progressId(sending.id, row.by, times);
  const added = await tables.outbox.add([
    {
      programme: sending.programme,
      id,
      items: [id],
      kind: 'notice-progress',
      member: row.by,
      lane,
      notBeforeMs: nowMs,
      urgent: true,
      data: { sending: sending.id, amends: progressId(sending.id, row.by) },
    },
  ]);
  return added.length;
}

const KINDS = new Set(['notice', 'notice-correction', 'notice-recall', 'notice-progress']);

async function compose(
  { store, calendarUrl }: NoticesOptions,
  reach: Reach,
  entry: OutboxEntry,
  state: ProgrammeState,
  nowMs: number,
): Promise<Composed | undefined> {
  if (!KINDS.has(entry.kind)) return undefined;
  const { sending: id, amends } = entry.data as { readonly sending: string; readonly amends?: string };
  const sending = await store.sendings.get(entry.programme, id);
  const row = sending && (await store.notices.get(entry.programme, sending.notice));
  const reader = activeMember(state, entry.member);
  if (sending === undefined || row === undefined || reader === undefined) return { drop: 'notice-gone' };
  if (entry.kind === 'notice-progress') {
    const message = await detailCard({ tables: store, state, reach, nowMs }, row, sending);
    return amends === undefined ? { message } : { message, amends: { delivery: amends, how: 'replace' } };
  }
  const isOver = sending.state === 'cancelled' || sending.state === 'recalled';
  if (entry.kind === 'notice' && isOver) return { drop: sending.state };
  const recalled = entry.kind === 'notice-recall';
  const options = { recalled, ...(calendarUrl && { calendarUrl }) };
  const message = await noticeCard(store, state, row, sending.id, reader, options);
  if (message === undefined) return { drop: 'no-language' };
  if (entry.kind === 'notice') return { message };
  const delivery = amends ?? deliveryId(sending.id, entry.member);
  return { message, amends: { delivery, how: recalled ? 'remove' : 'replace' } };
}
