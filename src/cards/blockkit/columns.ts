import { accessoryFor, putSelections } from './actions.js';
import { imageAddress, prop, shownKids, type Context, type PutAll } from './context.js';
import { imageObject, isIcon, putBackground, putCaption } from './images.js';
import { plainText, textLine, type Line } from './inline.js';
import { putLines, SECTION_TEXT, textObject, trimLines } from './lines-out.js';
import { words } from './read.js';
import type { Element } from './resolve.js';
import { sideBySide, textual } from './textual.js';
import type { SlackBlock } from './types.js';

/** Slack's limits for a section's fields. */
export const FIELDS = 10;
export const FIELD_TEXT = 2000;
/** Characters in the fields of one section, kept well within a message's. */
export const FIELDS_TEXT = 6000;

/** What one column holds, as far as it decides the layout. */
interface Column {
  readonly element: Element;
  readonly lines: Line[] | undefined;
  readonly image: Element | undefined;
  readonly action: Element | undefined;
}

/**
 * Columns: short texts in one line, texts as fields, a picture or a button beside a text as the section's accessory;
 * all else one below another.
 */
export function putColumnSet(context: Context, element: Element, putAll: PutAll): void {
  const columns = shownKids(context, element, 'columns').map((column) => columnOf(context, column));
  putBackground(context, element, false);
  const select = element.kids['selectAction']?.[0];
  const label = labelOf(columns);
  const filled = columns.filter((column) => !isEmptyColumn(column));
  if (filled.length === 1 && !select) {
    putAll(context, [filled[0]?.element ?? element]);
    return;
  }
  if (putAsTexts(context, filled, select, label)) return;
  if (putBesideImage(context, filled, select, label)) return;
  if (!select && putBesideButton(context, filled)) return;
  if (filled.length > 1) context.note(element, 'columns side by side', 'one below another');
  for (const column of filled) {
    if (!putTextAndPicture(context, column.element)) putAll(context, [column.element]);
  }
  if (select) putSelections(context, [{ action: select, label }]);
}

function columnOf(context: Context, element: Element): Column {
  const none = { element, lines: undefined, image: undefined, action: undefined };
  if (element.kids['selectAction']?.length) return none;
  const kids = shownKids(context, element, 'items');
  if (prop(element, 'backgroundImage') !== undefined) {
    return kids.length > 0 ? none : { ...none, image: pictureBehind(element) };
  }
  const lines = textual(context, element);
  if (lines) return { ...none, lines: trimLines(lines) };
  const [first] = kids;
  if (!first || kids.length !== 1) return none;
  if (first.type === 'Image' && !first.kids['selectAction']?.length) return { ...none, image: first };
  const actions = first.type === 'ActionSet' ? shownKids(context, first, 'actions') : [];
  const [action] = actions;
  const isOne = actions.length === 1 && action?.path !== context.submit?.path;
  return { ...none, action: isOne ? action : undefined };
}

/** A column that is nothing but a picture behind nothing. */
function pictureBehind(element: Element): Element {
  const url = imageAddress(prop(element, 'backgroundImage'));
  return { type: 'Image', path: element.path, node: { type: 'Image', url }, kids: {} };
}

function isEmptyColumn(column: Column): boolean {
  return column.lines?.length === 0;
}

function labelOf(columns: readonly Column[]): string {
  for (const column of columns) {
    const text = plainText(column.lines ?? []).split('\n')[0] ?? '';
    if (text !== '') return text;
    const alt = column.image ? words(column.image.node, 'altText').trim() : '';
    if (alt !== '') return alt;
  }
  return '';
}

function putAsTexts(
  context: Context,
  columns: readonly Column[],
  select: Element | undefined,
  label: string,
): boolean {
  const texts = columns.map((column) => column.lines);
  if (columns.length === 0 || columns.length > FIELDS || texts.some((lines) => !lines)) return false;
  const all = texts as Line[][];
  const block = oneLine(all) ?? fields(all);
  if (!block) return false;
  putWithAccessory(context, block, plainText(all.flat()), select, label);
  return true;
}

/** Columns whose texts together are one short line: a name, a dot, a role. */
function oneLine(columns: readonly Line[][]): SlackBlock | undefined {
  const joined = sideBySide(columns);
  const length = plainText(joined).length;
  const tiny = columns.length === 1 || columns.some((lines) => plainText(lines).length <= 3);
  const short = columns.length === 1 ? SECTION_TEXT : 150;
  if (joined.length !== 1 && columns.length > 1) return undefined;
  const text = tiny && length <= short ? textObject(joined, SECTION_TEXT) : undefined;
  return text && { type: 'section', text };
}

function fields(columns: readonly Line[][]): SlackBlock | undefined {
  if (columns.length < 2) return undefined;
  const texts = columns.map((lines) => textObject(lines, FIELD_TEXT));
  const size = texts.reduce((sum, text) => sum + (text?.text.length ?? FIELDS_TEXT + 1), 0);
  return size <= FIELDS_TEXT ? { type: 'section', fields: texts } : undefined;
}

function putWithAccessory(
  context: Context,
  section: SlackBlock,
  said: string,
  select: Element | undefined,
  label: string,
): void {
  context.say(said);
  const accessory = select && accessoryFor(context, select, label);
  context.put(accessory ? { ...section, accessory } : section);
}

/** A picture and texts: the picture stands beside them, a small one before them in small print. */
function putBesideImage(
  context: Context,
  columns: readonly Column[],
  select: Element | undefined,
  label: string,
): boolean {
  const pictured = columns.filter((column) => column.image);
  const image = pictured[0]?.image;
  const texts = columns.filter((column) => column.lines).map((column) => column.lines ?? []);
  if (!image || pictured.length !== 1 || texts.length !== columns.length - 1 || texts.length === 0)
    return false;
  const lines = sideBySide(texts);
  const text = textObject(lines, SECTION_TEXT);
  const object = imageObject(context, image);
  if (!text) return false;
  if (!object) putCaption(context, image);
  context.say(words(image.node, 'altText'));
  context.say(plainText(lines));
  if (object && isIcon(image) && lines.length === 1 && columns[0]?.image) {
    context.put({ type: 'context', elements: [object, text] });
  } else context.put({ type: 'section', text, ...(object && { accessory: object }) });
  if (select) putSelections(context, [{ action: select, label }]);
  return true;
}

/** A column of texts and one picture, such as a day's weather: the picture beside the texts. */
function putTextAndPicture(context: Context, column: Element): boolean {
  if (prop(column, 'backgroundImage') !== undefined) return false;
  const kids = shownKids(context, column, 'items');
  const [image, ...others] = kids.filter((kid) => kid.type === 'Image');
  if (!image || others.length > 0 || image.kids['selectAction']?.length) return false;
  const texts = kids.filter((kid) => kid !== image).map((kid) => textual(context, kid));
  const lines = texts.flatMap((one) => one ?? []);
  if (texts.length === 0 || texts.some((one) => !one)) return false;
  const text = textObject(lines, SECTION_TEXT);
  const accessory = text && imageObject(context, image);
  if (!text || !accessory) return false;
  context.say(words(image.node, 'altText'));
  context.say(plainText(lines));
  context.put({ type: 'section', text, accessory });
  const label = plainText(lines).split('\n')[0] ?? '';
  const actions = column.kids['selectAction'] ?? [];
  putSelections(
    context,
    actions.map((action) => ({ action, label })),
  );
  return true;
}

/** Texts and one button: the button stands beside them. */
function putBesideButton(context: Context, columns: readonly Column[]): boolean {
  const buttons = columns.filter((column) => column.action);
  const action = buttons[0]?.action;
  const texts = columns.filter((column) => column.lines).map((column) => column.lines ?? []);
  if (!action || buttons.length !== 1 || texts.length !== columns.length - 1 || texts.length === 0)
    return false;
  if ((action.kids['menuActions'] ?? []).length > 0 || action.kids['card'] || action.kids['content'])
    return false;
  const text = textObject(sideBySide(texts), SECTION_TEXT);
  if (!text) return false;
  putWithAccessory(context, { type: 'section', text }, plainText(texts.flat()), action, '');
  return true;
}

/** A button with a title, a description and a badge: the text with the button beside it. */
export function putCompoundButton(context: Context, element: Element): void {
  const { node } = element;
  const title = words(node, 'title').trim();
  const badge = words(node, 'badge').trim();
  const description = context.lines(element, words(node, 'description'));
  const head = [
    { text: title === '' ? context.texts.open : title, bold: true },
    ...(badge === '' ? [] : [{ text: '  ' }, { text: badge, code: true }]),
  ];
  const lines = trimLines([textLine(...head), ...description]);
  const select = element.kids['selectAction']?.[0];
  const text = textObject(lines, SECTION_TEXT);
  if (text) putWithAccessory(context, { type: 'section', text }, plainText(lines), select, title);
  else {
    putLines(context, lines);
    if (select) putSelections(context, [{ action: select, label: title }]);
  }
}
