import { marker, type Line, type Span } from './inline.js';

const segmenters = new Map<string, Intl.Segmenter>();

/**
 * Where to cut a text that is longer than `limit`: after a paragraph, else a sentence, else a word in its second half,
 * else between two characters as a reader sees them (grapheme clusters). Always at least 1.
 */
export function cutAt(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  const half = Math.floor(limit / 2);
  const window = text.slice(0, limit + 1);
  const paragraph = window.lastIndexOf('\n', limit - 1);
  if (paragraph >= half) return paragraph + 1;
  const sentence = lastSentence(window, half, limit);
  if (sentence > 0) return sentence;
  const space = lastSpace(window, limit);
  if (space > 0) return space;
  return graphemeCut(text, limit);
}

function lastSentence(window: string, from: number, to: number): number {
  for (let index = to - 1; index > from; index -= 1) {
    if (window[index] === ' ' && '.!?…:;'.includes(window[index - 1] ?? ' ')) return index + 1;
  }
  return 0;
}

function lastSpace(window: string, to: number): number {
  for (let index = to - 1; index > 0; index -= 1) {
    if (/\s/.test(window[index] ?? '')) return index + 1;
  }
  return 0;
}

/** The last boundary between grapheme clusters at or before `limit`. */
function graphemeCut(text: string, limit: number): number {
  if (isPlainAscii(text, limit)) return limit;
  const segmenter = segmenters.get('und') ?? new Intl.Segmenter('und', { granularity: 'grapheme' });
  segmenters.set('und', segmenter);
  // Starting in the middle of a cluster spoils no more than the first boundary.
  const start = Math.max(0, limit - 120);
  let cut = 0;
  for (const { index } of segmenter.segment(text.slice(start, limit + 60))) {
    if (start + index > limit) break;
    if (index > 0 || start > 0) cut = start + index;
  }
  if (cut > start) return cut;
  const low = text.charCodeAt(limit);
  return low >= 0xdc00 && low <= 0xdfff && limit > 1 ? limit - 1 : limit;
}

function isPlainAscii(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before < 127 && after < 127 && before >= 32 && after >= 32;
}

/** A text in parts of at most `limit`, nothing left out but the blanks at the cuts. */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const cut = cutAt(rest, limit);
    const part = rest.slice(0, cut).trimEnd();
    if (part !== '') parts.push(part);
    rest = rest.slice(cut).replace(/^[ \n]+/, '');
  }
  if (rest.trim() !== '') parts.push(rest);
  return parts;
}

/** A text of at most `limit` characters, ended with "…" where it had to be shortened. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, cutAt(text, limit - 1)).trimEnd()}…`;
}

/**
 * Lines in groups that each stay within `limit` when written. Cuts fall between paragraphs where that is possible,
 * else between lines, else between sentences and words of a line.
 */
export function splitLines(lines: readonly Line[], limit: number, measure: (line: Line) => number): Line[][] {
  const groups: Line[][] = [];
  let group: Sized[] = [];
  let length = 0;
  const put = (count: number): void => {
    groups.push(group.slice(0, count).map(({ line }) => line));
    group = group.slice(count);
    length = group.reduce((sum, one) => sum + one.size, 0);
  };
  for (const one of lines) {
    for (const sized of fitLine(one, limit, measure)) {
      if (length + sized.size > limit + 1 && group.length > 0) put(paragraphEnd(group));
      if (length + sized.size > limit + 1 && group.length > 0) put(group.length);
      group.push(sized);
      length += sized.size;
    }
  }
  if (group.length > 0) put(group.length);
  return groups;
}

/** A line and how long it is when written, its line break counted in. */
interface Sized {
  readonly line: Line;
  readonly size: number;
}

/** After the last empty line in the second half of the group, else its end. */
function paragraphEnd(group: readonly Sized[]): number {
  for (let index = group.length - 1; index > group.length / 2; index -= 1) {
    if (group[index]?.line.spans.every((span) => span.text.trim() === '')) return index + 1;
  }
  return group.length;
}

/** A line that is too long as several lines. */
function fitLine(line: Line, limit: number, measure: (line: Line) => number): Sized[] {
  const whole = measure(line);
  if (whole <= limit) return [{ line, size: whole + 1 }];
  const room = limit - marker(line).length - 1;
  const lines: Line[] = [];
  let spans: Span[] = [];
  let left = room;
  const sizeOf = (part: readonly Span[]): number => measure({ ...line, kind: 'text', spans: part });
  const put = (isLast = false): void => {
    const [kept, carried] = isLast ? [spans, []] : atSentence(spans);
    if (kept.length > 0) lines.push({ ...line, kind: lines.length === 0 ? line.kind : 'text', spans: kept });
    spans = carried;
    left = room - (carried.length > 0 ? sizeOf(carried) : 0);
  };
  for (const span of line.spans) {
    let rest: Span | undefined = span;
    while (rest) {
      const window: Span = rest.text.length > room ? { ...rest, text: rest.text.slice(0, room) } : rest;
      const size = sizeOf([window]);
      const isWhole = window === rest;
      if (isWhole && size <= left) {
        spans.push(rest);
        left -= size;
        rest = undefined;
      } else if (spans.length > 0 && isWhole && (rest.url ?? rest.user ?? rest.date) && size <= room) {
        put();
      } else {
        const [head, tail] = divide(rest, window, left, size, spans.length > 0);
        if (head) spans.push(head);
        put();
        rest = tail;
      }
    }
  }
  put(true);
  return lines.map((one) => ({ line: one, size: measure(one) + 1 }));
}

/** Spans up to the last end of a sentence in their second half, and those after it. */
function atSentence(spans: readonly Span[]): [Span[], Span[]] {
  for (let index = spans.length - 1; index > spans.length / 2; index -= 1) {
    const span = spans[index];
    const end = span && !span.url && !span.date ? sentenceEnd(span.text) : 0;
    if (!span || end === 0) continue;
    const rest = span.text.slice(end).trimStart();
    const carried =
      rest === '' ? spans.slice(index + 1) : [{ ...span, text: rest }, ...spans.slice(index + 1)];
    return [[...spans.slice(0, index), { ...span, text: span.text.slice(0, end).trimEnd() }], carried];
  }
  return [[...spans], []];
}

/** After the last sentence that ends within the text, or 0. */
function sentenceEnd(text: string): number {
  return lastSentence(text, 0, text.length);
}

/** The part of a span that fits in `left` written characters, and the rest; `size` is the window's written length. */
function divide(
  span: Span,
  window: Span,
  left: number,
  size: number,
  mayWait: boolean,
): [Span | undefined, Span | undefined] {
  const overhead = Math.max(0, size - window.text.length);
  const fixed = Math.min(overhead, (span.url?.length ?? 0) + 80);
  const growth = Math.max(1, (size - fixed) / Math.max(1, window.text.length));
  const room = Math.floor((left - fixed) / growth) - 1;
  if (room < 40 && mayWait) return [undefined, span];
  const cut = Math.max(1, cutAt(span.text, Math.max(1, Math.min(room, span.text.length - 1))));
  const head = span.text.slice(0, cut);
  const tail = span.text.slice(cut).replace(/^ +/, '');
  return [
    head === '' ? undefined : { ...span, text: head },
    tail === '' ? undefined : { ...span, text: tail },
  ];
}
