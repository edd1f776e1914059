import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  BlockKitError,
  findChoices,
  toBlockKit,
  type BlockKitResult,
  type Surface,
} from '../../../../src/cards/blockkit/index.js';
import { checkLimits } from '../../../../src/cards/blockkit/limits/index.js';
import { tangledCard } from '../../../support/cards/tangled-card.js';

/** The action ids of everything that opens, so that nothing in the card stays closed. */
function openAll(card: unknown): string[] {
  return [...JSON.stringify(card).matchAll(/"id":"(id\d+)","title"/g)].map((match) => match[1]!);
}

/** All pages of a translation. */
function pagesOf(card: unknown, surface: Surface): BlockKitResult[] {
  const shown = openAll(card);
  const first = toBlockKit(card, { surface, shown });
  const others = Array.from({ length: first.pages - 1 }, (_unused, index) =>
    toBlockKit(card, { surface, shown, page: index + 2 }),
  );
  return [first, ...others];
}

/** The choices of search selects: they are not in the blocks, but the report says that the app is asked for them. */
function searched(card: unknown, blocks: any[], surface: Surface): string {
  const isSearch = blocks.some((block) => String(block.element?.type).includes('external_select'));
  if (!isSearch) return '';
  const options = { surface };
  for (const { element } of blocks) {
    if (!String(element?.type).includes('external_select')) continue;
    assert.ok(findChoices(card, { actionId: element.action_id, query: 'W', options }).options.length > 0);
  }
  return [...JSON.stringify(card).matchAll(/"choices":\[.*?\]/g)].join();
}

describe('Block Kit: tangled cards', () => {
  it('keeps Slack’s limits, and every word and link in the blocks or the report, opened ShowCards and menus among them', function () {
    this.timeout(180_000);
    fc.assert(
      fc.property(
        fc.noShrink(fc.nat()),
        fc.constantFrom<Surface>('message', 'modal', 'home'),
        (seed, surface) => {
          const { card, words, links } = tangledCard(seed);
          let pages: BlockKitResult[];
          try {
            pages = pagesOf(card, surface);
          } catch (error) {
            return error instanceof BlockKitError && error.code === 'CARD_TOO_LARGE';
          }
          const payloads: any[] = pages.flatMap((page) => (page.view ? [page.view] : page.messages) as any[]);
          for (const payload of payloads) assert.deepEqual(checkLimits(payload, surface), []);
          const blocks = payloads.flatMap((payload) => payload.blocks);
          const written = JSON.stringify([
            payloads.map(({ text: _text, ...rest }) => rest),
            pages[0]!.report,
          ]);
          const all = written + searched(card, blocks, surface);
          assert.deepEqual(
            words.filter((word) => !all.includes(word)),
            [],
            'words',
          );
          assert.deepEqual(
            links.filter((link) => !all.includes(link)),
            [],
            'links',
          );
          assert.doesNotMatch(
            written.replace(/"report.*/, ''),
            /"(?:url|image_url)":"(?!https?:|mailto:|tel:)/,
          );
          return true;
        },
      ),
      { numRuns: 500 },
    );
  });
});
