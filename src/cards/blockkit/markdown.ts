import { splitDates } from './dates.js';
import { parseSpans } from './markdown-spans.js';
import type { Line, MarkdownContext, Span } from './inline.js';

const BULLET = /^( {0,12})[-*]\s+(?=\S)/;
const NUMBER = /^( {0,12})(\d{1,9})[.)]\s+(?=\S)/;

/**
 * Reads the markdown that Adaptive Cards know (bold, italic, links, lists, escapes, entities; strike-through and
 * code as Microsoft's own renderer takes them) and their date macros. Linear in the length of the text.
 */
export function parseMarkdown(text: string, context: MarkdownContext): Line[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => parseLine(line, context));
}

/** Like `parseMarkdown` without lists: a fact called "- 5 °C" is no bullet. */
export function parseInline(text: string, context: MarkdownContext): Line[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => ({ kind: 'text', depth: 0, number: 0, spans: datedSpans(line, context) }));
}

function parseLine(line: string, context: MarkdownContext): Line {
  const expanded = line.replace(/^\t+/, (tabs) => '    '.repeat(Math.min(tabs.length, 3)));
  const bullet = BULLET.exec(expanded);
  if (bullet) {
    const spans = datedSpans(expanded.slice(bullet[0].length).trimEnd(), context);
    return { kind: 'bullet', depth: depthOf(bullet[1]), number: 0, spans };
  }
  const numbered = NUMBER.exec(expanded);
  if (numbered) {
    const spans = datedSpans(expanded.slice(numbered[0].length).trimEnd(), context);
    return { kind: 'number', depth: depthOf(numbered[1]), number: Number(numbered[2]), spans };
  }
  return { kind: 'text', depth: 0, number: 0, spans: datedSpans(line.trimEnd(), context) };
}

function depthOf(indent = ''): number {
  return Math.floor(indent.length / 2);
}

function datedSpans(line: string, context: MarkdownContext): Span[] {
  const spans = parseSpans(line, context);
  if (!line.includes('{{')) return spans;
  return spans.flatMap((span) =>
    splitDates(span.text, context.lang, context.timeZone).map((part) => ({ ...span, ...part })),
  );
}
