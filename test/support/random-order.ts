import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openBallotBox } from '../../src/adapters/store/lowdb/ballots/ballot-box.js';
import type { CountedAnswer } from '../../src/core/ports/ballots.js';

/** So many standard deviations come by chance once in about two million times. */
const FAR = 5;

/**
 * Holds many orders of the same things, numbered 0, 1, … as they came in, to being random: each lies at each place
 * equally often (Pearson's chi-squared over the table of permutations, which times (n − 1)/n has (n − 1)² degrees of
 * freedom), and as many pairs stand turned around as do not (Kendall's count of inversions).
 */
export function assertRandom(orders: readonly (readonly number[])[]): void {
  const n = orders[0]!.length;
  const expected = orders.length / n;
  const times = new Map<string, number>();
  for (const order of orders) {
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      [...Array(n).keys()],
    );
    for (const [place, one] of order.entries()) {
      const cell = `${String(place)}/${String(one)}`;
      times.set(cell, (times.get(cell) ?? 0) + 1);
    }
  }
  const missing = n * n - times.size;
  const off = [...times.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const chi = ((off + missing * expected) * (n - 1)) / n;
  const freedom = (n - 1) ** 2;
  // Wilson and Hilferty (1931): the cube root of a chi-squared variable is close to normal.
  const cube = (Math.cbrt(chi / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
  assert.ok(orders.length < 5 * n || cube < FAR, `chi-squared ${String(chi)} of ${String(freedom)}`);
  const mean = orders.reduce((sum, order) => sum + inversionsIn(order), 0) / orders.length;
  const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 72 / orders.length);
  const away = (mean - (n * (n - 1)) / 4) / deviation;
  assert.ok(Math.abs(away) < FAR, `pairs turned around: ${String(away)} standard deviations from half`);
}

/** Holds texts, numbered by their second word as they came in, to standing in an order that is not that. */
export function assertRandomTexts(texts: readonly string[]): void {
  const numbers = texts.map((text) => Number(text.split(' ')[1]));
  assert.ok(numbers.length > 20);
  const sorted = [...numbers].sort((a, b) => a - b);
  assertRandom([numbers.map((each) => sorted.indexOf(each))]);
}

function inversionsIn(order: readonly number[]): number {
  return order.reduce(
    (sum, one, place) => sum + order.slice(place + 1).filter((later) => later < one).length,
    0,
  );
}

/** In which orders texts that came in one after another are shown, by a real box's own randomness. */
export async function ordersOf(
  folder: string,
  texts: number,
  times: number,
  shownOf: (answers: readonly CountedAnswer[]) => readonly string[],
): Promise<readonly (readonly number[])[]> {
  const key = { programme: 'saman', round: 'ordered-1' };
  const ballots = openBallotBox({
    folder: join(folder, 'ordered'),
    keysFolder: join(folder, 'ordered-keys'),
  });
  for (let index = 0; index < texts; index += 1) {
    const value = `Vi har ikke noe ${String(index)}`;
    await ballots.cast(key, `t-${String(index)}`, { question: 1, group: 0, value });
  }
  const orders: number[][] = [];
  for (let time = 0; time < times; time += 1)
    orders.push(shownOf(await ballots.count(key)).map((text) => Number(text.split(' ').at(-1))));
  await ballots.close();
  return orders;
}
