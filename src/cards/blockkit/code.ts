import type { Context } from './context.js';
import { str, words } from './read.js';
import type { Element } from './resolve.js';
import { splitText } from './split.js';

/** Characters of code a block; Slack states no limit for rich text, a message has one. */
const CODE = 3000;

/** Code as Slack's preformatted text, divided between lines where it is long. */
export function putCode(context: Context, element: Element): void {
  const code = words(element.node, 'codeSnippet').replace(/\r\n?/g, '\n').trimEnd();
  if (code.trim() === '') return;
  context.say(code);
  const language = str(element.node, 'language');
  if (language !== '') context.note(element, `colours for ${language.slice(0, 40)}`, 'plain code');
  if (str(element.node, 'startLineNumber') !== '') context.note(element, 'line numbers', 'plain code');
  for (const text of splitCode(code)) {
    const elements = [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }];
    context.put({ type: 'rich_text', elements });
  }
}

/** At line ends, so that indents stay; a single long line as any text. */
function splitCode(code: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const line of code.split('\n')) {
    for (const piece of line.length > CODE ? splitText(line, CODE) : [line]) {
      if (part.length + piece.length + 1 > CODE && part !== '') {
        parts.push(part);
        part = '';
      }
      part += part === '' ? piece : `\n${piece}`;
    }
  }
  return part.trim() === '' ? parts : [...parts, part];
}
