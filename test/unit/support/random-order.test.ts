import assert from 'node:assert/strict';
import { shuffled } from '../../../src/runtime/ballots/hashes.js';
import { assertRandom } from '../../support/random-order.js';

describe('the judge of random orders', () => {
  const numbers = Array.from({ length: 10 }, (_, index) => index);
  const orders = Array.from({ length: 2_000 }, () => shuffled([...numbers]));

  it('finds orders of the system’s randomness random', () => assertRandom(orders));

  it('finds out what follows the order of coming, turns it around, or follows it one time in five', () => {
    assert.throws(() => assertRandom(orders.map(() => numbers)));
    assert.throws(() => assertRandom(orders.map(() => [...numbers].reverse())));
    assert.throws(() => assertRandom(orders.map((order, nth) => (nth % 5 === 0 ? numbers : order))));
  });
});
