import { plain, shownKids, type Context, type PutAll } from './context.js';
import { addressOf, BUTTON_TEXT, controlOf } from './controls.js';
import { imageObject, isIcon } from './images.js';
import { plainText, type Line } from './inline.js';
import { textObject, trimLines } from './lines-out.js';
import { flag, own, str, word, words } from './read.js';
import type { Element } from './resolve.js';
import { isHeading, textual } from './textual.js';
import type { SlackBlock } from './types.js';
import { webUrl } from './urls.js';

/** Slack's limits for a carousel and its cards. */
const CARDS = 10;
const TITLE = 150;
const BODY = 200;
const BUTTONS = 3;
/** Characters as JSON that leave a message room for anything else. */
const SIZE = 9_000;

/** What a page holds, if a card of Slack's can hold it too. */
interface Page {
  readonly image: Element | undefined;
  readonly title: Line[];
  readonly body: Line[];
  readonly actions: readonly Element[];
}

/** A carousel as Slack's own where its pages are small enough for cards (messages), else its pages one by one. */
export function putCarousel(
  context: Context,
  element: Element,
  putAll: PutAll,
  putDivider: () => void,
): void {
  const pages = shownKids(context, element, 'pages');
  const cards = pages.map((page) => pageOf(context, page));
  const fits = context.options.surface === 'message' && pages.length > 1 && pages.length <= CARDS;
  const block = fits && cards.every((card) => card !== undefined) ? carousel(context, cards) : undefined;
  if (block && JSON.stringify(block).length <= SIZE) {
    context.put(block);
    return;
  }
  if (pages.length > 1) context.note(element, 'pages to turn', 'the pages one below another');
  pages.forEach((page, index) => {
    if (pages.length > 1) {
      putDivider();
      context.put({ type: 'context', elements: [plain(`${index + 1} / ${pages.length}`)] }, true);
    }
    putAll(context, [page]);
  });
}

function carousel(context: Context, pages: readonly Page[]): SlackBlock {
  const elements = pages.map((page) => {
    const image = page.image && imageObject(context, page.image);
    const title = textObject(page.title, TITLE);
    const body = textObject(page.body, BODY);
    const actions = page.actions.flatMap((action) => {
      const control = controlOf(context, action);
      return control.kind === 'button' ? [control.element] : [];
    });
    const texts = [page.title, page.body].map(plainText);
    for (const text of [...texts, ...page.actions.map(({ node }) => words(node, 'title'))]) context.say(text);
    return {
      type: 'card',
      ...(image && { hero_image: image }),
      ...(title && { title: { type: 'mrkdwn', text: title.text } }),
      ...(body && { body: { type: 'mrkdwn', text: body.text } }),
      ...(actions.length > 0 && { actions }),
    };
  });
  return { type: 'carousel', elements };
}

/** The page as one picture, a title, some words and up to three buttons; undefined where it is more than that. */
function pageOf(context: Context, page: Element): Page | undefined {
  const lines: Line[][] = [];
  const actions: Element[] = [...(page.kids['selectAction'] ?? [])];
  let image: Element | undefined;
  let hasTitle = false;
  if (own(page.node, 'backgroundImage') !== undefined) return undefined;
  for (const kid of itemsOf(context, page)) {
    const text = textual(context, kid);
    if (text) {
      if (lines.length === 0) hasTitle = isHeading(kid.node) || word(kid.node, 'weight') === 'bolder';
      lines.push(trimLines(text));
    } else if (kid.type === 'Image' && !image && lines.length === 0 && isPlainPicture(context, kid))
      image = kid;
    else if (kid.type === 'ActionSet') actions.push(...shownKids(context, kid, 'actions'));
    else return undefined;
  }
  const [title, body] = hasTitle ? [lines[0] ?? [], lines.slice(1).flat()] : [[], lines.flat()];
  const isSmall = isCardText(title, TITLE) && isCardText(body, BODY) && actions.length <= BUTTONS;
  const isEmpty = !image && lines.flat().length === 0 && actions.length === 0;
  const fits = isSmall && !isEmpty && actions.every((action) => isPlainButton(context, action));
  return fits ? { image, title, body, actions } : undefined;
}

/** A page's items, those of bare containers among them. */
function itemsOf(context: Context, element: Element): Element[] {
  return shownKids(context, element, 'items').flatMap((kid) => {
    const isBare = kid.type === 'Container' && !kid.kids['selectAction']?.length;
    return isBare && own(kid.node, 'backgroundImage') === undefined ? itemsOf(context, kid) : [kid];
  });
}

function isPlainPicture(context: Context, image: Element): boolean {
  if (isIcon(image) || image.kids['selectAction']?.length) return false;
  return webUrl(str(image.node, 'url'), context.options.baseUrl) !== undefined;
}

/** Cards hold mrkdwn only. */
function isCardText(lines: readonly Line[], limit: number): boolean {
  return lines.length === 0 || textObject(lines, limit)?.type === 'mrkdwn';
}

function isPlainButton(context: Context, action: Element): boolean {
  const { node } = action;
  const title = words(node, 'title').trim();
  const address = addressOf(action);
  return (
    title !== '' &&
    title.length <= BUTTON_TEXT &&
    flag(node, 'isEnabled', true) &&
    action.path !== context.submit?.path &&
    !action.kids['menuActions']?.length &&
    !action.kids['card'] &&
    !action.kids['content'] &&
    (address === undefined || webUrl(address, context.options.baseUrl) !== undefined)
  );
}
