import assert from 'node:assert/strict';
import { checkLimits } from '../../../../src/cards/blockkit/limits/index.js';

type Block = Record<string, unknown>;

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value), value });
const options = (count: number) => Array.from({ length: count }, (_, index) => option(`o${String(index)}`));
const actions = (...elements: Block[]): Block => ({ type: 'actions', elements });
const input = (element: Block): Block => ({ type: 'input', label: plain('Label'), element });
const button = (rest: Block = {}): Block => ({
  type: 'button',
  text: plain('Press'),
  action_id: 'a',
  ...rest,
});
const section = (text = 'Text'): Block => ({ type: 'section', text: { type: 'mrkdwn', text } });
const table = (rows: number, columns: number): Block => ({
  type: 'table',
  rows: Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => ({ type: 'raw_text', text: 'x' })),
  ),
});
const chart = (points: number, rest: Block = {}): Block => ({
  type: 'data_visualization',
  title: 'Chart',
  chart: {
    type: 'pie',
    segments: Array.from({ length: points }, (_, index) => ({ label: `l${String(index)}`, value: 1 })),
    ...rest,
  },
});
const faultsOf = (...blocks: Block[]) => checkLimits({ text: 'Text', blocks }, 'message');

const FINE: readonly [string, Block][] = [
  ['a section', section('x'.repeat(3000))],
  ['a section of ten fields', { type: 'section', fields: Array.from({ length: 10 }, () => plain('x')) }],
  ['a header', { type: 'header', text: plain('x'.repeat(150)) }],
  ['an image', { type: 'image', image_url: 'https://example.org/a.png', alt_text: 'A' }],
  ['25 buttons', actions(...Array.from({ length: 25 }, (_, n) => button({ action_id: String(n) })))],
  ['a link button', actions(button({ url: 'mailto:a@example.org' }))],
  [
    'a select of 100',
    actions({ type: 'static_select', action_id: 'a', options: options(100), initial_option: option('o7') }),
  ],
  [
    'a number input',
    input({
      type: 'number_input',
      is_decimal_allowed: true,
      min_value: '0',
      max_value: '5',
      initial_value: '3',
    }),
  ],
  ['a date picker', actions({ type: 'datepicker', initial_date: '2026-01-31' })],
  ['a long table', table(100, 3)],
  ['a wide table', table(10, 20)],
  ['a pie', chart(12)],
  [
    'rich text',
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }] },
  ],
];

const WRONG: readonly [string, Block, string][] = [
  ['an unknown block', { type: 'marquee' }, 'type'],
  ['an empty section', { type: 'section' }, 'blocks[0]'],
  ['a section with an empty text', section(''), 'text.text'],
  ['a section of blanks', section('  '), 'text.text'],
  ['a section that is too long', section('x'.repeat(3001)), 'text.text'],
  ['eleven fields', { type: 'section', fields: Array.from({ length: 11 }, () => plain('x')) }, 'fields'],
  ['a field that is too long', { type: 'section', fields: [plain('x'.repeat(2001))] }, 'field.text'],
  ['a header with mrkdwn', { type: 'header', text: { type: 'mrkdwn', text: 'x' } }, 'text.type'],
  ['a header that is too long', { type: 'header', text: plain('x'.repeat(151)) }, 'text.text'],
  ['an image without alt text', { type: 'image', image_url: 'https://example.org/a.png' }, 'alt_text'],
  ['a relative image', { type: 'image', image_url: '/a.png', alt_text: 'A' }, 'image_url'],
  ['a data image', { type: 'image', image_url: 'data:image/png;base64,AA', alt_text: 'A' }, 'image_url'],
  ['no actions', actions(), 'elements'],
  [
    '26 actions',
    actions(...Array.from({ length: 26 }, (_, n) => button({ action_id: String(n) }))),
    'elements',
  ],
  ['two actions of one id', actions(button(), button()), 'action_id'],
  ['a button text that is too long', actions(button({ text: plain('x'.repeat(76)) })), 'text.text'],
  ['a button value that is too long', actions(button({ value: 'x'.repeat(2001) })), 'value'],
  ['a button of another style', actions(button({ style: 'positive' })), 'style'],
  ['a script link', actions(button({ url: 'javascript:alert(1)' })), 'url'],
  ['a text input among actions', actions({ type: 'plain_text_input' }), 'type'],
  ['a select of 101', actions({ type: 'static_select', options: options(101) }), 'options'],
  ['a select of none', actions({ type: 'static_select', options: [] }), 'options'],
  [
    'a select with a stranger chosen',
    actions({ type: 'static_select', options: options(2), initial_option: option('z') }),
    'initial_option',
  ],
  [
    'two options of one value',
    actions({ type: 'radio_buttons', options: [option('a'), option('a')] }),
    'value',
  ],
  ['eleven radio buttons', actions({ type: 'radio_buttons', options: options(11) }), 'options'],
  [
    'checkboxes with a stranger chosen',
    actions({ type: 'checkboxes', options: options(2), initial_options: [option('z')] }),
    'initial_options',
  ],
  ['an overflow of six', actions({ type: 'overflow', options: options(6) }), 'options'],
  [
    'an option value that is too long',
    actions({ type: 'overflow', options: [{ text: plain('x'), value: 'x'.repeat(151) }] }),
    'value',
  ],
  [
    'options and groups at once',
    actions({
      type: 'static_select',
      options: options(1),
      option_groups: [{ label: plain('G'), options: options(1) }],
    }),
    'options',
  ],
  [
    'an empty group',
    actions({ type: 'static_select', option_groups: [{ label: plain('G'), options: [] }] }),
    'options',
  ],
  ['an external select with options', actions({ type: 'external_select', options: options(1) }), 'options'],
  ['a date that is none', actions({ type: 'datepicker', initial_date: '31.1.2026' }), 'initial_date'],
  ['a time that is none', actions({ type: 'timepicker', initial_time: '24:00' }), 'initial_time'],
  ['a number input without decimals said', input({ type: 'number_input' }), 'is_decimal_allowed'],
  [
    'a number as a number',
    input({ type: 'number_input', is_decimal_allowed: false, min_value: 1 }),
    'min_value',
  ],
  [
    'a least number above the most',
    input({ type: 'number_input', is_decimal_allowed: false, min_value: '3', max_value: '1' }),
    'min_value',
  ],
  [
    'a first number outside',
    input({ type: 'number_input', is_decimal_allowed: false, max_value: '1', initial_value: '2' }),
    'initial_value',
  ],
  ['a text input that is too long', input({ type: 'plain_text_input', max_length: 3001 }), 'max_length'],
  [
    'a least length above the most',
    input({ type: 'plain_text_input', min_length: 5, max_length: 2 }),
    'min_length',
  ],
  ['an input without label', { type: 'input', element: { type: 'plain_text_input' } }, 'label'],
  ['an input without element', { type: 'input', label: plain('x') }, 'element'],
  ['a button as input', input(button()), 'type'],
  [
    'eleven context elements',
    { type: 'context', elements: Array.from({ length: 11 }, () => plain('x')) },
    'elements',
  ],
  ['a button in a context', { type: 'context', elements: [button()] }, 'type'],
  ['a table of 101 rows', table(101, 1), 'rows'],
  ['a table of 21 columns', table(1, 21), 'rows[0]'],
  ['a ragged table', { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }], []] }, 'rows[1]'],
  ['an empty cell', { type: 'table', rows: [[{ type: 'raw_text', text: '' }]] }, 'text'],
  ['a pie of 13', chart(13), 'segments'],
  ['a pie of nothing', chart(1, { segments: [{ label: 'a', value: 0 }] }), 'value'],
  ['a label that is too long', chart(1, { segments: [{ label: 'x'.repeat(21), value: 1 }] }), 'label'],
  [
    'a series over other categories',
    chart(1, {
      type: 'bar',
      series: [{ name: 'a', data: [{ label: 'x', value: 1 }] }],
      axis_config: { categories: ['y'] },
    }),
    'data',
  ],
  ['an empty rich text', { type: 'rich_text', elements: [] }, 'elements'],
  [
    'an empty run of rich text',
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] }] },
    'text',
  ],
  [
    'a script in rich text',
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url: 'javascript:x' }] }],
    },
    'url',
  ],
  ['a block id that is too long', { ...section(), block_id: 'x'.repeat(256) }, 'block_id'],
  [
    'a confirmation without a no',
    actions(button({ confirm: { title: plain('t'), text: plain('t'), confirm: plain('y') } })),
    'deny',
  ],
  [
    'a carousel of eleven',
    { type: 'carousel', elements: Array.from({ length: 11 }, () => ({ title: plain('t') })) },
    'elements',
  ],
  ['an empty card', { type: 'card' }, 'blocks[0]'],
  ['markdown that is too long', { type: 'markdown', text: 'x'.repeat(12_001) }, 'text'],
];

describe('the limits of Block Kit', () => {
  for (const [what, block] of FINE)
    it(`take ${what}`, () => {
      assert.deepEqual(faultsOf(block), []);
    });

  for (const [what, block, where] of WRONG)
    it(`refuse ${what}, and say where`, () => {
      const faults = faultsOf(block);
      assert.ok(
        faults.some((each) => each.path.endsWith(where) || each.path.includes(`.${where}[`)),
        JSON.stringify(faults),
      );
    });

  it('refuse more than 50 blocks in a message and take them in a modal', () => {
    const blocks = Array.from({ length: 51 }, () => section());
    assert.ok(faultsOf(...blocks).length > 0);
    const view = { type: 'modal', title: plain('T'), blocks };
    assert.deepEqual(checkLimits({ view }, 'modal'), []);
  });

  it('refuse two tables, three charts, the same block id twice and too much in all', () => {
    assert.ok(faultsOf(table(1, 1), table(1, 1)).length > 0);
    assert.ok(faultsOf(chart(1), chart(1), chart(1)).length > 0);
    assert.ok(faultsOf({ ...section(), block_id: 'a' }, { ...section(), block_id: 'a' }).length > 0);
    assert.ok(faultsOf(...Array.from({ length: 5 }, () => section('x'.repeat(3000)))).length > 0);
  });

  it('refuse a message without text and a view without title or with inputs and no button to send them', () => {
    assert.ok(checkLimits({ blocks: [section()] }, 'message').length > 0);
    const blocks = [input({ type: 'plain_text_input' })];
    const paths = checkLimits({ view: { type: 'modal', blocks } }, 'modal').map((each) => each.path);
    assert.deepEqual(paths, ['view.title', 'view.submit']);
    const home = checkLimits({ view: { type: 'home', blocks: [table(1, 1)] } }, 'home');
    assert.equal(home.length, 1);
  });

  it('look at anything without throwing', () => {
    for (const odd of [null, 7, 'x', [], {}, { blocks: 7 }, { blocks: [null, 3, { type: 5 }] }])
      assert.ok(checkLimits(odd as never, 'modal').length > 0);
  });
});
