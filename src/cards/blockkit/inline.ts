/** When something is, as Slack shows it: in the reader's own time zone. */
export interface DateMark {
  /** Seconds since 1970. */
  readonly at: number;
  /** A Slack format such as `{date_long}`. */
  readonly format: string;
}

/** A stretch of text in one look. Only `text` of links may be divided, never their address. */
export interface Span {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
  readonly underline?: boolean;
  readonly highlight?: boolean;
  readonly url?: string;
  /** A Slack user id. */
  readonly user?: string;
  readonly date?: DateMark;
}

/** One line of text, perhaps an item of a list. */
export interface Line {
  readonly kind: 'text' | 'bullet' | 'number';
  /** Depth of the list, 0 for the outermost. */
  readonly depth: number;
  /** The number in front, of numbered items. */
  readonly number: number;
  readonly spans: readonly Span[];
}

/** What the markdown of a card depends on beside its text. */
export interface MarkdownContext {
  readonly lang: string;
  readonly timeZone: string;
  readonly baseUrl: string | undefined;
  /** The Slack user behind the name in `<at>…</at>`. */
  readonly userOf: (name: string) => string | undefined;
  /** Told of every link that does not pass, with its address. */
  readonly onRefusedLink: (url: string) => void;
}

/** A line of ordinary text. */
export function textLine(...spans: readonly Span[]): Line {
  return { kind: 'text', depth: 0, number: 0, spans };
}

/** Plain text as lines. */
export function plainLines(text: string, look: Omit<Span, 'text'> = {}): Line[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => textLine({ ...look, text: line }));
}

/** What stands in front of a line where lists are written as text. */
export function marker(line: Line): string {
  const indent = '    '.repeat(Math.min(line.depth, 8));
  if (line.kind === 'bullet') return `${indent}• `;
  return line.kind === 'number' ? `${indent}${line.number}. ` : '';
}

/** The visible text without any look. */
export function plainText(lines: readonly Line[]): string {
  return lines
    .map((line) => marker(line) + line.spans.map((span) => span.text).join(''))
    .join('\n')
    .trim();
}

/** Whether nothing would be seen. */
export function isBlank(lines: readonly Line[]): boolean {
  return lines.every((line) => line.spans.every((span) => span.text.trim() === ''));
}

/** Whether the text has no look, link, mention or date of its own. */
export function isUnadorned(lines: readonly Line[]): boolean {
  return lines.every((line) => line.spans.every((span) => Object.keys(span).length === 1));
}

/** The same lines with a look laid over every span. */
export function withLook(lines: readonly Line[], look: Omit<Span, 'text'>): Line[] {
  return lines.map((line) => ({ ...line, spans: line.spans.map((span) => ({ ...span, ...look })) }));
}
