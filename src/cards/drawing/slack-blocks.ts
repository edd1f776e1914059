import type { SlackBlock } from '../blockkit/index.js';
import { escapeHtml, linkHtml } from './html.js';
import { partsOf, richHtml, textOf } from './slack-rich.js';
import { slackTextHtml } from './slack-text.js';

type Part = Readonly<Record<string, unknown>>;

/**
 * Draws the blocks of a message as Slack shows them: classes for a style sheet, and nothing that works but links. Blocks
 * that only read, with buttons; of any other, what it says.
 */
export function slackBlocksHtml(blocks: readonly SlackBlock[]): string {
  return blocks.map(blockHtml).join('\n');
}

function blockHtml(block: SlackBlock): string {
  switch (block.type) {
    case 'header':
      return `<h3 class="sl-header">${textHtml(block['text'])}</h3>`;
    case 'section':
      return sectionHtml(block);
    case 'context':
      return `<div class="sl-context">${partsOf(block['elements']).map(contextHtml).join(' ')}</div>`;
    case 'image':
      return `<div class="sl-image">${titleHtml(block['title'])}${imageHtml(block)}</div>`;
    case 'divider':
      return '<hr class="sl-divider">';
    case 'rich_text':
      return `<div class="sl-section">${partsOf(block['elements']).map(richHtml).join('')}</div>`;
    case 'actions':
      return `<div class="sl-actions">${partsOf(block['elements']).map(elementHtml).join('')}</div>`;
    default:
      return `<div class="sl-section">${textHtml(block['text'])}</div>`;
  }
}

function sectionHtml({ text, fields, accessory }: SlackBlock): string {
  const all = partsOf(fields).map((each) => `<div>${textHtml(each)}</div>`);
  const beside = partsOf([accessory]).map(elementHtml).join('');
  return [
    ...(text === undefined ? [] : [`<div class="sl-section"><div>${textHtml(text)}</div>${beside}</div>`]),
    ...(all.length === 0 ? [] : [`<div class="sl-fields">${all.join('')}</div>`]),
  ].join('\n');
}

const titleHtml = (title: unknown) =>
  title === undefined ? '' : `<div class="sl-title">${textHtml(title)}</div>`;

const contextHtml = (part: Part) =>
  part['type'] === 'image' ? imageHtml(part) : `<span>${textHtml(part)}</span>`;

const elementHtml = (part: Part) => (part['type'] === 'image' ? imageHtml(part) : buttonHtml(part));

/** A text object of Slack's, whose type says how it is read. */
function textHtml(value: unknown): string {
  const [part = {}] = partsOf([value]);
  const text = textOf(part['text']);
  return part['type'] === 'mrkdwn' ? slackTextHtml(text) : escapeHtml(text).replace(/\n/g, '<br>');
}

function imageHtml({ image_url: url, alt_text: alt }: Part): string {
  const words = escapeHtml(textOf(alt));
  const address = textOf(url);
  return /^https:\/\//.test(address)
    ? `<img src="${escapeHtml(address)}" alt="${words}" referrerpolicy="no-referrer">`
    : `<span>${words}</span>`;
}

/** A button that leads somewhere does; any other looks as if it did something. */
function buttonHtml({ text, placeholder, url, style }: Part): string {
  const look = style === 'primary' || style === 'danger' ? ` sl-${style}` : '';
  const words = textHtml(text ?? placeholder);
  const button = `<span class="sl-button${look}">${words}</span>`;
  return url === undefined ? button : linkHtml(textOf(url), button);
}
