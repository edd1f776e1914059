/** An interval of 95 % unless said otherwise. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5th percentile of the standard normal distribution. */
export const Z95 = 1.959963984540054;

/**
 * Wilson's score interval of a proportion, without continuity correction; Newcombe (1998), Statistics in Medicine 17,
 * 857–872, method 3. With a population, the number of answers counts as more than it is by the finite population
 * correction: when everybody has answered, the proportion is what it is.
 * @param count how many of `n`
 * @param population how many were asked; default: without end
 */
export function wilson(count: number, n: number, population = Infinity, z = Z95): Interval {
  const p = count / n;
  if (n >= population) return { low: p, high: p };
  const size = population === Infinity ? n : (n * (population - 1)) / (population - n);
  const z2 = z * z;
  const centre = p + z2 / (2 * size);
  const half = z * Math.sqrt((p * (1 - p)) / size + z2 / (4 * size * size));
  const scale = 1 + z2 / size;
  return {
    low: count === 0 ? 0 : Math.max(0, (centre - half) / scale),
    high: count === n ? 1 : Math.min(1, (centre + half) / scale),
  };
}

/**
 * The interval of the difference of two proportions by Wilson's limits of each; Newcombe (1998), Statistics in
 * Medicine 17, 873–890, method 10. Positive: the second is larger.
 */
export function differenceInterval(
  before: { readonly count: number; readonly n: number },
  after: { readonly count: number; readonly n: number },
): Interval & { readonly difference: number } {
  const [p1, p2] = [after.count / after.n, before.count / before.n];
  const one = wilson(after.count, after.n);
  const two = wilson(before.count, before.n);
  const difference = p1 - p2;
  return {
    difference,
    low: difference - Math.hypot(p1 - one.low, two.high - p2),
    high: difference + Math.hypot(one.high - p1, p2 - two.low),
  };
}

/** Mean and standard deviation (with n − 1) of values given by how often each occurs. */
export function momentsOf(counts: readonly number[], first: number) {
  let n = 0;
  let sum = 0;
  for (const [index, count] of counts.entries()) {
    n += count;
    sum += count * (first + index);
  }
  const mean = sum / n;
  let squares = 0;
  for (const [index, count] of counts.entries()) squares += count * (first + index - mean) ** 2;
  return { n, mean, deviation: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 };
}

/**
 * Student's interval of a mean, with the finite population correction √(1 − n/N) of Cochran (1977), Sampling
 * Techniques, 2.6. One value has no interval.
 * @param quantile the factor; default Student's for n − 1 degrees of freedom at 95 %
 */
export function meanInterval(
  { n, mean, deviation }: { readonly n: number; readonly mean: number; readonly deviation: number },
  population = Infinity,
  quantile?: number,
): Interval | undefined {
  if (n >= population) return { low: mean, high: mean };
  if (n < 2) return undefined;
  const correction = population === Infinity ? 1 : Math.sqrt(1 - n / population);
  const half = ((quantile ?? studentQuantile(0.975, n - 1)) * deviation * correction) / Math.sqrt(n);
  return { low: mean - half, high: mean + half };
}

/** The slope of the straight line through points, by least squares; undefined for fewer than two places. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number | undefined {
  const n = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  let above = 0;
  let below = 0;
  for (const [x, y] of points) {
    above += (x - meanX) * (y - meanY);
    below += (x - meanX) ** 2;
  }
  return below === 0 || n === 0 ? undefined : above / below;
}

/** The value that a variable of Student's distribution does not exceed with a probability of `p` (0.5 < p < 1). */
export function studentQuantile(p: number, freedom: number): number {
  let low = 0;
  let high = 1;
  while (studentBelow(high, freedom) < p) high *= 2;
  // Each round halves the interval; 60 are past what a double can tell apart.
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (studentBelow(middle, freedom) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The probability that a variable of Student's distribution is below t ≥ 0. */
function studentBelow(t: number, freedom: number): number {
  return 1 - incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
}

/** The regularised incomplete beta function by its continued fraction (Abramowitz and Stegun, 26.5.8). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b;
}

/** Lentz's method; stops when a step changes nothing that a double can hold. */
function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const kept = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m < 500; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return result;
}

/** Lanczos' approximation with g = 7 and nine terms; exact to about 15 digits. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

function logGamma(x: number): number {
  const z = x - 1;
  const sum = LANCZOS.reduce((total, term, index) => total + (index === 0 ? term : term / (z + index)), 0);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}
