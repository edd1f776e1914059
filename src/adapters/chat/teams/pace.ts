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
  /** Takes a place, if there is one. @returns 0, or how long until there may be one, in ms; none was taken then. */
  take(name: string, nowMs: number): number;
  /** Gives the place that was taken last back. */
  giveBack(name: string): void;
}

/** Names that were quiet this long are forgotten. */
const SWEEP_MS = 60_000;

/** Creates what counts the last sendings of each name. */
export function createPace(limits: readonly Limit[]): Pace {
  const longestMs = Math.max(...limits.map((each) => each.windowMs));
  const sent = new Map<string, number[]>();
  let sweptMs = -Infinity;
  const sweep = (nowMs: number) => {
    if (nowMs - sweptMs < SWEEP_MS) return;
    sweptMs = nowMs;
    for (const [name, times] of sent) if ((times.at(-1) ?? 0) <= nowMs - longestMs) sent.delete(name);
  };
  return {
    take(name, nowMs) {
      sweep(nowMs);
      const times = sent.get(name) ?? [];
      sent.set(name, times);
      let waitMs = 0;
      for (const { count, windowMs } of limits) {
        const nth = times.at(-count);
        if (nth !== undefined) waitMs = Math.max(waitMs, nth + windowMs - nowMs);
      }
      if (waitMs > 0) return waitMs;
      times.push(nowMs);
      const most = Math.max(...limits.map((each) => each.count));
      if (times.length > most) times.shift();
      return 0;
    },
    giveBack(name) {
      sent.get(name)?.pop();
    },
  };
}
