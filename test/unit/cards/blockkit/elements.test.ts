import assert from 'node:assert/strict';
import { blocksOf, reported, translated } from '../../../support/blockkit.js';

const text = (written: string): object => ({ type: 'TextBlock', text: written });
const column = (...items: object[]): object => ({ type: 'Column', items });
const picture = { type: 'Image', url: 'https://x.example/a.png', altText: 'A house' };
const slackPicture = { type: 'image', image_url: 'https://x.example/a.png', alt_text: 'A house' };

describe('Block Kit: pictures', () => {
  it('shows an image with its alternative text', () => {
    assert.deepEqual(blocksOf([picture]), [slackPicture]);
    assert.deepEqual(blocksOf([{ ...picture, size: 'small' }]), [
      { type: 'context', elements: [slackPicture] },
    ]);
  });

  it('captions and reports images that Slack cannot fetch', () => {
    for (const url of ['data:image/png;base64,AAAA', '/a.png', 'ftp://x.example/a.png', '']) {
      const result = translated([{ ...picture, url }]);
      assert.deepEqual(result.messages[0]!.blocks, [
        { type: 'context', elements: [{ type: 'mrkdwn', text: '🖼 A house' }] },
      ]);
      assert.ok(reported(result).some((line) => line.includes('caption')));
    }
    assert.deepEqual(blocksOf([{ ...picture, url: '/a.png' }], { baseUrl: 'https://x.example' }), [
      slackPicture,
    ]);
  });

  it('sets small pictures of a set side by side, ten a row', () => {
    const images = Array.from({ length: 12 }, () => picture);
    const blocks = blocksOf([{ type: 'ImageSet', imageSize: 'small', images }]);
    assert.deepEqual(
      blocks.map((block) => block.elements.length),
      [10, 2],
    );
  });

  it('gives media as poster and links', () => {
    const result = translated([
      {
        type: 'Media',
        altText: 'A talk',
        poster: 'https://x.example/p.png',
        sources: [{ mimeType: 'video/mp4', url: 'https://x.example/v.mp4' }],
      },
    ]);
    assert.deepEqual(
      result.messages[0]!.blocks.map((block) => block.type),
      ['image', 'section'],
    );
    assert.match(JSON.stringify(result.messages), /<https:\/\/x\.example\/v\.mp4\|▶ A talk>/);
    assert.deepEqual(reported(result), ['player → links to the media']);
  });

  it('shows the picture behind an empty container and reports one behind a text', () => {
    const empty = { type: 'Container', backgroundImage: 'https://x.example/a.png', items: [] };
    assert.equal(blocksOf([empty])[0].type, 'image');
    const result = translated([{ ...empty, items: [text('a')] }]);
    assert.ok(reported(result).includes('picture behind the text → the text alone'));
  });
});

describe('Block Kit: columns and facts', () => {
  it('sets two short columns as fields', () => {
    const set = { type: 'ColumnSet', columns: [column(text('a'), text('b')), column(text('c'))] };
    assert.deepEqual(blocksOf([set]), [
      {
        type: 'section',
        fields: [
          { type: 'mrkdwn', text: 'a\nb' },
          { type: 'mrkdwn', text: 'c' },
        ],
      },
    ]);
  });

  it('sets a picture beside a text as its accessory', () => {
    const set = { type: 'ColumnSet', columns: [column(picture), column(text('a'), text('b'))] };
    assert.deepEqual(blocksOf([set]), [
      { type: 'section', text: { type: 'mrkdwn', text: 'a\nb' }, accessory: slackPicture },
    ]);
  });

  it('sets a lone button beside a text as its accessory', () => {
    const actions = { type: 'ActionSet', actions: [{ type: 'Action.Submit', title: 'Go' }] };
    const [block] = blocksOf([{ type: 'ColumnSet', columns: [column(text('a')), column(actions)] }]);
    assert.equal(block.text.text, 'a');
    assert.equal(block.accessory.text.text, 'Go');
  });

  it('sets tiny columns in one line, others one below another with a report', () => {
    const line = {
      type: 'ColumnSet',
      columns: [column(text('Name')), column(text('·')), column(text('Role'))],
    };
    assert.equal(blocksOf([line])[0].text.text, 'Name  ·  Role');
    const mixed = {
      type: 'ColumnSet',
      columns: [column(text('a'), picture), column(text('b'), { type: 'Input.Text', id: 'i', label: 'I' })],
    };
    const result = translated([mixed]);
    assert.deepEqual(
      result.messages[0]!.blocks.map((block) => block.type),
      ['section', 'section', 'input'],
    );
    assert.ok(reported(result).includes('columns side by side → one below another'));
  });

  it('sets all that is text beside one another, and a small picture before a line', () => {
    const words = {
      type: 'RichTextBlock',
      inlines: ['rich ', { type: 'TextRun', text: 'text', italic: true }],
    };
    const facts = { type: 'FactSet', facts: [{ title: 'Born', value: '1990' }] };
    const inner = { type: 'ColumnSet', columns: [column(text('a')), column(text('b'))] };
    const set = {
      type: 'ColumnSet',
      columns: [column(words, { type: 'Badge', text: 'New' }), column(facts, inner)],
    };
    assert.deepEqual(
      blocksOf([set])[0].fields.map((field: any) => field.text),
      ['rich _text_\n`New`', '*Born* 1990\na  b'],
    );
    const icon = { ...picture, width: '20px' };
    assert.deepEqual(blocksOf([{ type: 'ColumnSet', columns: [column(icon), column(text('Oslo'))] }]), [
      { type: 'context', elements: [slackPicture, { type: 'mrkdwn', text: 'Oslo' }] },
    ]);
  });

  it('sets columns one below another where mrkdwn cannot hold them', () => {
    const set = { type: 'ColumnSet', columns: [column(text('un**believ**able')), column(text('b'))] };
    assert.deepEqual(
      blocksOf([set]).map((block) => block.type),
      ['rich_text', 'section'],
    );
  });

  it('sets ten facts a section and a long one by itself', () => {
    const facts = Array.from({ length: 12 }, (_unused, index) => ({ title: `t${index}`, value: 'v' }));
    const blocks = blocksOf([{ type: 'FactSet', facts }]);
    assert.deepEqual(
      blocks.map((block) => block.fields.length),
      [10, 2],
    );
    assert.equal(blocks[0].fields[0].text, '*t0*\nv');
    const long = blocksOf([{ type: 'FactSet', facts: [{ title: 'long', value: 'word '.repeat(900) }] }]);
    assert.equal(
      long
        .map((block) => block.text.text)
        .join(' ')
        .match(/word/g)?.length,
      900,
    );
  });
});

describe('Block Kit: tables and charts', () => {
  const table = {
    type: 'Table',
    columns: [{ width: 1 }, { width: 1, horizontalCellContentAlignment: 'right' }],
    rows: [
      { type: 'TableRow', cells: [{ items: [text('Town')] }, { items: [text('Share')] }] },
      { type: 'TableRow', cells: [{ items: [text('**A**')] }, { items: [] }] },
    ],
  };

  it('shows a table as Slack’s own in a message', () => {
    const [block] = blocksOf([table]);
    assert.equal(block.type, 'table');
    assert.deepEqual(block.column_settings, [{ is_wrapped: true }, { is_wrapped: true, align: 'right' }]);
    assert.deepEqual(block.rows[1][1], { type: 'raw_text', text: '–' });
    assert.equal(block.rows[0][0].elements[0].elements[0].style.bold, true);
  });

  it('writes a table as lines where Slack has none', () => {
    const result = translated([table], { surface: 'home' });
    assert.equal((result.view!.blocks[0] as any).text.text, '*Town*: *A*\n*Share*:');
    assert.ok(reported(result).some((line) => line.startsWith('table → lines')));
  });

  it('gives each table a message of its own and divides long ones, with their headings', () => {
    const rows = Array.from({ length: 250 }, (_unused, row) => ({ cells: [{ items: [text(`r${row}`)] }] }));
    const result = translated([{ type: 'Table', rows }, table]);
    const tables = result.messages.map((message) => message.blocks.filter((block) => block.type === 'table'));
    assert.ok(tables.every((found) => found.length <= 1));
    const parts = tables.flat().slice(0, -1) as any[];
    assert.ok(parts.length > 2 && parts.every((part) => part.rows.length <= 100));
    assert.ok(parts.every((part) => JSON.stringify(part.rows[0]).includes('r0')));
  });

  it('puts below a table what its cells cannot hold', () => {
    const rows = [{ cells: [{ items: [text('a'), picture] }] }];
    assert.deepEqual(
      blocksOf([{ type: 'Table', rows }]).map((block) => block.type),
      ['table', 'image'],
    );
  });

  const pie = {
    type: 'Chart.Pie',
    title: 'Answers',
    data: [
      { legend: 'Yes', value: 3 },
      { legend: 'No', value: 1 },
    ],
  };

  it('draws charts as Slack does, with the values in words', () => {
    const [chart, words] = blocksOf([pie], { lang: 'sv' });
    assert.deepEqual(chart, {
      type: 'data_visualization',
      title: 'Answers',
      chart: {
        type: 'pie',
        segments: [
          { label: 'Yes', value: 3 },
          { label: 'No', value: 1 },
        ],
      },
    });
    assert.equal(words.elements[0].text, '*Answers*\nYes: 3 (75 %), No: 1 (25 %)');
  });

  it('turns stacked bars into series, one for each part', () => {
    const stacked = {
      type: 'Chart.HorizontalBar.Stacked',
      title: 'T',
      data: [
        {
          title: 'Mon',
          data: [
            { legend: 'in', value: 1 },
            { legend: 'out', value: 2 },
          ],
        },
        {
          title: 'Tue',
          data: [
            { legend: 'in', value: 3 },
            { legend: 'out', value: 4 },
          ],
        },
      ],
    };
    const [{ chart }] = blocksOf([stacked]);
    assert.deepEqual(chart.axis_config.categories, ['Mon', 'Tue']);
    assert.deepEqual(
      chart.series.map((one: any) => one.name),
      ['in', 'out'],
    );
  });

  it('writes the values in words where Slack would refuse the chart', () => {
    const many = Array.from({ length: 30 }, (_unused, index) => ({ legend: `l${index}`, value: 1 }));
    for (const [element, surface] of [
      [{ ...pie, data: many }, 'message'],
      [{ ...pie, data: [{ legend: 'x'.repeat(21), value: 1 }] }, 'message'],
      [{ ...pie, data: [{ legend: 'zero', value: 0 }] }, 'message'],
      [pie, 'modal'],
      [{ type: 'Chart.Gauge', title: 'G', value: 40, max: 80 }, 'message'],
    ] as const) {
      const result = translated([element], { surface });
      const blocks = [...(result.messages[0]?.blocks ?? []), ...(result.view?.blocks ?? [])];
      assert.ok(blocks.every((block) => block.type === 'section'));
      assert.ok(result.report.some((entry) => entry.element === element.type));
    }
  });

  it('says what a chart of Slack’s has no place for: long names of axes, the middle of a ring, points without a number', () => {
    const axis = `Answers ${'of municipalities '.repeat(4)}in all`;
    const data = [{ x: 'Oslo', y: 1 }];
    const [, words] = blocksOf([{ type: 'Chart.VerticalBar', data, xAxisTitle: 'Place', yAxisTitle: axis }]);
    assert.equal(words.elements[0].text, `Oslo: 1\n_${axis}_`);
    const [, middle] = blocksOf([{ ...pie, type: 'Chart.Donut', value: '75 %' }]);
    assert.match(middle.elements[0].text, /\n75 %$/);
    const [gap] = blocksOf([{ type: 'Chart.HorizontalBar', data: [...data, { x: 'Bergen' }] }]);
    assert.equal(gap.text.text, 'Oslo: 1, Bergen: –');
  });

  it('names bars and lines without any values', () => {
    const [bars] = blocksOf([
      {
        type: 'Chart.HorizontalBar.Stacked',
        data: [
          { title: 'Mon', data: [{ legend: 'in', value: 1 }] },
          { title: 'Tue', data: [] },
        ],
      },
    ]);
    assert.equal(bars.text.text, 'in – Mon: 1\nTue');
    const line = [{ legend: 'A', values: [{ x: 'May', y: 2 }] }, { legend: 'B' }, { legend: 'C', value: 3 }];
    const [lines] = blocksOf([{ type: 'Chart.Line', data: line }]);
    assert.equal(lines.text.text, 'A – May: 2\nB\nC – C: 3');
  });
});
