import type { LeasedEntry, OutboxEntry, Settlement } from '../core/ports/outbox.js';
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
import { createLane, MOST_UNDER_WAY, type Lane } from './lanes/lane.js';
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
  readonly attempting: AttemptOptions;
  stopped: boolean;
}

/** Creates what empties the outbox, lane by lane. A slow or failing lane holds up no other. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const working: Working = {
    ...{ options, lanes: new Map(), timers: new Map(), running: new Map() },
    ...{ again: new Set(), stopped: false },
    attempting: { ...options, lost: new Set() },
    talks: talksOf(options, () => working),
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

async function drainLane(working: Working, name: string): Promise<void> {
  const { options, commit } = working;
  const lane = laneOf(working, name);
  let underWay = 0;
  let failure: { readonly error: unknown } | undefined;
  const take = async (entry: LeasedEntry, nowMs: number) => {
    try {
      await working.talks.take(entry, nowMs);
    } catch (error) {
      failure ??= { error };
    }
    underWay -= 1;
    lane.kept();
  };
  while (!working.stopped && failure === undefined) {
    const nowMs = options.clock.nowMs();
    const most = options.mostUnderWay?.(working.running.size) ?? MOST_UNDER_WAY;
    const turn = lane.turn(nowMs, most);
    if ('waitMs' in turn) wake(working, name, nowMs + turn.waitMs);
    const room = 'room' in turn ? turn.room : 0;
    const entries =
      room === 0
        ? []
        : await commit((tables) => tables.outbox.lease(name, nowMs, options.leaseMs ?? LEASE_MS, room));
    for (const entry of entries) {
      lane.begin(nowMs);
      underWay += 1;
      void take(entry, nowMs);
    }
    if (underWay === 0) break;
    if (entries.length < room || lane.underWay > most / 2 || room === 0) await lane.changed();
  }
  while (underWay > 0) await lane.changed();
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
  if (isRetry) wake(working, entry.lane, settlement.notBeforeMs);
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
