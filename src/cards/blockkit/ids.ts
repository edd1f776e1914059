import { str, type Node } from './read.js';

/** What an id names: an action, an input, an overflow menu. */
export type IdKind = 'act' | 'in' | 'more';

const PAGE = 'ac.page.';

/**
 * The stable id of a place in a card. It holds as long as the place, the type and the author's own id or verb are
 * the same, so a button of an older card never presses another action of a newer one. About 20 of Slack's 255
 * characters.
 */
export function idOf(kind: IdKind, path: string, node: Node): string {
  return `ac.${kind}.${hash([path, str(node, 'type'), str(node, 'id'), str(node, 'verb')].join('\n'))}`;
}

/** The action id of a button to a page. */
export function pageId(page: number): string {
  return `${PAGE}${page}`;
}

/** The page behind a page button's action id. */
export function pageOf(actionId: string): number | undefined {
  const page = actionId.startsWith(PAGE) ? Number(actionId.slice(PAGE.length)) : Number.NaN;
  return Number.isInteger(page) && page > 0 ? page : undefined;
}

/** 2 × 32 bits of FNV-1a with different offsets: no cryptography, but no accidents within a card either. */
function hash(text: string): string {
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ code, 0x85ebca6b);
  }
  return (first >>> 0).toString(36) + (second >>> 0).toString(36);
}
