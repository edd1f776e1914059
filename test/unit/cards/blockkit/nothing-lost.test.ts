import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  BlockKitError,
  findChoices,
  type BlockKitResult,
  type Surface,
} from '../../../../src/cards/blockkit/index.js';
import { checkLimits } from '../../../../src/cards/blockkit/limits/index.js';
import { randomCard } from '../../../support/cards/random-card.js';
import { allPages, blocksIn, payloadsOf, textsIn } from '../../../support/cards/shown.js';

const SURFACES: readonly Surface[] = ['message', 'modal', 'home'];
/** Cards for each surface; no card is translated for two. */
const CARDS = 700;
/** How many different cards are translated at the least; the others are larger than the translator takes. */
const DIFFERENT = 2_000;
/** Words of a search select that are looked for one by one, beyond what it finds at once. */
const LOOKED_FOR = 2;

function wordsIn(part: unknown): string[] {
  return JSON.stringify(part).match(/w\d+q/g) ?? [];
}

/** The pages of a card, unless it is larger than any that Teams takes. */
function pagesOf(card: unknown, surface: Surface, opens: readonly string[]): BlockKitResult[] | undefined {
  try {
    return allPages(card, surface, opens);
  } catch (error) {
    assert.ok(error instanceof BlockKitError && error.code === 'CARD_TOO_LARGE', String(error));
    return undefined;
  }
}

/** The words of choices that search selects find. */
function wordsFound(card: unknown, blocks: readonly any[], surface: Surface, missing: string[]): string[] {
  const ids = blocks
    .filter(({ element }) => String(element?.type).includes('external_select'))
    .map(({ element }) => element.action_id as string);
  return ids.flatMap((actionId) =>
    ['', ...missing.slice(0, LOOKED_FOR), ...missing.slice(-LOOKED_FOR)].flatMap((query) =>
      wordsIn(findChoices(card, { actionId, query, options: { surface } })),
    ),
  );
}

describe('a translation to Block Kit, for thousands of random cards', function () {
  this.timeout(120_000);
  const different = new Set<string>();

  SURFACES.forEach((surface, at) => {
    it(`keeps every limit of Slack and loses no word or value on a ${surface}, or says so`, () => {
      for (let seed = at * CARDS + 1; seed <= (at + 1) * CARDS; seed += 1) {
        const { card, words, sayings, pairs, opens } = randomCard(seed);
        const pages = pagesOf(card, surface, opens);
        if (!pages) continue;
        different.add(createHash('sha256').update(JSON.stringify(card)).digest('hex'));
        const payloads = payloadsOf(pages);
        for (const payload of payloads)
          assert.deepEqual(checkLimits(payload, surface), [], `seed ${String(seed)}`);
        const blocks = blocksIn(payloads);
        const { report } = pages[0]!;
        const shown = new Set(wordsIn([payloads.map(({ text: _text, ...rest }) => rest), report]));
        const cut = report.filter(({ instead }) => /shortened|its first \d+/.test(instead));
        const paths = new Set(cut.map(({ path }) => path));
        const missing = [...words].filter(([word, path]) => !shown.has(word) && !paths.has(path));
        const found = new Set(
          wordsFound(
            card,
            blocks,
            surface,
            missing.map(([word]) => word),
          ),
        );
        assert.deepEqual(
          missing.filter(([word]) => !found.has(word)),
          [],
          `seed ${String(seed)}: neither shown nor reported`,
        );
        const said = textsIn(blocks);
        assert.deepEqual(
          sayings.filter((saying) => !said.includes(saying)),
          [],
          `seed ${String(seed)}: values that do not stand beside their labels`,
        );
        const inOrder = wordsIn(said);
        const place = new Map(inOrder.map((word, index) => [word, index]));
        assert.deepEqual(
          pairs.filter(([title, value]) => inOrder[(place.get(title) ?? -2) + 1] !== value),
          [],
          `seed ${String(seed)}: facts whose value does not follow their title`,
        );
      }
    });
  });

  it('has seen thousands of different cards', () => {
    assert.ok(different.size >= DIFFERENT, `${String(different.size)} different cards`);
  });
});
