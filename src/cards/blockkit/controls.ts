import { plain, type Context } from './context.js';
import { idOf } from './ids.js';
import { child, flag, own, str, word, words } from './read.js';
import type { Element } from './resolve.js';
import { shorten } from './split.js';
import type { SlackBlock } from './types.js';
import { safeUrl } from './urls.js';

/** What an action becomes. */
export type Control =
  | { readonly kind: 'button'; readonly element: SlackBlock; readonly title: string; readonly url?: string }
  | { readonly kind: 'link'; readonly title: string; readonly url: string }
  | { readonly kind: 'text'; readonly title: string };

/** Slack's limits for a button's text, and for titles and texts of its confirmation. */
export const BUTTON_TEXT = 75;
const CONFIRM = { title: 100, text: 300, confirm: 30, deny: 30 } as const;

/** An action as a button where Slack has one for it, else as a link or as text; differences are reported. */
export function controlOf(context: Context, action: Element, label = ''): Control {
  const { node } = action;
  const title = titleOf(context, action, label);
  if (!flag(node, 'isEnabled', true)) {
    context.note(action, 'disabled action', 'its title as text');
    return { kind: 'text', title: `${title} (${context.texts.notAvailable})` };
  }
  const address = addressOf(action);
  if (address === undefined) {
    noteTeamsData(context, action);
    return { kind: 'button', element: button(context, action, title), title };
  }
  const url = safeUrl(address, context.options.baseUrl);
  if (url === undefined) {
    context.note(action, `opens ${address.slice(0, 200) || 'nothing'}`, 'its title as text');
    return { kind: 'text', title };
  }
  if (!url.startsWith('http')) return { kind: 'link', title, url };
  const element: SlackBlock = { ...button(context, action, title), url };
  return { kind: 'button', element, title, url };
}

/** What a person reads on an action: its title, else what describes it. */
export function titleOf(context: Context, action: Element, label = ''): string {
  const title = words(action.node, 'title').replace(/\s+/g, ' ').trim();
  if (title !== '') return title;
  const tooltip = words(action.node, 'tooltip').replace(/\s+/g, ' ').trim();
  if (tooltip !== '') return tooltip;
  if (label !== '') return label;
  if (action.type === 'Action.Submit' || action.type === 'Action.Execute') return context.texts.send;
  const opensMore = action.type === 'Action.ToggleVisibility' || action.type === 'Action.ShowCard';
  return opensMore ? context.texts.more : context.texts.open;
}

/** The address that an action opens; undefined for one that does something else. */
export function addressOf(action: Element): string | undefined {
  if (action.type === 'Action.OpenUrl') return str(action.node, 'url');
  if (action.type === 'Action.OpenUrlDialog') return str(action.node, 'dialogUrl') || str(action.node, 'url');
  const teams = teamsData(action);
  if (teams && word(teams, 'type') === 'signin') return str(teams, 'value');
  return undefined;
}

function teamsData(action: Element): ReturnType<typeof child> {
  const data = child(action.node, 'data');
  return data && child(data, 'msteams');
}

function noteTeamsData(context: Context, action: Element): void {
  const teams = teamsData(action);
  const type = teams ? str(teams, 'type') : '';
  if (type === '') return;
  context.note(action, `Teams' ${type.slice(0, 40)}`, 'a button that sends the same data');
}

function button(context: Context, action: Element, title: string): SlackBlock {
  const { node } = action;
  const style = { positive: 'primary', destructive: 'danger' }[word(node, 'style')];
  const tooltip = words(node, 'tooltip').trim();
  const confirm = confirmOf(action);
  if (tooltip !== '' && tooltip !== title && tooltip.length > BUTTON_TEXT) {
    context.note(action, 'long tooltip', 'shortened, for screen readers');
  }
  return {
    type: 'button',
    action_id: idOf('act', action.path, node),
    text: plain(shorten(title, BUTTON_TEXT)),
    ...(style && { style }),
    ...(tooltip !== '' && tooltip !== title && { accessibility_label: shorten(tooltip, BUTTON_TEXT) }),
    ...(confirm && { confirm }),
  };
}

function confirmOf(action: Element): Record<string, unknown> | undefined {
  const confirm = child(action.node, 'confirm');
  const text = confirm ? words(confirm, 'text') || str(confirm, 'message') : '';
  if (!confirm || text.trim() === '') return undefined;
  const optional = (key: 'title' | 'confirm' | 'deny'): Record<string, unknown> => {
    const value = typeof own(confirm, key) === 'string' ? str(confirm, key).trim() : '';
    return value === '' ? {} : { [key]: plain(shorten(value, CONFIRM[key])) };
  };
  return {
    text: plain(shorten(text, CONFIRM.text)),
    ...optional('title'),
    ...optional('confirm'),
    ...optional('deny'),
  };
}
