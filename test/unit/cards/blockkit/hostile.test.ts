import assert from 'node:assert/strict';
import { BlockKitError, fromBlockKit, toBlockKit } from '../../../../src/cards/blockkit/index.js';
import { checkLimits } from '../../../../src/cards/blockkit/limits/index.js';
import { isHostile, keepsRule } from '../../../../src/cards/blockkit/regex.js';
import { cardOf } from '../../../support/blockkit.js';

const code = (card: unknown): string => {
  try {
    toBlockKit(card, { surface: 'message' });
  } catch (error) {
    assert.ok(error instanceof BlockKitError);
    assert.throws(
      () => fromBlockKit(card, { actionId: 'x', options: { surface: 'message' } }),
      BlockKitError,
    );
    return error.code;
  }
  return 'none';
};

/** Whether every message of the translation keeps Slack's limits. */
const isSound = (body: unknown[]): void => {
  for (const message of toBlockKit(cardOf(body), { surface: 'message' }).messages) {
    assert.deepEqual(checkLimits(message, 'message'), []);
  }
};

describe('Block Kit: hostile cards', () => {
  it('refuses with a code what is no card, or too deep, too large or cyclic', () => {
    for (const card of [undefined, null, 1, 'card', [], { type: 'TextBlock' }])
      assert.equal(code(card), 'CARD_WRONG');
    let deep: object = { type: 'TextBlock', text: 'x' };
    for (let level = 0; level < 1000; level += 1) deep = { type: 'Container', items: [deep] };
    assert.equal(code(cardOf([deep])), 'CARD_TOO_DEEP');
    assert.equal(code(cardOf([{ type: 'TextBlock', text: 'ab '.repeat(3_500_000) }])), 'CARD_TOO_LARGE');
    const body: unknown[] = [];
    body.push({ type: 'Container', items: body });
    assert.equal(code(cardOf(body)), 'CARD_CYCLIC');
    const shared = { type: 'TextBlock', text: 'twice' };
    assert.equal(code(cardOf([shared, shared])), 'none');
  });

  it('offers a hundred thousand choices as a search', () => {
    const choices = Array.from({ length: 100_000 }, (_unused, index) => ({
      title: `C ${index}`,
      value: `${index}`,
    }));
    isSound([{ type: 'Input.ChoiceSet', id: 'c', label: 'C', choices, value: '99999' }]);
  });

  it('stays sound for values of the wrong type', () => {
    isSound([
      1,
      null,
      [],
      {},
      { type: 5 },
      { type: 'TextBlock', text: { a: 1 } },
      { type: 'FactSet', facts: 'x' },
      { type: 'ColumnSet', columns: [null, {}] },
      { type: 'Table', rows: [{ cells: [null] }, null] },
      { type: 'Image' },
      { type: 'Input.ChoiceSet', choices: [{}, null] },
      { type: 'Input.Number', id: 'n', min: 'x', max: {}, value: 'abc' },
      { type: 'Chart.Pie', data: [{}] },
      { type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', url: 5 }] },
    ]);
  });

  it('lets no script out, in links, actions and texts', () => {
    const result = toBlockKit(
      cardOf(
        [
          {
            type: 'TextBlock',
            text: '<script>alert(1)</script> [x](javascript:alert(1)) [y](vbscript:x) <https://a|b>',
          },
          { type: 'Image', url: 'javascript:alert(1)', altText: '<!channel>' },
          { type: 'FactSet', facts: [{ title: '<!here>', value: '[a](https://x.example/|<!everyone>)' }] },
          { type: 'TextBlock', text: '[<!channel>](https://x.example)' },
        ],
        [{ type: 'Action.OpenUrl', title: '<!channel>', url: 'javascript:alert(1)' }],
      ),
      { surface: 'message' },
    );
    const written = JSON.stringify(result.messages[0]!.blocks);
    assert.doesNotMatch(written, /<script|<!|<javascript|<vbscript|"url":"javascript|image_url/);
  });

  it('keeps Slack’s limits for the longest of everything that Teams would take', () => {
    const long = 'word '.repeat(4000);
    isSound([
      { type: 'TextBlock', text: '\u0001\u0002' },
      { type: 'FactSet', facts: [{ title: '\u0001' }] },
    ]);
    const nothing = '\u0001\u0002';
    isSound([
      { type: 'TextBlock', text: nothing, style: 'heading' },
      { type: 'Input.Text', id: 'i', label: nothing, placeholder: nothing },
      { type: 'Input.ChoiceSet', id: 'c', label: nothing, choices: [{ title: nothing, value: nothing }] },
      { type: 'ActionSet', actions: [{ type: 'Action.Submit', title: nothing }] },
      { type: 'Image', url: 'https://x.example/a.png', altText: nothing },
      { type: 'Chart.Pie', title: nothing, data: [{ legend: nothing, value: 1 }] },
      { type: 'CodeBlock', codeSnippet: nothing },
      { type: 'Table', rows: [{ cells: [{ items: [{ type: 'TextBlock', text: nothing }] }] }] },
    ]);
    isSound([{ type: 'TextBlock', text: '"'.repeat(20_000) }]);
    isSound([{ type: 'TextBlock', text: '&'.repeat(20_000) }]);
    isSound([{ type: 'TextBlock', text: '**a**b'.repeat(4000) }]);
    isSound([{ type: 'TextBlock', text: `[${long}](https://x.example)` }]);
    isSound([
      { type: 'FactSet', facts: Array.from({ length: 10 }, () => ({ title: 't', value: 'w '.repeat(999) })) },
    ]);
    isSound([{ type: 'Image', url: `https://x.example/${'a'.repeat(2900)}`, altText: long }]);
    isSound([{ type: 'Table', rows: [{ cells: [{ items: [{ type: 'TextBlock', text: long }] }] }] }]);
    isSound([
      { type: 'Input.Text', id: 'i', label: long, value: long, placeholder: long, isMultiline: true },
    ]);
    const url = `https://x.example/${'a'.repeat(2900)}`;
    const actions = Array.from({ length: 25 }, () => ({
      type: 'Action.OpenUrl',
      title: long.slice(0, 500),
      url,
      mode: 'secondary',
    }));
    isSound([{ type: 'ActionSet', actions }]);
  });

  it('does not check rules that could take for ever', () => {
    for (const rule of ['^(a+)+$', '(a|a)*b', '(\\w*)*x', '((a{1,99}){1,99})', '(a)\\1', 'a*'.repeat(20)]) {
      assert.ok(isHostile(rule), rule);
      assert.ok(keepsRule('a'.repeat(5000), rule));
    }
    for (const rule of [
      '^[A-Z]{1}.*',
      '^\\d{4}$',
      '^(a|b)c+$',
      '[(+*)]+',
      '^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$',
      '(?:ab)?c',
    ]) {
      assert.ok(!isHostile(rule), rule);
    }
    assert.ok(keepsRule('x', '(['));
    assert.ok(!keepsRule('abc', '^\\d+$'));
  });
});
