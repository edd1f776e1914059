import assert from 'node:assert/strict';
import { runApart } from './child.js';
import type { Sabotaged } from './sabotage.js';
import { SABOTAGES } from './sabotages.js';

/** Begun with the run: the years are lived through while other tests wait for something. */
const begun = runApart('sabotage.ts').then(({ said, code }) => {
  assert.equal(code, 0, said);
  return said.trim().split('\n');
});
begun.catch(() => undefined);

describe('a fault put into the code on purpose', function () {
  this.timeout(20 * 60_000);

  for (const [place, { name }] of SABOTAGES.entries()) {
    it(`is found by the simulation: ${name}`, async () => {
      const sabotaged = JSON.parse((await begun)[place] ?? '{}') as Partial<Sabotaged>;
      assert.equal(sabotaged.name, name);
      assert.deepEqual(sabotaged.unharmed, [], 'without it');
      assert.notEqual(sabotaged.found?.length ?? 0, 0, 'not found');
    });
  }

  it('leaves no trace: the same seed has the same history before and after it', async () => {
    assert.deepEqual(JSON.parse((await begun).at(-1) ?? '{}'), { leavesNoTrace: true });
  });
});
