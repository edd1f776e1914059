import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromBlockKit, type BlockKitOptions } from '../../../../src/cards/blockkit/index.js';
import { blocksOf, cardOf, stateOf } from '../../../support/blockkit.js';

const options: BlockKitOptions = { surface: 'message', lang: 'sv' };
const send = { type: 'Action.Execute', title: 'Send', verb: 'save', data: { a: { b: [1] } } };

/** Presses the nth button of a card, or the one with the title. */
function press(card: any, title: string, state: unknown = {}, more: Partial<BlockKitOptions> = {}): any {
  const blocks = blocksOf(card.body, { actions: card.actions, ...options, ...more });
  const elements = blocks.flatMap((block) => [...(block.elements ?? []), block.accessory].filter(Boolean));
  const button = elements.find((element) => element.text?.text === title);
  assert.ok(button, `no button ${title}`);
  return fromBlockKit(card, { actionId: button.action_id, state, options: { ...options, ...more } });
}

/** The id of the input with the label. */
function idOf(card: any, label: string, more: Partial<BlockKitOptions> = {}): string {
  const blocks = blocksOf(card.body, { actions: card.actions, ...options, ...more });
  return blocks.find((block) => block.label?.text === label).block_id;
}

describe('Block Kit: the way back', () => {
  it('gives every kind of input the value that Teams sends', () => {
    const choices = [
      { title: 'One', value: '1' },
      { title: 'Two', value: '2' },
      { title: 'Long', value: 'x'.repeat(300) },
    ];
    const inputs = [
      { type: 'Input.Text', id: 'text', label: 'text' },
      { type: 'Input.Number', id: 'number', label: 'number' },
      { type: 'Input.Date', id: 'date', label: 'date' },
      { type: 'Input.Time', id: 'time', label: 'time' },
      { type: 'Input.Toggle', id: 'on', label: 'on', title: 't', valueOn: 'yes', valueOff: 'no' },
      { type: 'Input.Toggle', id: 'off', label: 'off', title: 't', value: 'true' },
      { type: 'Input.ChoiceSet', id: 'one', label: 'one', choices },
      { type: 'Input.ChoiceSet', id: 'long', label: 'long', choices, style: 'expanded' },
      { type: 'Input.ChoiceSet', id: 'many', label: 'many', choices, isMultiSelect: true },
      { type: 'Input.Rating', id: 'stars', label: 'stars' },
    ];
    const card = cardOf(inputs, [send]);
    const option = (value: string): object => ({ text: { type: 'plain_text', text: 'x' }, value });
    const entered: Record<string, unknown> = {
      text: { type: 'plain_text_input', value: 'Hello' },
      number: { type: 'number_input', value: '4.50' },
      date: { type: 'datepicker', selected_date: '2026-11-24' },
      time: { type: 'timepicker', selected_time: '08:30' },
      on: { type: 'checkboxes', selected_options: [option('on')] },
      off: { type: 'checkboxes', selected_options: [] },
      one: { type: 'static_select', selected_option: option('2') },
      long: { type: 'radio_buttons', selected_option: option('#2') },
      many: { type: 'multi_static_select', selected_options: [option('2'), option('1')] },
      stars: { type: 'radio_buttons', selected_option: option('4') },
    };
    const state = stateOf(
      Object.fromEntries(Object.entries(entered).map(([id, value]) => [idOf(card, id), value])),
    );
    const expected = {
      text: 'Hello',
      number: '4.5',
      date: '2026-11-24',
      time: '08:30',
      on: 'yes',
      off: 'false',
      one: '2',
      long: 'x'.repeat(300),
      many: '1,2',
      stars: '4',
    };
    assert.deepEqual(press(card, 'Send', state), {
      kind: 'submit',
      type: 'Action.Execute',
      verb: 'save',
      data: { a: { b: [1] }, ...expected },
      inputs: expected,
    });
    assert.equal(press(card, 'Send', state, { numbers: 'number' }).data.number, 4.5);
  });

  it('leaves out what is not filled in, and sends first values of what Slack does not report', () => {
    const card = cardOf(
      [
        { type: 'Input.Text', id: 'empty', label: 'empty' },
        { type: 'Input.Text', id: 'cleared', label: 'cleared', value: 'old' },
        { type: 'Input.Date', id: 'wrong', label: 'wrong', value: 'John' },
        { type: 'Input.Text', id: 'hidden', value: 'kept', isVisible: false },
        { type: 'Input.Text', label: 'no id', value: 'x' },
      ],
      [send],
    );
    const state = stateOf({ [idOf(card, 'cleared')]: { type: 'plain_text_input', value: null } });
    assert.deepEqual(press(card, 'Send', state).inputs, { hidden: 'kept' });
    const later = press(card, 'Send', {}, { values: { empty: 'from another page' } });
    assert.deepEqual(later.inputs, { empty: 'from another page', cleared: 'old', hidden: 'kept' });
  });

  it('holds answers to the card’s own rules, with the card’s own messages', () => {
    const card = cardOf(
      [
        { type: 'Input.Text', id: 'must', label: 'must', isRequired: true, errorMessage: 'Say it' },
        { type: 'Input.Text', id: 'rule', label: 'rule', value: 'abc', regex: '^[A-Z]+$' },
        { type: 'Input.Number', id: 'low', label: 'low', value: 1, min: 5 },
        {
          type: 'Input.Date',
          id: 'late',
          label: 'late',
          value: '2026-12-01',
          max: '2026-11-30',
          errorMessage: 'Too late',
        },
        { type: 'Input.Toggle', id: 'agree', label: 'agree', title: 't', isRequired: true },
        { type: 'Input.Text', id: 'fine', label: 'fine', isRequired: true, value: 'x' },
      ],
      [send, { type: 'Action.Submit', title: 'Cancel', associatedInputs: 'none', data: 'bye' }],
    );
    const answer = press(card, 'Send');
    assert.equal(answer.kind, 'invalid');
    assert.deepEqual(
      answer.errors.map((error: any) => [error.inputId, error.message]),
      [
        ['must', 'Say it'],
        ['rule', 'Kontrollera det här svaret'],
        ['low', 'Minst 5'],
        ['late', 'Too late'],
        ['agree', 'Det här behöver du fylla i'],
      ],
    );
    assert.equal(answer.errors[0].blockId, idOf(card, 'must'));
    assert.deepEqual(press(card, 'Cancel'), {
      kind: 'submit',
      type: 'Action.Submit',
      data: 'bye',
      inputs: {},
    });
  });

  it('takes the inputs of the action’s own card and those around it, not of a sibling', () => {
    const inner = (id: string): object => ({
      type: 'AdaptiveCard',
      body: [{ type: 'Input.Text', id, value: id }],
      actions: [{ type: 'Action.Submit', title: `send ${id}` }],
    });
    const card = cardOf(
      [{ type: 'Input.Text', id: 'outer', value: 'o' }],
      [
        { type: 'Action.ShowCard', id: 's1', title: 'One', card: inner('one') },
        { type: 'Action.ShowCard', id: 's2', title: 'Two', card: inner('two') },
        { type: 'Action.Submit', title: 'All' },
      ],
    );
    assert.deepEqual(press(card, 'send one', {}, { shown: ['s1'] }).data, { outer: 'o', one: 'one' });
    assert.deepEqual(press(card, 'All').data, { outer: 'o' });
  });

  it('opens and closes ShowCards, one at a time, keeping what has been typed', () => {
    const inner = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'inside' }] };
    const card = cardOf(
      [{ type: 'Input.Text', id: 'i', label: 'i' }],
      [
        { type: 'Action.ShowCard', title: 'One', card: inner },
        { type: 'Action.ShowCard', title: 'Two', card: inner },
      ],
    );
    const state = stateOf({ [idOf(card, 'i')]: { type: 'plain_text_input', value: 'typed' } });
    const first = press(card, 'One', state);
    assert.equal(first.kind, 'show-card');
    assert.deepEqual(first.options.values, { i: 'typed' });
    assert.equal(first.options.shown.length, 1);
    const second = press(card, 'Two', {}, first.options);
    assert.equal(second.options.shown.length, 1);
    assert.notDeepEqual(second.options.shown, first.options.shown);
    assert.deepEqual(press(card, 'Two', {}, second.options).options.shown, []);
  });

  it('toggles elements as the action says', () => {
    const card = cardOf(
      [
        { type: 'TextBlock', text: 'a', id: 'a' },
        { type: 'TextBlock', text: 'b', id: 'b', isVisible: false },
        { type: 'TextBlock', text: 'c', id: 'c' },
      ],
      [
        {
          type: 'Action.ToggleVisibility',
          title: 'T',
          targetElements: ['a', 'b', { elementId: 'c', isVisible: true }],
        },
      ],
    );
    const once = press(card, 'T');
    assert.deepEqual([once.kind, once.options.visible], ['toggle', { a: false, b: true, c: true }]);
    assert.deepEqual(press(card, 'T', {}, once.options).options.visible, { a: true, b: false, c: true });
  });

  it('finds the action by its place: no other id presses anything', () => {
    const card = cardOf([], [send, { type: 'Action.Submit', title: 'Off', isEnabled: false }]);
    for (const actionId of [
      '',
      'ac.act.x',
      'ac.more.x',
      'ac.in.x',
      'ac.page.0',
      '__proto__',
      'constructor',
    ]) {
      assert.deepEqual(fromBlockKit(card, { actionId, value: 'x', options }), { kind: 'unknown' });
    }
    const other = cardOf([], [{ ...send, verb: 'delete' }]);
    const id = blocksOf([], { actions: [send], ...options })[0].elements[0].action_id;
    assert.equal(fromBlockKit(card, { actionId: id, options }).kind, 'submit');
    assert.equal(fromBlockKit(other, { actionId: id, options }).kind, 'unknown');
  });

  it('takes the entry of a menu, and links only where links may go', () => {
    const secondary = (title: string): object => ({
      type: 'Action.Submit',
      title,
      mode: 'secondary',
      data: title,
    });
    const card = cardOf([], [secondary('one'), secondary('two')]);
    const [menu] = blocksOf([], { actions: card['actions'] as unknown[] })[0].elements;
    const answer: any = fromBlockKit(card, {
      actionId: menu.action_id,
      value: menu.options[1].value,
      options,
    });
    assert.equal(answer.data, 'two');
    const open = cardOf([], [{ type: 'Action.OpenUrl', title: 'O', url: 'https://x.example' }]);
    assert.equal(press(open, 'O').url, 'https://x.example/');
  });

  it('refuses an action that needs a password, and never sends one', () => {
    const secret = { type: 'Input.Text', style: 'password', id: 'p', value: 'hunter2' };
    assert.deepEqual(press(cardOf([secret], [send]), 'Send').inputs, {});
    assert.equal(press(cardOf([{ ...secret, isRequired: true }], [send]), 'Send').kind, 'invalid');
  });

  it('keeps prototypes clean whatever the card, the data and the state say', () => {
    const card = JSON.parse(
      '{"type":"AdaptiveCard","body":[{"type":"Input.Text","id":"__proto__","value":"x","label":"l"}],' +
        '"actions":[{"type":"Action.Submit","title":"S","data":{"__proto__":{"bad":1},"deep":{"__proto__":{"bad":1}}}}]}',
    );
    const answer = press(card, 'S', { values: { __proto__: { bad: 1 } } });
    assert.equal(({} as any).bad, undefined);
    assert.equal(answer.data.bad, undefined);
    assert.equal(answer.data.deep.bad, undefined);
    assert.deepEqual(Object.keys(answer.data), ['deep']);
  });

  it('resets inputs to what the card says', () => {
    const card = cardOf(
      [{ type: 'Input.Text', id: 'i', label: 'i', value: 'first' }],
      [{ type: 'Action.ResetInputs', title: 'R' }],
    );
    const answer = press(card, 'R', {}, { values: { i: 'other' } });
    assert.deepEqual([answer.kind, answer.options.values], ['page', { i: 'first' }]);
  });

  it('brings any text, number and choice back as it was entered', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 9 }),
        fc.nat(8),
        (text, number, values, pick) => {
          const card = cardOf(
            [
              { type: 'Input.Text', id: 't', label: 't', isMultiline: true },
              { type: 'Input.Number', id: 'n', label: 'n' },
              {
                type: 'Input.ChoiceSet',
                id: 'c',
                label: 'c',
                choices: values.map((value) => ({ title: value, value })),
              },
            ],
            [send],
          );
          const blocks = blocksOf(card['body'] as unknown[], options);
          const choice = blocks.find((block) => block.label?.text === 'c').element;
          const index = pick % values.length;
          const state = stateOf({
            [idOf(card, 't')]: { type: 'plain_text_input', value: text },
            [idOf(card, 'n')]: { type: 'number_input', value: String(number) },
            [choice.action_id]: { type: choice.type, selected_option: choice.options[index] },
          });
          const { inputs } = press(card, 'Send', state);
          assert.equal(inputs.t ?? '', text);
          assert.equal(Number(inputs.n), number === 0 ? 0 : number);
          assert.equal(inputs.c ?? '', values[index]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
