import { SABOTAGES } from './sabotages.js';
import { simulateYear } from './simulate-year.js';
import type { Sabotage, Year } from './world.js';

/** Within so many years each fault is found. */
const MOST_SEEDS = 40;
const UNHARMED: Sabotage = { name: 'none' };

/** What came of one fault put in on purpose; a line of JSON each. */
export interface Sabotaged {
  readonly name: string;
  /** The faults found that it should cause, in the first year that has any. */
  readonly found: readonly string[];
  /** What is wrong in the same years without it. */
  readonly unharmed: readonly string[];
}

const unharmed = new Map<number, Year>();

async function unharmedYear(seed: number): Promise<Year> {
  const known = unharmed.get(seed) ?? (await simulateYear(seed, UNHARMED));
  unharmed.set(seed, known);
  return known;
}

async function sabotaged(sabotage: Sabotage): Promise<Sabotaged> {
  const { name, from = 1 } = sabotage;
  const wrong: string[] = [];
  for (let seed = from; seed < from + MOST_SEEDS; seed += 1) {
    for (const fault of (await unharmedYear(seed)).faults) wrong.push(`seed ${String(seed)}: ${fault}`);
    const { faults } = await simulateYear(seed, sabotage);
    const found = faults.filter((each) => sabotage.found !== undefined && each.startsWith(sabotage.found));
    if (found.length > 0) return { name, found, unharmed: wrong };
  }
  return { name, found: [], unharmed: wrong };
}

/** Whether a year lived after a harmed one is the one that was lived before it; the harmed one is another. */
async function leavesNoTrace(seed: number): Promise<boolean> {
  const [first] = SABOTAGES;
  const before = await unharmedYear(seed);
  const harmed = await simulateYear(seed, first);
  return harmed.history !== before.history && (await simulateYear(seed)).history === before.history;
}

for (const sabotage of SABOTAGES) console.log(JSON.stringify(await sabotaged(sabotage)));
console.log(JSON.stringify({ leavesNoTrace: await leavesNoTrace(3) }));
process.exit(0);
