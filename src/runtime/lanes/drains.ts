import type { Clock } from '../../core/ports/environment.js';
import type { LeasedEntry, OutboxEntry } from '../../core/ports/outbox.js';
import type { GroupCommit } from '../group-commit.js';
import { createAhead, type Ahead } from './ahead.js';
import { MOST_UNDER_WAY, type Lane } from './lane.js';
import { errorPart, type Log } from './seen.js';
import type { Talks } from './talks.js';

export interface DrainOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly commit: GroupCommit;
  readonly leaseMs: number;
  /** The lane of a name, the same each time. @throws SamlingError when no chat of its platform is there. */
  readonly laneOf: (name: string) => Lane;
  readonly talks: Pick<Talks, 'take'>;
  /** Puts back what was leased and will not be sent by this process. */
  readonly giveBack: (entry: OutboxEntry, notBeforeMs: number, leasedMs: number) => Promise<void>;
  /** How many deliveries of each of so many lanes may be under way at once; default 16, which is the most. */
  readonly mostUnderWay?: ((lanes: number) => number) | undefined;
}

/** Takes what is due in each lane from the outbox, as fast as the lane permits. */
export interface Drains {
  /** Works on a lane; where that is being done, what is due by now is taken when something there ends. */
  begin(name: string): void;
  /** Works on a lane, after whoever is at it; resolves when nothing due is left that may be sent now. */
  work(name: string): Promise<void>;
  /** Works on a lane again at an instant, in ms. */
  wake(name: string, atMs: number): void;
  /** For messages that are sent as soon as the transaction is kept that they come from. */
  ahead(): Ahead;
  /** Resolves when what was sent ahead has ended. */
  aheadEnded(): Promise<void>;
  /** Begins nothing more; resolves when what is under way has ended. */
  stop(): Promise<void>;
}

interface Draining {
  readonly options: DrainOptions;
  readonly timers: Map<string, { readonly atMs: number; readonly timer: NodeJS.Timeout }>;
  readonly running: Map<string, Promise<void>>;
  /** Lanes in which something may be due that the outbox was not asked for. */
  readonly wanted: Set<string>;
  readonly ahead: Set<Promise<void>>;
  stopped: boolean;
}

/** Creates what works on lanes. A slow or failing lane holds up no other. */
export function createDrains(options: DrainOptions): Drains {
  const draining: Draining = {
    options,
    timers: new Map(),
    running: new Map(),
    wanted: new Set(),
    ahead: new Set(),
    stopped: false,
  };
  const aheadEnded = async () => {
    await Promise.all(draining.ahead);
  };
  const aheadOptions = aheadOf(draining);
  return {
    begin: (name) => begin(draining, name),
    work: (name) => work(draining, name),
    wake: (name, atMs) => wake(draining, name, atMs),
    ahead: () => createAhead(aheadOptions),
    aheadEnded,
    async stop() {
      draining.stopped = true;
      for (const { timer } of draining.timers.values()) clearTimeout(timer);
      draining.timers.clear();
      await Promise.all([...draining.running.values(), aheadEnded()]);
    },
  };
}

function begin(draining: Draining, name: string): void {
  if (draining.stopped) return;
  // Whoever is at it looks again when something ends.
  if (draining.running.has(name)) return void draining.wanted.add(name);
  work(draining, name).catch((error: unknown) => failed(draining, name, error));
}

function failed({ options }: Draining, name: string, error: unknown): void {
  options.log.error({ lane: name, ...errorPart(error) }, 'lane failed');
}

function work(draining: Draining, name: string): Promise<void> {
  const { running, wanted } = draining;
  const now = (running.get(name) ?? Promise.resolve()).then(() => {
    wanted.add(name);
    return drain(draining, name);
  });
  const ended: Promise<void> = now
    .catch(() => void wanted.delete(name))
    .then(() => {
      if (running.get(name) === ended) running.delete(name);
      if (wanted.delete(name)) begin(draining, name);
    });
  running.set(name, ended);
  return now;
}

function mostOf({ options, running }: Draining): number {
  return options.mostUnderWay?.(Math.max(1, running.size)) ?? MOST_UNDER_WAY;
}

async function drain(draining: Draining, name: string): Promise<void> {
  const { options, wanted } = draining;
  const lane = options.laneOf(name);
  let underWay = 0;
  let failure: { readonly error: unknown } | undefined;
  const take = async (entry: LeasedEntry, nowMs: number) => {
    try {
      await options.talks.take(entry, nowMs);
    } catch (error) {
      failure ??= { error };
    }
    underWay -= 1;
    lane.kept();
  };
  while (!draining.stopped && failure === undefined) {
    const nowMs = options.clock.nowMs();
    const most = mostOf(draining);
    const turn = lane.turn(nowMs, most);
    const room = 'room' in turn ? turn.room : 0;
    if (room > 0 && wanted.delete(name)) {
      const entries = await options.commit((tables) =>
        tables.outbox.lease(name, nowMs, options.leaseMs, room),
      );
      if (entries.length === room) wanted.add(name);
      for (const entry of entries) {
        lane.begin(nowMs);
        underWay += 1;
        void take(entry, nowMs);
      }
    }
    const isClosed = 'waitMs' in turn;
    if (isClosed && wanted.has(name)) wake(draining, name, nowMs + turn.waitMs);
    if (underWay === 0 && isClosed) wanted.delete(name);
    if (underWay === 0 && !wanted.has(name)) break;
    if (room === 0 || lane.underWay > most / 2 || !wanted.has(name)) await lane.changed();
  }
  while (underWay > 0) await lane.changed();
  if (failure !== undefined) throw failure.error;
}

function wake(draining: Draining, name: string, atMs: number): void {
  const { options, timers } = draining;
  const known = timers.get(name);
  if (draining.stopped || (known !== undefined && known.atMs <= atMs)) return;
  clearTimeout(known?.timer);
  const waitMs = Math.min(LONGEST_TIMER_MS, Math.max(1, atMs - options.clock.nowMs()));
  const timer = setTimeout(() => {
    timers.delete(name);
    begin(draining, name);
  }, waitMs);
  timer.unref();
  timers.set(name, { atMs, timer });
}

/** Later than this the tick finds it. */
const LONGEST_TIMER_MS = 60_000;

function aheadOf(draining: Draining) {
  const { options } = draining;
  return {
    clock: options.clock,
    leaseMs: options.leaseMs,
    roomOf(name: string, nowMs: number) {
      if (draining.stopped) return undefined;
      const lane = laneIfThere(options, name);
      const turn = lane?.turn(nowMs, mostOf(draining));
      return lane !== undefined && turn !== undefined && 'room' in turn
        ? { lane, room: turn.room }
        : undefined;
    },
    send: (entry: LeasedEntry, leasedMs: number) => sendAhead(draining, entry, leasedMs),
    begin: (name: string) => begin(draining, name),
  };
}

/** Whoever works on a lane without a chat says so; the message must be kept all the same. */
function laneIfThere({ laneOf }: DrainOptions, name: string): Lane | undefined {
  try {
    return laneOf(name);
  } catch {
    return undefined;
  }
}

function sendAhead(draining: Draining, entry: LeasedEntry, leasedMs: number): void {
  const { options, ahead, stopped } = draining;
  const sent = stopped ? options.giveBack(entry, leasedMs, leasedMs) : options.talks.take(entry, leasedMs);
  const ended = sent
    .catch((error: unknown) => failed(draining, entry.lane, error))
    .then(() => {
      options.laneOf(entry.lane).kept();
      ahead.delete(ended);
    });
  ahead.add(ended);
}
