import type { Context } from './context.js';
import { formatNumber } from './dates.js';
import { textLine } from './inline.js';
import { putLines } from './lines-out.js';
import { nodes, num, words } from './read.js';
import type { Element } from './resolve.js';

/** A gauge as a bar of characters: its value between its ends, and what its parts are called. */
export function putGauge(context: Context, element: Element): void {
  const { node } = element;
  const title = words(node, 'title').trim();
  const number = (value: number): string => formatNumber(value, context.lang);
  const value = num(node, 'value') ?? 0;
  const min = num(node, 'min') ?? 0;
  const segments = nodes(node, 'segments');
  const size = segments.reduce((sum, one) => sum + (num(one, 'size') ?? 0), 0);
  const max = num(node, 'max') ?? (size > 0 ? min + size : 100);
  const share = max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 0;
  const filled = Math.round(share * 10);
  const scale = `${'▓'.repeat(filled)}${'░'.repeat(10 - filled)} ${number(value)} (${number(min)}–${number(max)})`;
  const legends = segments.map((one) => `${words(one, 'legend')}: ${number(num(one, 'size') ?? 0)}`);
  context.note(element, 'gauge', 'a bar of text');
  putLines(context, [
    ...(title === '' ? [] : [textLine({ text: title, bold: true })]),
    textLine({ text: scale }),
    ...[words(node, 'subLabel'), legends.join(', ')]
      .filter((text) => text !== '')
      .map((text) => textLine({ text })),
  ]);
}
