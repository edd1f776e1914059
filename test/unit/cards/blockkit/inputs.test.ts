import assert from 'node:assert/strict';
import { findChoices } from '../../../../src/cards/blockkit/index.js';
import { blocksOf, cardOf, reported, translated } from '../../../support/blockkit.js';

const input = (type: string, more: object = {}): any => ({
  type: `Input.${type}`,
  id: 'i',
  label: 'Label',
  ...more,
});
const only = (element: object, options: object = {}): any => blocksOf([element], options)[0];
const choices = (count: number): object[] =>
  Array.from({ length: count }, (_unused, index) => ({ title: `Choice ${index}`, value: `${index}` }));

describe('Block Kit: inputs', () => {
  it('gives an input its label, place, rule and first value', () => {
    const block = only(input('Text', { isRequired: true, placeholder: 'Hint', value: 'v', maxLength: 20 }));
    assert.equal(block.type, 'input');
    assert.deepEqual(block.label, { type: 'plain_text', text: 'Label' });
    assert.equal(block.optional, false);
    assert.equal(block.block_id, block.element.action_id);
    const { action_id: _id, ...element } = block.element;
    assert.deepEqual(element, {
      type: 'plain_text_input',
      max_length: 20,
      initial_value: 'v',
      placeholder: { type: 'plain_text', text: 'Hint' },
    });
    assert.equal(only(input('Text', { isMultiline: true })).element.multiline, true);
    assert.equal(only(input('Text')).optional, true);
  });

  it('shows what has been entered instead of the first value', () => {
    const block = only(input('Text', { value: 'old' }), { values: { i: 'new' } });
    assert.equal(block.element.initial_value, 'new');
  });

  it('keeps a number’s bounds, decimals and value as numeric text', () => {
    const { action_id: _id, ...element } = only(input('Number', { min: 2.5, max: 9.5, value: 4.5 })).element;
    assert.deepEqual(element, {
      type: 'number_input',
      is_decimal_allowed: true,
      initial_value: '4.5',
      min_value: '2.5',
      max_value: '9.5',
    });
    const wrong = translated([input('Number', { max: 5, value: 12 })]);
    assert.equal((wrong.messages[0]!.blocks[0] as any).element.initial_value, undefined);
    assert.deepEqual(reported(wrong), ['initial value 12 → no value']);
  });

  it('keeps dates and times that are some, and says the bounds that Slack cannot hold', () => {
    const date = only(input('Date', { value: '2026-11-24', min: '2026-11-01' }), { lang: 'nn' });
    assert.equal(date.element.initial_date, '2026-11-24');
    assert.match(date.hint.text, /^Tidlegast 1\. nov/);
    assert.equal(only(input('Time', { value: '08:30:00' })).element.initial_time, '08:30');
    assert.deepEqual(reported(translated([input('Date', { value: '2026-02-30' })])), [
      'initial value 2026-02-30 → no value',
    ]);
  });

  it('makes a checkbox of a toggle, under its label or its title', () => {
    const block = only(input('Toggle', { title: 'I agree', value: 'true' }));
    assert.equal(block.element.type, 'checkboxes');
    assert.equal(block.element.options[0].text.text, 'I agree');
    assert.deepEqual(block.element.initial_options, block.element.options);
    const bare = only({ type: 'Input.Toggle', id: 't', title: 'I agree' }, { lang: 'da' });
    assert.deepEqual([bare.label.text, bare.element.options[0].text.text], ['I agree', 'Ja']);
    assert.equal(bare.element.initial_options, undefined);
  });

  it('chooses the element that fits the style, the number and the kind of choices', () => {
    const kinds: [object, string][] = [
      [{ choices: choices(3) }, 'static_select'],
      [{ choices: choices(3), style: 'expanded' }, 'radio_buttons'],
      [{ choices: choices(11), style: 'expanded' }, 'static_select'],
      [{ choices: choices(3), style: 'filtered' }, 'static_select'],
      [{ choices: choices(3), isMultiSelect: true }, 'multi_static_select'],
      [{ choices: choices(3), isMultiSelect: true, style: 'expanded' }, 'checkboxes'],
      [{ choices: choices(300) }, 'external_select'],
      [{ choices: choices(300), isMultiSelect: true }, 'multi_external_select'],
      [{ choices: [], 'choices.data': { type: 'Data.Query', dataset: 'd' } }, 'external_select'],
    ];
    for (const [more, type] of kinds) assert.equal(only(input('ChoiceSet', more)).element.type, type);
    const grouped = only(input('ChoiceSet', { choices: choices(300) }), { surface: 'modal' }).element;
    assert.deepEqual(
      grouped.option_groups.map((group: any) => group.options.length),
      [100, 100, 100],
    );
    assert.equal(grouped.option_groups[1].label.text, '101–200');
  });

  it('begins with the chosen options, which are among the options', () => {
    const one = only(input('ChoiceSet', { choices: choices(3), value: '1' })).element;
    assert.deepEqual(one.initial_option, one.options[1]);
    const more = only(input('ChoiceSet', { choices: choices(3), value: '2,0', isMultiSelect: true })).element;
    assert.deepEqual(more.initial_options, [more.options[0], more.options[2]]);
    assert.equal(
      only(input('ChoiceSet', { choices: choices(3), value: '9' })).element.initial_option,
      undefined,
    );
  });

  it('gives every choice a value of its own that Slack takes', () => {
    const odd = [
      { title: 'a', value: 'same' },
      { title: 'b', value: 'same' },
      { title: 'c', value: 'x'.repeat(200) },
      { title: 'd', value: '' },
      { title: 'e', value: '#1' },
      { title: '', value: 'untitled' },
    ];
    const { options } = only(input('ChoiceSet', { choices: odd })).element;
    const values = options.map((option: any) => option.value);
    assert.equal(new Set(values).size, odd.length);
    assert.ok(values.every((value: string) => value.length > 0 && value.length <= 150));
    assert.equal(options[5].text.text, 'untitled');
  });

  it('shortens long choices and shows them whole above', () => {
    const long = 'word '.repeat(30).trim();
    const result = translated([input('ChoiceSet', { choices: [{ title: long, value: '1' }] })]);
    const [above, block] = result.messages[0]!.blocks as any[];
    assert.equal(above.elements[0].text, `• ${long}`);
    assert.ok(block.element.options[0].text.text.length <= 75);
    assert.match(block.element.options[0].text.text, /word…$/);
  });

  it('says that there is nothing to choose from', () => {
    const result = translated([input('ChoiceSet', { choices: [] })], { lang: 'sv' });
    assert.match(JSON.stringify(result.messages), /Det finns inget att välja på/);
    assert.deepEqual(reported(result), ['no choices → a sentence that says so']);
  });

  it('offers stars for a rating', () => {
    const { element } = only(input('Rating', { max: 3, value: 2 }));
    assert.deepEqual(
      element.options.map((option: any) => option.text.text),
      ['★☆☆ 1', '★★☆ 2', '★★★ 3'],
    );
    assert.equal(element.initial_option.value, '2');
    assert.equal(only(input('Rating', { max: 5, allowHalfSteps: true })).element.options.length, 10);
  });

  it('never shows a password, nor asks for one', () => {
    for (const surface of ['message', 'modal', 'home'] as const) {
      const result = translated([input('Text', { style: 'Password', value: 'hunter2' })], { surface });
      assert.doesNotMatch(JSON.stringify(result), /hunter2|plain_text_input/);
      assert.deepEqual(
        reported(result).filter((line) => line.includes('password')),
        ['password → a refusal: Slack shows what is typed'],
      );
    }
  });

  it('names an input without a label, and keeps a long one whole', () => {
    assert.equal(only({ type: 'Input.Text', id: 'a', placeholder: 'Name' }).label.text, 'Name');
    const bare = translated([{ type: 'Input.Text', id: 'a' }], { lang: 'nb' });
    assert.equal((bare.messages[0]!.blocks[0] as any).label.text, 'Svaret ditt');
    assert.ok(reported(bare).some((line) => line.startsWith('no label')));
    const long = blocksOf([input('Text', { label: 'word '.repeat(500) })]);
    assert.equal(long[0].text.text.match(/word/g).length, 500);
    assert.ok(long[1].label.text.length <= 2000);
  });

  it('keeps every word of a placeholder too long for its place, and of a label of several runs', () => {
    const long = `${'where you work '.repeat(14)}now`;
    assert.equal(only(input('Text', { placeholder: long })).hint.text, long);
    const label = { type: 'RichTextBlock', inlines: ['Your ', { type: 'TextRun', text: 'place' }] };
    for (const type of ['Text', 'ChoiceSet']) {
      const block = only(input(type, { label, placeholder: long, choices: choices(12) }));
      assert.equal(block.label.text, 'Your place');
      assert.equal(block.hint.text, long);
    }
    const longer = long.repeat(12);
    const blocks = blocksOf([input('Date', { placeholder: longer })]);
    const above = blocks.slice(0, -1).flatMap(({ elements }) => elements);
    assert.equal(above.map(({ text }) => text).join(' '), longer);
    assert.ok(blocks.at(-1).hint.text.length <= 2000);
  });

  it('takes the text above a nameless input for its label', () => {
    const above = { type: 'TextBlock', text: '**Your town**', wrap: true };
    const bare = { type: 'Input.Text', id: 'a', placeholder: 'Name' };
    const [block, ...others] = blocksOf([above, bare]);
    assert.deepEqual(
      [block.label.text, block.element.placeholder.text, others.length],
      ['Your town', 'Name', 0],
    );
    assert.equal(blocksOf([above, { ...bare, label: 'Label' }]).length, 2);
    assert.equal(blocksOf([{ ...above, style: 'heading' }, bare]).length, 2);
    assert.equal(blocksOf([{ ...above, text: '[a](https://x.example)' }, bare]).length, 2);
  });

  it('sets an inline action as a button below', () => {
    const blocks = blocksOf([input('Text', { inlineAction: { type: 'Action.Submit', title: 'Reply' } })]);
    assert.equal(blocks[1].elements[0].text.text, 'Reply');
  });

  it('finds choices for a search select', () => {
    const card = cardOf([input('ChoiceSet', { choices: choices(2000) })]);
    const options = { surface: 'message' } as const;
    const actionId = blocksOf(card['body'] as unknown[])[0].element.action_id;
    const found = findChoices(card, { actionId, query: 'choice 199', options });
    assert.equal(found.options.length, 11);
    assert.equal(findChoices(card, { actionId, query: '', options }).options.length, 100);
    assert.deepEqual(findChoices(card, { actionId: 'ac.in.x', query: '', options }), { options: [] });
    const dynamic = cardOf([
      input('ChoiceSet', { 'choices.data': { type: 'Data.Query', dataset: 'people' } }),
    ]);
    assert.equal(
      findChoices(dynamic, {
        actionId: blocksOf(dynamic['body'] as unknown[])[0].element.action_id,
        query: 'a',
        options,
      }).dataset,
      'people',
    );
  });
});
