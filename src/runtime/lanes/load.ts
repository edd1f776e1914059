import { performance } from 'node:perf_hooks';
import { MOST_UNDER_WAY } from './lane.js';

/** For how long, in ms, this process has been busy and idle since it began. */
export interface Busy {
  readonly active: number;
  readonly idle: number;
}

/** How many deliveries a busy process has under way in all: a few for each of its connections. */
const LEAST_IN_ALL = 128;
/** How many it begins with, when there was nothing to do for a while. */
const FIRST_IN_ALL = 256;
/** It is looked again after so much time, in ms. */
const WINDOW_MS = 50;
/** What was longer ago, in ms, says nothing of now. */
const LONG_AGO_MS = 1_000;
/** A process that is busy for more than this part of the time sends nothing sooner by having more under way. */
const TOO_BUSY = 0.9;
const IDLE_ENOUGH = 0.7;

/**
 * Creates what says how many deliveries of each lane may be under way at once, from 1 to 16, when so many lanes are at
 * work: together as many as keep the process busy. Each holds a message, a request and what waits for them, so that more
 * of them than needed cost a fifth of a busy process's CPU, as they outlive the collection of young objects.
 * @param busy reads how long the process was busy; default: its event loop.
 */
export function createLoad(
  busy: () => Busy = () => performance.eventLoopUtilization(),
): (lanes: number) => number {
  let inAll = FIRST_IN_ALL;
  let before = busy();
  const look = (lanes: number) => {
    const now = busy();
    const active = now.active - before.active;
    const all = active + now.idle - before.idle;
    if (all < WINDOW_MS) return;
    before = now;
    if (all > LONG_AGO_MS) inAll = FIRST_IN_ALL;
    else if (active > TOO_BUSY * all) inAll /= 2;
    else if (active < IDLE_ENOUGH * all) inAll = Math.min(lanes * MOST_UNDER_WAY, inAll * 2);
    inAll = Math.max(LEAST_IN_ALL, inAll);
  };
  return (lanes) => {
    look(lanes);
    return Math.max(1, Math.min(MOST_UNDER_WAY, Math.floor(inAll / lanes)));
  };
}
