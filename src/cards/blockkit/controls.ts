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
/** Characters of a text that the report repeats. */
const TOLD = 1000;
const CONFIRM = { title: 100, text: 300, confirm: 30, deny: 30 } as const;

/** An action as a button where Slack has one for it, else as a link or as text; differences are reported. */
export function controlOf(context: Context, action: Element, label = ''): Control {
  const { node } = action;
  const title = titleOf(context, action, label);
  if (!flag(node, 'isEnabled', true)) {
    context.note(action, 'disabled action', 'its title as text');
    noteUnsaid(context, action, title);
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
    noteUnsaid(context, action, title);
    return { kind: 'text', title };
  }
  if (!url.startsWith('http')) {
    noteUnsaid(context, action, title);
    return { kind: 'link', title, url };
  }
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
  const confirm = confirmOf(context, action);
  if (tooltip !== '' && tooltip !== title && tooltip.length > BUTTON_TEXT) {
    context.note(action, `long tooltip "${tooltip.slice(0, TOLD)}"`, 'shortened, for screen readers');
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

/** What Slack asks before it sends; words that are too long for that are told in the report. */
function confirmOf(context: Context, action: Element): Record<string, unknown> | undefined {
  const parts = confirmParts(action);
  if (parts === undefined) return undefined;
  const long = Object.entries(parts).filter(
    ([key, text]) => text.length > CONFIRM[key as keyof typeof CONFIRM],
  );
  for (const [key, text] of long) {
    context.note(action, `${key} of its confirmation "${text.slice(0, TOLD)}"`, 'shortened');
  }
  return Object.fromEntries(
    Object.entries(parts).map(([key, text]) => [
      key,
      plain(shorten(text, CONFIRM[key as keyof typeof CONFIRM])),
    ]),
  );
}

/** The texts of a confirmation that are there; undefined without a question. */
function confirmParts({ node }: Element): Record<string, string> | undefined {
  const confirm = child(node, 'confirm');
  if (!confirm) return undefined;
  const text = (words(confirm, 'text') || words(confirm, 'message')).trim();
  if (text === '') return undefined;
  const others = (['title', 'confirm', 'deny'] as const).flatMap((key) => {
    const value = typeof own(confirm, key) === 'string' ? words(confirm, key).trim() : '';
    return value === '' ? [] : [[key, value] as const];
  });
  return { text, ...Object.fromEntries(others) };
}

/** Tells of what an action says beside its title, where it becomes something that cannot say it. */
export function noteUnsaid(context: Context, action: Element, title: string): void {
  const tooltip = words(action.node, 'tooltip').trim();
  if (tooltip !== '' && tooltip.replace(/\s+/g, ' ') !== title) {
    context.note(action, `tooltip "${tooltip.slice(0, TOLD)}"`, 'nothing');
  }
  const parts = confirmParts(action);
  if (parts) {
    context.note(
      action,
      `confirmation "${Object.values(parts).join(' / ').slice(0, TOLD)}"`,
      'nothing is asked',
    );
  }
}
