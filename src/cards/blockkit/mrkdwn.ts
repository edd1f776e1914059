import { marker, type Line, type Span } from './inline.js';
import { visible } from './read.js';

/** Slack's three control characters; nothing else is to be escaped (docs.slack.dev, "Formatting message text"). */
export function escapeMrkdwn(text: string): string {
  const shown = visible(text);
  if (!/[&<>]/.test(shown)) return shown;
  return shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What Slack takes in mrkdwn for a call to a whole channel, though it was typed ("Disabling automatic parsing"). */
const CALL = /@(?:channel|here|everyone|group)(?![\p{L}\p{N}])/iu;

/** The look's characters, outermost first. */
const LOOKS = [
  ['bold', '*'],
  ['italic', '_'],
  ['strike', '~'],
  ['code', '`'],
] as const;

/** Lines as mrkdwn. Right only where `isSafe` holds. */
export function toMrkdwn(lines: readonly Line[]): string {
  return lines.map(mrkdwnLine).join('\n');
}

/** The written length of one line. */
export function mrkdwnLength(line: Line): number {
  return mrkdwnLine(line).length;
}

function mrkdwnLine(line: Line): string {
  const { spans } = line;
  let text = marker(line);
  let index = 0;
  while (index < spans.length) {
    const span = spans[index];
    if (!span) break;
    let end = index + 1;
    if (hasLook(span)) while (end < spans.length && hasLook(spans[end])) end += 1;
    text += end === index + 1 ? alone(span) : nested(spans.slice(index, end), 0);
    index = end;
  }
  return text;
}

/** A span whose neighbours have no look. */
function alone(span: Span): string {
  let text = token(span);
  if (!hasLook(span)) return text;
  for (const [look, mark] of LOOKS.toReversed()) if (span[look]) text = marked(text, mark);
  return text;
}

function hasLook(span: Span | undefined): boolean {
  return span?.bold ?? span?.italic ?? span?.strike ?? span?.code ?? false;
}

/** Neighbours that share a look stand between one pair of its marks, blanks at their edges outside. */
function nested(spans: readonly Span[], level: number): string {
  const entry = LOOKS[level];
  if (!entry) return spans.map(token).join('');
  const [look, mark] = entry;
  if (!spans.some((span) => span[look])) return nested(spans, level + 1);
  let text = '';
  let index = 0;
  while (index < spans.length) {
    const isOn = spans[index]?.[look] === true;
    let end = index + 1;
    while (end < spans.length && (spans[end]?.[look] === true) === isOn) end += 1;
    const inner = nested(spans.slice(index, end), level + 1);
    text += isOn ? marked(inner, mark) : inner;
    index = end;
  }
  return text;
}

function marked(inner: string, mark: string): string {
  const core = inner.trim();
  if (core === '') return inner;
  const start = inner.indexOf(core);
  return `${inner.slice(0, start)}${mark}${core}${mark}${inner.slice(start + core.length)}`;
}

function token(span: Span): string {
  if (span.date) return dateToken(span, span.text);
  if (span.user) return `<@${span.user}>`;
  const core = span.text.trim();
  if (!span.url || core === '') return escapeMrkdwn(span.text);
  const start = span.text.indexOf(core);
  const link = `<${escapeUrl(span.url)}|${escapeMrkdwn(core)}>`;
  return `${span.text.slice(0, start)}${link}${span.text.slice(start + core.length)}`;
}

function dateToken(span: Span, core: string): string {
  const { at, format } = span.date ?? { at: 0, format: '{date_num}' };
  const link = span.url ? `^${escapeUrl(span.url)}` : '';
  return `<!date^${at}^${format}${link}|${escapeMrkdwn(core)}>`;
}

function escapeUrl(url: string): string {
  return url.replaceAll('&', '&amp;');
}

/**
 * Whether mrkdwn shows these lines as they are meant. It has no escape for its own marks, knows none within a word, and
 * takes a leading `>` for a quotation; such lines are written as plain text or as rich text instead.
 */
export function isSafe(lines: readonly Line[]): boolean {
  return lines.every(isSafeLine);
}

function isSafeLine(line: Line): boolean {
  if (line.kind === 'text' && startsQuote(line.spans)) return false;
  return line.spans.every(
    (span, index) => isSafeSpan(span) && isSafeSeam(span, line.spans[index - 1], line.spans[index + 1]),
  );
}

/** Whether the first character to be seen is `>`. */
function startsQuote(spans: readonly Span[]): boolean {
  const first = spans.find((span) => span.text.trim() !== '');
  return first?.text.trimStart().startsWith('>') ?? false;
}

function isSafeSpan(span: Span): boolean {
  if (span.underline || span.highlight || CALL.test(span.text)) return false;
  if (!/[*_~`]/.test(span.text)) return true;
  // A mark between two letters, or alone between blanks, is shown as it is.
  return !/(?:^|[^\p{L}\p{N}\s])[*_~`]|[*_~`](?:$|[^\p{L}\p{N}\s])|(?:^|\s)[*_~`](?=\S)|\S[*_~`](?=\s|$)/u.test(
    span.text,
  );
}

/** A look must begin and end at a word's edge to be seen as one. */
function isSafeSeam(span: Span, before: Span | undefined, after: Span | undefined): boolean {
  if (!hasLook(span)) return true;
  const first = before?.text.at(-1) ?? ' ';
  const last = after?.text[0] ?? ' ';
  const startsInside = !/^\s/.test(span.text) && !isEdge(first) && !isSameLook(span, before);
  const endsInside = !/\s$/.test(span.text) && !isEdge(last) && !isSameLook(span, after);
  return !startsInside && !endsInside;
}

function isSameLook(span: Span, other: Span | undefined): boolean {
  return other !== undefined && LOOKS.every(([look]) => span[look] === other[look]);
}

function isEdge(char: string): boolean {
  return /[\s.,;:!?()"'–—-]/.test(char);
}
