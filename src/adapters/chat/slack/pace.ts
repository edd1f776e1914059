import type { Clock } from '../../../core/ports/environment.js';
import { countAfter, waitUnder, type Limit } from '../../../core/delivery/pace.js';

/**
 * Slack takes one message a second in a channel, and short bursts above that
 * (https://docs.slack.dev/apis/web-api/rate-limits): three in three seconds is the same on average.
 */
const CHANNEL_LIMITS: readonly Limit[] = [{ count: 3, windowMs: 3_000 }];
const LONGEST_MS = 4_000;
/** How often channels that were quiet for longer are forgotten, in ms. */
const SWEEP_MS = 60_000;

/** Keeps to what a channel is permitted. */
export interface Pace {
  /** Says how long a message for a channel has to wait, in ms, and takes its place in the row. */
  take(channel: string): number;
  /** Whether so much went to a channel of late that a refusal may be about it alone. */
  isBusy(channel: string): boolean;
}

/** Creates the pace of one app, channel by channel. */
export function createPace(clock: Clock): Pace {
  const sentMs = new Map<string, number[]>();
  let sweptMs = clock.nowMs();
  const sweep = (nowMs: number) => {
    if (nowMs - sweptMs < SWEEP_MS) return;
    sweptMs = nowMs;
    for (const [key, times] of sentMs) if ((times.at(-1) ?? 0) < nowMs - LONGEST_MS) sentMs.delete(key);
  };
  return {
    take(channel) {
      const nowMs = clock.nowMs();
      sweep(nowMs);
      const times = sentMs.get(channel) ?? [];
      sentMs.set(channel, times);
      const waitMs = waitUnder(CHANNEL_LIMITS, times, nowMs);
      times.push(nowMs + waitMs);
      if (times.length > 50) times.splice(0, times.length - countAfter(times, nowMs - LONGEST_MS));
      return waitMs;
    },
    isBusy: (channel) => countAfter(sentMs.get(channel) ?? [], clock.nowMs() - LONGEST_MS) > 2,
  };
}
