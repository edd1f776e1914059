import type { OutboxEntry, Settlement } from '../core/ports/outbox.js';
import { IN_FLIGHT } from './amend.js';
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
import type { Ahead } from './lanes/ahead.js';
import { createDrains, type Drains } from './lanes/drains.js';
import { createLane, type Lane } from './lanes/lane.js';
import { createTalks, type Again, type Talks } from './lanes/talks.js';

export type { OnUnreachable, Write } from './lanes/attempt.js';
export { errorPart, type AttemptSeen, type Log } from './lanes/seen.js';

export interface DispatcherOptions extends Omit<AttemptOptions, 'lost'> {
  readonly log: Log;
  readonly onAttempt?: (seen: AttemptSeen) => void;
  /** How many deliveries of each of so many lanes may be under way at once; default 16, which is the most. */
  readonly mostUnderWay?: (lanes: number) => number;
}

export interface Dispatcher {
  /** Sends everything that is due now, all lanes at once; resolves when nothing due is left that may be sent now. */
  flush(): Promise<void>;
  /** Begins to send what is due in every lane that is not at work already, and does not wait for any. */
  start(): Promise<void>;
  /** For messages that are sent as soon as the transaction is kept that they come from. */
  ahead(): Ahead;
  /** Begins nothing more; resolves when what is under way has ended. */
  stop(): Promise<void>;
}

interface Working {
  readonly options: DispatcherOptions;
  readonly lanes: Map<string, Lane>;
  readonly drains: Drains;
  readonly commit: GroupCommit;
  readonly attempting: AttemptOptions;
}

/** Creates what empties the outbox, lane by lane. A slow or failing lane holds up no other. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const commit = createGroupCommit(options.store);
  const working: Working = {
    ...{ options, lanes: new Map(), commit },
    attempting: { ...options, lost: new Set() },
    drains: createDrains({
      ...{ clock: options.clock, log: options.log, commit, leaseMs: options.leaseMs ?? LEASE_MS },
      mostUnderWay: options.mostUnderWay,
      talks: talksOf(options, () => working),
      laneOf: (name) => laneOf(working, name),
      giveBack: (entry, notBeforeMs, leasedMs) => giveBack(working, entry, notBeforeMs, leasedMs),
    }),
  };
  const { drains } = working;
  const dueLanes = async () => {
    const nowMs = options.clock.nowMs();
    const lanes = await options.store.outbox.lanes();
    return [...lanes].filter(([, atMs]) => atMs <= nowMs).map(([lane]) => lane);
  };
  return {
    async start() {
      for (const lane of await dueLanes()) drains.begin(lane);
    },
    async flush() {
      await drains.aheadEnded();
      const results = await Promise.allSettled((await dueLanes()).map((lane) => drains.work(lane)));
      for (const result of results) if (result.status === 'rejected') throw result.reason;
    },
    ahead: () => drains.ahead(),
    stop: () => drains.stop(),
  };
}

function laneOf({ options, lanes }: Working, name: string): Lane {
  let lane = lanes.get(name);
  if (lane === undefined) lanes.set(name, (lane = createLane(options.directory.chatOf(name).pace)));
  return lane;
}

/** The conversations of a process. */
function talksOf(options: DispatcherOptions, working: () => Working): Talks {
  return createTalks({
    deliver: (entry, nowMs) => deliver(working(), entry, nowMs),
    giveBack: (entry, untilMs, nowMs) => giveBack(working(), entry, untilMs, nowMs),
    async dueMs(programme, id) {
      const [entry] = await options.store.outbox.list(programme, [id]);
      if (entry?.state.kind === 'leased') return entry.state.untilMs;
      return entry?.state.kind === 'waiting' ? entry.notBeforeMs : undefined;
    },
    nowMs: () => options.clock.nowMs(),
    leaseMs: options.leaseMs ?? LEASE_MS,
  });
}

/** Lets a message wait behind another, or for a fresh lease. */
async function giveBack(
  working: Working,
  entry: OutboxEntry,
  notBeforeMs: number,
  nowMs: number,
): Promise<void> {
  laneOf(working, entry.lane).end('not-taken', { beganMs: nowMs, endMs: working.options.clock.nowMs() });
  await settle(working, entry, { kind: 'retry', notBeforeMs, untried: true }, nowMs);
}

/** @returns until when the member's next message waits; for a bug in this one, or a change that waits, none does. */
async function deliver(working: Working, entry: OutboxEntry, nowMs: number): Promise<Again | undefined> {
  const { options } = working;
  const lane = laneOf(working, entry.lane);
  let attempted: Attempted;
  let isBug = false;
  try {
    attempted = await attempt(working.attempting, entry, nowMs);
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
  const { outcome } = attempted;
  const holdsUp = !isBug && !(outcome?.kind === 'retry' && outcome.reason === IN_FLIGHT);
  if (settlement.kind !== 'retry' || !holdsUp) return undefined;
  const isLaneHeld = outcome?.kind === 'retry' && outcome.holds !== undefined;
  return { atMs: settlement.notBeforeMs, isLaneHeld };
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
  if (isRetry) working.drains.wake(entry.lane, settlement.notBeforeMs);
  if (isRetry && untilMs <= options.clock.nowMs()) return;
  await commit((tables) => tables.outbox.settle(entry.programme, entry.id, settlement, nowMs), {
    isPatient: true,
  });
}

/** A delivery whose lease ran out before it was sent waits for its next turn, and those behind it with it. */
function givenUp({ options }: Working, entry: OutboxEntry): Again {
  options.log.warn({ lane: entry.lane }, 'lease ran out before sending');
  const untilMs = 'untilMs' in entry.state ? entry.state.untilMs : 0;
  return { atMs: Math.max(untilMs, options.clock.nowMs()), isLaneHeld: false };
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
