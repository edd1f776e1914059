import { plain, type Context } from './context.js';
import { choicesOf, choicesWith, chosenValues, countChoices, isDynamic, type Choice } from './choices.js';
import { plainText, type Line } from './inline.js';
import { putLines } from './lines-out.js';
import { flag, word, words } from './read.js';
import type { Element } from './resolve.js';
import { shorten } from './split.js';
import type { SlackBlock } from './types.js';

/** Slack's limits: options and groups of a select, options of radio buttons and checkboxes, texts. */
const OPTIONS = 100;
const GROUPS = 100;
const BOXES = 10;
const TEXT = 75;
const PLACEHOLDER = 150;
/** Characters of options that leave a message room for anything else, and that a view takes. */
const MESSAGE_SIZE = 7_000;
const VIEW_SIZE = 60_000;
/** Choices that may be chosen to begin with. */
const INITIAL = 40;

type SlackOption = { readonly text: { type: 'plain_text'; text: string }; readonly value: string };

/**
 * The element of a choice set: radio buttons or checkboxes up to ten choices if the card shows them all at once, else
 * a select, in groups above 100 choices; a search select where the choices are dynamic or too many for that.
 * Undefined where there is nothing to choose from.
 */
export function choiceElement(
  context: Context,
  input: Element,
  id: string,
  value: string,
): SlackBlock | undefined {
  const { node } = input;
  const multi = flag(node, 'isMultiSelect');
  const chosen = chosenValues(node, value);
  const common = { action_id: id };
  const count = countChoices(node);
  const choices = isDynamic(node) || count > OPTIONS * GROUPS ? undefined : choicesOf(node);
  if (choices?.length === 0) return undefined;
  if (!choices || !isSmallEnough(context, choices, chosen.length)) {
    const what = isDynamic(node) ? 'dynamic choices' : `${count} choices`;
    context.note(input, what, 'a search select that asks the app (`block_suggestion`)');
    const long = choices?.filter((choice) => choice.title.length > TEXT).length ?? 0;
    if (long > 0)
      context.note(input, `${long} choices of over ${TEXT} characters`, 'shortened in what is found');
    return { ...search(multi, choicesWith(node, chosen)), ...common, ...placeholder(context, input) };
  }
  putLongTitles(context, input, choices);
  sayTitles(context, choices);
  const expanded = word(node, 'style') === 'expanded' || input.type === 'Input.Rating';
  if (expanded && choices.length <= BOXES) return { ...boxes(multi, choices, chosen), ...common };
  if (expanded) context.note(input, `${choices.length} choices shown at once`, 'a select');
  return { ...select(multi, choices, chosen), ...common, ...placeholder(context, input) };
}

/** An option as Slack takes it. */
export function optionOf(choice: Choice): SlackOption {
  return { text: plain(shorten(choice.title, TEXT)), value: choice.option };
}

function isSmallEnough(context: Context, choices: readonly Choice[], chosen: number): boolean {
  let size = Math.min(chosen, choices.length) * 150;
  for (const choice of choices) size += Math.min(choice.title.length, TEXT) + choice.option.length + 56;
  return size <= (context.options.surface === 'message' ? MESSAGE_SIZE : VIEW_SIZE);
}

function placeholder(
  context: Context,
  input: Element,
): { placeholder: { type: 'plain_text'; text: string } } {
  const text = words(input.node, 'placeholder').trim();
  return { placeholder: plain(shorten(text === '' ? context.texts.choose : text, PLACEHOLDER)) };
}

function picked(choices: readonly Choice[], chosen: readonly string[]): SlackOption[] {
  const wanted = new Set(chosen);
  const found: SlackOption[] = [];
  for (const choice of choices) {
    if (wanted.delete(choice.value)) found.push(optionOf(choice));
  }
  return found;
}

function boxes(multi: boolean, choices: readonly Choice[], chosen: readonly string[]): SlackBlock {
  const initial = picked(choices, chosen);
  const options = choices.map(optionOf);
  if (multi) return { type: 'checkboxes', options, ...(initial.length > 0 && { initial_options: initial }) };
  return { type: 'radio_buttons', options, ...(initial[0] && { initial_option: initial[0] }) };
}

function select(multi: boolean, choices: readonly Choice[], chosen: readonly string[]): SlackBlock {
  const options = choices.map(optionOf);
  const list = options.length <= OPTIONS ? { options } : { option_groups: groups(options) };
  return {
    type: multi ? 'multi_static_select' : 'static_select',
    ...list,
    ...initialOf(multi, picked(choices, chosen)),
  };
}

function groups(options: readonly SlackOption[]): unknown[] {
  const all = [];
  for (let start = 0; start < options.length; start += OPTIONS) {
    const part = options.slice(start, start + OPTIONS);
    all.push({ label: plain(`${start + 1}–${start + part.length}`), options: part });
  }
  return all;
}

function search(multi: boolean, chosen: readonly Choice[]): SlackBlock {
  return {
    type: multi ? 'multi_external_select' : 'external_select',
    min_query_length: 0,
    ...initialOf(multi, chosen.map(optionOf)),
  };
}

function initialOf(multi: boolean, initial: readonly SlackOption[]): Record<string, unknown> {
  if (initial.length === 0) return {};
  return multi ? { initial_options: initial.slice(0, INITIAL) } : { initial_option: initial[0] };
}

/** The whole titles of choices that Slack shortens, above the input. */
function putLongTitles(context: Context, input: Element, choices: readonly Choice[]): void {
  const long = choices.filter((choice) => choice.title.length > TEXT);
  if (long.length === 0) return;
  context.note(
    input,
    `${long.length} choices of over ${TEXT} characters`,
    'shortened, with the whole texts above',
  );
  const lines: Line[] = long.map((choice) => ({
    kind: 'bullet',
    depth: 0,
    number: 0,
    spans: [{ text: choice.title }],
  }));
  putLines(context, lines, plainText(lines).length < 1000);
}

function sayTitles(context: Context, choices: readonly Choice[]): void {
  if (choices.length <= BOXES) context.say(choices.map((choice) => choice.title).join(', '));
}
