import { choicesOf, chosenValues, isDynamic } from './choices.js';
import { isDay, isTime } from './days.js';
import { idOf } from './ids.js';
import { flag, isNode, nodes, own, str, type Node } from './read.js';
import type { Element } from './resolve.js';

/**
 * What stands in an input now, as Teams would send it: text, a number as text, `2026-11-23`, `08:30`, `valueOn` or
 * `valueOff`, a choice's value, several joined by commas. Empty where nothing is entered.
 *
 * @param state Slack's `state` or `state.values`.
 * @param values what was entered on other pages or before.
 */
export function enteredValue(
  input: Element,
  state: unknown,
  values: Readonly<Record<string, string>> | undefined,
): string {
  const reported = reportedFor(input, state);
  if (reported) return fromReport(input, reported);
  const id = str(input.node, 'id');
  const before = values && id !== '' && Object.hasOwn(values, id) ? values[id] : undefined;
  return normal(input, before ?? str(input.node, 'value'));
}

/** Whether Slack reported on the input at all: it does on those of the same message or view only. */
export function isReported(input: Element, state: unknown): boolean {
  return reportedFor(input, state) !== undefined;
}

function reportedFor(input: Element, state: unknown): Node | undefined {
  if (!isNode(state)) return undefined;
  const values = own(state, 'values');
  const blocks = isNode(values) ? values : state;
  const id = idOf('in', input.path, input.node);
  const block = own(blocks, id);
  const found = isNode(block) ? own(block, id) : undefined;
  return isNode(found) ? found : undefined;
}

function fromReport(input: Element, reported: Node): string {
  const { node } = input;
  switch (input.type) {
    case 'Input.Text':
      return str(reported, 'value');
    case 'Input.Number':
      return numberText(str(reported, 'value'));
    case 'Input.Date':
      return str(reported, 'selected_date');
    case 'Input.Time':
      return str(reported, 'selected_time');
    case 'Input.Toggle':
      return toggled(node, nodes(reported, 'selected_options').length > 0);
    default:
      return choicesFrom(node, reported);
  }
}

function choicesFrom(node: Node, reported: Node): string {
  const one = own(reported, 'selected_option');
  const picked = isNode(one) ? [one] : nodes(reported, 'selected_options');
  const options = new Set(picked.map((option) => str(option, 'value')));
  const known = choicesOf(node)
    .filter((choice) => options.delete(choice.option))
    .map((choice) => choice.value);
  const others = isDynamic(node) ? [...options].filter((value) => value !== '') : [];
  return [...known, ...others].join(',');
}

/** What the input shows to begin with: a value that does not fit it is none. */
function normal(input: Element, value: string): string {
  const { node } = input;
  switch (input.type) {
    case 'Input.Number':
      return numberText(value);
    case 'Input.Date':
      return isDay(value) ? value : '';
    case 'Input.Time':
      return isTime(value) ? value.slice(0, 5) : '';
    case 'Input.Toggle':
      return toggled(node, value === (str(node, 'valueOn') || 'true'));
    case 'Input.Text':
      return value;
    default:
      return normalChoices(node, value);
  }
}

function normalChoices(node: Node, value: string): string {
  if (value === '') return '';
  const wanted = new Set(chosenValues(node, value));
  const known = choicesOf(node)
    .filter((choice) => wanted.delete(choice.value))
    .map((choice) => choice.value);
  return [...known, ...(isDynamic(node) ? wanted : [])].join(',');
}

function toggled(node: Node, isOn: boolean): string {
  const on = str(node, 'valueOn') || 'true';
  const off = typeof own(node, 'valueOff') === 'string' ? str(node, 'valueOff') : 'false';
  return isOn ? on : off;
}

function numberText(value: string): string {
  if (value.trim() === '') return '';
  const parsed = Number(value);
  return Number.isFinite(parsed) ? String(parsed) : '';
}

/** Whether the input counts as filled in: a required toggle must be on (as Microsoft's renderer has it). */
export function isFilledIn(input: Element, value: string): boolean {
  if (input.type === 'Input.Toggle' && flag(input.node, 'isRequired')) {
    return value === (str(input.node, 'valueOn') || 'true');
  }
  return value !== '';
}
