import { languageOf } from '../members/member-view.js';
import type { Delivery, OutboxEntry } from '../ports/outbox.js';
import type { Tables } from '../ports/store.js';
import type { ProgrammeState } from '../reminders/member-state.js';
import { activeMember } from '../reminders/member-state.js';
import { correctionId, recallId } from './ids.js';
import { entriesOf } from './report.js';
import { noticeDelivery, noticeTime, type Reach } from './sending.js';
import type { NoticeRow, Sending } from './types.js';

/** Where what is paused waits: far enough that nobody gets it meanwhile, 100 years. */
const PAUSED_MS = 100 * 365.25 * 86_400_000;

const isWaiting = (entry: OutboxEntry) => entry.state.kind === 'waiting';

/** Holds back what has not been sent yet; what is just being sent still arrives. */
export async function pauseSending(tables: Tables, sending: Sending, nowMs: number): Promise<void> {
  if (sending.state !== 'sending') return;
  for (const entry of (await entriesOf(tables, sending)).values()) {
    if (!isWaiting(entry)) continue;
    const settlement = { kind: 'retry', notBeforeMs: entry.notBeforeMs + PAUSED_MS } as const;
    await tables.outbox.settle(sending.programme, entry.id, settlement, nowMs);
  }
  await tables.sendings.put({ ...sending, state: 'paused' });
}

/** Goes on where it was paused; what became due meanwhile goes out now, outside quiet hours. */
export async function resumeSending(
  tables: Tables,
  state: ProgrammeState,
  row: NoticeRow,
  sending: Sending,
  nowMs: number,
): Promise<void> {
  if (sending.state !== 'paused') return;
  for (const entry of (await entriesOf(tables, sending)).values()) {
    if (!isWaiting(entry) || entry.notBeforeMs < PAUSED_MS) continue;
    const member = activeMember(state, entry.member);
    const planned = entry.notBeforeMs - PAUSED_MS;
    const soonest = member === undefined ? nowMs : noticeTime(state, row, member, undefined, nowMs);
    const settlement = { kind: 'retry', notBeforeMs: Math.max(planned, soonest) } as const;
    await tables.outbox.settle(sending.programme, entry.id, settlement, nowMs);
  }
  await tables.sendings.put({ ...sending, state: 'sending' });
}

async function dropWaiting(
  tables: Tables,
  sending: Sending,
  entries: ReadonlyMap<string, OutboxEntry>,
  reason: string,
  nowMs: number,
): Promise<void> {
  for (const entry of entries.values()) {
    if (!isWaiting(entry)) continue;
    await tables.outbox.settle(sending.programme, entry.id, { kind: 'dropped', reason }, nowMs);
  }
}

/** Ends a sending in the middle: who has it keeps it, nobody else gets it. */
export async function cancelSending(tables: Tables, sending: Sending, nowMs: number): Promise<void> {
  if (sending.state === 'cancelled' || sending.state === 'recalled') return;
  await dropWaiting(tables, sending, await entriesOf(tables, sending), 'cancelled', nowMs);
  await tables.sendings.put({ ...sending, state: 'cancelled' });
}

/** Takes back what was sent, and sends nothing more. */
export async function recallSending(tables: Tables, sending: Sending, nowMs: number): Promise<void> {
  if (sending.state === 'recalled') return;
  const entries = await entriesOf(tables, sending);
  await dropWaiting(tables, sending, entries, 'recalled', nowMs);
  await tables.sendings.put({ ...sending, state: 'recalled' });
  await tables.outbox.add(
    amendments(sending, entries, nowMs, 'notice-recall', (member) => recallId(sending.id, member)),
  );
}

/** Changes what was sent in place; what has not been sent yet is written anew anyway. */
export async function correctSending(tables: Tables, sending: Sending, nowMs: number): Promise<void> {
  if (sending.state === 'cancelled' || sending.state === 'recalled') return;
  const corrections = sending.corrections + 1;
  const entries = await entriesOf(tables, sending);
  await tables.sendings.put({ ...sending, corrections });
  await tables.outbox.add(
    amendments(sending, entries, nowMs, 'notice-correction', (member) =>
      correctionId(sending.id, member, corrections),
    ),
  );
}

/** A silent change of a message goes out at once, in quiet hours too: nobody is woken by it. */
function amendments(
  { programme, id: sending }: Sending,
  entries: ReadonlyMap<string, OutboxEntry>,
  nowMs: number,
  kind: string,
  idOf: (member: string) => string,
): readonly Delivery[] {
  return [...entries.values()]
    .filter(({ state }) => state.kind === 'sent' || state.kind === 'leased' || isTried(state))
    .map(({ id: amends, member, lane }) => {
      const id = idOf(member);
      const data = { sending, amends };
      return { programme, id, items: [id], kind, member, lane, notBeforeMs: nowMs, urgent: false, data };
    });
}

/** It may have arrived already. */
function isTried(state: OutboxEntry['state']): boolean {
  return state.kind === 'waiting' && state.attempt > 0;
}

/** Tries again for those who did not get it and can be reached now. Answers for how many. */
export async function retryFailed(
  tables: Tables,
  state: ProgrammeState,
  row: NoticeRow,
  sending: Sending,
  reach: Reach,
  nowMs: number,
): Promise<number> {
  if (sending.state === 'cancelled' || sending.state === 'recalled') return 0;
  const entries = await entriesOf(tables, sending);
  const failed = [
    ...sending.unreached.map(({ member }) => member),
    ...[...entries.values()]
      .filter((entry) => entry.state.kind === 'unreachable')
      .map(({ member }) => member),
  ];
  const retries = sending.retries + 1;
  const deliveries: Delivery[] = [];
  const receivers = [...sending.receivers];
  for (const id of failed) {
    const member = activeMember(state, id);
    const lane = reach.laneOf(sending.programme, id);
    if (member === undefined || lane === undefined) continue;
    const notBeforeMs = noticeTime(state, row, member, undefined, nowMs);
    deliveries.push(noticeDelivery(sending.programme, sending.id, id, lane, notBeforeMs, retries));
    if (receivers.some((each) => each.member === id)) continue;
    const language = languageOf(state.programme, member, state.preferences.get(id));
    receivers.push({ member: id, language });
  }
  if (deliveries.length === 0) return 0;
  const again = new Set(deliveries.map((each) => each.member));
  const unreached = sending.unreached.filter(({ member }) => !again.has(member));
  await tables.sendings.put({ ...sending, receivers, unreached, retries, state: 'sending' });
  await tables.outbox.add(deliveries);
  return deliveries.length;
}
