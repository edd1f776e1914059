import assert from 'node:assert/strict';
import { blocksOf, reported, translated } from '../../../support/blockkit.js';

const text = (written: string, more: object = {}): any =>
  blocksOf([{ type: 'TextBlock', text: written, ...more }])[0];
const section = (written: string): object => ({ type: 'section', text: { type: 'mrkdwn', text: written } });

describe('Block Kit: texts', () => {
  it('turns markdown into mrkdwn', () => {
    assert.deepEqual(
      text('a **b** _c_ ~~d~~ `e` [f](https://g.example)'),
      section('a *b* _c_ ~d~ `e` <https://g.example/|f>'),
    );
  });

  it('escapes what Slack would read as control characters, once', () => {
    assert.deepEqual(
      text('1 < 2 & 3 > 2 &amp; &lt;b&gt;'),
      section('1 &lt; 2 &amp; 3 &gt; 2 &amp; &lt;b&gt;'),
    );
    assert.deepEqual(
      text('[a & b](https://x.example/?a=1&b=|2)'),
      section('<https://x.example/?a=1&amp;b=%7C2|a &amp; b>'),
    );
  });

  it('keeps characters that mrkdwn would take for marks', () => {
    assert.deepEqual(text('\\*not bold\\* and ~not struck~'), {
      type: 'section',
      text: { type: 'plain_text', text: '*not bold* and ~not struck~' },
    });
    assert.deepEqual(text('snake_case_name and 2 * 3 * 4'), section('snake_case_name and 2 * 3 * 4'));
    const quoted = text('> no quotation');
    assert.equal(quoted.text.type, 'plain_text');
  });

  it('writes looks within a word as rich text, which mrkdwn has none of', () => {
    const block = text('un**believ**able');
    assert.equal(block.type, 'rich_text');
    assert.deepEqual(block.elements[0].elements, [
      { type: 'text', text: 'un' },
      { type: 'text', text: 'believ', style: { bold: true } },
      { type: 'text', text: 'able' },
    ]);
  });

  it('joins neighbours of one look between one pair of marks', () => {
    assert.deepEqual(text('**a _b_ c**'), section('*a _b_ c*'));
  });

  it('shows lists as lists', () => {
    assert.deepEqual(
      text('Do:\r- one\r- two\r\n1. first\n2. second'),
      section('Do:\n• one\n• two\n1. first\n2. second'),
    );
  });

  it('keeps lists in rich text, nested and numbered', () => {
    const block = text('un**believ**able\n- one\n  - in **o**ne\n- two\n3. three\n4. four\nend');
    assert.deepEqual(
      block.elements.map((element: any) => [element.type, element.style, element.indent, element.offset]),
      [
        ['rich_text_section', undefined, undefined, undefined],
        ['rich_text_list', 'bullet', undefined, undefined],
        ['rich_text_list', 'bullet', 1, undefined],
        ['rich_text_list', 'bullet', undefined, undefined],
        ['rich_text_list', 'ordered', undefined, 2],
        ['rich_text_section', undefined, undefined, undefined],
      ],
    );
    assert.equal(block.elements[4].elements.length, 2);
  });

  it('lets http, https, mailto and tel links pass, and reports the others', () => {
    assert.deepEqual(
      text('[m](mailto:a@b.example) [t](tel:+4712345678)'),
      section('<mailto:a@b.example|m> <tel:+4712345678|t>'),
    );
    const result = translated([
      { type: 'TextBlock', text: '[bad](javascript:alert(1\\)) [d](data:text/html,x)' },
    ]);
    assert.doesNotMatch(JSON.stringify(result.messages), /<javascript|<data:/);
    assert.equal(reported(result).filter((line) => line.startsWith('link to')).length, 2);
  });

  it('makes links of relative addresses where it knows the base', () => {
    const block: any = blocksOf([{ type: 'TextBlock', text: '[a](/b)' }], {
      baseUrl: 'https://x.example/c/',
    })[0];
    assert.equal(block.text.text, '<https://x.example/b|a>');
  });

  it('turns dates into Slack dates with the locale as fallback', () => {
    const block: any = blocksOf(
      [{ type: 'TextBlock', text: 'Due {{DATE(2026-11-24T10:00:00Z,LONG)}} {{TIME(2026-11-24T10:00:00Z)}}' }],
      { lang: 'sv' },
    )[0];
    assert.match(
      block.text.text,
      /^Due <!date\^1795514400\^\{date_long\}\|tisdag 24 november 2026> <!date\^1795514400\^\{time\}\|10:00>$/,
    );
    assert.deepEqual(
      text('{{DATE(2026-13-44T10:00:00Z,LONG)}}'),
      section('{{DATE(2026-13-44T10:00:00Z,LONG)}}'),
    );
  });

  it('makes headers of short headings and small print of subtle texts', () => {
    assert.deepEqual(text('Hello', { size: 'Large', weight: 'Bolder' }), {
      type: 'header',
      text: { type: 'plain_text', text: 'Hello' },
    });
    assert.deepEqual(text('Hello', { style: 'heading' }).type, 'header');
    assert.deepEqual(text('x'.repeat(151), { style: 'heading' }), section(`*${'x'.repeat(151)}*`));
    assert.deepEqual(text('by the way', { isSubtle: true }), {
      type: 'context',
      elements: [{ type: 'mrkdwn', text: 'by the way' }],
    });
    assert.deepEqual(text('heavy', { weight: 'bolder' }), section('*heavy*'));
  });

  it('passes over empty texts and draws a line for a separator, but none at the top', () => {
    const blocks = blocksOf([
      { type: 'TextBlock', text: 'a', separator: true },
      { type: 'TextBlock', text: ' ' },
      { type: 'TextBlock', text: 'b', separator: true },
    ]);
    assert.deepEqual(
      blocks.map((block) => block.type),
      ['section', 'divider', 'section'],
    );
  });

  it('divides a long text between sentences, keeping every word, link and emoji whole', () => {
    const family = '👨‍👩‍👧‍👦';
    const sentence = `Word word [a link](https://x.example/path) and ${family} here. `;
    const blocks = blocksOf([{ type: 'TextBlock', text: sentence.repeat(200) }]);
    assert.ok(blocks.length > 1);
    for (const block of blocks) {
      assert.ok(block.text.text.length <= 3000);
      assert.match(block.text.text, /here\.$/);
      assert.equal(
        block.text.text
          .split(family)
          .join('')
          .match(/[\u200d👨👩👧👦]/u),
        null,
      );
    }
    const all = blocks.map((block) => block.text.text).join(' ');
    assert.equal(all.split('<https://x.example/path|a link>').length - 1, 200);
  });

  it('divides a text without a blank between characters as people see them', () => {
    const family = '👨‍👩‍👧‍👦';
    const blocks = blocksOf([{ type: 'TextBlock', text: family.repeat(1000) }]);
    for (const block of blocks) assert.equal(block.text.text.replaceAll(family, ''), '');
    assert.equal(blocks.map((block) => block.text.text).join(''), family.repeat(1000));
  });

  it('keeps every run of a rich text, with looks, links and line breaks', () => {
    const block: any = blocksOf([
      {
        type: 'RichTextBlock',
        inlines: [
          'plain *stars*\n',
          { type: 'TextRun', text: 'bold', weight: 'bolder' },
          { type: 'TextRun', text: ' under', underline: true },
          {
            type: 'TextRun',
            text: ' link',
            selectAction: { type: 'Action.OpenUrl', url: 'https://x.example' },
          },
        ],
      },
    ])[0];
    assert.deepEqual(block.elements, [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'plain *stars*' },
          { type: 'text', text: '\n' },
          { type: 'text', text: 'bold', style: { bold: true } },
          { type: 'text', text: ' under', style: { underline: true } },
          { type: 'link', url: 'https://x.example/', text: ' link' },
        ],
      },
    ]);
  });

  it('mentions Slack users whom the caller knows, and names the others', () => {
    const card = {
      type: 'AdaptiveCard',
      body: [{ type: 'TextBlock', text: 'Hi <at>Coach</at> and <at>Lead</at>' }],
      msteams: {
        entities: [{ type: 'mention', text: '<at>Coach</at>', mentioned: { id: '29:a', name: 'Coach' } }],
      },
    };
    const blocks: any[] = blocksOf(card.body);
    assert.equal(blocks[0].text.text, 'Hi Coach and Lead');
    const known: any = toMessage(card);
    assert.equal(known.text.text, 'Hi <@U123ABC> and Lead');
  });

  it('gives the visible text for notifications, and speak where the card has it', () => {
    const result = translated([
      { type: 'TextBlock', text: '**Hello**' },
      { type: 'TextBlock', text: 'there' },
    ]);
    assert.equal(result.messages[0]!.text, 'Hello\nthere');
    const spoken = toBlockKit(
      { type: 'AdaptiveCard', speak: '<s>Say <b>this</b></s>', body: [{ type: 'TextBlock', text: 'x' }] },
      { surface: 'message' },
    );
    assert.equal(spoken.messages[0]!.text, 'Say this');
  });
});

import { toBlockKit } from '../../../../src/cards/blockkit/index.js';

function toMessage(card: unknown): unknown {
  return toBlockKit(card, { surface: 'message', mentions: { '29:a': 'U123ABC' } }).messages[0]!.blocks[0];
}
