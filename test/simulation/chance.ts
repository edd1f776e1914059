import type { Random } from '../../src/core/ports/environment.js';

/** Randomness that follows from a seed alone. */
export interface Chance extends Random {
  /** A whole number of at least 0 and below `end`. */
  below(end: number): number;
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** Creates the randomness of a seed (mulberry32: 32 bits of state, enough to tell a million seeds apart). */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number) => Math.floor(fraction() * end);
  let tokens = 0;
  return {
    fraction,
    below,
    happens: (probability) => fraction() < probability,
    pick: (from) => from[below(from.length)] ?? from[0],
    token: () => `token-${String((tokens += 1))}-${below(1e9).toString(36)}`,
  };
}
