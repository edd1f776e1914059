import assert from 'node:assert/strict';
import { toBlockKit } from '../../../../src/cards/blockkit/index.js';
import { blocksOf, reported, translated } from '../../../support/blockkit.js';

const text = (written: string): object => ({ type: 'TextBlock', text: written });
describe('Block Kit: small elements', () => {
  it('writes badges, ratings, progress and icons', () => {
    assert.equal(blocksOf([{ type: 'Badge', text: 'New', icon: 'Star' }])[0].elements[0].text, '⭐ `New`');
    assert.equal(blocksOf([{ type: 'Rating', value: 3.5, count: 12 }])[0].text.text, '★★★½☆ 3.5 (12)');
    assert.equal(blocksOf([{ type: 'ProgressBar', value: 3, max: 4 }])[0].text.text, '▓▓▓▓▓▓▓▓░░ 75 %');
    assert.equal(blocksOf([{ type: 'ProgressRing', label: 'Wait' }])[0].text.text, 'Wait …');
    assert.equal(blocksOf([{ type: 'Icon', name: 'Calendar' }])[0].elements[0].text, '📅');
    assert.deepEqual(reported(translated([text('a'), { type: 'Icon', name: 'Blob' }])), [
      'icon Blob → nothing',
    ]);
  });

  it('keeps code as it is written, divided between lines', () => {
    const [block] = blocksOf([{ type: 'CodeBlock', codeSnippet: 'if (a < b) {\n  *c*;\n}', language: 'ts' }]);
    assert.deepEqual(block.elements, [
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'if (a < b) {\n  *c*;\n}' }] },
    ]);
    assert.ok(blocksOf([{ type: 'CodeBlock', codeSnippet: 'a = 1;\n'.repeat(900) }]).length > 1);
  });

  it('sets a compound button’s words beside its button', () => {
    const [block] = blocksOf([
      {
        type: 'CompoundButton',
        title: 'Plan',
        description: 'the week',
        badge: 'New',
        selectAction: { type: 'Action.Submit' },
      },
    ]);
    assert.equal(block.text.text, '*Plan*  `New`\nthe week');
    assert.equal(block.accessory.text.text, 'Plan');
  });

  const page = (...items: object[]): object => ({ type: 'CarouselPage', items });
  const open = { type: 'Action.OpenUrl', title: 'Open', url: 'https://x.example' };

  it('shows a carousel of small pages as Slack’s own', () => {
    const picture = { type: 'Image', url: 'https://x.example/a.png', altText: 'A' };
    const heading = { type: 'TextBlock', text: 'Town', weight: 'bolder' };
    const first = page(picture, heading, text('by the sea'), { type: 'ActionSet', actions: [open] });
    const [block, ...others] = blocksOf([{ type: 'Carousel', pages: [first, page(text('inland'))] }]);
    assert.equal(others.length, 0);
    assert.equal(block.type, 'carousel');
    const { hero_image: hero, title, body, actions } = block.elements[0];
    assert.deepEqual(
      [hero.image_url, title.text, body.text],
      ['https://x.example/a.png', '*Town*', 'by the sea'],
    );
    assert.equal(actions[0].url, 'https://x.example/');
    assert.equal(block.elements[1].body.text, 'inland');
  });

  it('shows other carousels page by page', () => {
    const long = 'word '.repeat(60);
    const result = translated([{ type: 'Carousel', pages: [page(text(long)), page(text('two'))] }]);
    assert.match(JSON.stringify(result.messages), /1 \/ 2.*2 \/ 2/);
    assert.deepEqual(reported(result), ['pages to turn → the pages one below another']);
    const pages = [page(text('one')), page(text('two'))];
    assert.equal(translated([{ type: 'Carousel', pages }], { surface: 'home' }).text, 'one\ntwo');
  });
});

describe('Block Kit: fallback, visibility and what the card says of itself', () => {
  it('puts fallbacks in the place of unknown elements, from the inside out', () => {
    const nested = { type: 'A', fallback: { type: 'B', fallback: text('in the end') } };
    assert.equal(blocksOf([nested])[0].text.text, 'in the end');
    const outer = { type: 'Container', items: [{ type: 'Graph' }], fallback: text('instead') };
    assert.equal(blocksOf([outer])[0].text.text, 'instead');
    assert.equal(blocksOf([{ type: 'Container', items: [outer, text('b')] }])[1].text.text, 'b');
    const dropped = translated([{ type: 'A', fallback: 'drop' }, { type: 'B' }, text('x')]);
    assert.equal(dropped.messages[0]!.blocks.length, 1);
    assert.deepEqual(
      dropped.report.map((entry) => entry.path),
      ['body[0]', 'body[1]'],
    );
  });

  it('knows what is required', () => {
    const wanting = (version: string): object => ({ ...text(version), requires: { adaptiveCards: version } });
    assert.deepEqual(blocksOf([wanting('1.2'), wanting('1.6'), wanting('2')]).length, 2);
    const special = { ...text('s'), requires: { acTest: '1.1' } };
    assert.equal(blocksOf([special, text('x')]).length, 1);
    assert.equal(blocksOf([special, text('x')], { capabilities: { acTest: '1.10' } }).length, 2);
  });

  it('hides what is hidden and meant for other widths, shows what has been toggled', () => {
    const hidden = { ...text('h'), id: 'h', isVisible: false };
    assert.equal(blocksOf([hidden, text('x')]).length, 1);
    assert.equal(blocksOf([hidden, text('x')], { visible: { h: true } }).length, 2);
    assert.equal(blocksOf([text('x'), { ...text('y'), id: 'y' }], { visible: { y: false } }).length, 1);
    const widths = ['VeryNarrow', 'atMost:Narrow', 'atLeast:Narrow', 'Standard'];
    assert.deepEqual(
      blocksOf(widths.map((targetWidth) => ({ ...text(targetWidth), targetWidth }))).map(
        (block) => block.text.text,
      ),
      ['atLeast:Narrow', 'Standard'],
    );
  });

  it('reports what belongs to the whole card, and every property that it does not know', () => {
    const result = toBlockKit(
      {
        type: 'AdaptiveCard',
        version: '1.9',
        rtl: true,
        refresh: { action: { type: 'Action.Execute' } },
        authentication: {
          text: 'Sign in',
          buttons: [{ type: 'signin', title: 'In', value: 'https://x.example' }],
        },
        body: [{ ...text('a'), sparkle: true, spacing: 'large' }],
      },
      { surface: 'message' },
    );
    const all = reported(result).join('\n');
    for (const word of ['version 1.9', 'refresh', 'rtl', 'authentication', 'property "sparkle"', 'spacing']) {
      assert.ok(all.includes(word), word);
    }
    assert.match(JSON.stringify(result.messages), /"url":"https:\/\/x\.example\/"/);
  });
});
