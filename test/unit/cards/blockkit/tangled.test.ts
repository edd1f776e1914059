import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  BlockKitError,
  findChoices,
  type BlockKitResult,
  type Surface,
} from '../../../../src/cards/blockkit/index.js';
import { checkLimits } from '../../../../src/cards/blockkit/limits/index.js';
import { actionsToPress } from '../../../support/cards/actions.js';
import { allPages, blocksIn, payloadsOf, pressable, textsIn } from '../../../support/cards/shown.js';
import { tangledCard } from '../../../support/cards/tangled-card.js';

/** The action ids of everything that opens, so that nothing in the card stays closed. */
function openAll(card: unknown): string[] {
  return [...JSON.stringify(card).matchAll(/"id":"(id\d+)","title"/g)].map((match) => match[1]!);
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

function assertNothingMissing(what: string, wanted: readonly string[], has: (one: string) => boolean): void {
  assert.deepEqual(
    wanted.filter((one) => !has(one)),
    [],
    what,
  );
}

describe('Block Kit: tangled cards', () => {
  it('keeps Slack’s limits, and every word, value, link and action in the blocks or the report, opened cards, popovers and menus among them', function () {
    this.timeout(180_000);
    fc.assert(
      fc.property(
        fc.noShrink(fc.nat()),
        fc.constantFrom<Surface>('message', 'modal', 'home'),
        (seed, surface) => {
          const { card, words, links, sayings } = tangledCard(seed);
          let pages: BlockKitResult[];
          try {
            pages = allPages(card, surface, openAll(card));
          } catch (error) {
            return error instanceof BlockKitError && error.code === 'CARD_TOO_LARGE';
          }
          const payloads = payloadsOf(pages);
          for (const payload of payloads) assert.deepEqual(checkLimits(payload, surface), []);
          const blocks = blocksIn(payloads);
          const sent = JSON.stringify(payloads.map(({ text: _text, ...rest }) => rest));
          const all = sent + JSON.stringify(pages[0]!.report) + searched(card, blocks, surface);
          assertNothingMissing('words', words, (word) => all.includes(word));
          assertNothingMissing('links', links, (link) => all.includes(link));
          const said = textsIn(blocks);
          assertNothingMissing('values', sayings, (saying) => said.includes(saying));
          const pressed = pressable(payloads);
          assertNothingMissing('actions', actionsToPress(card), (id) => pressed.has(id));
          assert.doesNotMatch(sent, /"(?:url|image_url)":"(?!https?:|mailto:|tel:)/);
          return true;
        },
      ),
      { numRuns: 500 },
    );
  });
});
