import { isNode, num, own, str, word, type Node, words, visible } from './read.js';
import { stars } from './textual.js';

/** A choice of a card and the value under which Slack knows it. */
export interface Choice {
  readonly title: string;
  readonly value: string;
  /** At most 150 characters and different for every choice: the card's value, or `#` and the choice's place. */
  readonly option: string;
}

/** Slack's limit for an option's value. */
const VALUE = 150;

/** The choices of an input, those of a rating among them, each under a value that Slack takes. */
export function choicesOf(node: Node): Choice[] {
  const taken = new Set<string>();
  return rawChoices(node).map(({ title, value }, index) => {
    const option = isUsable(value) && !taken.has(value) ? value : `#${index}`;
    taken.add(option);
    return { title: title === '' || title === ' ' ? visible(value).trim() || '–' : title, value, option };
  });
}

function isUsable(value: string): boolean {
  const isShort = value.length <= VALUE && value.trim() !== '';
  return isShort && !value.startsWith('#') && visible(value) === value;
}

/** How many choices the card lists. */
export function countChoices(node: Node): number {
  const choices = own(node, 'choices');
  return Array.isArray(choices) ? choices.length : 0;
}

/** The choices of certain values, as `choicesOf` has them, without looking at each of a hundred thousand twice. */
export function choicesWith(node: Node, values: readonly string[]): Choice[] {
  const wanted = new Set(values);
  const found: Choice[] = [];
  const choices = own(node, 'choices');
  if (!Array.isArray(choices)) return found;
  let index = -1;
  for (const choice of choices as readonly unknown[]) {
    if (wanted.size === 0) break;
    if (!isNode(choice)) continue;
    index += 1;
    const value = str(choice, 'value');
    if (!wanted.delete(value)) continue;
    found.push({
      title: words(choice, 'title') || visible(value) || '–',
      value,
      option: isUsable(value) ? value : `#${index}`,
    });
  }
  return found;
}

function rawChoices(node: Node): { title: string; value: string }[] {
  if (word(node, 'type') === 'input.rating') return ratingChoices(node);
  const choices = own(node, 'choices');
  const found: { title: string; value: string }[] = [];
  if (!Array.isArray(choices)) return found;
  for (const choice of choices as readonly unknown[]) {
    if (!isNode(choice)) continue;
    const title = words(choice, 'title');
    found.push({
      title: /[\r\n\t]| {2}/.test(title) ? title.replace(/\s+/g, ' ') : title,
      value: str(choice, 'value'),
    });
  }
  return found;
}

/** One choice for each star, or half of one where the card allows that. */
function ratingChoices(node: Node): { title: string; value: string }[] {
  const max = Math.min(20, Math.max(1, Math.round(num(node, 'max') ?? 5)));
  const step = own(node, 'allowHalfSteps') === true ? 0.5 : 1;
  return Array.from({ length: Math.round(max / step) }, (_unused, index) => {
    const value = (index + 1) * step;
    return { title: `${stars(value, max)} ${value}`, value: String(value) };
  });
}

/** Whether the choices come from the bot while the person writes (`choices.data`, a `Data.Query`). */
export function isDynamic(node: Node): boolean {
  const data = own(node, 'choices.data');
  return isNode(data) && str(data, 'type') === 'Data.Query' && str(data, 'dataset') !== '';
}

/** The values that are chosen to begin with. Those that an app finds are its own, blanks around them included. */
export function chosenValues(node: Node, value: string): string[] {
  if (value === '') return [];
  return own(node, 'isMultiSelect') === true || own(node, 'isMultiSelect') === 'true'
    ? value.split(',').map((one) => (isDynamic(node) ? one : one.trim()))
    : [value];
}
