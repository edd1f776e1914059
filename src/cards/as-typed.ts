import type { Json } from '../core/ports/outbox.js';

/**
 * Takes the meaning of Adaptive Card markdown out of every text that would be read as markdown (TextBlocks and facts):
 * whatever programme files and people wrote is shown as it was typed, and no name becomes a link.
 *
 * Only signs that can have a meaning where they stand are escaped: clients differ in which escapes they undo, and a
 * date such as `30. august` at the start of a text would otherwise be drawn as a list.
 */
export function asTyped(card: Json): Json {
  if (Array.isArray(card)) return card.map(asTyped);
  if (typeof card !== 'object' || card === null) return card;
  return Object.fromEntries(
    Object.entries(card as Readonly<Record<string, Json>>).map(([key, value]) => {
      if (key === 'data') return [key, value];
      if (key === 'text' && typeof value === 'string') return [key, escapeMarkdown(value)];
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
const LINE_START = /^(\s*)(#|>|[-+=](?=[\s=-]|$)|\d+(?=[.)](?:\s|$)))/gm;

/** Writes a backslash before each sign that Adaptive Card markdown would take as more than a sign. */
export function escapeMarkdown(typed: string): string {
  return typed
    .replace(INLINE, (sign) => `\\${sign}`)
    .replace(LINE_START, (_, space: string, start: string) =>
      /\d/.test(start) ? `${space}${start}\\` : `${space}\\${start}`,
    );
}
