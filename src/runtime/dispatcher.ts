import { z } from 'zod';
import { amend, type Amendment } from './amend.js';
import { describeFault, SamlingError } from '../core/errors.js';
import type { ChatMessage, Chat, Recipient, SendOutcome } from '../core/ports/chat.js';
import type { Directory } from '../core/ports/directory.js';
import type { Clock, Random } from '../core/ports/environment.js';
import type { MessageRef, OutboxEntry, Settlement } from '../core/ports/outbox.js';
import type { Store } from '../core/ports/store.js';

/** Writes one line of structured log; never a name, an address or a text. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, what: string): void;
  warn(fields: Readonly<Record<string, unknown>>, what: string): void;
  error(fields: Readonly<Record<string, unknown>>, what: string): void;
}

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

export interface DispatcherOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly write: Write;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** How long an attempt may take before another may settle it; default 30,000. */
  readonly leaseMs?: number;
  /** Takes note that a member is not reached; `try-again` when there is another way to them. */
  readonly onUnreachable?: OnUnreachable;
  /** How long a chat may take to answer before the message counts as perhaps sent; default two thirds of the lease. */
  readonly sendTimeoutMs?: number;
}

export interface Dispatcher {
  /** Sends everything that is due now, all lanes at once; resolves when nothing due is left. */
  flush(): Promise<void>;
  /** Begins to send what is due in every lane that is not at work already, and does not wait for any. */
  start(): Promise<void>;
}

/** How many deliveries of a lane are under way at once. */
const BATCH = 20;
const LEASE_MS = 30_000;
/** First wait after a failed attempt; doubled each time up to the longest, half of it jittered. */
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 15 * 60_000;

/** Creates what empties the outbox, lane by lane. A slow or failing lane holds up no other. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const running = new Map<string, Promise<void>>();
  /** Lanes that `start` has begun and that have not ended. */
  const busy = new Set<string>();
  const work = (lane: string): Promise<void> => {
    const before = running.get(lane) ?? Promise.resolve();
    const now = before.then(() => drainLane(options, lane));
    running.set(
      lane,
      now.catch(() => undefined),
    );
    return now;
  };
  const dueLanes = async () => {
    const nowMs = options.clock.nowMs();
    const lanes = await options.store.outbox.lanes();
    return [...lanes].filter(([, atMs]) => atMs <= nowMs).map(([lane]) => lane);
  };
  return {
    async start() {
      for (const lane of await dueLanes()) {
        if (busy.has(lane)) continue;
        busy.add(lane);
        work(lane)
          .catch((error: unknown) => options.log.error({ lane, ...errorPart(error) }, 'lane failed'))
          .finally(() => busy.delete(lane));
      }
    },
    async flush() {
      const results = await Promise.allSettled((await dueLanes()).map(work));
      for (const result of results) if (result.status === 'rejected') throw result.reason;
    },
  };
}

async function drainLane(options: DispatcherOptions, lane: string): Promise<void> {
  for (;;) {
    const nowMs = options.clock.nowMs();
    const entries = await options.store.outbox.lease(lane, nowMs, options.leaseMs ?? LEASE_MS, BATCH);
    if (entries.length === 0) return;
    await Promise.all(entries.map((entry) => deliver(options, entry, nowMs)));
  }
}

async function deliver(options: DispatcherOptions, entry: OutboxEntry, nowMs: number): Promise<void> {
  let settlement: Settlement;
  try {
    settlement = await attempt(options, entry, nowMs);
  } catch (error) {
    // A bug in one message must not stop the lane; it is tried again, later and later.
    options.log.error({ ...publicPart(entry), ...errorPart(error) }, 'delivery failed');
    settlement = retryAt(options, entry, nowMs);
  }
  await options.store.outbox.settle(entry.programme, entry.id, settlement, nowMs);
  options.log.info({ ...publicPart(entry), outcome: settlement.kind }, 'delivery settled');
}

async function attempt(options: DispatcherOptions, entry: OutboxEntry, nowMs: number): Promise<Settlement> {
  const found = await options.directory.recipientOf(entry.programme, entry.member, entry.lane);
  if (found === undefined) return { kind: 'unreachable', reason: 'no-account' };
  const to = placed(found, entry);
  if (to === undefined) return { kind: 'dropped', reason: 'place-gone' };
  const chat = options.directory.chatOf(entry.lane);
  const arrived = await alreadyThere(chat, to, entry);
  if (arrived !== undefined) return { kind: 'sent', ref: arrived };
  const written = await options.write(entry, nowMs);
  if ('drop' in written) return { kind: 'dropped', reason: written.drop };
  if (!('amends' in written)) return send(options, chat, to, entry, written, nowMs);
  const timeoutMs = options.sendTimeoutMs ?? ((options.leaseMs ?? LEASE_MS) * 2) / 3;
  const outcome = await amend(options, entry, written, (sending) => answerWithin(timeoutMs, sending));
  return 'kind' in outcome && outcome.kind === 'dropped'
    ? outcome
    : settlementOf(options, to, entry, outcome, nowMs);
}

const placeSchema = z.object({ place: z.record(z.string(), z.string()) });

/** The recipient, in a channel where the delivery names one; undefined when they have left its workspace. */
function placed(to: Recipient, { data, lane }: OutboxEntry): Recipient | undefined {
  const parsed = placeSchema.safeParse(data);
  if (!parsed.success) return to;
  return to.workspace === lane ? { ...to, place: parsed.data.place } : undefined;
}

/** A second attempt asks first whether the first one arrived. */
async function alreadyThere(chat: Chat, to: Recipient, entry: OutboxEntry): Promise<MessageRef | undefined> {
  if (!('attempt' in entry.state) || entry.state.attempt < 2) return undefined;
  const found = await chat.find(to, entry.id);
  return typeof found === 'string' ? undefined : found;
}

async function send(
  options: DispatcherOptions,
  chat: Chat,
  to: Recipient,
  entry: OutboxEntry,
  message: ChatMessage,
  nowMs: number,
): Promise<Settlement> {
  const timeoutMs = options.sendTimeoutMs ?? ((options.leaseMs ?? LEASE_MS) * 2) / 3;
  const outcome = await answerWithin(timeoutMs, chat.send(to, message, entry.id));
  return settlementOf(options, to, entry, outcome, nowMs);
}

async function settlementOf(
  options: DispatcherOptions,
  to: Recipient,
  entry: OutboxEntry,
  outcome: SendOutcome,
  nowMs: number,
): Promise<Settlement> {
  switch (outcome.kind) {
    case 'sent':
      return { kind: 'sent', ref: outcome.ref };
    case 'unreachable': {
      // A channel that is gone says nothing of the person.
      if (to.place !== undefined) return { kind: 'unreachable', reason: outcome.reason };
      const next = await options.onUnreachable?.(entry, to, outcome.reason);
      if (next === 'try-again') return { kind: 'retry', notBeforeMs: nowMs };
      return { kind: 'unreachable', reason: outcome.reason };
    }
    case 'retry':
      return { kind: 'retry', notBeforeMs: nowMs + outcome.afterMs };
    case 'unknown':
      return retryAt(options, entry, nowMs);
  }
}

/** A chat that does not answer must not hold its lane for ever. What it was given may have arrived. */
async function answerWithin(timeoutMs: number, sending: Promise<SendOutcome>): Promise<SendOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<SendOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'unknown', reason: 'no-answer-in-time' }), timeoutMs);
  });
  try {
    return await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}

function retryAt(options: DispatcherOptions, entry: OutboxEntry, nowMs: number): Settlement {
  const tried = 'attempt' in entry.state ? entry.state.attempt : 1;
  const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (tried - 1));
  return { kind: 'retry', notBeforeMs: nowMs + Math.ceil(waitMs * (0.5 + options.random.fraction() / 2)) };
}

function publicPart(entry: OutboxEntry) {
  return { programme: entry.programme, kind: entry.kind, lane: entry.lane };
}

/** What may be logged of an error: its code and faults, or its kind; never its message, which may quote data. */
export function errorPart(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof SamlingError) return { code: error.code, faults: error.faults.map(describeFault) };
  return { error: error instanceof Error ? error.name : typeof error };
}
