import type { OutboxEntry } from '../ports/outbox.js';
import type { Tables } from '../ports/store.js';
import type { Language } from '../programme/language.js';
import { deliveryId, receiptId } from './ids.js';
import { inParts } from './in-parts.js';
import type { Sending } from './types.js';

/** How it stands with one receiver. `waiting` covers what is just being sent. */
export type ReceiverState = 'sent' | 'waiting' | 'failed' | 'stopped';

/** Reasons of our own, which have words; others are the platform's. */
export function isOwnReason(reason: string): reason is 'no-account' | 'answer-lost-twice' {
  return reason === 'no-account' || reason === 'answer-lost-twice';
}

/** One line of a report. */
export interface ReportLine {
  readonly member: string;
  readonly language?: Language;
  readonly state: ReceiverState;
  /** Repeated after a lost answer, on a platform that does not say whether the first had arrived. */
  readonly mayBeDoubled?: true;
  /** When that was settled; an instant in ms. */
  readonly atMs?: number;
  /** Why it failed, in the platform's words or ours. */
  readonly reason?: string;
  /** When the receiver said that it has been read; an ISO instant. An acknowledgement, not a measurement. */
  readonly readAt?: string;
  readonly answer?: string;
}

/** How many receivers stand how; `acknowledged` are those who said that they have read it. */
export interface Progress {
  readonly total: number;
  readonly sent: number;
  readonly waiting: number;
  readonly failed: number;
  readonly stopped: number;
  readonly acknowledged: number;
  /** The instant from which on the last waiting one may go out. */
  readonly lastMs?: number;
  /** The instant from which on the first waiting one may go out. */
  readonly nextMs?: number;
}

/** The newest delivery of each receiver of a sending, or of some of them: the retry where there was one. */
export async function entriesOf(
  tables: Pick<Tables, 'outbox'>,
  sending: Sending,
  receivers: readonly Sending['receivers'][number][] = sending.receivers,
): Promise<ReadonlyMap<string, OutboxEntry>> {
  const newest = new Map<string, OutboxEntry>();
  for (let retry = sending.retries; retry >= 0; retry -= 1) {
    const open = receivers.filter(({ member }) => !newest.has(member));
    const entries = await tables.outbox.list(
      sending.programme,
      open.map(({ member }) => deliveryId(sending.id, member, retry)),
    );
    for (const entry of entries) if (entry !== undefined) newest.set(entry.member, entry);
  }
  return newest;
}

/** The report of a sending, receiver by receiver; those who could not be reached from the first included. */
export async function reportOf(
  tables: Pick<Tables, 'outbox' | 'receipts'>,
  sending: Sending,
  answerOf: (member: string) => string | undefined = () => undefined,
): Promise<readonly ReportLine[]> {
  const entries = await entriesOf(tables, sending);
  const receipts = new Map((await tables.receipts.list(sending.programme)).map((each) => [each.id, each]));
  const unreached = sending.unreached.filter(({ member }) => !entries.has(member));
  return [
    ...sending.receivers.map(({ member, language }): ReportLine => {
      const answer = answerOf(member);
      const readAt = receipts.get(receiptId(sending.id, member))?.at;
      return {
        member,
        language,
        ...stateOf(entries.get(member)),
        ...(readAt === undefined ? {} : { readAt }),
        ...(answer === undefined ? {} : { answer }),
      };
    }),
    ...unreached.map(({ member, reason }): ReportLine => ({ member, state: 'failed', reason })),
  ];
}

function stateOf(
  entry: OutboxEntry | undefined,
): Pick<ReportLine, 'state' | 'atMs' | 'reason' | 'mayBeDoubled'> {
  switch (entry?.state.kind) {
    case 'sent':
      return {
        state: 'sent',
        atMs: entry.state.atMs,
        ...(entry.state.mayBeDoubled === true && { mayBeDoubled: true }),
      };
    case 'waiting':
    case 'leased':
      return { state: 'waiting' };
    case 'unreachable':
      return { state: 'failed', atMs: entry.state.atMs, reason: entry.state.reason };
    case 'dropped':
      return { state: 'stopped', atMs: entry.state.atMs, reason: entry.state.reason };
    case undefined:
      return { state: 'stopped', reason: 'never-sent' };
  }
}

/** Counts a sending, without ever holding all its deliveries. */
export async function progressOf(
  tables: Pick<Tables, 'outbox' | 'receipts'>,
  sending: Sending,
): Promise<Progress> {
  const receipts = await tables.receipts.list(sending.programme);
  const counts = { sent: 0, waiting: 0, failed: sending.unreached.length, stopped: 0 };
  const waitingMs: number[] = [];
  for (const some of inParts(sending.receivers)) {
    const entries = await entriesOf(tables, sending, some);
    for (const { member } of some) {
      const entry = entries.get(member);
      counts[stateOf(entry).state] += 1;
      if (entry?.state.kind === 'waiting') waitingMs.push(entry.notBeforeMs);
    }
  }
  return {
    ...counts,
    total: sending.receivers.length + sending.unreached.length,
    acknowledged: receipts.filter((each) => each.sending === sending.id).length,
    ...(waitingMs.length === 0 ? {} : span(waitingMs)),
  };
}

const span = (instants: readonly number[]) =>
  instants.reduce(
    ({ nextMs, lastMs }, atMs) => ({ nextMs: Math.min(nextMs, atMs), lastMs: Math.max(lastMs, atMs) }),
    { nextMs: Infinity, lastMs: 0 },
  );
