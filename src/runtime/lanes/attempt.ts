import { z } from 'zod';
import { amend, type Amendment } from '../amend.js';
import { within } from '../within.js';
import type { Chat, ChatMessage, FindOutcome, Recipient, SendOutcome } from '../../core/ports/chat.js';
import type { Directory } from '../../core/ports/directory.js';
import type { Clock, Random } from '../../core/ports/environment.js';
import type { OutboxEntry, Settlement } from '../../core/ports/outbox.js';
import type { Store } from '../../core/ports/store.js';

/** Writes a delivery for its member from the present state, or says why there is nothing to say any more. */
export type Write = (
  entry: OutboxEntry,
  nowMs: number,
) => Promise<ChatMessage | Amendment | { readonly drop: string }>;

/** Told of each delivery that its recipient cannot get. */
export type OnUnreachable = (
  entry: Pick<OutboxEntry, 'programme' | 'member'>,
  to: Recipient,
  reason: string,
) => Promise<'give-up' | 'try-again'>;

export interface AttemptOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly write: Write;
  readonly clock: Clock;
  readonly random: Random;
  /** How long an attempt may take before another may settle it; default 30,000. */
  readonly leaseMs?: number;
  /** Takes note that a member is not reached; `try-again` when there is another way to them. */
  readonly onUnreachable?: OnUnreachable;
  /** How long a chat may take to answer before the message counts as perhaps sent; default two thirds of the lease. */
  readonly sendTimeoutMs?: number;
  /** Deliveries whose answer was lost since the process began, by `keyOf`. */
  readonly lost: Set<string>;
}

/** What became of an attempt: for the outbox, and what the platform said of it. */
export interface Attempted {
  /** Left out when the lease ran out first: whoever takes the delivery next settles it. */
  readonly settlement?: Settlement;
  readonly outcome?: SendOutcome;
  /** Why nobody could say whether an earlier attempt had arrived. */
  readonly error?: unknown;
}

export const LEASE_MS = 30_000;
/** First wait after a failed attempt; doubled each time up to the longest, half of it jittered. */
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 15 * 60_000;

/** Tries one leased delivery: looks for it if it may be there already, writes it and sends it. */
export async function attempt(
  options: AttemptOptions,
  entry: OutboxEntry,
  nowMs: number,
): Promise<Attempted> {
  const attempted = await tryOne(options, entry, nowMs);
  if (options.lost.size > 0 && attempted.settlement?.kind !== 'retry') options.lost.delete(keyOf(entry));
  return attempted;
}

async function tryOne(options: AttemptOptions, entry: OutboxEntry, nowMs: number): Promise<Attempted> {
  const found = await options.directory.recipientOf(entry.programme, entry.member, entry.lane);
  if (found === undefined) return settled({ kind: 'unreachable', reason: 'no-account' });
  const to = placed(found, entry);
  if (to === undefined) return settled({ kind: 'dropped', reason: 'place-gone' });
  const chat = options.directory.chatOf(entry.lane);
  const before = attemptOf(entry) < 2 ? 'not-sent' : await earlierOne(chat, to, entry);
  if (isFailed(before)) return lookUpFailed(options, entry, before.error, nowMs);
  if (isLater(before)) {
    const notBeforeMs = options.clock.nowMs() + before.afterMs;
    return { settlement: { kind: 'retry', notBeforeMs, untried: true }, outcome: before };
  }
  if (typeof before === 'object') return settled({ kind: 'sent', ref: before });
  const written = await options.write(entry, nowMs);
  if ('drop' in written) return settled({ kind: 'dropped', reason: written.drop });
  const timeoutMs = timeLeft(options, entry);
  if (timeoutMs <= 0) return {};
  const outcome =
    'amends' in written
      ? await amend(options, entry, written, (sending) => answerWithin(timeoutMs, sending))
      : await answerWithin(timeoutMs, chat.send(to, written, entry.id));
  if (outcome.kind === 'dropped') return settled(outcome);
  const mayBeThere = before === 'cannot-tell' && !('amends' in written);
  return { settlement: await settlementOf(options, to, entry, outcome, { nowMs, mayBeThere }), outcome };
}

/**
 * How long the chat may take, in ms, so that its answer is known while nobody else may take the delivery; 0 when less than
 * three fifths of the lease are left, because reading and writing took long or the process stood still: the answer of a
 * slow platform could come too late.
 */
function timeLeft(
  { clock, leaseMs = LEASE_MS, sendTimeoutMs }: AttemptOptions,
  { state }: OutboxEntry,
): number {
  const most = sendTimeoutMs ?? (leaseMs * 2) / 3;
  const leftMs = state.kind === 'leased' ? state.untilMs - clock.nowMs() : leaseMs;
  return leftMs < (leaseMs * 3) / 5 ? 0 : Math.min(most, leftMs);
}

/** Whether the platform will only say later what it has. */
function isLater(found: FindOutcome): found is Extract<FindOutcome, { readonly kind: 'retry' }> {
  return typeof found === 'object' && typeof found['afterMs' as keyof typeof found] === 'number';
}

const keyOf = ({ programme, id }: OutboxEntry) => JSON.stringify([programme, id]);

const settled = (settlement: Settlement): Attempted => ({ settlement });

const placeSchema = z.object({ place: z.record(z.string(), z.string()) });

/** The recipient, in a channel where the delivery names one; undefined when they have left its workspace. */
function placed(to: Recipient, { data, lane }: OutboxEntry): Recipient | undefined {
  if (typeof data !== 'object' || data === null || !('place' in data)) return to;
  const parsed = placeSchema.safeParse(data);
  if (!parsed.success) return to;
  return to.workspace === lane ? { ...to, place: parsed.data.place } : undefined;
}

interface Failed {
  readonly error: unknown;
}

/** A second attempt asks first whether the first one arrived. */
async function earlierOne(chat: Chat, to: Recipient, { id }: OutboxEntry): Promise<FindOutcome | Failed> {
  try {
    return await chat.find(to, id);
  } catch (error) {
    return { error };
  }
}

const isFailed = (before: FindOutcome | Failed): before is Failed =>
  typeof before === 'object' && 'error' in before;

/** Looked for again later, before anything is sent: what comes after it in its conversation waits as long. */
function lookUpFailed(
  { random }: AttemptOptions,
  entry: OutboxEntry,
  error: unknown,
  nowMs: number,
): Attempted {
  const notBeforeMs = nowMs + backoffMs(attemptOf(entry), random);
  return {
    settlement: { kind: 'retry', notBeforeMs },
    outcome: { kind: 'unknown', reason: 'look-up-failed' },
    error,
  };
}

async function settlementOf(
  options: AttemptOptions,
  to: Recipient,
  entry: OutboxEntry,
  outcome: SendOutcome,
  { nowMs, mayBeThere }: { readonly nowMs: number; readonly mayBeThere: boolean },
): Promise<Settlement> {
  switch (outcome.kind) {
    case 'sent':
      return { kind: 'sent', ref: outcome.ref, ...(mayBeThere && { mayBeDoubled: true }) };
    case 'unreachable': {
      // A channel that is gone says nothing of the person.
      if (to.place !== undefined) return { kind: 'unreachable', reason: outcome.reason };
      const next = await options.onUnreachable?.(entry, to, outcome.reason);
      if (next === 'try-again') return { kind: 'retry', notBeforeMs: nowMs, untried: true };
      return { kind: 'unreachable', reason: outcome.reason };
    }
    case 'retry':
      return { kind: 'retry', notBeforeMs: nowMs + outcome.afterMs, untried: true };
    case 'unknown': {
      // Repeated once where nobody can say what arrived: more would make a fault of the platform everybody's noise. What
      // was under way when a process died has lost no answer yet.
      if (isLostAgain(options, entry) && mayBeThere)
        return { kind: 'unreachable', reason: 'answer-lost-twice' };
      const waitMs = Math.max(outcome.afterMs ?? 0, backoffMs(attemptOf(entry), options.random));
      return { kind: 'retry', notBeforeMs: nowMs + waitMs };
    }
  }
}

/** Remembers that an answer was lost, and says whether one had been before. */
function isLostAgain({ lost }: AttemptOptions, entry: OutboxEntry): boolean {
  const key = keyOf(entry);
  const isAgain = lost.has(key);
  lost.add(key);
  return isAgain;
}

/** A chat that does not answer must not hold its lane for ever. What it was given may have arrived. */
function answerWithin<T>(timeoutMs: number, sending: Promise<T>): Promise<T | SendOutcome> {
  return within<T | SendOutcome>(timeoutMs, sending, () => ({
    kind: 'unknown',
    reason: 'no-answer-in-time',
  }));
}

/** How often a delivery was tried, this time included, without it being certain that it was not sent. */
export function attemptOf(entry: OutboxEntry): number {
  return 'attempt' in entry.state ? entry.state.attempt : 1;
}

/** Waits after the n-th failure, in ms: from 1 to 2 seconds, doubled each time, up to a quarter of an hour. */
export function backoffMs(nth: number, random: Random): number {
  const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (nth - 1));
  return Math.ceil(waitMs * (0.5 + random.fraction() / 2));
}
