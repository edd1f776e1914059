import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { asset } from '../../src/cli/assets.js';

const all = new Map(
  [...readFileSync(asset('docs', 'anonymity.md'), 'utf8').matchAll(/^(\d+)\. (.+)$/gm)].map((match) => [
    Number(match[1]),
    match[2]!,
  ]),
);
/** Promises of docs/anonymity.md that are tested here and elsewhere; the last has to be the last of all. */
const LAST = 19;

/** Tests of the promises from one number to another, each of which carries its promise as its name. */
export function promises(first: number, last: number) {
  const kept = new Set<number>();
  return {
    keeps: (number: number, work: () => void | Promise<void>): void => {
      kept.add(number);
      it(`${String(number)}. ${all.get(number) ?? 'is not in the document'}`, work);
    },
    areKept: (): void => {
      it('are all kept by a test', () => {
        assert.equal(Math.max(...all.keys()), LAST);
        const numbers = [...all.keys()].filter((number) => number >= first && number <= last);
        assert.deepEqual(
          [...kept].sort((a, b) => a - b),
          numbers,
        );
      });
    },
  };
}
