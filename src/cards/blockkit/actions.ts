import { plain, type Context } from './context.js';
import { BUTTON_TEXT, controlOf, noteUnsaid, type Control } from './controls.js';
import { idOf } from './ids.js';
import { textLine } from './inline.js';
import { putLines, putWords } from './lines-out.js';
import { own as ownOf, str, word } from './read.js';
import type { Element } from './resolve.js';
import { shorten } from './split.js';
import type { SlackBlock } from './types.js';

/** Slack's limits: elements of an actions block, options of an overflow menu. */
const ELEMENTS = 25;
const OVERFLOW = 5;
/** Characters of one actions block as JSON: addresses may be 3,000 long, a message takes some 13,000. */
const SIZE = 9_000;

interface Selection {
  readonly action: Element;
  readonly label: string;
}

/** A row of actions: buttons for the primary ones, an overflow menu for the secondary. */
export function putActions(context: Context, actions: readonly Element[]): void {
  const own = actions.filter((action) => action.path !== context.submit?.path);
  const primary = own.filter((action) => word(action.node, 'mode') !== 'secondary');
  const secondary = own.filter((action) => word(action.node, 'mode') === 'secondary');
  const shownSecondary = secondary.length === 1 ? [] : secondary;
  const shownPrimary = secondary.length === 1 ? [...primary, ...secondary] : primary;
  const elements = shownPrimary.flatMap((action) => [
    ...buttonElements(context, action, ''),
    ...menuElements(context, action, action.kids['menuActions'] ?? []),
  ]);
  const { submit } = context;
  if (submit && own.length < actions.length) {
    elements.push(...menuElements(context, submit, submit.kids['menuActions'] ?? []));
  }
  const first = shownSecondary[0];
  if (first) elements.push(...menuElements(context, first, shownSecondary));
  putElements(context, elements);
  for (const action of actions) addOpened(context, action);
}

/** Buttons for what pressing an element does. */
export function putSelections(context: Context, selections: readonly Selection[]): void {
  for (const { action } of selections) noteSelection(context, action);
  putElements(
    context,
    selections.flatMap(({ action, label }) => [
      ...buttonElements(context, action, label),
      ...menuElements(context, action, action.kids['menuActions'] ?? []),
    ]),
  );
  for (const { action } of selections) addOpened(context, action);
}

/** Slack's texts and pictures cannot be pressed. */
function noteSelection(context: Context, action: Element): void {
  if (!action.path.endsWith('.inlineAction')) context.note(action, 'action of an element', 'a button');
}

/** The button for what pressing an element does, if it is one, to stand beside a section. */
export function accessoryFor(context: Context, action: Element, label: string): SlackBlock | undefined {
  if (action.kids['menuActions']?.length) {
    putSelections(context, [{ action, label }]);
    return undefined;
  }
  const control = controlOf(context, action, label);
  if (control.kind !== 'button' || control.title.length > BUTTON_TEXT) {
    putSelections(context, [{ action, label }]);
    return undefined;
  }
  if (action.path.endsWith('selectAction')) noteSelection(context, action);
  context.say(control.title);
  addOpened(context, action);
  return control.element;
}

/** Whether a ShowCard or popover has been opened. */
function isOpen(context: Context, action: Element): boolean {
  const shown = context.options.shown ?? [];
  if (action.type !== 'Action.ShowCard' && action.type !== 'Action.Popover') return false;
  const id = str(action.node, 'id');
  return shown.includes(idOf('act', action.path, action.node)) || (id !== '' && shown.includes(id));
}

function putElements(context: Context, elements: readonly SlackBlock[]): void {
  for (const part of parts(elements, ELEMENTS)) context.put({ type: 'actions', elements: part });
}

/** Lists of at most `most` items that do not grow larger than a message takes. */
function parts<T>(items: readonly T[], most: number): T[][] {
  const all: T[][] = [];
  let size = 0;
  for (const item of items) {
    const length = JSON.stringify(item).length;
    const last = all.at(-1);
    if (!last || last.length === most || size + length > SIZE) {
      all.push([item]);
      size = length;
    } else {
      last.push(item);
      size += length;
    }
  }
  return all;
}

/** The button of an action. What is none, or too long for one, is put out as text first. */
function buttonElements(context: Context, action: Element, label: string): SlackBlock[] {
  const control = controlOf(context, action, label);
  putWhatIsNoButton(context, action, control);
  return control.kind === 'button' ? [control.element] : [];
}

function putWhatIsNoButton(context: Context, action: Element, control: Control): void {
  if (control.kind === 'link') putLines(context, [textLine({ text: control.title, url: control.url })]);
  else if (control.kind === 'text') putWords(context, control.title, true);
  else if (control.title.length > BUTTON_TEXT) {
    context.note(
      action,
      `title of ${control.title.length} characters`,
      'shortened, with the whole text above',
    );
    putWords(context, control.title, true);
  } else context.say(control.title);
}

/** Overflow menus of five options each. */
function menuElements(context: Context, owner: Element, actions: readonly Element[]): SlackBlock[] {
  const options = withMenus(actions).flatMap((action) => {
    const control = controlOf(context, action);
    putWhatIsNoButton(context, action, control);
    if (control.kind !== 'button') return [];
    if (ownOf(control.element, 'confirm') ?? ownOf(control.element, 'style')) {
      context.note(action, 'style or confirmation of a menu entry', 'a plain entry');
    }
    noteUnsaid(context, action, control.title);
    return [
      {
        text: plain(shorten(control.title, BUTTON_TEXT)),
        value: control.element['action_id'],
        ...(control.url && { url: control.url }),
      },
    ];
  });
  return parts(options, OVERFLOW).map((part, index) => ({
    type: 'overflow',
    action_id: idOf('more', `${owner.path}#${index}`, owner.node),
    options: part,
  }));
}

/** Actions with those of their own menus, as a menu in Slack has no further menus. */
function withMenus(actions: readonly Element[]): Element[] {
  return actions.flatMap((action) => [action, ...withMenus(action.kids['menuActions'] ?? [])]);
}

/** What stands open by an action or its menu: the renderer puts it out next. */
function addOpened(context: Context, action: Element): void {
  for (const menu of action.kids['menuActions'] ?? []) addOpened(context, menu);
  if (isOpen(context, action)) context.opened.push(...(action.kids['card'] ?? action.kids['content'] ?? []));
}
