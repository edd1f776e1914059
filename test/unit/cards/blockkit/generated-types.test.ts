import assert from 'node:assert/strict';
import { TYPES } from '../../../../src/cards/blockkit/shapes.js';
import { randomCard } from '../../../support/cards/random-card.js';
import { tangledCard } from '../../../support/cards/tangled-card.js';
import { elementsOf } from '../../../support/elements.js';

/** As many as the tests of nothing lost translate, or fewer. */
const CARDS = 300;

const GENERATORS: readonly (readonly [string, (seed: number) => { readonly card: unknown }])[] = [
  ['random cards', randomCard],
  ['tangled cards', tangledCard],
];

/** Slack's limits that some card must pass: a list's key, and how many Slack takes. */
const LISTS: readonly (readonly [string, number])[] = [
  ['choices', 100],
  ['facts', 10],
  ['actions', 25],
  ['rows', 10],
  ['pages', 10],
  ['data', 20],
  ['values', 20],
  ['segments', 12],
];

function longestLists(part: unknown, longest: Map<string, number>): void {
  if (typeof part !== 'object' || part === null) return;
  for (const [key, value] of Object.entries(part)) {
    if (Array.isArray(value)) longest.set(key, Math.max(longest.get(key) ?? 0, value.length));
    longestLists(value, longest);
  }
}

describe('the cards that are generated for the tests of the translation', () => {
  for (const [name, make] of GENERATORS) {
    it(`hold every type that the translator knows, in ${name}`, () => {
      const seen = new Set<unknown>();
      for (let seed = 1; seed <= CARDS; seed += 1)
        for (const { type } of elementsOf(make(seed).card)) seen.add(type);
      assert.deepEqual(
        TYPES.filter((type) => !seen.has(type)),
        [],
      );
    });

    it(`have lists longer than Slack takes, in ${name}`, () => {
      const longest = new Map<string, number>();
      for (let seed = 1; seed <= CARDS; seed += 1) longestLists(make(seed).card, longest);
      assert.deepEqual(
        LISTS.filter(([key, most]) => (longest.get(key) ?? 0) <= most),
        [],
      );
    });
  }
});
