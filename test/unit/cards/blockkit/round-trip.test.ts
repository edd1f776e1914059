import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  findChoices,
  fromBlockKit,
  toBlockKit,
  type BlockKitOptions,
} from '../../../../src/cards/blockkit/index.js';
import { checkLimits } from '../../../../src/cards/blockkit/limits/index.js';
import { TYPES } from '../../../../src/cards/blockkit/shapes.js';
import { broken, FILLED, type Filled } from '../../../support/cards/filled.js';

const filled = fc.oneof(...Object.values(FILLED));
const wraps: readonly ((element: unknown) => unknown)[] = [
  (element) => element,
  (element) => ({
    type: 'Container',
    items: [{ type: 'TextBlock', text: 'Above', style: 'heading' }, element],
  }),
  (element) => ({
    type: 'ColumnSet',
    columns: [{ items: [element] }, { items: [{ type: 'TextBlock', text: 'x' }] }],
  }),
  (element) => ({ type: 'Mystery', fallback: element }),
  (element) => ({ type: 'Table', rows: [{ cells: [{ items: [element] }] }] }),
  (element) => ({ type: 'Carousel', pages: [{ items: [element] }, { items: [] }] }),
];

/** What Slack would report of the inputs among the blocks once the person has filled them in. */
function stateFor(
  card: unknown,
  blocks: any[],
  inputs: readonly Filled[],
  options: BlockKitOptions,
): unknown {
  const values: Record<string, unknown> = {};
  for (const { type, label, element, block_id: id } of blocks) {
    if (type !== 'input') continue;
    const input = inputs[Number(label.text.slice(6))]!;
    const listed = element.options ?? element.option_groups?.flatMap((group: any) => group.options);
    const pick = (index: number): unknown =>
      listed?.[index] ?? findChoices(card, { actionId: id, query: `Choice ${index}.`, options }).options[0];
    values[id] = { [id]: input.fill(element, pick) };
  }
  return { values };
}

/** Fills a form in, page after page, and presses its button. */
function send(card: unknown, inputs: readonly Filled[], first: BlockKitOptions): any {
  let options = first;
  for (let page = 1; ; page += 1) {
    const result = toBlockKit(card, options);
    const payloads: any[] = result.view ? [result.view] : result.messages;
    for (const payload of payloads) assert.deepEqual(checkLimits(payload, options.surface), []);
    const blocks = payloads.flatMap((payload) => payload.blocks);
    const state = stateFor(card, blocks, inputs, options);
    const press = (actionId: string): any => fromBlockKit(card, { actionId, state, options });
    if (page < result.pages) {
      const next = result.view?.callback_id ?? buttonOf(blocks, 'Next page');
      const turned = press(next);
      assert.equal(turned.kind, 'page');
      options = turned.options;
    } else return press(result.view?.callback_id ?? buttonOf(blocks, 'Send'));
  }
}

function buttonOf(blocks: any[], title: string): string {
  const elements = blocks.flatMap((block) => block.elements ?? []);
  return elements.find((element) => element.text?.text === title).action_id;
}

type Json = Record<string, unknown>;

/** Where a form may stand: in the card itself, or in one that an action of it has opened. */
const PLACES: Readonly<Record<string, (body: unknown[], actions: unknown[]) => Json>> = {
  card: (body, actions) => ({ body, actions }),
  'Action.ShowCard': (body, actions) => {
    const card = { type: 'AdaptiveCard', body, actions };
    return { body: [], actions: [{ type: 'Action.ShowCard', id: 'open', title: 'Open', card }] };
  },
  'Action.Popover': (body, actions) => {
    const content = { type: 'Container', items: [...body, { type: 'ActionSet', actions }] };
    return { body: [], actions: [{ type: 'Action.Popover', id: 'open', title: 'Open', content }] };
  },
};

/** Whether nothing was entered; of a toggle, whether it is off. */
function isMissing({ element, expected }: Filled): boolean {
  if (element['type'] !== 'Input.Toggle') return expected === '';
  return expected !== (element['valueOn'] ?? 'true');
}

describe('Block Kit: from a card to Slack and back', () => {
  it('knows how a person fills in every kind of input that the translator knows', () => {
    assert.deepEqual(
      Object.keys(FILLED).toSorted(),
      TYPES.filter((type) => type.startsWith('Input.')).toSorted(),
    );
  });

  it('sends for any form and any answers what Teams would send', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(filled, fc.nat(wraps.length - 1)), { minLength: 1, maxLength: 12 }),
        fc.constantFrom('message', 'modal', 'home'),
        fc.constantFrom(0, 0, 0, 45, 110),
        fc.constantFrom(...Object.keys(PLACES)),
        fc.constantFrom<'string' | 'number'>('string', 'number'),
        fc.constantFrom('Action.Execute', 'Action.Submit'),
        (parts, surface, texts, place, numbers, type) => {
          const inputs = parts.map(([input]) => input);
          const elements = parts.map(([{ element }, wrap], index) =>
            wraps[wrap]!({ ...element, id: `i${index}`, label: `Label ${index}` }),
          );
          const between = Array.from({ length: texts }, (_unused, index) => ({
            type: 'TextBlock',
            text: `T ${index}`,
          }));
          const [head, ...rest] = elements;
          const card = {
            type: 'AdaptiveCard',
            version: '1.5',
            ...PLACES[place]!(
              [head, ...between, ...rest],
              [{ type, title: 'Send', verb: 'v', data: { kept: [1, { a: null }] } }],
            ),
          };
          const answer = send(card, inputs, { surface, lang: 'en', numbers, shown: ['open'] });
          const typed = ({ element, expected: one }: Filled): unknown =>
            element['type'] === 'Input.Number' && numbers === 'number' ? Number(one) : one;
          const expected = Object.fromEntries(
            inputs.flatMap((input, index) => (input.expected === '' ? [] : [[`i${index}`, typed(input)]])),
          );
          assert.deepEqual(answer, {
            kind: 'submit',
            type,
            ...(type === 'Action.Execute' && { verb: 'v' }),
            data: { kept: [1, { a: null }], ...expected },
            inputs: expected,
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('tells of every answer that breaks a rule, with the card’s own words and at its place, and of no other', () => {
    const part = fc.oneof(
      { arbitrary: fc.tuple(filled, fc.boolean(), fc.constant(false)), weight: 3 },
      { arbitrary: fc.tuple(broken, fc.boolean(), fc.constant(true)), weight: 1 },
    );
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('modal', 'home'),
        (parts, surface) => {
          const inputs = parts.map(([input]) => input);
          const body = parts.map(([{ element }, isRequired], index) => ({
            ...element,
            isRequired,
            id: `i${index}`,
            label: `Label ${index}`,
            errorMessage: `Wrong ${index}`,
          }));
          const actions = [{ type: 'Action.Submit', title: 'Send' }];
          const wrong = parts.flatMap(([input, isRequired, isBroken], index) =>
            isBroken || (isRequired && isMissing(input)) ? [index] : [],
          );
          const card = { type: 'AdaptiveCard', version: '1.5', body, actions };
          const answer = send(card, inputs, { surface, lang: 'en' });
          if (wrong.length === 0) assert.equal(answer.kind, 'submit');
          else
            assert.deepEqual(
              answer.errors.map(({ inputId, message }: any) => [inputId, message]),
              wrong.map((index) => [`i${index}`, `Wrong ${index}`]),
            );
          const places = new Set(answer.errors?.map(({ blockId }: any) => blockId));
          assert.equal(places.size, wrong.length);
          const blocks = toBlockKit(card, { surface, lang: 'en' }).view!.blocks;
          for (const place of places) assert.ok(blocks.some((block) => block['block_id'] === place));
        },
      ),
      { numRuns: 300 },
    );
  });
});
