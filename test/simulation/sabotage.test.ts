import assert from 'node:assert/strict';
import { SABOTAGES } from './sabotages.js';
import { simulateYear } from './simulate-year.js';
import type { Sabotage, Year } from './world.js';

/** Within so many years each fault is found. */
const MOST_SEEDS = 40;
const UNHARMED: Sabotage = { name: 'none' };

const unharmed = new Map<number, Year>();

async function unharmedYear(seed: number): Promise<Year> {
  const known = unharmed.get(seed) ?? (await simulateYear(seed, UNHARMED));
  unharmed.set(seed, known);
  return known;
}

describe('a fault put into the code on purpose', function () {
  this.timeout(300_000);

  for (const sabotage of SABOTAGES) {
    it(`is found by the simulation: ${sabotage.name}`, async () => {
      const { found, from = 1 } = sabotage;
      assert.ok(found !== undefined);
      let faults: readonly string[] = [];
      let seed = from - 1;
      while (!faults.some((each) => each.startsWith(found)) && seed < from + MOST_SEEDS) {
        seed += 1;
        assert.deepEqual((await unharmedYear(seed)).faults, [], `seed ${String(seed)} without it`);
        faults = (await simulateYear(seed, sabotage)).faults;
      }
      const last = faults.filter((each) => each.startsWith(found));
      assert.notEqual(last.length, 0, `not found in ${String(MOST_SEEDS)} years`);
    });
  }

  it('leaves no trace: the same seed has the same history before and after it', async () => {
    const [first] = SABOTAGES;
    assert.ok(first !== undefined);
    const before = await unharmedYear(3);
    const harmed = await simulateYear(3, first);
    assert.notEqual(harmed.history, before.history);
    assert.equal((await simulateYear(3)).history, before.history);
  });
});
