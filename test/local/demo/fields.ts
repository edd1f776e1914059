import { elementsOf, type Element } from '../../support/elements.js';

/** Something to fill in, as the development page shows it. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'long' | 'date' | 'time' | 'number' | 'one' | 'many';
  /** What stands there; several choices are several values. */
  readonly values: readonly string[];
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

/** What is filled in: for each field, what was typed or chosen. */
export type Typed = Readonly<Record<string, readonly string[]>>;

const textOf = (value: unknown, otherwise = '') =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
const some = (...values: readonly unknown[]) =>
  values.map((each) => textOf(each)).filter((each) => each !== '');

const TEAMS_KINDS: Readonly<Record<string, Field['kind']>> = {
  'Input.Date': 'date',
  'Input.Time': 'time',
  'Input.Number': 'number',
};

/** The fields of an Adaptive Card. */
export function fieldsOfCard(card: unknown): readonly Field[] {
  return elementsOf(card)
    .filter(({ type }) => String(type).startsWith('Input.'))
    .map((input) => ({ name: String(input['id']), label: textOf(input['label']), ...ofCard(input) }));
}

function ofCard(input: Element): Pick<Field, 'kind' | 'values' | 'choices'> {
  const { type, value } = input;
  if (type === 'Input.Toggle') {
    const on = textOf(input['valueOn'], 'true');
    const values = value === on ? [on] : [];
    return { kind: 'many', values, choices: [{ value: on, label: String(input['title']) }] };
  }
  if (type === 'Input.ChoiceSet') {
    const choices = (input['choices'] as readonly Element[]).map((each) => ({
      value: String(each['value']),
      label: String(each['title']),
    }));
    const isMany = input['isMultiSelect'] === true;
    const given = some(value).flatMap((each) => (isMany ? each.split(',') : [each]));
    return { kind: isMany ? 'many' : 'one', values: given, choices };
  }
  const long = input['isMultiline'] === true ? 'long' : 'text';
  return { kind: TEAMS_KINDS[String(type)] ?? long, values: some(value), choices: [] };
}

/** What Teams sends of the fields: several choices as one text; what a field is left without is left out. */
export function enteredInCard(card: unknown, typed: Typed): Readonly<Record<string, string>> {
  const entries = elementsOf(card).flatMap((input): [string, string][] => {
    if (!String(input.type).startsWith('Input.')) return [];
    const name = String(input['id']);
    const values = (typed[name] ?? []).filter((each) => each !== '');
    if (values.length > 0) return [[name, values.join(',')]];
    return input.type === 'Input.Toggle' ? [[name, textOf(input['valueOff'], 'false')]] : [];
  });
  return Object.fromEntries(entries);
}

interface SlackInput extends Element {
  readonly block_id: string;
  readonly label: { readonly text: string };
  readonly element: Element;
}

const inputsIn = (blocks: unknown) =>
  ((blocks ?? []) as readonly Element[]).filter(
    ({ type }) => type === 'input',
  ) as unknown as readonly SlackInput[];

const SLACK_KINDS: Readonly<Record<string, Field['kind']>> = {
  datepicker: 'date',
  timepicker: 'time',
  number_input: 'number',
  static_select: 'one',
  radio_buttons: 'one',
  multi_static_select: 'many',
  checkboxes: 'many',
};

/** The fields of a message's or window's blocks. */
export function fieldsOfBlocks(blocks: unknown): readonly Field[] {
  return inputsIn(blocks).map(({ block_id, label, element }) => {
    const long = element['multiline'] === true ? 'long' : 'text';
    const stands = some(element['initial_value'], element['initial_date'], element['initial_time']);
    const chosen = [element['initial_option'] ?? [], element['initial_options'] ?? []].flat() as Element[];
    return {
      ...{ name: block_id, label: label.text, kind: SLACK_KINDS[String(element['type'])] ?? long },
      values: [...stands, ...chosen.map((each) => String(each['value']))],
      choices: optionsOf(element).map((each) => ({
        value: String(each['value']),
        label: (each['text'] as { readonly text: string }).text,
      })),
    };
  });
}

function optionsOf(element: Element): readonly Element[] {
  const groups = (element['option_groups'] ?? []) as readonly { readonly options: readonly Element[] }[];
  return [...((element['options'] ?? []) as readonly Element[]), ...groups.flatMap(({ options }) => options)];
}

/** What Slack sends as the state of the fields. */
export function stateOfBlocks(blocks: unknown, typed: Typed): Readonly<Record<string, object>> {
  const entries = inputsIn(blocks).map(({ block_id, element }): [string, object] => {
    const entered = { type: element['type'], ...valueOf(element, typed[block_id] ?? []) };
    return [block_id, { [String(element['action_id'])]: entered }];
  });
  return Object.fromEntries(entries);
}

function valueOf(element: Element, typed: readonly string[]): object {
  const value = typed[0] === undefined || typed[0] === '' ? null : typed[0];
  const chosen = optionsOf(element).filter((each) => typed.includes(String(each['value'])));
  switch (element['type']) {
    case 'datepicker':
      return { selected_date: value };
    case 'timepicker':
      return { selected_time: value };
    case 'static_select':
    case 'radio_buttons':
      return { selected_option: chosen[0] ?? null };
    case 'multi_static_select':
    case 'checkboxes':
      return { selected_options: chosen };
    default:
      return { value };
  }
}
