import { performance } from 'node:perf_hooks';
import { MOST_UNDER_WAY } from './lane.js';

/** For how long, in ms, this process has been busy and idle since it began. */
export interface Busy {
  readonly active: number;
  readonly idle: number;
}

/** Below this a lane that waits for the platform would wait for nothing else. */
const LEAST_UNDER_WAY = 4;
/** It is looked again after so much time, in ms. */
const WINDOW_MS = 100;
/** A process that is busy for more than this part of the time sends nothing sooner by having more under way. */
const TOO_BUSY = 0.9;
const IDLE_ENOUGH = 0.7;

/**
 * Creates what says how many deliveries of each lane may be under way at once: from 4, in a process that is as busy as it
 * can be, to 16. Each holds a message, a request and what waits for them; more of them than needed cost a tenth of a busy
 * process's CPU, as they outlive the collection of young objects.
 * @param busy reads how long the process was busy; default: its event loop.
 */
export function createLoad(busy: () => Busy = () => performance.eventLoopUtilization()): () => number {
  let most = MOST_UNDER_WAY;
  let before = busy();
  return () => {
    const now = busy();
    const active = now.active - before.active;
    const all = active + now.idle - before.idle;
    if (all < WINDOW_MS) return most;
    before = now;
    if (active > TOO_BUSY * all) most = Math.max(LEAST_UNDER_WAY, most >> 1);
    else if (active < IDLE_ENOUGH * all) most = Math.min(MOST_UNDER_WAY, most * 2);
    return most;
  };
}
