import { pageNav, type Nav } from './nav.js';
import { createContext, plain, type Context } from './context.js';
import { noteUnsaid } from './controls.js';
import { noteCard, noteProperties } from './card-notes.js';
import { checkCard } from './guard.js';
import { idOf, pageId } from './ids.js';
import { putWords } from './lines-out.js';
import { escapeMrkdwn } from './mrkdwn.js';
import { isFormDivided, toPages, type Page } from './pages.js';
import { flag, word, type Node, words } from './read.js';
import { putElements } from './render.js';
import { resolveCard, type Element } from './resolve.js';
import { shorten } from './split.js';
import type { BlockKitOptions, BlockKitResult, SlackBlock, SlackMessage, SlackView } from './types.js';

/** Slack's limits: a modal's title and buttons; a message's text kept short for notifications. */
const TITLE = 24;
const MESSAGE_TEXT = 3000;
const ALL_TEXT = 40_000;

/** See `toBlockKit`. */
export function translate(card: unknown, options: BlockKitOptions): BlockKitResult {
  checkCard(card);
  const node = card as Node;
  const { root, notes } = resolveCard(node, options.capabilities);
  const submit = options.surface === 'modal' ? submitOf(root) : undefined;
  const context = createContext(node, options, notes, submit);
  putElements(context, [root]);
  noteProperties(context, root);
  noteCard(context, root);
  if (context.out.length === 0) putWords(context, words(node, 'fallbackText').trim() || '–');
  const pages = toPages(context.out, options.surface);
  const text = shorten(context.said.join('\n') || '–', ALL_TEXT);
  const common = { text, report: context.report };
  if (options.surface === 'message') return { ...common, ...messagesOf(context, node, pages) };
  return { ...common, ...viewOf(context, root, pages) };
}

/**
 * The action that a modal's own button stands for: one that sends the card's inputs, the card's own actions before
 * those within it, one in the positive style before others.
 */
function submitOf(root: Element): Element | undefined {
  if (!hasInput(root)) return undefined;
  const senders = [...(root.kids['actions'] ?? []), ...actionsWithin(root)].filter(
    ({ type, node }) =>
      (type === 'Action.Submit' || type === 'Action.Execute') &&
      flag(node, 'isEnabled', true) &&
      flag(node, 'isVisible', true) &&
      word(node, 'mode') !== 'secondary' &&
      (node['data'] === undefined || !JSON.stringify(node['data']).includes('"signin"')),
  );
  const sending = senders.filter(({ node }) => word(node, 'associatedInputs') !== 'none');
  return sending.find(({ node }) => word(node, 'style') === 'positive') ?? sending[0] ?? senders[0];
}

/** The actions of sets in a card's body that are to be seen; none of other cards. */
function actionsWithin(element: Element): readonly Element[] {
  if (!flag(element.node, 'isVisible', true)) return [];
  if (element.type === 'ActionSet') return element.kids['actions'] ?? [];
  return ['body', 'items', 'columns', 'rows', 'cells', 'pages'].flatMap((key) =>
    (element.kids[key] ?? []).flatMap(actionsWithin),
  );
}

function hasInput(element: Element): boolean {
  if (element.type.startsWith('Input.')) return true;
  return Object.values(element.kids).some((kids) => kids.some(hasInput));
}

function messagesOf(
  context: Context,
  card: Node,
  pages: readonly Page[],
): Pick<BlockKitResult, 'messages' | 'pages'> {
  const speak = words(card, 'speak')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const textOf = (page: Page, index: number): string =>
    escapeMrkdwn(
      shorten(
        (index === 0 ? speak : '') || context.said.slice(page.saidFrom, page.saidTo).join('\n') || '–',
        MESSAGE_TEXT,
      ),
    );
  const messages: SlackMessage[] = pages.map((page, index) => ({
    blocks: page.blocks,
    text: textOf(page, index),
  }));
  if (pages.length <= 1) return { messages, pages: 1 };
  const root = { type: 'AdaptiveCard', path: '', node: card, kids: {} };
  if (!isFormDivided(pages)) {
    context.note(root, 'more than a message holds', `${pages.length} messages`);
    return { messages, pages: 1 };
  }
  context.note(root, 'a form of more than a message', `${pages.length} pages with buttons between`);
  const at = pageAt(context, pages.length);
  const message = messages[at - 1] ?? { blocks: [], text: '–' };
  const nav = pageNav({ page: at, pages: pages.length, texts: context.texts });
  return { messages: [{ ...message, blocks: [...message.blocks, ...nav] }], pages: pages.length };
}

function pageAt(context: Context, pages: number): number {
  const wished = Math.floor(context.options.page ?? 1);
  return Math.min(pages, Math.max(1, Number.isFinite(wished) ? wished : 1));
}

function viewOf(
  context: Context,
  root: Element,
  pages: readonly Page[],
): Pick<BlockKitResult, 'messages' | 'view' | 'pages'> {
  const at = pageAt(context, pages.length);
  const hasMore = pages.length > 1;
  if (hasMore) context.note(root, 'more than a view holds', `${pages.length} pages with buttons between`);
  const blocks = pages[at - 1]?.blocks ?? [];
  const nav: Nav = { page: at, pages: pages.length, texts: context.texts };
  if (context.options.surface === 'home') {
    const all = hasMore ? [...blocks, ...pageNav(nav)] : blocks;
    return { messages: [], view: { type: 'home', blocks: all }, pages: pages.length };
  }
  const view = modalOf(context, root, blocks, nav);
  return { messages: [], view, pages: pages.length };
}

/** A modal with its title and its button. Slack wants a button wherever there are inputs: on the way it turns pages. */
function modalOf(context: Context, root: Element, blocks: SlackBlock[], nav: Nav): SlackView {
  const { texts, submit } = context;
  const hasInputs = blocks.some((block) => block.type === 'input');
  const turns = nav.page < nav.pages && (hasInputs || submit !== undefined);
  const title = context.options.title ?? headingOf(blocks) ?? texts.form;
  const label = turns ? texts.next : submit ? words(submit.node, 'title').trim() || texts.send : texts.send;
  if (submit) noteUnsaid(context, submit, label);
  const hasSubmit = turns || submit !== undefined || hasInputs;
  const extra: SlackBlock[] = [];
  if (submit && !turns && label.length > TITLE) {
    context.note(submit, `title of ${label.length} characters`, 'shortened, with the whole text above');
    extra.push({ type: 'context', elements: [plain(shorten(label, MESSAGE_TEXT - 1000))] });
  }
  if (title.length > TITLE) context.note(root, 'title of the modal', 'shortened');
  const buttons = nav.pages > 1 ? pageNav(nav, turns) : [];
  const id = turns ? pageId(nav.page + 1) : submit && idOf('act', submit.path, submit.node);
  return {
    type: 'modal',
    ...(hasSubmit && id !== undefined && { callback_id: id }),
    title: plain(shorten(title, TITLE)),
    ...(hasSubmit && { submit: plain(shorten(label, TITLE)) }),
    close: plain(shorten(texts.close, TITLE)),
    blocks: [...blocks, ...extra, ...buttons].slice(0, 100),
  };
}

function headingOf(blocks: readonly SlackBlock[]): string | undefined {
  const header = blocks.find((block) => block.type === 'header');
  const text = header?.['text'] as { text?: string } | undefined;
  return text?.text;
}
