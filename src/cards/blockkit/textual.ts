import { shownKids, type Context } from './context.js';
import { noteUnsaid } from './controls.js';
import { formatNumber, splitDates } from './dates.js';
import { emojiOf } from './emoji.js';
import { isBlank, plainLines, textLine, withLook, type Line, type Span } from './inline.js';
import { trimLines } from './lines-out.js';
import { child, flag, nodes, num, str, word, type Node, words } from './read.js';
import type { Element } from './resolve.js';
import { safeUrl } from './urls.js';

type Reader = (context: Context, element: Element) => Line[] | undefined;

const readers: Readonly<Record<string, Reader>> = {
  TextBlock: (context, element) => textBlockLines(context, element),
  RichTextBlock: (context, element) => (hasButtons(element) ? undefined : richLines(context, element)),
  FactSet: (context, element) => factLines(context, element),
  Badge: (_context, element) => badgeLines(element.node),
  Rating: (context, element) => ratingLines(context, element.node),
  ProgressBar: (context, element) => progressLines(context, element.node),
  ProgressRing: (context, element) => progressLines(context, element.node),
  Icon: (_context, element) => (element.kids['selectAction']?.length ? undefined : iconLines(element.node)),
  Container: (context, element) => groupLines(context, element, 'items'),
  Column: (context, element) => groupLines(context, element, 'items'),
  TableCell: (context, element) => groupLines(context, element, 'items'),
  ColumnSet: (context, element) => columnLines(context, element),
};

/** What an element says, if that is all it does; undefined for pictures, inputs, actions and what holds them. */
export function textual(context: Context, element: Element): Line[] | undefined {
  return readers[element.type]?.(context, element);
}

/** A TextBlock's lines in the looks that Slack has. */
export function textBlockLines(context: Context, element: Element): Line[] {
  const { node } = element;
  const lines = context.lines(element, words(node, 'text'));
  const heavy = word(node, 'weight') === 'bolder' || isHeading(node);
  const mono = word(node, 'fontType') === 'monospace';
  return heavy || mono
    ? withLook(lines, { ...(heavy && { bold: true }), ...(mono && { code: true }) })
    : lines;
}

/** Whether a TextBlock is meant as a heading: by its style, or by being large and bold, or larger than that. */
export function isHeading(node: Node): boolean {
  const size = word(node, 'size');
  if (word(node, 'style') === 'heading' || size === 'extralarge') return true;
  return size === 'large' && word(node, 'weight') === 'bolder';
}

/** Whether a TextBlock is small print. */
export function isSmall(node: Node): boolean {
  return flag(node, 'isSubtle') || word(node, 'size') === 'small';
}

function hasButtons(element: Element): boolean {
  return (element.kids['inlines'] ?? []).some((run) =>
    run.kids['selectAction']?.some(
      (action) => action.type !== 'Action.OpenUrl' || action.kids['menuActions']?.length,
    ),
  );
}

/** A RichTextBlock's lines: its runs side by side, a run's line breaks as such. */
export function richLines(context: Context, element: Element): Line[] {
  const lines: Span[][] = [[]];
  for (const run of element.kids['inlines'] ?? []) {
    runLines(context, run).forEach((spans, index) => {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push(...spans);
    });
  }
  return lines.map((spans) => textLine(...spans));
}

function runLines(context: Context, run: Element): Span[][] {
  const { node } = run;
  const open = run.kids['selectAction']?.find((action) => action.type === 'Action.OpenUrl');
  const url = open ? safeUrl(str(open.node, 'url'), context.options.baseUrl) : undefined;
  if (open && !url) context.note(open, `link to ${str(open.node, 'url').slice(0, 200)}`, 'its text alone');
  const title = open ? words(open.node, 'title').trim() : '';
  if (open && title !== '')
    context.note(open, `title "${title.slice(0, 1000)}"`, 'the text itself as a link');
  if (open) noteUnsaid(context, open, title);
  const look: Omit<Span, 'text'> = {
    ...(word(node, 'weight') === 'bolder' && { bold: true }),
    ...(flag(node, 'italic') && { italic: true }),
    ...(flag(node, 'strikethrough') && { strike: true }),
    ...(flag(node, 'underline') && { underline: true }),
    ...(word(node, 'fontType') === 'monospace' && { code: true }),
    ...(url && { url }),
  };
  if (flag(node, 'highlight')) context.note(run, 'highlighted text', 'the text');
  return words(node, 'text')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((text) =>
      splitDates(text, context.lang, context.timeZone)
        .filter((span) => span.text !== '')
        .map((span) => ({ ...look, ...span })),
    );
}

/** A fact as `title value` in one line, for places where a FactSet's two columns do not fit. */
function factLines(context: Context, element: Element): Line[] {
  return nodes(element.node, 'facts').flatMap((fact) => {
    const [title, value] = factParts(context, element, fact);
    const [first, ...rest] = value;
    const head = withLook(title, { bold: true });
    const last = head.at(-1);
    if (!last || isBlank(head)) return value;
    const joined = textLine(...last.spans, { text: ' ' }, ...(first?.spans ?? []));
    return [...head.slice(0, -1), joined, ...rest];
  });
}

/** The title and the value of a fact as lines. */
export function factParts(context: Context, element: Element, fact: Node): [Line[], Line[]] {
  return [
    trimLines(context.lines(element, words(fact, 'title'), true)),
    trimLines(context.lines(element, str(fact, 'value'), true)),
  ];
}

function badgeLines(node: Node): Line[] {
  const text = words(node, 'text') || words(node, 'tooltip');
  const emoji = emojiOf(str(node, 'icon'));
  if (text.trim() === '') return emoji ? plainLines(emoji) : [];
  return [textLine(...(emoji ? [{ text: `${emoji} ` }] : []), { text: text.trim(), code: true })];
}

function ratingLines(context: Context, node: Node): Line[] {
  const max = Math.min(20, Math.max(1, Math.round(num(node, 'max') ?? 5)));
  const value = num(node, 'value');
  const count = num(node, 'count');
  const parts = [
    stars(value ?? 0, word(node, 'style') === 'compact' ? 1 : max),
    value === undefined ? '' : formatNumber(value, context.lang),
    count === undefined ? '' : `(${formatNumber(count, context.lang)})`,
  ];
  return plainLines(parts.filter((part) => part !== '').join(' '));
}

/** Stars out of `max`, with a half where the value has one. */
export function stars(value: number, max: number): string {
  const kept = Math.min(max, Math.max(0, max === 1 ? 1 : value));
  const full = Math.floor(kept);
  const half = kept - full >= 0.5 ? '½' : '';
  return '★'.repeat(full) + half + '☆'.repeat(Math.max(0, max - full - half.length));
}

function progressLines(context: Context, node: Node): Line[] {
  const label = words(node, 'label');
  const value = num(node, 'value');
  const max = num(node, 'max') ?? 100;
  if (value === undefined || max <= 0) return plainLines(label === '' ? '…' : `${label} …`);
  const share = Math.min(1, Math.max(0, value / max));
  const filled = Math.round(share * 10);
  const percent = `${formatNumber(Math.round(share * 100), context.lang)} %`;
  return plainLines(
    `${label === '' ? '' : `${label} `}${'▓'.repeat(filled)}${'░'.repeat(10 - filled)} ${percent}`,
  );
}

function iconLines(node: Node): Line[] {
  const emoji = emojiOf(str(node, 'name'));
  return emoji ? plainLines(emoji) : [];
}

function groupLines(context: Context, element: Element, key: string): Line[] | undefined {
  if (element.kids['selectAction']?.length || child(element.node, 'backgroundImage')) return undefined;
  const lines: Line[] = [];
  for (const kid of shownKids(context, element, key)) {
    const inner = textual(context, kid);
    if (!inner) return undefined;
    lines.push(...trimLines(inner));
  }
  return lines;
}

/** Columns of one line each, side by side in one line; anything else one below another. */
function columnLines(context: Context, element: Element): Line[] | undefined {
  if (element.kids['selectAction']?.length) return undefined;
  const columns: Line[][] = [];
  for (const column of shownKids(context, element, 'columns')) {
    const lines = textual(context, column);
    if (!lines) return undefined;
    const trimmed = trimLines(lines);
    if (trimmed.length > 0) columns.push(trimmed);
  }
  return sideBySide(columns);
}

/** Joins columns that have one short line each; longer ones follow one another. */
export function sideBySide(columns: readonly Line[][]): Line[] {
  const inOneLine = columns.every((lines) => lines.length === 1 && lines[0]?.kind === 'text');
  if (!inOneLine) return columns.flat();
  const spans: Span[] = [];
  columns.forEach(([line], index) => {
    if (index > 0) spans.push({ text: '  ' });
    spans.push(...(line?.spans ?? []));
  });
  return columns.length > 0 ? [textLine(...spans)] : [];
}
