import type { MarkdownContext, Span } from './inline.js';
import { safeUrl } from './urls.js';

interface Piece {
  text: string;
  code?: boolean;
  url?: string;
  user?: string;
  /** Looks that begin (+1) or end (-1) here: summed up at the end, so that nesting costs nothing. */
  bold?: number;
  italic?: number;
  strike?: number;
}

interface Opener {
  readonly char: string;
  readonly piece: number;
  readonly length: number;
}

/** What the reading of one line remembers. */
interface State {
  readonly line: string;
  readonly context: MarkdownContext;
  readonly pieces: Piece[];
  readonly openers: Opener[];
  readonly brackets: number[];
  at: number;
  text: string;
  /** The next `)` or backtick from `at` on, remembered: looking for one again and again would be quadratic. */
  readonly next: Map<string, number>;
}

/** A line with more stretches than this is no text that anybody wrote: its further marks stay as they are. */
const MOST_PIECES = 4000;

/** Where something may begin: an exclamation mark, `<` and `&` only before what makes them special. */
const SPECIAL = /[\\`*_~[\]]|!(?=\[)|<(?=at>)|&(?=[#a-z])/g;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const ENTITY = /&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/y;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** Reads the looks and links of one line. */
export function parseSpans(line: string, context: MarkdownContext): Span[] {
  SPECIAL.lastIndex = 0;
  if (!SPECIAL.test(line)) return line === '' ? [] : [{ text: line }];
  const state: State = {
    line,
    context,
    pieces: [],
    openers: [],
    brackets: [],
    at: 0,
    text: '',
    next: new Map(),
  };
  while (state.at < line.length) step(state);
  flush(state);
  return spansOf(state);
}

function step(state: State): void {
  SPECIAL.lastIndex = state.at;
  const found = SPECIAL.exec(state.line);
  const stop = found ? found.index : state.line.length;
  state.text += state.line.slice(state.at, stop);
  state.at = stop;
  if (!found) return;
  const char = found[0];
  const done =
    char === '\\'
      ? escape(state)
      : char === '&'
        ? entity(state)
        : char === '`'
          ? codeSpan(state)
          : char === '<'
            ? mention(state)
            : char === '[' || char === ']' || char === '!'
              ? bracket(state, char)
              : emphasis(state, char);
  if (done) return;
  state.text += char;
  state.at += 1;
}

function flush(state: State): void {
  if (state.text === '') return;
  state.pieces.push({ text: state.text });
  state.text = '';
}

function escape(state: State): boolean {
  const next = state.line[state.at + 1] ?? '';
  if (!PUNCTUATION.test(next)) return false;
  state.text += next;
  state.at += 2;
  return true;
}

function entity(state: State): boolean {
  ENTITY.lastIndex = state.at;
  const match = ENTITY.exec(state.line);
  if (!match) return false;
  const [whole, name, decimal, hex] = match;
  const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '0', 16);
  const valid = code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  if (!name && !valid) return false;
  state.text += name ? (NAMED[name] ?? '') : String.fromCodePoint(code);
  state.at += whole.length;
  return true;
}

/** The next place of a character from `from` on, or -1; each place is looked for once. */
function nextOf(state: State, char: string, from: number): number {
  const known = state.next.get(char);
  if (known !== undefined && (known === -1 || known >= from)) return known;
  const index = state.line.indexOf(char, from);
  state.next.set(char, index);
  return index;
}

function codeSpan(state: State): boolean {
  const end = nextOf(state, '`', state.at + 1);
  if (end <= state.at + 1) return false;
  flush(state);
  state.pieces.push({ text: state.line.slice(state.at + 1, end), code: true });
  state.at = end + 1;
  return true;
}

function mention(state: State): boolean {
  if (!state.line.startsWith('<at>', state.at)) return false;
  const end = nextOf(state, '</at>', state.at + 4);
  if (end === -1) return false;
  const name = state.line.slice(state.at + 4, end);
  const user = state.context.userOf(name);
  flush(state);
  state.pieces.push(user ? { text: name, user } : { text: name });
  state.at = end + 5;
  return true;
}

function bracket(state: State, char: string): boolean {
  if (char === '!') {
    // An image in a text: its alternative text becomes the link.
    if (state.line[state.at + 1] !== '[') return false;
    state.at += 1;
    return bracket(state, '[');
  }
  if (char === ']') return closeLink(state);
  flush(state);
  state.brackets.push(state.pieces.length);
  state.pieces.push({ text: '[' });
  state.at += 1;
  return true;
}

function closeLink(state: State): boolean {
  const opened = state.brackets.pop();
  if (opened === undefined || state.line[state.at + 1] !== '(') return false;
  const end = nextOf(state, ')', state.at + 2);
  if (end === -1) return false;
  const address = linkAddress(state.line.slice(state.at + 2, Math.min(end, state.at + 3100)));
  flush(state);
  const url = safeUrl(address, state.context.baseUrl);
  if (!url) state.context.onRefusedLink(address.slice(0, 200));
  const label = state.pieces.slice(opened + 1);
  if (label.every((piece) => piece.text.trim() === '')) state.pieces.push({ text: address.slice(0, 200) });
  const first = state.pieces[opened];
  if (first) first.text = '';
  if (url) for (const piece of state.pieces.slice(opened + 1)) piece.url = url;
  state.brackets.length = 0;
  state.at = end + 1;
  return true;
}

/** The address without a title: `(https://a.example "A title")`. */
function linkAddress(inside: string): string {
  const trimmed = inside.trim();
  const space = trimmed.search(/\s/);
  return (space === -1 ? trimmed : trimmed.slice(0, space)).replace(/^<|>$/g, '');
}

function emphasis(state: State, char: string): boolean {
  let length = 1;
  while (state.line[state.at + length] === char) length += 1;
  const before = state.line[state.at - 1] ?? ' ';
  const after = state.line[state.at + length] ?? ' ';
  const run = char.repeat(length);
  const isTooMuch = state.pieces.length > MOST_PIECES;
  if (length > 3 || (char === '~' && length !== 2) || isTooMuch) return literal(state, run);
  const canClose = !/\s/.test(before) && (char !== '_' || !isWordPart(after));
  const canOpen = !/\s/.test(after) && (char !== '_' || !isWordPart(before));
  flush(state);
  let left = length;
  while (canClose && left > 0) {
    const closed = close(state, char, left);
    if (closed === 0) break;
    left -= closed;
  }
  if (left > 0 && canOpen) open(state, char, left);
  else if (left > 0) state.text += char.repeat(left);
  state.at += length;
  return true;
}

function literal(state: State, run: string): boolean {
  state.text += run;
  state.at += run.length;
  return true;
}

function isWordPart(char: string): boolean {
  return /[\p{L}\p{N}]/u.test(char);
}

function open(state: State, char: string, length: number): void {
  const sizes = length === 3 ? [2, 1] : [length];
  for (const size of sizes) {
    state.openers.push({ char, length: size, piece: state.pieces.length });
    state.pieces.push({ text: char.repeat(size) });
  }
}

/** Closes the newest opener of the character, if it is no longer than the run. Returns how much of the run it took. */
function close(state: State, char: string, left: number): number {
  let index = state.openers.length - 1;
  // Two openers of other kinds may stand in between, as in `**bold _unclosed**`; more is no markdown anybody writes.
  const lowest = Math.max(0, index - 8);
  while (index >= lowest && state.openers[index]?.char !== char) index -= 1;
  const opener = index >= lowest ? state.openers[index] : undefined;
  if (!opener || opener.length > left || opener.piece === state.pieces.length - 1) return 0;
  state.openers.length = index;
  const piece = state.pieces[opener.piece];
  if (piece) piece.text = '';
  const look = char === '~' ? 'strike' : opener.length === 2 ? 'bold' : 'italic';
  if (piece) piece[look] = 1;
  state.pieces.push({ text: '', [look]: -1 });
  return opener.length;
}

function spansOf(state: State): Span[] {
  const spans: { -readonly [K in keyof Span]: Span[K] }[] = [];
  let [bold, italic, strike] = [0, 0, 0];
  for (const piece of state.pieces) {
    bold += piece.bold ?? 0;
    italic += piece.italic ?? 0;
    strike += piece.strike ?? 0;
    if (piece.text === '') continue;
    const span: { -readonly [K in keyof Span]: Span[K] } = { text: piece.text };
    if (bold > 0) span.bold = true;
    if (italic > 0) span.italic = true;
    if (strike > 0) span.strike = true;
    if (piece.code) span.code = true;
    if (piece.url) span.url = piece.url;
    if (piece.user) span.user = piece.user;
    const last = spans.at(-1);
    if (last && isSame(last, span)) last.text += span.text;
    else spans.push(span);
  }
  return spans;
}

/** Neighbours of the same look are one span, so that an unpaired `*` does not divide a word. */
function isSame(a: Span, b: Span): boolean {
  return (
    a.bold === b.bold &&
    a.italic === b.italic &&
    a.strike === b.strike &&
    a.code === b.code &&
    a.url === b.url &&
    a.user === undefined &&
    b.user === undefined
  );
}
