/** A limit: at most `count` in any `windowMs`. */
export interface Limit {
  readonly count: number;
  readonly windowMs: number;
}

/** What is known of a lane's past; instants in ms, oldest first. */
export interface LaneHistory {
  /** When messages were sent; as far back as the longest window. */
  readonly sentMs: readonly number[];
  /** Nothing is sent before; what `Retry-After` said. */
  readonly closedUntilMs: number;
  /** What the platform has shown to permit a minute; undefined until it refuses. */
  readonly learnt: Learnt | undefined;
  /** The most that was taken in a minute so far. */
  readonly proved: number;
}

/** A limit that the platform does not publish. */
export interface Learnt {
  readonly count: number;
  readonly atMs: number;
}

/** Over which time a limit that is not published is taken to count; Slack's are "per minute". */
export const LEARNT_WINDOW_MS = 60_000;
/**
 * The least that can be learnt: Slack promises "several hundred" messages a minute. A refusal after fewer is about what
 * was sent before this process was started, or about something else.
 */
export const LEAST_LEARNT = 200;
/** How long a learnt limit holds before a little more is tried: each trial costs a refusal. */
const TRY_MORE_MS = 30 * 60_000;
const TRY_MORE_SHARE = 1.05;

/**
 * Added to each window, in ms: messages do not arrive as evenly as they are sent. 2 % of the window, between 15 and
 * 250 ms; so a lane keeps more than 97 % of what is permitted.
 */
export function marginMs(windowMs: number): number {
  return Math.min(250, Math.max(15, windowMs / 50));
}

/** How many may be sent at `nowMs` under limits, given when the last were; `Infinity` without limits. */
export function roomUnder(limits: readonly Limit[], sentMs: readonly number[], nowMs: number): number {
  let room = Infinity;
  for (const { count, windowMs } of limits)
    room = Math.min(room, count - countAfter(sentMs, nowMs - windowMs - marginMs(windowMs)));
  return Math.max(0, room);
}

/** How long until one may be sent under limits, in ms; 0: now. */
export function waitUnder(limits: readonly Limit[], sentMs: readonly number[], nowMs: number): number {
  let waitMs = 0;
  for (const { count, windowMs } of limits) {
    const nth = sentMs.at(-count);
    if (nth !== undefined) waitMs = Math.max(waitMs, nth + windowMs + marginMs(windowMs) - nowMs);
  }
  return waitMs;
}

/** A lane's limits: those that are published, and the learnt one. */
export function limitsAt(
  published: readonly Limit[],
  learnt: Learnt | undefined,
  nowMs: number,
): readonly Limit[] {
  if (learnt === undefined) return published;
  const count = nowMs - learnt.atMs < TRY_MORE_MS ? learnt.count : Math.ceil(learnt.count * TRY_MORE_SHARE);
  return [...published, { count, windowMs: LEARNT_WINDOW_MS }];
}

/** What a lane may do now: how many may be sent, or how long to wait. */
export type Turn = { readonly room: number } | { readonly waitMs: number };

/**
 * How many a lane may send at `nowMs`. Where the platform keeps its limit to itself, more than was ever taken in a
 * minute is tried one at a time, so that finding the limit costs one refusal and not as many as are under way.
 */
export function turnOf(
  published: readonly Limit[],
  history: LaneHistory,
  nowMs: number,
  { learns, underWay }: { readonly learns: boolean; readonly underWay: number },
): Turn {
  if (history.closedUntilMs > nowMs) return { waitMs: history.closedUntilMs - nowMs };
  const limits = limitsAt(published, history.learnt, nowMs);
  const room = roomUnder(limits, history.sentMs, nowMs);
  if (room <= 0) return { waitMs: Math.max(1, waitUnder(limits, history.sentMs, nowMs)) };
  if (!learns) return { room };
  const known = history.proved - countAfter(history.sentMs, nowMs - LEARNT_WINDOW_MS);
  return { room: Math.min(room, Math.max(known, underWay === 0 ? 1 : 0)) };
}

/** What a refusal of a whole lane teaches: that many a minute were taken, and not one more; too few teach nothing. */
export function learn(history: LaneHistory, nowMs: number, retryAfterMs: number): LaneHistory {
  const count = countAfter(history.sentMs, nowMs - LEARNT_WINDOW_MS);
  return {
    ...history,
    ...(count >= LEAST_LEARNT && { learnt: { count, atMs: nowMs } }),
    closedUntilMs: Math.max(history.closedUntilMs, nowMs + retryAfterMs),
  };
}

/** How many of ascending instants lie after one. */
export function countAfter(sentMs: readonly number[], afterMs: number): number {
  let [from, to] = [0, sentMs.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sentMs[middle] ?? 0) > afterMs) to = middle;
    else from = middle + 1;
  }
  return sentMs.length - from;
}
