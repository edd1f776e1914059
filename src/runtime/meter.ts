import type { AttemptSeen } from './dispatcher.js';

/** Told of what happens, for metrics and traces; never of whom or what it is about. */
export interface Meter {
  /** A delivery was tried. */
  readonly attempt: (seen: AttemptSeen) => void;
  /** A programme was planned, in so many ms. */
  readonly planned: (tookMs: number) => void;
  /** A request was answered; `path` is one that Samling serves, never what came. */
  readonly handled: (path: string, status: number, tookMs: number) => void;
}

/** Tells several meters. */
export function allOf(meters: readonly Meter[]): Meter {
  return {
    attempt: (seen) => meters.forEach((each) => each.attempt(seen)),
    planned: (tookMs) => meters.forEach((each) => each.planned(tookMs)),
    handled: (path, status, tookMs) => meters.forEach((each) => each.handled(path, status, tookMs)),
  };
}
