import type { Clock } from '../../../core/ports/environment.js';

/** Slack takes one message a second in a channel, and shorter bursts above that. */
const GAP_MS = 1_000;
/** Channels that were quiet for longer are forgotten. */
const FORGET_AT = 10_000;

/** Says how long a message for a channel has to wait, and takes its place in the row. */
export type Pace = (channel: string) => number;

/** Creates the pace of one app in one workspace. */
export function createPace(clock: Clock): Pace {
  const nextMs = new Map<string, number>();
  return (channel) => {
    const nowMs = clock.nowMs();
    if (nextMs.size > FORGET_AT) for (const [key, ms] of nextMs) if (ms <= nowMs) nextMs.delete(key);
    const atMs = Math.max(nowMs, nextMs.get(channel) ?? 0);
    nextMs.set(channel, atMs + GAP_MS);
    return atMs - nowMs;
  };
}
