import { isPart, type Checks, type Part } from './checks.js';

/** Limits of options, in Slack's "option object" and the elements that hold options. */
const OPTION_TEXT = 75;
const OPTION_VALUE = 150;
const SELECT_OPTIONS = 100;
const BOX_OPTIONS = 10;
const OVERFLOW_OPTIONS = 5;
const PLACEHOLDER = 150;
const BUTTON_TEXT = 75;
const BUTTON_VALUE = 2000;
const ALT_TEXT = 2000;
const INPUT_LENGTH = 3000;

type Check = (checks: Checks, element: Part, path: string) => void;

const BUTTONS = ['button', 'workflow_button', 'icon_button', 'feedback_buttons'] as const;
const PICKERS = ['datepicker', 'timepicker', 'datetimepicker'] as const;
const SINGLE_SELECTS = [
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
] as const;
const MULTI_SELECTS = SINGLE_SELECTS.map((name) => `multi_${name}`);
const BOXES = ['checkboxes', 'radio_buttons'] as const;
const FIELDS = [
  'plain_text_input',
  'number_input',
  'email_text_input',
  'url_text_input',
  'rich_text_input',
] as const;

/** Which elements may stand where, by Slack's reference of each block. */
export const ALLOWED: Readonly<Record<'actions' | 'accessory' | 'input', readonly string[]>> = {
  actions: [
    ...BUTTONS.slice(0, 2),
    'overflow',
    ...BOXES,
    ...PICKERS,
    ...SINGLE_SELECTS,
    ...MULTI_SELECTS,
    'rich_text_input',
  ],
  accessory: [
    ...BUTTONS.slice(0, 2),
    'overflow',
    'image',
    ...BOXES,
    ...PICKERS.slice(0, 2),
    ...SINGLE_SELECTS,
    ...MULTI_SELECTS,
  ],
  input: [...FIELDS, ...BOXES, ...PICKERS, ...SINGLE_SELECTS, ...MULTI_SELECTS, 'file_input'],
};

const checksOf: Readonly<Record<string, Check>> = {
  button: checkButton,
  image: checkImage,
  overflow: (checks, element, path) => {
    checkOptions(checks, element, path, 1, OVERFLOW_OPTIONS);
  },
  checkboxes: (checks, element, path) => {
    checkInitial(checks, element, path, checkOptions(checks, element, path, 1, BOX_OPTIONS));
  },
  radio_buttons: (checks, element, path) => {
    checkInitial(checks, element, path, checkOptions(checks, element, path, 1, BOX_OPTIONS));
  },
  static_select: checkStaticSelect,
  multi_static_select: checkStaticSelect,
  external_select: checkExternalSelect,
  multi_external_select: checkExternalSelect,
  datepicker: (checks, element, path) => {
    checkPattern(checks, element, 'initial_date', path, /^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-01-31');
  },
  timepicker: (checks, element, path) => {
    checkPattern(checks, element, 'initial_time', path, /^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:30');
  },
  plain_text_input: checkTextInput,
  number_input: checkNumberInput,
};

/** An interactive element or image: its own limits, and its `action_id`. */
export function checkElement(checks: Checks, element: Part, path: string, allowed: readonly string[]): void {
  checks.oneOf(element, 'type', path, allowed, 'required');
  checks.string(element, 'action_id', path, 255);
  checks.text(element, 'placeholder', path, PLACEHOLDER, 'plain_text');
  if (isPart(element['confirm'])) checkConfirm(checks, element['confirm'], `${path}.confirm`);
  checksOf[String(element['type'])]?.(checks, element, path);
}

/** An image, as a block, an accessory or in a context. */
export function checkImage(checks: Checks, image: Part, path: string): void {
  if (image['slack_file'] === undefined) checks.address(image, 'image_url', path, 'image', 'required');
  checks.string(image, 'alt_text', path, ALT_TEXT, 'required');
}

function checkButton(checks: Checks, button: Part, path: string): void {
  checks.text(button, 'text', path, BUTTON_TEXT, 'plain_text', 'required');
  checks.string(button, 'value', path, BUTTON_VALUE);
  checks.address(button, 'url', path, 'link');
  checks.oneOf(button, 'style', path, ['primary', 'danger']);
  checks.string(button, 'accessibility_label', path, BUTTON_TEXT);
}

function checkConfirm(checks: Checks, confirm: Part, path: string): void {
  checks.text(confirm, 'title', path, 100, 'plain_text', 'required');
  checks.text(confirm, 'text', path, 300, 'any', 'required');
  checks.text(confirm, 'confirm', path, 30, 'plain_text', 'required');
  checks.text(confirm, 'deny', path, 30, 'plain_text', 'required');
  checks.oneOf(confirm, 'style', path, ['primary', 'danger']);
}

/** Checks the options of an element and gives what each is, to compare initial ones with. */
function checkOptions(
  checks: Checks,
  part: Part,
  path: string,
  least: number,
  most: number,
): ReadonlySet<string> {
  const known = new Set<string>();
  const values = new Set<string>();
  for (const [option, where] of checks.parts(part, 'options', path, least, most)) {
    checks.text(option, 'text', where, OPTION_TEXT, 'any', 'required');
    checks.string(option, 'value', where, OPTION_VALUE, 'required');
    checks.text(option, 'description', where, OPTION_TEXT, 'any');
    const value = String(option['value']);
    if (values.has(value)) checks.fault(`${where}.value`, value, 'a value that no other option has');
    values.add(value);
    known.add(JSON.stringify(option));
  }
  return known;
}

function checkInitial(checks: Checks, element: Part, path: string, known: ReadonlySet<string>): void {
  const one = element['initial_option'];
  if (one !== undefined && !known.has(JSON.stringify(one)))
    checks.fault(`${path}.initial_option`, one, 'one of the options');
  if (element['initial_options'] === undefined) return;
  for (const [option, where] of checks.parts(element, 'initial_options', path, 1, SELECT_OPTIONS))
    if (!known.has(JSON.stringify(option))) checks.fault(where, option, 'one of the options');
}

function checkStaticSelect(checks: Checks, select: Part, path: string): void {
  if (select['option_groups'] === undefined) {
    checkInitial(checks, select, path, checkOptions(checks, select, path, 1, SELECT_OPTIONS));
    return;
  }
  if (select['options'] !== undefined)
    checks.fault(`${path}.options`, 'options beside groups', 'one of both');
  const known = new Set<string>();
  for (const [group, where] of checks.parts(select, 'option_groups', path, 1, SELECT_OPTIONS)) {
    checks.text(group, 'label', where, OPTION_TEXT, 'plain_text', 'required');
    for (const option of checkOptions(checks, group, where, 1, SELECT_OPTIONS)) known.add(option);
  }
  checkInitial(checks, select, path, known);
}

function checkExternalSelect(checks: Checks, select: Part, path: string): void {
  if (select['options'] !== undefined) checks.fault(`${path}.options`, 'options', 'none: the app is asked');
  const least = select['min_query_length'];
  if (least !== undefined && !(typeof least === 'number' && Number.isInteger(least) && least >= 0))
    checks.fault(`${path}.min_query_length`, least, 'a whole number from 0');
}

function checkTextInput(checks: Checks, input: Part, path: string): void {
  const { min_length: least, max_length: most, initial_value: initial } = input;
  if (least !== undefined && !(typeof least === 'number' && least >= 0 && least <= INPUT_LENGTH))
    checks.fault(`${path}.min_length`, least, `0 to ${String(INPUT_LENGTH)}`);
  if (most !== undefined && !(typeof most === 'number' && most >= 1 && most <= INPUT_LENGTH))
    checks.fault(`${path}.max_length`, most, `1 to ${String(INPUT_LENGTH)}`);
  if (typeof least === 'number' && typeof most === 'number' && least > most)
    checks.fault(`${path}.min_length`, least, `at most max_length, ${String(most)}`);
  if (initial === undefined) return;
  if (typeof initial !== 'string' || initial.length > INPUT_LENGTH)
    checks.fault(`${path}.initial_value`, initial, `at most ${String(INPUT_LENGTH)} characters`);
}

function checkNumberInput(checks: Checks, input: Part, path: string): void {
  if (typeof input['is_decimal_allowed'] !== 'boolean')
    checks.fault(`${path}.is_decimal_allowed`, input['is_decimal_allowed'], 'true or false');
  for (const key of ['initial_value', 'min_value', 'max_value']) {
    checkPattern(checks, input, key, path, /^-?\d+(\.\d+)?$/, 'a number written as text');
  }
  const [least, most, initial] = ['min_value', 'max_value', 'initial_value'].map((key) => input[key]);
  if (least !== undefined && most !== undefined && Number(least) > Number(most))
    checks.fault(`${path}.min_value`, least, `at most max_value`);
  if (initial === undefined) return;
  if (Number(initial) < Number(least ?? -Infinity) || Number(initial) > Number(most ?? Infinity))
    checks.fault(`${path}.initial_value`, initial, 'a value between min_value and max_value');
}

function checkPattern(
  checks: Checks,
  part: Part,
  key: string,
  path: string,
  pattern: RegExp,
  expected: string,
): void {
  const value = part[key];
  if (value !== undefined && !(typeof value === 'string' && pattern.test(value)))
    checks.fault(`${path}.${key}`, value, expected);
}
