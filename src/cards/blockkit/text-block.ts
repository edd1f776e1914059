import { plain, type Context } from './context.js';
import { isUnadorned, plainText, type Line } from './inline.js';
import { putLines, trimLines } from './lines-out.js';
import { putSelections } from './actions.js';
import { BUTTON_TEXT } from './controls.js';
import { str } from './read.js';
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
      .filter((action) => action.type !== 'Action.OpenUrl')
      .map((action) => ({ action, label: str(run.node, 'text').trim() })),
  );
  const [only] = actions;
  const node = only?.action.node ?? {};
  const isButton =
    actions.length === 1 &&
    str(node, 'title') + str(node, 'tooltip') === '' &&
    isName(lines, only?.label ?? '');
  if (!isButton) putLines(context, lines);
  putSelections(context, actions);
}

/** Whether the text is nothing but the name of its button. */
function isName(lines: readonly Line[], label: string): boolean {
  return label.length <= BUTTON_TEXT && plainText(lines) === label;
}
