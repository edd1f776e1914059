import { isForWidth, plain, type Context } from './context.js';
import { putWords } from './lines-out.js';
import { child, flag, nodes, num, own, str, words } from './read.js';
import type { Element } from './resolve.js';
import { HANDLED, LAYOUT } from './shapes.js';
import { shorten } from './split.js';
import { webUrl } from './urls.js';

/** What a card says about itself as a whole. */
export function noteCard(context: Context, root: Element): void {
  const { node } = root;
  if ((num(node, 'version') ?? 1) > 1.6) {
    context.note(root, `version ${str(node, 'version')}`, 'what is known of 1.6 and Teams');
  }
  if (own(node, 'refresh') !== undefined) {
    context.note(
      root,
      'refresh',
      'nothing: a Slack message is the same for everybody until the app updates it',
    );
  }
  if (words(node, 'speak') !== '')
    context.note(root, 'speak', 'the text for notifications and screen readers');
  if (flag(node, 'rtl')) context.note(root, 'rtl', 'the direction that Slack sees in the text itself');
  putAuthentication(context, root);
  const layout = [...context.layout].filter((key) => key !== 'rtl').sort();
  if (layout.length > 0) context.note(root, `layout and look: ${layout.join(', ')}`, "Slack's own");
}

/** Signing in: the text and its buttons as links. */
function putAuthentication(context: Context, root: Element): void {
  const authentication = child(root.node, 'authentication');
  if (!authentication) return;
  context.note(root, 'authentication', 'its text and its buttons as links');
  putWords(context, words(authentication, 'text'));
  const buttons = nodes(authentication, 'buttons').flatMap((button, index) => {
    const url = webUrl(str(button, 'value'), context.options.baseUrl);
    const title = words(button, 'title').trim() || context.texts.open;
    if (!url) return [];
    return [{ type: 'button', action_id: `ac.sign.${index}`, text: plain(shorten(title, 75)), url }];
  });
  if (buttons.length > 0) context.put({ type: 'actions', elements: buttons.slice(0, 3) });
}

/**
 * Every property that the translator knows nothing of, elements for other widths, and ids that stand twice, so that
 * none is passed over in silence.
 */
export function noteProperties(context: Context, element: Element, ids = new Set<string>()): void {
  const { node } = element;
  for (const key of Object.keys(node)) {
    if (LAYOUT.has(key)) context.noteLayout(key);
    if (HANDLED.has(key) || LAYOUT.has(key) || key.startsWith('$')) continue;
    context.note(element, `property "${key.slice(0, 60)}"`, 'nothing');
  }
  if (!isForWidth(node)) {
    context.note(
      element,
      `meant for width ${str(node, 'targetWidth').slice(0, 40)}`,
      'nothing: Slack is Standard',
    );
  }
  const id = element.type.startsWith('Input.') ? str(node, 'id') : '';
  if (id !== '' && ids.has(id)) {
    context.note(element, `input id "${id.slice(0, 60)}" a second time`, 'an input; the last value is sent');
  }
  if (id !== '') ids.add(id);
  const tooltip = element.type === 'Badge' && words(node, 'text') !== '' ? words(node, 'tooltip') : '';
  if (tooltip !== '') context.note(element, `tooltip "${tooltip.slice(0, 200)}"`, 'nothing');
  for (const kids of Object.values(element.kids)) for (const kid of kids) noteProperties(context, kid, ids);
}
