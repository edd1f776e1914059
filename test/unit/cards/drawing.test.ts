import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cardTextHtml } from '../../../src/cards/drawing/card-text.js';
import { slackBlocksHtml } from '../../../src/cards/drawing/slack-blocks.js';
import { slackTextHtml } from '../../../src/cards/drawing/slack-text.js';

const LINK = '<a href="https://a.example/?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">';
const REST =
  /<(\/?(strong|em|s|code|a)|br|a href="(https?:|mailto:)[^"<>]*" target="_blank" rel="noopener noreferrer")>/g;

/** Texts that are made of what could break out of an element or an attribute. */
const hostile = fc
  .array(
    fc.constantFrom(
      ...[
        '<',
        '>',
        '"',
        "'",
        '&',
        '&lt;',
        '&amp;lt;',
        '`',
        '*',
        '_',
        '~',
        '|',
        '\\',
        '\n',
        ' ',
        '[',
        '](',
        ')',
      ],
      ...['<script>', 'onerror=x', 'https://a.example/', 'javascript:x', '\uE000', '\uE001', '0', 'å'],
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(''));

describe('a text of a card', () => {
  it('has the looks and links of its markdown, and is text otherwise', () => {
    assert.equal(
      cardTextHtml(
        'Vi *ses* **5. mai** & _kanskje_ [her **nå**](https://a.example/?b=1&c=2)\n- en_to_tre \\<b>',
      ),
      `Vi *ses* <strong>5. mai</strong> &amp; <em>kanskje</em> ${LINK}her <strong>nå</strong></a><br>• en_to_tre &lt;b&gt;`,
    );
  });

  it('links to the web alone', () => {
    assert.equal(cardTextHtml('[her](javascript:alert)'), '[her](javascript:alert)');
  });

  it('has no marks of ours in it, whoever wrote them there', () => {
    assert.match(cardTextHtml('[\uE0000\uE001](https://a.example/)'), /^<a [^>]*>0<\/a>$/);
    assert.match(slackTextHtml('<https://a.example/|\uE0000\uE001>'), /^<a [^>]*>0<\/a>$/);
  });

  it('makes no element of anybody’s own, whatever it says', () => {
    fc.assert(fc.property(hostile, (text) => !/[<>]/.test(cardTextHtml(text).replace(REST, ''))));
  });
});

describe('a text of Slack’s', () => {
  it('has the looks and links of its mrkdwn, and is text otherwise', () => {
    assert.equal(
      slackTextHtml(
        '*5. mai* &amp; _kanskje_ ~ikke~ `a*b*` 2 * 3 * 4\n<https://a.example/?b=1&amp;c=2|*her*> &lt;b&gt;',
      ),
      `<strong>5. mai</strong> &amp; <em>kanskje</em> <s>ikke</s> <code>a*b*</code> 2 * 3 * 4<br>${LINK}<strong>her</strong></a> &lt;b&gt;`,
    );
  });

  it('shows the words of what leads nowhere: a date, a script', () => {
    assert.equal(slackTextHtml('<!date^1^{date}|5. mai> <javascript:alert(1)|her>'), '5. mai her');
  });

  it('makes no element of anybody’s own, whatever it says', () => {
    fc.assert(fc.property(hostile, (text) => !/[<>]/.test(slackTextHtml(text).replace(REST, ''))));
  });
});

describe('blocks of Slack’s', () => {
  const bad = '"><img src=x onerror=alert(1)>';
  const text = { type: 'plain_text', text: bad };

  it('are drawn one after another, those that are not known by what they say', () => {
    const html = slackBlocksHtml([
      { type: 'header', text: { type: 'plain_text', text: 'Samling' } },
      { type: 'section', fields: [{ type: 'mrkdwn', text: '*Når*\n5. mai' }] },
      {
        type: 'rich_text',
        elements: [
          {
            ...{ type: 'rich_text_list', style: 'ordered' },
            elements: [
              {
                type: 'rich_text_section',
                elements: [{ type: 'text', text: 'en', style: { bold: true } }],
              },
            ],
          },
        ],
      },
      {
        type: 'actions',
        elements: [{ type: 'button', style: 'primary', text: { type: 'plain_text', text: 'Ja' } }],
      },
      { type: 'brand_new', text: { type: 'plain_text', text: 'Nytt' } },
    ]);
    assert.deepEqual(html.split('\n'), [
      '<h3 class="sl-header">Samling</h3>',
      '<div class="sl-fields"><div><strong>Når</strong><br>5. mai</div></div>',
      '<div class="sl-section"><ol><li><div><strong>en</strong></div></li></ol></div>',
      '<div class="sl-actions"><span class="sl-button sl-primary">Ja</span></div>',
      '<div class="sl-section">Nytt</div>',
    ]);
  });

  it('say as text whatever they say, in every place', () => {
    const rich = {
      type: 'rich_text_section',
      elements: [{ type: 'text', text: bad, style: { code: true } }],
    };
    const html = slackBlocksHtml([
      { type: 'header', text },
      {
        type: 'section',
        text,
        fields: [text],
        accessory: { type: 'button', text, url: `https://a.example/${bad}` },
      },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: bad },
          { type: 'image', image_url: bad, alt_text: bad },
        ],
      },
      { type: 'image', title: text, image_url: `https://a.example/${bad}`, alt_text: bad },
      { type: 'rich_text', elements: [rich, { type: 'rich_text_quote', elements: rich.elements }] },
      { type: 'actions', elements: [{ type: 'button', text, style: bad, url: `javascript:${bad}` }] },
      { type: bad, text },
    ]);
    assert.deepEqual(html.match(/<img[^>]*>/g), [
      '<img src="https://a.example/&quot;&gt;&lt;img src=x onerror=alert(1)&gt;" alt="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;" referrerpolicy="no-referrer">',
    ]);
    assert.doesNotMatch(html, /javascript:/);
  });

  it('show pictures by https alone', () => {
    const image = (url: string) => slackBlocksHtml([{ type: 'image', image_url: url, alt_text: 'Fjorden' }]);
    assert.match(image('https://a.example/b.png'), /<img /);
    for (const url of ['http://a.example/b.png', 'data:image/svg+xml,x', 'javascript:x', '//a.example/b.png'])
      assert.equal(image(url), '<div class="sl-image"><span>Fjorden</span></div>');
  });
});
