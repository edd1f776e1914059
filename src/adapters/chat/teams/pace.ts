/** A limit: at most `count` in any `windowMs`. */
interface Limit {
  readonly count: number;
  readonly windowMs: number;
}

/** Per bot and conversation (Microsoft's "Rate limiting"). */
export const CONVERSATION_LIMITS: readonly Limit[] = [
  { count: 7, windowMs: 1_000 },
  { count: 8, windowMs: 2_000 },
  { count: 60, windowMs: 30_000 },
  { count: 1_800, windowMs: 3_600_000 },
];
/** Per app and tenant. */
export const TENANT_LIMITS: readonly Limit[] = [{ count: 50, windowMs: 1_000 }];

/** Keeps to limits, each name by itself. */
export interface Pace {
  /** How long until there is a place, in ms; 0 when there is one. */
  waitMs(name: string, nowMs: number): number;
  /** Takes the place at an instant that `waitMs` gave. */
  take(name: string, atMs: number): void;
}

/** How far ahead a place is taken, in ms; longer waits are the outbox's. */
export const LONGEST_WAIT_MS = 1_000;
/** Names that were quiet this long are forgotten. */
const SWEEP_MS = 60_000;

/** Creates what counts the last sendings of each name. */
export function createPace(limits: readonly Limit[]): Pace {
  const longestMs = Math.max(...limits.map((each) => each.windowMs));
  const most = Math.max(...limits.map((each) => each.count));
  const sent = new Map<string, number[]>();
  let sweptMs = -Infinity;
  const sweep = (nowMs: number) => {
    if (nowMs - sweptMs < SWEEP_MS) return;
    sweptMs = nowMs;
    for (const [name, times] of sent) if ((times.at(-1) ?? 0) <= nowMs - longestMs) sent.delete(name);
  };
  return {
    waitMs(name, nowMs) {
      sweep(nowMs);
      const times = sent.get(name);
      const last = times?.at(-1);
      if (times === undefined || last === undefined) return 0;
      if (last > nowMs + LONGEST_WAIT_MS) {
        // The clock was set back: these say nothing any more.
        sent.delete(name);
        return 0;
      }
      // Nothing goes before what has taken its place already.
      let atMs = Math.max(nowMs, last);
      for (const { count, windowMs } of limits) {
        const nth = times.at(-count);
        if (nth !== undefined) atMs = Math.max(atMs, nth + windowMs);
      }
      return atMs - nowMs;
    },
    take(name, atMs) {
      const times = sent.get(name);
      if (times === undefined) sent.set(name, [atMs]);
      else if (times.push(atMs) > most) times.shift();
    },
  };
}
