import { plain, plainWords, type Context } from './context.js';
import { putSelections } from './actions.js';
import { choiceElement } from './selects.js';
import { formatDay, isDay, isTime } from './days.js';
import { idOf } from './ids.js';
import { textLine } from './inline.js';
import { putLines, putWords } from './lines-out.js';
import { asText, flag, isNode, num, own, str, visible, word, words, type Node } from './read.js';
import { isHostile } from './regex.js';
import type { Element } from './resolve.js';
import { shorten } from './split.js';
import { fill } from './texts.js';
import type { SlackBlock } from './types.js';

/** Slack's limits for inputs. */
const LABEL = 2000;
const PLACEHOLDER = 150;
const TEXT = 3000;
const CHECKBOX = 75;

/**
 * An input as an `input` block with the element that Slack has for it.
 *
 * @param name what stands above it in the card, for an input without a label.
 */
export function putInput(context: Context, input: Element, name: string): void {
  if (str(input.node, 'id') === '')
    context.note(input, 'input without an id', 'an input whose value is not sent');
  if (own(input.node, 'valueChangedAction') !== undefined) {
    context.note(input, 'action on change', 'nothing: other inputs keep their values');
  }
  const label = name === '' ? labelOf(context, input) : name;
  if (isPassword(input)) {
    context.note(input, 'password', 'a refusal: Slack shows what is typed');
    putLines(context, [textLine({ text: label, bold: true })]);
    putWords(context, context.texts.password, true);
    return;
  }
  const element = elementOf(context, input, label);
  if (!element) {
    context.note(input, 'no choices', 'a sentence that says so');
    putLines(context, [textLine({ text: label, bold: true })]);
    putWords(context, context.texts.noChoices, true);
    return;
  }
  if (label.length > LABEL) {
    context.note(input, 'long label', 'shortened, with the whole text above');
    putWords(context, label);
  } else context.say(label);
  const hint = hintOf(context, input, element, label);
  context.put({
    type: 'input',
    block_id: idOf('in', input.path, input.node),
    label: plain(shorten(label, LABEL)),
    element,
    optional: !flag(input.node, 'isRequired'),
    ...(hint !== '' && { hint: plain(hint) }),
  });
  const inline = input.kids['inlineAction'] ?? [];
  putSelections(
    context,
    inline.map((action) => ({ action, label: context.texts.send })),
  );
}

/** Whether what is typed must not be seen. */
export function isPassword(input: Element): boolean {
  return input.type === 'Input.Text' && word(input.node, 'style') === 'password';
}

/** What has been entered, else what the card says to begin with. */
export function valueOf(context: Context, input: Element): string {
  const id = str(input.node, 'id');
  const { values } = context.options;
  const entered = values && id !== '' && Object.hasOwn(values, id) ? values[id] : undefined;
  return entered ?? str(input.node, 'value');
}

/** What names an input: its label, else what else is written on it. */
function labelOf(context: Context, input: Element): string {
  const { node } = input;
  const label = own(node, 'label');
  const written = isNode(label) ? richWords(label) : words(node, 'label');
  const named = plainWords(context, input, written).trim();
  if (named !== '') return named;
  const title = input.type === 'Input.Toggle' ? plainWords(context, input, words(node, 'title')).trim() : '';
  const otherwise = title || words(node, 'placeholder').trim();
  if (otherwise === '') context.note(input, 'no label', 'a general one, as Slack asks for one');
  return otherwise === '' ? context.texts.answer : otherwise;
}

/** The words of a label that is a RichTextBlock. */
function richWords(label: Node): string {
  const inlines = own(label, 'inlines');
  const runs: readonly unknown[] = Array.isArray(inlines) ? inlines : [];
  return runs.map((run) => (isNode(run) ? words(run, 'text') : visible(asText(run)))).join('');
}

function elementOf(context: Context, input: Element, label: string): SlackBlock | undefined {
  const id = idOf('in', input.path, input.node);
  const value = valueOf(context, input);
  switch (input.type) {
    case 'Input.Text':
      return { ...textElement(context, input, value), action_id: id, ...placeholder(input) };
    case 'Input.Number':
      return { ...numberElement(context, input, value), action_id: id, ...placeholder(input) };
    case 'Input.Date':
    case 'Input.Time':
      return { ...dayElement(context, input, value), action_id: id, ...placeholder(input) };
    case 'Input.Toggle':
      return { ...toggleElement(context, input, value, label), action_id: id };
    default:
      return choiceElement(context, input, id, value);
  }
}

function placeholder(input: Element): { placeholder?: { type: 'plain_text'; text: string } } {
  const text = words(input.node, 'placeholder').trim();
  return text === '' || text.length > PLACEHOLDER ? {} : { placeholder: plain(text) };
}

function textElement(context: Context, input: Element, value: string): SlackBlock {
  const { node } = input;
  const limit = num(node, 'maxLength');
  const max = limit !== undefined && limit >= 1 ? Math.min(TEXT, Math.floor(limit)) : TEXT;
  if (limit !== undefined && limit > TEXT)
    context.note(input, `maxLength ${limit}`, `at most ${TEXT} characters`);
  const regex = str(node, 'regex');
  if (regex !== '' && isHostile(regex)) context.note(input, 'rule that takes too long to check', 'no check');
  const isMultiline = flag(node, 'isMultiline');
  const initial = isMultiline ? value : value.replace(/\s*\n\s*/g, ' ');
  if (initial.length > max)
    context.note(input, 'initial value that is too long', `its first ${max} characters`);
  return {
    type: 'plain_text_input',
    ...(isMultiline && { multiline: true }),
    ...(limit !== undefined && { max_length: max }),
    ...(initial !== '' && { initial_value: initial.slice(0, max) }),
  };
}

function numberElement(context: Context, input: Element, value: string): SlackBlock {
  const { node } = input;
  const min = num(node, 'min');
  const max = num(node, 'max');
  const initial = value.trim() === '' ? undefined : Number(value);
  const inRange =
    initial !== undefined &&
    Number.isFinite(initial) &&
    initial >= (min ?? -Infinity) &&
    initial <= (max ?? Infinity);
  if (initial !== undefined && !inRange)
    context.note(input, `initial value ${value.slice(0, 40)}`, 'no value');
  const hasRange = min === undefined || max === undefined || min <= max;
  return {
    type: 'number_input',
    is_decimal_allowed: true,
    ...(inRange && decimal('initial_value', initial)),
    ...(hasRange && decimal('min_value', min)),
    ...(hasRange && decimal('max_value', max)),
  };
}

/** Slack takes numbers as text, and none with an exponent. */
function decimal(key: string, value: number | undefined): Record<string, string> {
  const text = value === undefined ? '' : String(value);
  return text === '' || text.includes('e') ? {} : { [key]: text };
}

function dayElement(context: Context, input: Element, value: string): SlackBlock {
  const isDate = input.type === 'Input.Date';
  const usable = isDate ? isDay(value) : isTime(value);
  if (value !== '' && !usable) context.note(input, `initial value ${value.slice(0, 40)}`, 'no value');
  if (isDate) return { type: 'datepicker', ...(usable && { initial_date: value }) };
  return { type: 'timepicker', ...(usable && { initial_time: value.slice(0, 5) }) };
}

function toggleElement(context: Context, input: Element, value: string, label: string): SlackBlock {
  const { node } = input;
  const title = plainWords(context, input, words(node, 'title')).trim();
  const isRepeated = title === '' || title === label;
  const text = isRepeated ? context.texts.yes : title;
  if (text.length > CHECKBOX) {
    context.note(input, 'long title', 'shortened, with the whole text above');
    putWords(context, text);
  } else if (!isRepeated) context.say(text);
  const option = { text: plain(shorten(text, CHECKBOX)), value: 'on' };
  const isOn = value === (str(node, 'valueOn') || 'true');
  return { type: 'checkboxes', options: [option], ...(isOn && { initial_options: [option] }) };
}

/** What Slack's element cannot say itself, put above where it is too long: bounds of days and times, placeholders. */
function hintOf(context: Context, input: Element, element: SlackBlock, label: string): string {
  const { node } = input;
  const { texts, lang } = context;
  const parts: string[] = [];
  const written = words(node, 'placeholder').trim();
  const hasPlaceholder = element['placeholder'] !== undefined && written.length <= PLACEHOLDER;
  if (written !== '' && !hasPlaceholder && written !== label) parts.push(written);
  if (input.type === 'Input.Date' || input.type === 'Input.Time') {
    const [min, max] = [str(node, 'min'), str(node, 'max')];
    const isDate = input.type === 'Input.Date';
    const usable = isDate ? isDay : isTime;
    const show = (value: string): string => (isDate ? formatDay(value, lang) : value.slice(0, 5));
    if (usable(min)) parts.push(fill(texts.dateFrom, show(min)));
    if (usable(max)) parts.push(fill(texts.dateTo, show(max)));
  }
  const hint = parts.join('. ');
  if (hint.length <= LABEL) return hint;
  context.note(input, 'long hint', 'shortened, with the whole text above');
  putWords(context, hint, true);
  return shorten(hint, LABEL);
}
