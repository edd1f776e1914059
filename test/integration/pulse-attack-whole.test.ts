import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CountedAnswer } from '../../src/core/ports/ballots.js';
import { mostByChance } from '../support/attack/chance.js';
import { closeAndSee, evidenceOf, gather, type Evidence } from '../support/attack/evidence.js';
import { Guesses } from '../support/attack/guesses.js';
import { live, type Leak } from '../support/attack/lived-rounds.js';

/**
 * An adversary of a whole Samling: the store's journal, its outbox and every version of every row in it, copies of the
 * data folder and backups made in between and at the end, the log, the keys and the open box at the end, and the result.
 * Every member of a round of ten answers something else. The adversary puts members into the order of anything that is
 * to be seen of them, answers into the order of anything that is to be seen of those, tries all pairs of the two, and
 * tries whatever looks like a token. Blindly, one of ten is right on average; `mostByChance` says what chance explains.
 *
 * Copies of the sealed boxes are compared without the key: docs/anonymity.md says what two of them tell with it.
 */
const WORLDS = 8;
/** Twenty rounds each. Knowing who had a follow-up makes two of ten right: it takes 160 rounds to tell that from chance. */
const ROUNDS = 20;

const LEAKS: readonly (Leak & { readonly worlds: number; readonly found: RegExp })[] = [
  {
    name: 'answers that are not shuffled',
    ...{ worlds: 1, found: /text: seats last and place in the result/ },
    ballots(box) {
      const came = new Map<string, CountedAnswer>();
      return {
        ...box,
        cast(key, token, answer, event) {
          const id = `${key.round} ${token}`;
          if (!came.has(`${id} ${String(answer.question)}`))
            came.set(`${id} ${String(answer.question)}`, answer);
          return box.cast(key, token, answer, event);
        },
        count: (key) =>
          Promise.resolve([...came].filter(([id]) => id.startsWith(`${key.round} `)).map(([, each]) => each)),
      };
    },
  },
  {
    name: 'a moment with each answer',
    ...{ worlds: 1, found: /choice: seats last and group/ },
    ballots: (box, { parts }) => ({
      ...box,
      cast: (key, token, answer, event) =>
        box.cast(key, token, { ...answer, group: Math.round(parts().moment.ms / 100) % 1e9 }, event),
    }),
  },
  {
    name: 'a token in the log',
    ...{ worlds: 1, found: /choice: a token that was found/ },
    ballots: (box, { logged }) => ({
      ...box,
      cast(key, token, answer, event) {
        logged.push(`cast {"token":"${token}"}`);
        return box.cast(key, token, answer, event);
      },
    }),
  },
  {
    name: 'a language with each answer',
    ...{ worlds: 1, found: /choice: language and group/ },
    ballots: (box, { pressing }) => ({
      ...box,
      cast: (key, token, answer, event) =>
        box.cast(key, token, { ...answer, group: pressing().language }, event),
    }),
  },
  {
    name: 'a claim of each press in the store',
    ...{
      worlds: WORLDS,
      found: /choice: (records|writes) until the next member turned around and low ones first/,
    },
    isSteady: true,
    pressed: (world, event) =>
      world.parts().store.claims.claim('saman', event, world.parts().moment.ms, 60_000),
  },
];

async function attack(leak: Leak, worlds: number, hasFollowUps = true) {
  const guesses = new Guesses();
  for (let nth = 0; nth < worlds; nth += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'samling-attack-'));
    const lived = await live(folder, leak, hasFollowUps);
    const gathered = await gather(lived);
    const evidence = new Map<string, Evidence>();
    for (const round of lived.rounds.keys()) evidence.set(round, await evidenceOf(lived, gathered, round));
    await closeAndSee(lived, evidence);
    for (const [round, truth] of lived.rounds) guesses.guess(evidence.get(round)!, truth);
    await lived.parts.close();
    await rm(folder, { recursive: true, force: true });
  }
  return { guesses, better: guesses.better(mostByChance(guesses.rounds, guesses.right.size)) };
}

describe('an adversary of a whole Samling', function () {
  this.timeout(400_000);

  for (const [what, hasFollowUps, worlds] of [
    ['some were asked one question more', true, WORLDS],
    ['all were asked the same', false, WORLDS / 2],
  ] as const)
    it(`guesses no better than blindly in ${String(ROUNDS * worlds)} rounds where ${what}, in any of hundreds of ways`, async () => {
      const { guesses, better } = await attack({ name: 'none' }, worlds, hasFollowUps);
      assert.equal(guesses.rounds, ROUNDS * worlds);
      assert.ok(guesses.right.size > 500, `${String(guesses.right.size)} ways`);
      assert.deepEqual(better, []);
    });

  for (const { worlds, found, ...leak } of LEAKS)
    it(`is given away by ${leak.name}`, async () => {
      const { better } = await attack(leak, worlds);
      assert.ok(
        better.some((each) => found.test(each)),
        better.slice(0, 8).join('\n'),
      );
    });
});
