import { accessoryFor, putActions, putSelections } from './actions.js';
import { putCarousel } from './carousel.js';
import { putChart } from './charts.js';
import { putColumnSet, putCompoundButton } from './columns.js';
import { isShown, plain, shownKids, type Context } from './context.js';
import { putFactSet } from './facts.js';
import { emojiOf } from './emoji.js';
import { putBackground, putImage, putImageSet, putMedia } from './images.js';
import { putInput } from './inputs.js';
import { putCode } from './code.js';
import { putLines } from './lines-out.js';
import { flag, str, words } from './read.js';
import type { Element } from './resolve.js';
import { putTable } from './tables.js';
import { nameFor, putRichTextBlock, putTextBlock } from './text-block.js';
import { isSmall, textual } from './textual.js';

type Put = (context: Context, element: Element) => void;

const puts: Readonly<Record<string, Put>> = {
  AdaptiveCard: putCard,
  Container: putGroup,
  Column: putGroup,
  TableCell: putGroup,
  CarouselPage: putGroup,
  ColumnSet: (context, element) => putColumnSet(context, element, putElements),
  Table: (context, element) => putTable(context, element, putElements),
  TableRow: (context, element) => putElements(context, element.kids['cells'] ?? []),
  Carousel: (context, element) => putCarousel(context, element, putElements, () => putDivider(context)),
  ActionSet: (context, element) => putActions(context, shownKids(context, element, 'actions')),
  TextBlock: putTextBlock,
  RichTextBlock: putRichTextBlock,
  Image: putImage,
  ImageSet: putImageSet,
  Media: putMedia,
  FactSet: putFactSet,
  CodeBlock: putCode,
  CompoundButton: putCompoundButton,
  Icon: putIcon,
  Badge: putSmall,
  Rating: putSmall,
  ProgressBar: putSmall,
  ProgressRing: putSmall,
  TextRun: putTextBlock,
};

/**
 * Puts elements out one after another: what is hidden is passed over, separators become dividers,
 * and what an element's actions have opened follows it.
 */
export function putElements(context: Context, elements: readonly Element[]): void {
  const shown = elements.filter((element) => isShown(context, element));
  let name = '';
  shown.forEach((element, index) => {
    if (flag(element.node, 'separator')) putDivider(context);
    const written = name;
    name = nameFor(context, element, shown[index + 1]);
    if (name !== '') return;
    if (element.type.startsWith('Input.')) putInput(context, element, written);
    else putElement(context, element);
    putElements(context, context.opened.splice(0));
  });
}

/** A line between what is above and what is below; none at the top or after another. */
export function putDivider(context: Context): void {
  const last = context.out.at(-1)?.block.type;
  if (last !== undefined && last !== 'divider') context.put({ type: 'divider' }, true);
}

function putElement(context: Context, element: Element): void {
  const put = puts[element.type];
  if (put) put(context, element);
  else if (element.type.startsWith('Chart.')) putChart(context, element);
  else if (element.type.startsWith('Input.')) putInput(context, element, '');
  else if (element.type.startsWith('Action.')) putActions(context, [element]);
  else context.note(element, 'an element in a place where it cannot stand', 'nothing');
}

/** A card, the outermost or one that an action opens. */
function putCard(context: Context, element: Element): void {
  putBackground(context, element, false);
  putElements(context, element.kids['body'] ?? []);
  putActions(context, shownKids(context, element, 'actions'));
  putSelect(context, element);
}

function putGroup(context: Context, element: Element): void {
  const items = shownKids(context, element, 'items');
  const from = context.out.length;
  putBackground(context, element, items.length === 0);
  putElements(context, items);
  putSelect(context, element, from);
}

/** What pressing an element does: beside its section if it is one, else as a button below. */
function putSelect(context: Context, element: Element, from = -1): void {
  const [action] = element.kids['selectAction'] ?? [];
  if (!action) return;
  const label = firstText(element);
  const unit = context.out.length === from + 1 ? context.out[from] : undefined;
  if (unit?.block.type !== 'section' || unit.block['accessory'] !== undefined) {
    putSelections(context, [{ action, label }]);
    return;
  }
  const accessory = accessoryFor(context, action, label);
  if (accessory)
    context.out[from] = { ...unit, block: { ...unit.block, accessory }, said: context.said.length };
}

/** The first words in an element, to name a button that stands for pressing it. */
function firstText(element: Element): string {
  const own = words(element.node, 'altText') || words(element.node, 'text') || words(element.node, 'title');
  if (own.trim() !== '')
    return own
      .replace(/[*_~`\[\]]|\(https?:[^)]*\)/g, '')
      .trim()
      .slice(0, 75);
  for (const key of ['items', 'columns', 'inlines', 'images']) {
    for (const kid of element.kids[key] ?? []) {
      const text = firstText(kid);
      if (text !== '') return text;
    }
  }
  return '';
}

function putSmall(context: Context, element: Element): void {
  const from = context.out.length;
  putLines(context, textual(context, element) ?? [], element.type === 'Badge' || isSmall(element.node));
  putSelect(context, element, from);
}

/** An icon is told by an emoji where one means the same. */
function putIcon(context: Context, element: Element): void {
  const emoji = emojiOf(str(element.node, 'name'));
  if (!emoji) context.note(element, `icon ${str(element.node, 'name').slice(0, 60)}`, 'nothing');
  else context.put({ type: 'context', elements: [plain(emoji)] });
  putSelect(context, element);
}
