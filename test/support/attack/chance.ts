import { randomInt } from 'node:crypto';

/** A list in an order of its own, by the system's randomness. */
export function shuffled<T>(list: readonly T[]): T[] {
  const left = [...list];
  return list.map(() => left.splice(randomInt(left.length), 1)[0]!);
}

/** All the false alarms of a run together come once in a million runs. */
const FALSE_ALARM = 1e-6;

/**
 * The most right guesses a round that chance can explain, on average over so many rounds, for the best of so many ways of
 * guessing. Each guess puts members and answers into two orders; blindly, the right ones are the fixed points of a random
 * permutation. Their factorial moments are at most those of a Poisson variable of mean 1, so Chernoff's bound for Poisson
 * holds exactly: P(mean ≥ 1 + x) ≤ exp(−rounds × ((1 + x) ln(1 + x) − x)); by Bonferroni, times the ways of guessing.
 */
export function mostByChance(rounds: number, ways: number): number {
  const needed = Math.log(ways / FALSE_ALARM) / rounds;
  let [low, high] = [0, 1_000];
  for (let step = 0; step < 60; step += 1) {
    const x = (low + high) / 2;
    if ((1 + x) * Math.log(1 + x) - x < needed) low = x;
    else high = x;
  }
  return 1 + high;
}
