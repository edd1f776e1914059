import assert from 'node:assert/strict';
import { runApart, type Ended } from './child.js';

const SEEDS = 1_000;
const WORKERS = 2;
/** What a crash leaves hanging stays in memory; a process lives through so many years and makes room for the next. */
const BATCH = 50;
/** A few minutes on two quiet cores; the rest is for machines that are not quiet. */
const LONGEST_MS = 20 * 60_000;

const simulate = (...given: readonly string[]) => runApart('simulate.ts', ...given);

async function simulateAll(): Promise<readonly Ended[]> {
  const waiting = Array.from({ length: SEEDS / BATCH }, (_, place) => 1 + place * BATCH);
  const all: Ended[] = [];
  const work = async () => {
    for (let from = waiting.shift(); from !== undefined; from = waiting.shift())
      all.push(await simulate('--seeds', String(BATCH), '--from', String(from)));
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return all;
}

/** Begun with the run: most of the years are lived through while other tests wait for something. */
const begun = simulateAll();
begun.catch(() => undefined);

describe('the simulation', () => {
  it(`lives through ${String(SEEDS)} programme-years in which nobody is forgotten or told twice, and no answer lost`, async function () {
    this.timeout(LONGEST_MS);
    const all = await begun;
    const each = BATCH;
    assert.equal(all.length * each, SEEDS);
    for (const { code, said } of all) {
      assert.equal(code, 0, said);
      const [, years, messages, crashes] =
        /^(\d+) programme-years in .+: (\d+) messages, (\d+) crashes/m.exec(said) ?? [];
      assert.equal(Number(years), each, said);
      // It is no proof when nothing happens.
      assert.ok(Number(messages) > 100 * each && Number(crashes) > 10 * each, said);
    }
  });

  it('lives the same year again in another process, for a seed that is given to it', async function () {
    this.timeout(120_000);
    const historyOf = ({ said }: Ended) => /history ([0-9a-f]{16})/.exec(said)?.[1];
    const [once, again, other] = [
      await simulate('--seed', '7'),
      await simulate('--seed', '7'),
      await simulate('--seed', '8'),
    ].map(historyOf);
    assert.ok(once !== undefined && other !== undefined);
    assert.equal(again, once);
    assert.notEqual(other, once);
  });
});
