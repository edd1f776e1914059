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
import { errorPart, publicPart, seen, type AttemptSeen, type Log } from './lanes/seen.js';
import { createLane, MOST_UNDER_WAY, type Lane } from './lanes/lane.js';

export type { OnUnreachable, Write } from './lanes/attempt.js';
export { errorPart, type AttemptSeen, type Log } from './lanes/seen.js';

export interface DispatcherOptions extends Omit<AttemptOptions, 'lost'> {
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
  readonly talks: Talks;
  /** Deliveries whose answer was lost. */
  readonly lost: Set<string>;
  stopped: boolean;
}

/** Creates what empties the outbox, lane by lane. A slow or failing lane holds up no other. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const working: Working = {
    ...{ options, lanes: new Map(), timers: new Map(), running: new Map() },
    ...{ talks: new Map(), again: new Set(), lost: new Set(), stopped: false },
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

/** What came of the last message to each member: nothing, or that those behind it must wait. */
type Talks = Map<string, Promise<Held | undefined>>;

/** A message that is to be tried again; those behind it become due with it, and go after it in the order they came. */
interface Held {
  readonly first: string;
  readonly untilMs: number;
  /** The first that was given back behind it: what comes later waits for that one too. */
  readonly next?: string;
}

/** Delivers after what goes to the same member already; what must be tried again keeps those behind it waiting. */
async function inTurn(working: Working, lane: Lane, entry: OutboxEntry, nowMs: number): Promise<void> {
  const { talks } = working;
  const key = JSON.stringify([entry.lane, entry.programme, entry.member]);
  const before = talks.get(key);
  const one = (before ?? Promise.resolve(undefined)).then((held) =>
    isBehind(working, held, entry)
      ? giveBack(working, lane, entry, held, nowMs)
      : before !== undefined && isLate(working, nowMs)
        ? giveBack(working, lane, entry, { first: entry.id, untilMs: nowMs }, nowMs)
        : deliver(working, lane, entry, nowMs).then((now) => heldAfter(held, entry, now)),
  );
  const last = one.catch(() => undefined);
  talks.set(key, last);
  if ((await one) === undefined && talks.get(key) === last) talks.delete(key);
}

/** What those behind a message wait for once it was tried. */
function heldAfter(before: Held | undefined, { id }: OutboxEntry, now: Held | undefined): Held | undefined {
  if (before?.next === undefined || before.first !== id) return now;
  return now === undefined ? { first: before.next, untilMs: before.untilMs } : { ...now, next: before.next };
}

/** Whether a message waits for another; not for ever, since another process may have taken that one. */
function isBehind({ options }: Working, held: Held | undefined, { id }: OutboxEntry): held is Held {
  const leaseMs = options.leaseMs ?? LEASE_MS;
  return held !== undefined && held.first !== id && options.clock.nowMs() < held.untilMs + leaseMs;
}

/** Whether so much of the lease was spent waiting that sending could outlast it. */
function isLate({ options }: Working, nowMs: number): boolean {
  return options.clock.nowMs() - nowMs > (options.leaseMs ?? LEASE_MS) / 3;
}

/** Lets a message wait behind another, or for a fresh lease. */
async function giveBack(
  working: Working,
  lane: Lane,
  entry: OutboxEntry,
  held: Held,
  nowMs: number,
): Promise<Held> {
  lane.end('not-taken', { beganMs: nowMs, endMs: working.options.clock.nowMs() });
  // No later, even when that has passed: what came after this message and is due since would overtake it.
  const notBeforeMs = held.untilMs;
  await settle(working, entry, { kind: 'retry', notBeforeMs, untried: true }, nowMs);
  return held.first === entry.id ? held : { next: entry.id, ...held };
}

async function drainLane(working: Working, name: string): Promise<void> {
  const { options, commit } = working;
  const lane = laneOf(working, name);
  const underWay = new Set<Promise<void>>();
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
      const one: Promise<void> = inTurn(working, lane, entry, nowMs)
        .catch(fail)
        .then(() => void underWay.delete(one));
      underWay.add(one);
    }
    if (underWay.size === 0) break;
    if (entries.length < room || lane.underWay > MOST_UNDER_WAY / 2 || room === 0)
      await Promise.race([...underWay, lane.ended()]);
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
): Promise<Held | undefined> {
  const { options } = working;
  let attempted: Attempted;
  let isBug = false;
  try {
    attempted = await attempt({ ...options, lost: working.lost }, entry, nowMs);
  } catch (error) {
    isBug = true;
    // A bug in one message must not stop the lane; it is tried again, later and later.
    options.log.error({ ...publicPart(entry), ...errorPart(error) }, 'delivery failed');
    const notBeforeMs = nowMs + backoffMs(attemptOf(entry), options.random);
    attempted = { settlement: { kind: 'retry', notBeforeMs } };
  }
  if (attempted.error !== undefined)
    options.log.warn({ ...publicPart(entry), ...errorPart(attempted.error) }, 'look-up failed');
  const settlement = heed(working, lane, entry, attempted, nowMs);
  if (settlement === undefined) return givenUp(working, entry);
  await settle(working, entry, settlement, nowMs);
  seen(options, entry, settlement, nowMs, attempted.outcome);
  if (settlement.kind !== 'retry' || isBug) return undefined;
  return { first: entry.id, untilMs: settlement.notBeforeMs };
}

/**
 * Ends an attempt. What arrived is said however late; a delivery that is to be tried again belongs, once its lease ran
 * out, to whoever takes it next.
 */
async function settle(
  working: Working,
  entry: OutboxEntry,
  settlement: Settlement,
  nowMs: number,
): Promise<void> {
  const { commit, options } = working;
  const untilMs = 'untilMs' in entry.state ? entry.state.untilMs : Infinity;
  const isRetry = settlement.kind === 'retry';
  if (isRetry) wake(working, entry.lane, settlement.notBeforeMs);
  if (isRetry && untilMs <= options.clock.nowMs()) return;
  await commit((tables) => tables.outbox.settle(entry.programme, entry.id, settlement, nowMs));
}

/** A delivery whose lease ran out before it was sent waits for its next turn, and those behind it with it. */
function givenUp({ options }: Working, entry: OutboxEntry): Held {
  options.log.warn({ lane: entry.lane }, 'lease ran out before sending');
  const untilMs = 'untilMs' in entry.state ? entry.state.untilMs : 0;
  return { first: entry.id, untilMs: Math.max(untilMs, options.clock.nowMs()) };
}

/** After so many in a row that nobody answered, the next is not given to the same trouble. */
const FAILURES_OF_ONE_THAT_IS_DOWN = 3;

/** Lets the lane know what the platform said; a platform that refuses a lane again and again is asked less and less. */
function heed(
  { options }: Working,
  lane: Lane,
  entry: OutboxEntry,
  { settlement, outcome }: Attempted,
  nowMs: number,
): Settlement | undefined {
  const endMs = options.clock.nowMs();
  const times = { beganMs: nowMs, endMs };
  if (outcome?.kind !== 'retry' || outcome.holds === undefined) {
    lane.end(
      outcome === undefined || outcome.kind === 'retry'
        ? 'not-taken'
        : outcome.kind === 'unknown'
          ? 'failed'
          : 'taken',
      times,
    );
    const isDown = outcome?.kind === 'unknown' && lane.failures >= FAILURES_OF_ONE_THAT_IS_DOWN;
    if (isDown)
      lane.refuse(times, backoffMs(lane.failures - FAILURES_OF_ONE_THAT_IS_DOWN + 1, options.random), false);
    return settlement;
  }
  const isLimit = outcome.holds === 'limit';
  lane.end(isLimit ? 'not-taken' : 'failed', times);
  const waitMs = isLimit
    ? outcome.afterMs
    : Math.max(outcome.afterMs, backoffMs(lane.failures, options.random));
  lane.refuse(times, waitMs, isLimit);
  options.log.warn({ lane: entry.lane, reason: outcome.reason, waitMs }, 'lane held');
  return { kind: 'retry', notBeforeMs: Math.max(nowMs, endMs) + waitMs, untried: true };
}
