import type { Context } from './context.js';
import { FIELDS, FIELDS_TEXT, FIELD_TEXT } from './columns.js';
import { plainText, textLine, withLook, type Line } from './inline.js';
import { putLines, textObject, type TextObject } from './lines-out.js';
import { nodes } from './read.js';
import type { Element } from './resolve.js';
import { factParts } from './textual.js';

/** Facts as fields, ten a section; a fact that fits no field stands as a text of its own. */
export function putFactSet(context: Context, element: Element): void {
  let fields: TextObject[] = [];
  let size = 0;
  const flush = (): void => {
    if (fields.length > 0) context.put({ type: 'section', fields });
    fields = [];
    size = 0;
  };
  for (const fact of nodes(element.node, 'facts')) {
    const [title, value] = factParts(context, element, fact);
    const lines = [...withLook(title, { bold: true }), ...value];
    if (lines.length === 0) continue;
    const field = textObject(lines, FIELD_TEXT) ?? plainField(title, value);
    if (field) {
      context.say(`${plainText(title)} ${plainText(value)}`);
      if (fields.length === FIELDS || size + field.text.length > FIELDS_TEXT) flush();
      fields.push(field);
      size += field.text.length;
    } else {
      flush();
      putLines(context, lines);
    }
  }
  flush();
}

/** Title and value without looks, where their characters would be taken for marks. */
function plainField(title: readonly Line[], value: readonly Line[]): TextObject | undefined {
  const bare = (lines: readonly Line[]): Line[] | undefined =>
    lines.every((line) => line.spans.every((span) => !span.url && !span.date && !span.user && !span.bold))
      ? lines.map((line) => textLine(...line.spans.map(({ text }) => ({ text }))))
      : undefined;
  const first = bare(title);
  const second = bare(value);
  return first && second ? textObject([...first, ...second], FIELD_TEXT) : undefined;
}
