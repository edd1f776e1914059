import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  findChoices,
  fromBlockKit,
  toBlockKit,
  type BlockKitOptions,
} from '../../../../src/cards/blockkit/index.js';
import { checkLimits } from '../../../../src/cards/blockkit/limits/index.js';

/** An input, how a person fills it in on Slack, and what Teams would send for that. */
interface Filled {
  readonly element: Record<string, unknown>;
  readonly expected: string;
  readonly fill: (element: any, pick: (index: number) => unknown) => Record<string, unknown>;
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 3 });
const two = (value: number): string => String(value).padStart(2, '0');
const day = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([month, date]) => `2026-${two(month)}-${two(date)}`);
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${two(hour)}:${two(minute)}`);

const text: fc.Arbitrary<Filled> = fc
  .tuple(maybe(fc.string({ maxLength: 60 })), fc.boolean(), fc.string({ maxLength: 9 }))
  .map(([answer, isMultiline, value]) => ({
    element: { type: 'Input.Text', isMultiline, value },
    expected: answer ?? '',
    fill: () => ({ type: 'plain_text_input', value: answer }),
  }));
const number: fc.Arbitrary<Filled> = maybe(fc.integer({ min: -9999, max: 9999 })).map((answer) => ({
  element: { type: 'Input.Number', min: -9999, max: 9999 },
  expected: answer === null ? '' : String(answer / 100),
  fill: () => ({ type: 'number_input', value: answer === null ? null : (answer / 100).toFixed(2) }),
}));
const date: fc.Arbitrary<Filled> = maybe(day).map((answer) => ({
  element: { type: 'Input.Date', value: '2026-02-28' },
  expected: answer ?? '',
  fill: () => ({ type: 'datepicker', selected_date: answer }),
}));
const clock: fc.Arbitrary<Filled> = maybe(time).map((answer) => ({
  element: { type: 'Input.Time' },
  expected: answer ?? '',
  fill: () => ({ type: 'timepicker', selected_time: answer }),
}));
const toggle: fc.Arbitrary<Filled> = fc
  .tuple(fc.boolean(), fc.constantFrom('true', 'yes'), fc.constantFrom('false', 'no'))
  .map(([isOn, valueOn, valueOff]) => ({
    element: { type: 'Input.Toggle', title: 'Tick', valueOn, valueOff },
    expected: isOn ? valueOn : valueOff,
    fill: (element) => ({ type: 'checkboxes', selected_options: isOn ? element.options : [] }),
  }));
const value = fc
  .oneof(fc.string({ minLength: 1 }), fc.string({ minLength: 140, maxLength: 200 }))
  .map((one) => one.replaceAll(',', ';'));
const choiceSet: fc.Arbitrary<Filled> = fc
  .record({
    values: fc.uniqueArray(value, { minLength: 1, maxLength: 150 }),
    picks: fc.uniqueArray(fc.nat(149), { maxLength: 4 }),
    isMultiSelect: fc.boolean(),
    style: fc.constantFrom('compact', 'expanded', 'filtered'),
  })
  .map(({ values, picks, isMultiSelect, style }) => {
    const wanted = picks.filter((pick) => pick < values.length).slice(0, isMultiSelect ? 4 : 1);
    return {
      element: {
        type: 'Input.ChoiceSet',
        isMultiSelect,
        style,
        choices: values.map((one, index) => ({ title: `Choice ${index}.`, value: one })),
      },
      expected: wanted
        .toSorted((a, b) => a - b)
        .map((pick) => values[pick])
        .join(','),
      fill: (element, pick) =>
        isMultiSelect
          ? { type: element.type, selected_options: wanted.map(pick) }
          : { type: element.type, selected_option: wanted[0] === undefined ? null : pick(wanted[0]) },
    };
  });

const filled = fc.oneof(text, number, date, clock, toggle, choiceSet);
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

describe('Block Kit: from a card to Slack and back', () => {
  it('sends for any form and any answers what Teams would send', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(filled, fc.nat(wraps.length - 1)), { minLength: 1, maxLength: 12 }),
        fc.constantFrom('message', 'modal', 'home'),
        fc.constantFrom(0, 0, 0, 45, 110),
        (parts, surface, texts) => {
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
            body: [head, ...between, ...rest],
            actions: [{ type: 'Action.Execute', title: 'Send', verb: 'v', data: { kept: [1, { a: null }] } }],
          };
          const answer = send(card, inputs, { surface, lang: 'en' });
          const expected = Object.fromEntries(
            inputs.map((input, index) => [`i${index}`, input.expected]).filter(([, one]) => one !== ''),
          );
          assert.deepEqual(answer, {
            kind: 'submit',
            type: 'Action.Execute',
            verb: 'v',
            data: { kept: [1, { a: null }], ...expected },
            inputs: expected,
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
