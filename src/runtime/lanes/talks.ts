import type { LeasedEntry } from '../../core/ports/outbox.js';

export interface TalksOptions {
  /** Tries to send; answers when it is to be tried again, if it is and others must not overtake it. */
  readonly deliver: (entry: LeasedEntry, leasedMs: number) => Promise<Again | undefined>;
  /** Puts back what was not tried, until an instant in ms. */
  readonly giveBack: (entry: LeasedEntry, untilMs: number, leasedMs: number) => Promise<void>;
  /**
   * When something that is still to be sent can be leased, an instant in ms; undefined when it is not any more: another
   * process may have sent it, or whoever sent it taken it back.
   */
  readonly dueMs: (programme: string, id: string) => Promise<number | undefined>;
  readonly nowMs: () => number;
  readonly leaseMs: number;
}

/** When a delivery is to be tried again. */
export interface Again {
  /** An instant in ms. */
  readonly atMs: number;
  /** Whether its workspace is refused as a whole: that says nothing of the delivery. */
  readonly isLaneHeld: boolean;
}

/** The conversations with something under way: what goes to one member goes one after the other, as it came. */
export interface Talks {
  /** Sends or puts back one delivery when it is its turn; resolves, or fails, with what became of it. */
  take(entry: LeasedEntry, leasedMs: number): Promise<void>;
}

/**
 * What was tried so often, for longer than this in ms, holds nothing up any more, whatever becomes of it: four times the
 * longest wait for a retry.
 */
const MOST_TRIES = 20;
const LONGEST_MS = 60 * 60_000;
/** How soon it is looked again whether what should be back by now is, in ms: it is leased in the same moment, or with another. */
const LOOK_AGAIN_MS = 500;

interface Waiting {
  readonly entry: LeasedEntry;
  readonly leasedMs: number;
  /** Whether something was before it. */
  readonly hasWaited: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What was given out of hand without having arrived. */
interface Away {
  readonly order: number;
  readonly untilMs: number;
  /** How often it was tried, and since when. */
  readonly tries: number;
  readonly sinceMs: number;
}

interface Talk {
  /** What is leased, by the order in which it came into the outbox. */
  readonly queue: Waiting[];
  readonly away: Map<string, Away>;
  isBusy: boolean;
}

/** Creates the conversations of a process. */
export function createTalks(options: TalksOptions): Talks {
  const talks = new Map<string, Talk>();
  return {
    take(entry, leasedMs) {
      // Only the last of them may have a line feed in it.
      const key = `${entry.lane}\n${entry.programme}\n${entry.member}`;
      let talk = talks.get(key);
      if (talk === undefined) talks.set(key, (talk = { queue: [], away: new Map(), isBusy: false }));
      const { queue, isBusy } = talk;
      const hasWaited = isBusy || queue.length > 0;
      const done = new Promise<void>((resolve, reject) => {
        const place = queue.length === 0 ? -1 : queue.findIndex((each) => each.entry.order > entry.order);
        const one = { entry, leasedMs, hasWaited, resolve, reject };
        queue.splice(place < 0 ? queue.length : place, 0, one);
      });
      if (!isBusy) void go(options, talk, () => talks.delete(key));
      return done;
    },
  };
}

/** Works on a conversation until nothing of it is in hand; it is over when nothing of it is awaited either. */
async function go(options: TalksOptions, talk: Talk, over: () => void): Promise<void> {
  talk.isBusy = true;
  // What is leased together is there before the first of it has its turn.
  await Promise.resolve();
  for (let next = talk.queue.shift(); next !== undefined; next = talk.queue.shift())
    await turn(options, talk, next).then(next.resolve, next.reject);
  talk.isBusy = false;
  // At once: what comes a moment later must not find a conversation that is thrown away.
  if (talk.away.size === 0) over();
}

async function turn(options: TalksOptions, talk: Talk, waiting: Waiting): Promise<void> {
  const { entry, leasedMs } = waiting;
  const behindMs = talk.away.size === 0 ? undefined : await behind(options, talk, entry);
  const putBackMs = behindMs ?? (isLate(options, waiting) ? leasedMs : undefined);
  if (putBackMs !== undefined) {
    await options.giveBack(entry, putBackMs, leasedMs);
    leave(talk, entry, putBackMs);
  } else {
    const again = await options.deliver(entry, leasedMs);
    if (again === undefined) talk.away.delete(entry.id);
    else leave(talk, entry, again.atMs, again.isLaneHeld ? undefined : options.nowMs());
  }
}

function leave({ away }: Talk, { id, order }: LeasedEntry, untilMs: number, triedMs?: number): void {
  const { tries = 0, sinceMs = Infinity } = away.get(id) ?? {};
  if (triedMs === undefined) away.set(id, { order, untilMs, tries, sinceMs });
  else away.set(id, { order, untilMs, tries: tries + 1, sinceMs: Math.min(sinceMs, triedMs) });
}

/** Until when a delivery waits for those that came before it and are away; undefined when for none. */
async function behind(
  { nowMs, dueMs }: TalksOptions,
  { away }: Talk,
  entry: LeasedEntry,
): Promise<number | undefined> {
  let untilMs: number | undefined;
  for (const [id, each] of away) {
    if (each.order >= entry.order) continue;
    if (each.tries > MOST_TRIES && nowMs() - each.sinceMs > LONGEST_MS) continue;
    const due = nowMs() < each.untilMs ? each.untilMs : await dueMs(entry.programme, id);
    if (due === undefined) away.delete(id);
    else untilMs = Math.max(untilMs ?? -Infinity, due);
  }
  const isPast = untilMs !== undefined && untilMs <= nowMs();
  return isPast ? nowMs() + LOOK_AGAIN_MS : untilMs;
}

/** Whether so much of the lease was spent waiting that sending could outlast it. */
function isLate({ nowMs, leaseMs }: TalksOptions, { hasWaited, leasedMs }: Waiting): boolean {
  return hasWaited && nowMs() - leasedMs > leaseMs / 3;
}
