import { describeFault, SamlingError } from '../core/errors.js';
import type { SendOutcome } from '../core/ports/chat.js';
import type { Clock } from '../core/ports/environment.js';
import type { OutboxEntry, Settlement } from '../core/ports/outbox.js';
import { createGroupCommit, type GroupCommit } from './group-commit.js';
import {
  attempt,
  attemptOf,
  backoffMs,
  LEASE_MS,
  type AttemptOptions,
  type Attempted,
} from './lanes/attempt.js';
import { createLane, MOST_UNDER_WAY, type Lane } from './lanes/lane.js';
import { createSignal } from './lanes/signal.js';

export type { OnUnreachable, Write } from './lanes/attempt.js';

/** Writes one line of structured log; never a name, an address or a text. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, what: string): void;
  warn(fields: Readonly<Record<string, unknown>>, what: string): void;
  error(fields: Readonly<Record<string, unknown>>, what: string): void;
}

/** What is told of an attempt, for metrics: nothing of the person or the message. */
export interface AttemptSeen {
  readonly lane: string;
  readonly outcome: Settlement['kind'];
  readonly reason?: string;
  readonly tookMs: number;
  readonly mayBeDoubled: boolean;
}

export interface DispatcherOptions extends AttemptOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly onAttempt?: (seen: AttemptSeen) => void;
}

export interface Dispatcher {
  /** Sends everything that is due now, all lanes at once; resolves when nothing due is left that may be sent now. */
  flush(): Promise<void>;
  /** Begins to send what is due in every lane that is not at work already, and does not wait for any. */
  start(): Promise<void>;
  /** Begins nothing more; resolves when what is under way has ended. */
  stop(): Promise<void>;
}

interface Working {
  readonly options: DispatcherOptions;
  readonly lanes: Map<string, Lane>;
  readonly timers: Map<string, { readonly atMs: number; readonly timer: NodeJS.Timeout }>;
  readonly running: Map<string, Promise<void>>;
  /** Lanes that were asked for while they were being worked on. */
  readonly again: Set<string>;
  readonly commit: GroupCommit;
  stopped: boolean;
}

/** Creates what empties the outbox, lane by lane. A slow or failing lane holds up no other. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const working: Working = {
    ...{ options, lanes: new Map(), timers: new Map(), running: new Map(), again: new Set(), stopped: false },
    commit: createGroupCommit(options.store),
  };
  const dueLanes = async () => {
    const nowMs = options.clock.nowMs();
    const lanes = await options.store.outbox.lanes();
    return [...lanes].filter(([, atMs]) => atMs <= nowMs).map(([lane]) => lane);
  };
  return {
    async start() {
      for (const lane of await dueLanes()) begin(working, lane);
    },
    async flush() {
      const results = await Promise.allSettled((await dueLanes()).map((lane) => work(working, lane)));
      for (const result of results) if (result.status === 'rejected') throw result.reason;
    },
    async stop() {
      working.stopped = true;
      for (const { timer } of working.timers.values()) clearTimeout(timer);
      working.timers.clear();
      await Promise.all(working.running.values());
    },
  };
}

/** Works on a lane unless that is being done. */
function begin(working: Working, name: string): void {
  if (working.stopped) return;
  if (working.running.has(name)) return void working.again.add(name);
  work(working, name).catch((error: unknown) =>
    working.options.log.error({ lane: name, ...errorPart(error) }, 'lane failed'),
  );
}

/** Works on a lane, after whoever is at it. */
function work(working: Working, name: string): Promise<void> {
  const { running } = working;
  const now = (running.get(name) ?? Promise.resolve()).then(() => drainLane(working, name));
  const ended: Promise<void> = now
    .catch(() => undefined)
    .then(() => {
      if (running.get(name) === ended) running.delete(name);
      if (working.again.delete(name)) begin(working, name);
    });
  running.set(name, ended);
  return now;
}

function laneOf({ options, lanes }: Working, name: string): Lane {
  let lane = lanes.get(name);
  if (lane === undefined) lanes.set(name, (lane = createLane(options.directory.chatOf(name).pace)));
  return lane;
}

/** The last message under way to each member, and what held it up, if anything did. */
type Talks = Map<string, Promise<Held | undefined>>;
type Held = Extract<Settlement, { kind: 'retry' }>;

interface Turns {
  readonly talks: Talks;
  /** Told when the chat has answered, before that is kept: what is taken next goes to the disk with it. */
  readonly free: () => void;
}

/** Delivers after what goes to the same member already; what must be tried again keeps those behind it waiting. */
async function inTurn(
  working: Working,
  lane: Lane,
  entry: OutboxEntry,
  nowMs: number,
  { talks, free }: Turns,
): Promise<void> {
  const { options, commit } = working;
  const key = JSON.stringify([entry.programme, entry.member]);
  const before = talks.get(key);
  const one = (before ?? Promise.resolve(undefined)).then(async (held) => {
    const isLate = options.clock.nowMs() - nowMs > (options.leaseMs ?? LEASE_MS) / 3;
    const isHeld = held !== undefined && held.notBeforeMs > options.clock.nowMs();
    if (before === undefined || (!isHeld && !isLate)) return deliver(working, lane, entry, nowMs, free);
    lane.end('not-taken');
    free();
    const notBeforeMs = isHeld ? held.notBeforeMs + 1 : options.clock.nowMs();
    const settlement = { kind: 'retry', notBeforeMs, untried: true } as const;
    wake(working, entry.lane, notBeforeMs);
    await commit((tables) => tables.outbox.settle(entry.programme, entry.id, settlement, nowMs));
    return settlement;
  });
  talks.set(
    key,
    one.catch(() => undefined),
  );
  await one;
}

async function drainLane(working: Working, name: string): Promise<void> {
  const { options, commit } = working;
  const lane = laneOf(working, name);
  const underWay = new Set<Promise<void>>();
  const talks: Talks = new Map();
  const next = createSignal();
  const turns = { talks, free: next.give };
  let failure: { readonly error: unknown } | undefined;
  const fail = (error: unknown) => (failure ??= { error });
  while (!working.stopped && failure === undefined) {
    const nowMs = options.clock.nowMs();
    const turn = lane.turn(nowMs);
    if ('waitMs' in turn) wake(working, name, nowMs + turn.waitMs);
    const room = 'room' in turn ? turn.room : 0;
    const entries =
      room === 0
        ? []
        : await commit((tables) => tables.outbox.lease(name, nowMs, options.leaseMs ?? LEASE_MS, room));
    for (const entry of entries) {
      lane.begin(nowMs);
      const one: Promise<void> = inTurn(working, lane, entry, nowMs, turns)
        .catch(fail)
        .then(() => void underWay.delete(one));
      underWay.add(one);
    }
    if (underWay.size === 0) break;
    if (entries.length < room || lane.underWay > MOST_UNDER_WAY / 2 || room === 0)
      await Promise.race([...underWay, next.given()]);
  }
  await Promise.all(underWay);
  if (failure !== undefined) throw failure.error;
}

/** Works on a lane again at an instant. */
function wake(working: Working, name: string, atMs: number): void {
  const known = working.timers.get(name);
  if (working.stopped || (known !== undefined && known.atMs <= atMs)) return;
  clearTimeout(known?.timer);
  const waitMs = Math.min(LONGEST_TIMER_MS, Math.max(1, atMs - working.options.clock.nowMs()));
  const timer = setTimeout(() => {
    working.timers.delete(name);
    begin(working, name);
  }, waitMs);
  timer.unref();
  working.timers.set(name, { atMs, timer });
}

/** Later than this the tick finds it. */
const LONGEST_TIMER_MS = 60_000;

/** @returns what holds up the member's next message; nothing after a bug in this one, for which no other waits. */
async function deliver(
  working: Working,
  lane: Lane,
  entry: OutboxEntry,
  nowMs: number,
  free: () => void,
): Promise<Held | undefined> {
  const { options, commit } = working;
  let attempted: Attempted;
  let isBug = false;
  try {
    attempted = await attempt(options, entry, nowMs);
  } catch (error) {
    isBug = true;
    // A bug in one message must not stop the lane; it is tried again, later and later.
    options.log.error({ ...publicPart(entry), ...errorPart(error) }, 'delivery failed');
    const notBeforeMs = nowMs + backoffMs(attemptOf(entry), options.random);
    attempted = { settlement: { kind: 'retry', notBeforeMs } };
  }
  const settlement = heed(working, lane, entry, attempted, nowMs);
  free();
  if (settlement.kind === 'retry') wake(working, entry.lane, settlement.notBeforeMs);
  await commit((tables) => tables.outbox.settle(entry.programme, entry.id, settlement, nowMs));
  seen(options, entry, settlement, nowMs, attempted.outcome);
  return settlement.kind === 'retry' && !isBug ? settlement : undefined;
}

/** Lets the lane know what the platform said; a platform that refuses a lane again and again is asked less and less. */
function heed(
  { options }: Working,
  lane: Lane,
  entry: OutboxEntry,
  { settlement, outcome }: Attempted,
  nowMs: number,
): Settlement {
  const endMs = options.clock.nowMs();
  if (outcome?.kind !== 'retry' || outcome.holds === undefined) {
    lane.end(
      outcome === undefined || outcome.kind === 'retry'
        ? 'not-taken'
        : outcome.kind === 'unknown'
          ? 'failed'
          : 'taken',
    );
    return settlement;
  }
  const isLimit = outcome.holds === 'limit';
  lane.end(isLimit ? 'not-taken' : 'failed');
  const waitMs = isLimit
    ? outcome.afterMs
    : Math.max(outcome.afterMs, backoffMs(lane.failures, options.random));
  lane.refuse(endMs, waitMs, isLimit);
  options.log.warn({ lane: entry.lane, reason: outcome.reason, waitMs }, 'lane held');
  return { kind: 'retry', notBeforeMs: Math.max(nowMs, endMs) + waitMs, untried: true };
}

function seen(
  { onAttempt, log, clock }: DispatcherOptions,
  entry: OutboxEntry,
  settlement: Settlement,
  nowMs: number,
  outcome: SendOutcome | undefined,
): void {
  const reason = outcome !== undefined && 'reason' in outcome ? outcome.reason : undefined;
  const mayBeDoubled = settlement.kind === 'sent' && settlement.mayBeDoubled === true;
  const about = { outcome: settlement.kind, ...(reason === undefined ? {} : { reason }) };
  onAttempt?.({ lane: entry.lane, ...about, mayBeDoubled, tookMs: clock.nowMs() - nowMs });
  // What goes well is counted; a line for each would cost more than some of the work.
  if (settlement.kind !== 'sent' || mayBeDoubled)
    log.info({ ...publicPart(entry), ...about, ...(mayBeDoubled && { mayBeDoubled }) }, 'delivery settled');
}

function publicPart(entry: OutboxEntry) {
  return { programme: entry.programme, kind: entry.kind, lane: entry.lane };
}

/** What may be logged of an error: its code and faults, or its kind; never its message, which may quote data. */
export function errorPart(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof SamlingError) return { code: error.code, faults: error.faults.map(describeFault) };
  return { error: error instanceof Error ? error.name : typeof error };
}
