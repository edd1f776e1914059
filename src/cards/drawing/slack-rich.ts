import { escapeHtml, linkHtml } from './html.js';

type Part = Readonly<Record<string, unknown>>;

/** The objects of a list; nothing for what is no list. */
export function partsOf(value: unknown): readonly Part[] {
  return Array.isArray(value)
    ? value.filter((each): each is Part => typeof each === 'object' && each !== null)
    : [];
}

/** A value as a text; nothing for what is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const LOOKS = { bold: 'strong', italic: 'em', strike: 's', code: 'code' } as const;

/** The parts of a `rich_text` block as HTML. */
export function richHtml(part: Part): string {
  const inner = partsOf(part['elements']).map(richHtml).join('');
  switch (part['type']) {
    case 'rich_text_section':
      return `<div>${inner}</div>`;
    case 'rich_text_list':
      return listHtml(part);
    case 'rich_text_quote':
      return `<blockquote>${inner}</blockquote>`;
    case 'rich_text_preformatted':
      return `<pre>${inner}</pre>`;
    default:
      return spanHtml(part);
  }
}

function listHtml(part: Part): string {
  const tag = part['style'] === 'ordered' ? 'ol' : 'ul';
  const items = partsOf(part['elements']).map((each) => `<li>${richHtml(each)}</li>`);
  return `<${tag}>${items.join('')}</${tag}>`;
}

function spanHtml({ text, url, fallback, style }: Part): string {
  const words = escapeHtml(textOf(text) || textOf(fallback) || textOf(url)).replace(/\n/g, '<br>');
  const wanted = typeof style === 'object' && style !== null ? (style as Part) : {};
  const looked = Object.entries(LOOKS)
    .filter(([look]) => wanted[look] === true)
    .reduce((html, [, tag]) => `<${tag}>${html}</${tag}>`, words);
  return url === undefined ? looked : linkHtml(textOf(url), looked);
}
