import { isPart, type Checks, type Part } from './checks.js';

const CONTAINERS = ['rich_text_section', 'rich_text_list', 'rich_text_preformatted', 'rich_text_quote'];
const INLINE = [
  'text',
  'link',
  'emoji',
  'user',
  'usergroup',
  'channel',
  'broadcast',
  'date',
  'color',
  'team',
];

/** A `rich_text` block or table cell: only known parts, no empty text, only safe links. */
export function checkRichText(checks: Checks, block: Part, path: string): void {
  for (const [element, where] of checks.parts(block, 'elements', path, 1, Infinity)) {
    checks.oneOf(element, 'type', where, CONTAINERS, 'required');
    if (element['type'] === 'rich_text_list') checkList(checks, element, where);
    else checkInline(checks, element, where);
  }
}

function checkList(checks: Checks, list: Part, path: string): void {
  checks.oneOf(list, 'style', path, ['bullet', 'ordered'], 'required');
  for (const [item, where] of checks.parts(list, 'elements', path, 1, Infinity)) {
    checks.oneOf(item, 'type', where, ['rich_text_section'], 'required');
    checkInline(checks, item, where);
  }
}

function checkInline(checks: Checks, part: Part, path: string): void {
  for (const [run, where] of checks.parts(part, 'elements', path, 0, Infinity)) {
    checks.oneOf(run, 'type', where, INLINE, 'required');
    if (run['type'] === 'text') checks.string(run, 'text', where, Infinity, 'required');
    if (run['type'] === 'link') checks.address(run, 'url', where, 'link', 'required');
    if (run['type'] === 'emoji') checks.string(run, 'name', where, 100, 'required');
    if (run['style'] !== undefined && !isPart(run['style']))
      checks.fault(`${where}.style`, run['style'], 'an object');
  }
}
