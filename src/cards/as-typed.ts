import type { Json } from '../core/ports/outbox.js';

/**
 * Takes the meaning of Adaptive Card markdown out of every text that would be read as markdown (TextBlocks and facts):
 * whatever programme files and people wrote is shown as it was typed, and no name becomes a link.
 *
 * Only signs that can have a meaning where they stand are escaped: clients differ in which escapes they undo, and a
 * date such as `30. august` at the start of a text would otherwise be drawn as a list.
 *
 * A TextBlock that a template marks with `isFormatted` keeps what notices may have: bold, italic, lists and links.
 */
export function asTyped(card: Json): Json {
  if (Array.isArray(card)) return card.map(asTyped);
  if (typeof card !== 'object' || card === null) return card;
  const { isFormatted, ...node } = card as Readonly<Record<string, Json>>;
  const escape = isFormatted === true ? escapeAllBut : escapeMarkdown;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === 'data') return [key, value];
      if (key === 'text' && typeof value === 'string') return [key, escape(value)];
      if (key === 'facts' && Array.isArray(value)) return [key, value.map(escapedTexts)];
      return [key, asTyped(value)];
    }),
  );
}

function escapedTexts(fact: Json): Json {
  const entries = Object.entries(fact as Readonly<Record<string, string>>);
  return Object.fromEntries(entries.map(([key, text]) => [key, escapeMarkdown(text)]));
}

const INLINE = /[\\`*_[\]~<]/g;
/** What makes a line a heading, a quotation, a rule or an entry of a list. */
const LINE_START = /^([^\S\n\r\u2028\u2029]*)(#|>|[-+=](?=[\s=-]|$)|\d+(?=[.)](?:\s|$)))/gm;

/** Writes a backslash before each sign that Adaptive Card markdown would take as more than a sign. */
export function escapeMarkdown(typed: string): string {
  return typed
    .replace(INLINE, (sign) => `\\${sign}`)
    .replace(LINE_START, (_, space: string, start: string) =>
      /\d/.test(start) ? `${space}${start}\\` : `${space}\\${start}`,
    );
}

/** Signs that are no formatting of a notice: code, deletion, HTML, pictures, and links to anything but the web and mail. */
const NO_FORMAT = /[`~<]|!(?=\[)|\[(?![^\]\n]*\]\((?:https?:\/\/|mailto:)[^\s)]*\))/g;
/** Headings, quotations and rules. */
const NO_FORMAT_START = /^(\s*)(#|>|=|[-_*](?=[-_*\s]*[-_*]\s*$))/gm;

/** What may be an entry of a list: its number. */
const NUMBERED = /^\s*(\d+)[.)]\s/;
const numberOf = (line: string | undefined) => Number(NUMBERED.exec(line ?? '')?.[1]);

/** Leaves bold, italic, lists and links as they are, and takes the meaning out of all other markdown. */
export function escapeAllBut(typed: string): string {
  const lines = typed
    .replace(NO_FORMAT, (sign) => `\\${sign}`)
    .replace(NO_FORMAT_START, '$1\\$2')
    .split('\n');
  let last = 0;
  return lines
    .map((line, place) => {
      const number = numberOf(line);
      // A list begins with 1 and goes on with 2; "5. mai" is a date.
      const isEntry = number === 1 ? numberOf(lines[place + 1]) === 2 : last > 0 && number === last + 1;
      last = isEntry ? number : 0;
      return isEntry ? line : line.replace(/^(\s*\d+)([.)]\s)/, '$1\\$2');
    })
    .join('\n');
}

/** A text with formatting as plain words; of a link, what is read. */
export function withoutFormat(typed: string): string {
  return typed
    .replace(/\[([^\]\n]*)\]\((?:https?:\/\/|mailto:)[^\s)]*\)/g, '$1')
    .replace(/(\*\*|__)(\S(?:[^\n]*?\S)?)\1/g, '$2')
    .replace(/(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])/g, '$1')
    .replace(/(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])/g, '$1');
}
