import { plain, type Context } from './context.js';
import { isUnadorned, plainText, type Line } from './inline.js';
import { putLines, trimLines } from './lines-out.js';
import { putSelections } from './actions.js';
import { BUTTON_TEXT } from './controls.js';
import { flag, own, words } from './read.js';
import type { Element } from './resolve.js';
import { isHeading, isSmall, richLines, textBlockLines } from './textual.js';

/** Slack's limit for a header. */
const HEADER = 150;

/** A heading becomes a header where it is short and unadorned, small print a context, all else a section. */
export function putTextBlock(context: Context, element: Element): void {
  const lines = trimLines(textBlockLines(context, element));
  if (lines.length === 0) return;
  const heading = isHeading(element.node) ? headerText(lines) : undefined;
  if (heading !== undefined) {
    context.say(heading);
    context.put({ type: 'header', text: plain(heading) }, true);
    return;
  }
  putLines(context, lines, isSmall(element.node) && !isHeading(element.node));
}

function headerText(lines: readonly Line[]): string | undefined {
  const [line] = lines;
  if (lines.length !== 1 || line?.kind !== 'text') return undefined;
  const bare = line.spans.map((span) => ({ ...span, bold: undefined }));
  const unadorned = isUnadorned([{ ...line, spans: bare.map(({ bold: _bold, ...span }) => span) }]);
  const text = plainText(lines);
  return unadorned && text.length <= HEADER ? text : undefined;
}

/** Rich text stays rich text. What a run does beside opening a link becomes a button below. */
export function putRichTextBlock(context: Context, element: Element): void {
  const lines = trimLines(richLines(context, element));
  const actions = (element.kids['inlines'] ?? []).flatMap((run) =>
    (run.kids['selectAction'] ?? [])
      .flatMap((action) => (action.type === 'Action.OpenUrl' ? (action.kids['menuActions'] ?? []) : [action]))
      .map((action) => ({ action, label: words(run.node, 'text').trim() })),
  );
  const [only] = actions;
  const node = only?.action.node ?? {};
  const isButton =
    actions.length === 1 &&
    words(node, 'title') + words(node, 'tooltip') === '' &&
    isName(lines, only?.label ?? '');
  if (!isButton) putLines(context, lines);
  putSelections(context, actions);
}

/** Whether the text is nothing but the name of its button. */
function isName(lines: readonly Line[], label: string): boolean {
  return label.length <= BUTTON_TEXT && plainText(lines) === label;
}

/** Longer texts are explanations, no names. */
const NAME = 150;

/**
 * The words of a short text that names the input after it, where that has no label of its own: Slack asks for one, and
 * a text above a nameless input is what cards of the first versions have instead. Empty where it is none.
 */
export function nameFor(context: Context, element: Element, next: Element | undefined): string {
  if (element.type !== 'TextBlock' || !next?.type.startsWith('Input.')) return '';
  if (own(next.node, 'label') !== undefined || flag(next.node, 'separator')) return '';
  if (isHeading(element.node)) return '';
  const lines = trimLines(textBlockLines(context, element));
  const bare = lines.flatMap((line) => line.spans).every((span) => !span.url && !span.date && !span.user);
  const text = plainText(lines);
  return lines.length === 1 && bare && text.length <= NAME ? text : '';
}
