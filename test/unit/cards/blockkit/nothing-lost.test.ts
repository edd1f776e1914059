import assert from 'node:assert/strict';
import { toBlockKit, type BlockKitResult, type Surface } from '../../../../src/cards/blockkit/index.js';
import { checkLimits } from '../../../../src/cards/blockkit/limits/index.js';
import { randomCard } from '../../../support/cards/random-card.js';

const SURFACES: readonly Surface[] = ['message', 'modal', 'home'];
const CARDS = 700;

/** All pages of a translation: a form that is too long is shown page by page. */
function allPages(card: unknown, surface: Surface): BlockKitResult[] {
  const first = toBlockKit(card, { surface });
  const pages = Array.from({ length: first.pages - 1 }, (_, index) =>
    toBlockKit(card, { surface, page: index + 2 }),
  );
  return [first, ...pages];
}

function wordsIn(results: readonly BlockKitResult[]): ReadonlySet<string> {
  const shown = JSON.stringify(
    results.map(({ messages, view }) => [messages.map((each) => each.blocks), view]),
  );
  return new Set(shown.match(/w\d+q/g));
}

describe('a translation to Block Kit, for thousands of random cards', function () {
  this.timeout(120_000);

  for (const surface of SURFACES) {
    it(`keeps every limit of Slack and loses no word on a ${surface}, or says so`, () => {
      for (let seed = 1; seed <= CARDS; seed += 1) {
        const { card, words } = randomCard(seed);
        const results = allPages(card, surface);
        for (const { messages, view } of results)
          for (const payload of surface === 'message' ? messages : [{ view }])
            assert.deepEqual(checkLimits(payload, surface), [], `seed ${String(seed)}`);
        const shown = wordsIn(results);
        const told = results.flatMap((each) => each.report).map((entry) => entry.path);
        for (const [word, path] of words) {
          if (shown.has(word)) continue;
          const isTold = told.some((each) => each !== '' && (path.startsWith(each) || each.startsWith(path)));
          assert.ok(isTold, `seed ${String(seed)}: ${word} of ${path} is neither shown nor reported`);
        }
      }
    });
  }
});
