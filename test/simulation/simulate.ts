import { parseArgs } from 'node:util';
import { simulateYear } from './simulate-year.js';

/**
 * `npm run simulate -- --seeds 1000 [--from 1]`, or `--seed 42` to live one year again. Ends with 1 when a seed fails.
 * The last line says what was lived through.
 */
const { values } = parseArgs({
  options: { seeds: { type: 'string' }, from: { type: 'string' }, seed: { type: 'string' } },
});
const first = Number(values.seed ?? values.from ?? 1);
const count = values.seed === undefined ? Number(values.seeds ?? 100) : 1;
const total = { messages: 0, crashes: 0, confirmed: 0, failed: 0 };
const begunMs = performance.now();
for (let seed = first; seed < first + count; seed += 1) {
  const year = await simulateYear(seed);
  total.messages += year.messages;
  total.crashes += year.crashes;
  total.confirmed += year.confirmed;
  if (values.seed !== undefined) console.log(`seed ${String(seed)}: history ${year.history}`);
  if (year.faults.length === 0) continue;
  total.failed += 1;
  console.log(
    `seed ${String(seed)} failed (npm run simulate -- --seed ${String(seed)}), history ${year.history}:`,
  );
  for (const fault of year.faults.slice(0, 10)) console.log(`  ${fault}`);
}
const seconds = ((performance.now() - begunMs) / 1000).toFixed(1);
console.log(
  `${String(count)} programme-years in ${seconds} s: ${String(total.messages)} messages, ` +
    `${String(total.crashes)} crashes, ${String(total.confirmed)} confirmed answers, ${String(total.failed)} failed`,
);
process.exit(total.failed === 0 ? 0 : 1);
