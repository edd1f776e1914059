import type { Line, Span } from './inline.js';
import { visible } from './read.js';
import type { SlackBlock } from './types.js';

type RichElement = Record<string, unknown>;

/** Lines as the elements of a `rich_text` block: nothing in it needs escaping, and looks may begin within a word. */
export function toRich(lines: readonly Line[]): RichElement[] {
  const elements: RichElement[] = [];
  let texts: Line[] = [];
  let items: Line[] = [];
  const putTexts = (): void => {
    const inner = sectionElements(texts);
    if (inner.length > 0) elements.push({ type: 'rich_text_section', elements: inner });
    texts = [];
  };
  const putItems = (): void => {
    const first = items[0];
    if (first) elements.push(listElement(first, items));
    items = [];
  };
  for (const line of lines) {
    if (line.kind === 'text') {
      putItems();
      texts.push(line);
    } else {
      putTexts();
      const first = items[0];
      if (first && (first.kind !== line.kind || first.depth !== line.depth)) putItems();
      items.push(line);
    }
  }
  putItems();
  putTexts();
  return elements;
}

/** A `rich_text` block, or undefined where nothing would be seen. */
export function richBlock(lines: readonly Line[]): SlackBlock | undefined {
  const elements = toRich(lines);
  return elements.length > 0 ? { type: 'rich_text', elements } : undefined;
}

/** What a line takes, each look's own object counted in: a message has room for some 13,000 characters of them. */
export function richLength(line: Line): number {
  return line.spans.reduce((sum, span) => sum + span.text.length + (span.url?.length ?? 0) + 50, 0) + 30;
}

function listElement(first: Line, items: readonly Line[]): RichElement {
  const numbered = first.kind === 'number';
  return {
    type: 'rich_text_list',
    style: numbered ? 'ordered' : 'bullet',
    ...(first.depth > 0 && { indent: Math.min(first.depth, 8) }),
    ...(numbered && first.number > 1 && { offset: first.number - 1 }),
    elements: items.map((item) => ({
      type: 'rich_text_section',
      elements: item.spans.length > 0 ? spanElements(item.spans) : [{ type: 'text', text: ' ' }],
    })),
  };
}

function sectionElements(lines: readonly Line[]): RichElement[] {
  const elements: RichElement[] = [];
  lines.forEach((line, index) => {
    elements.push(...spanElements(line.spans));
    if (index < lines.length - 1) elements.push({ type: 'text', text: '\n' });
  });
  const isEmpty = elements.every((one) => typeof one['text'] === 'string' && one['text'].trim() === '');
  return isEmpty ? [] : elements;
}

function spanElements(spans: readonly Span[]): RichElement[] {
  return spans.filter((span) => span.text !== '').map(spanElement);
}

function spanElement(span: Span): RichElement {
  const element = bareElement(span);
  const style = styleOf(span);
  if (style) element['style'] = style;
  return element;
}

function bareElement(span: Span): RichElement {
  if (span.date) {
    const { at, format } = span.date;
    const link = span.url ? { url: span.url } : {};
    return { type: 'date', timestamp: at, format, fallback: span.text, ...link };
  }
  const text = visible(span.text) || ' ';
  if (span.url) return { type: 'link', url: span.url, text };
  return span.user ? { type: 'user', user_id: span.user } : { type: 'text', text };
}

const STYLES = ['bold', 'italic', 'strike', 'code', 'underline'] as const;

function styleOf(span: Span): Record<string, boolean> | undefined {
  let style: Record<string, boolean> | undefined;
  for (const name of STYLES) {
    if (span[name]) {
      style ??= {};
      style[name] = true;
    }
  }
  return style;
}
