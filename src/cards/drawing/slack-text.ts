import { createHeld, escapeHtml, linkHtml, unmarked } from './html.js';

const LOOKS = [
  ['\\*', 'strong'],
  ['_', 'em'],
  ['~', 's'],
] as const;

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/** What Slack writes as `&amp;`, `&lt;` and `&gt;`. */
const plainOf = (text: string) =>
  text.replace(/&(amp|lt|gt);/g, (_all, name: string) => CHARACTERS[name] ?? '');

const shown = (text: string) => escapeHtml(plainOf(text));

/** Slack's mrkdwn as HTML: bold, italic, struck, code, links. Everything else is text. */
export function slackTextHtml(text: string): string {
  const held = createHeld();
  const plain = unmarked(text)
    .replace(/<([^<>]+)>/g, (_all, inside: string) => held.hold(tokenHtml(inside)))
    .replace(/`([^`\n]+)`/g, (_all, code: string) => held.hold(`<code>${shown(code)}</code>`));
  return held.put(looks(shown(plain)));
}

/** What stands between `<` and `>`: a link, a date, somebody. */
function tokenHtml(inside: string): string {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const words = looks(shown(bar < 0 ? target : inside.slice(bar + 1)));
  return linkHtml(plainOf(target), words);
}

/** A look is one at the edge of a word only. */
function looks(html: string): string {
  return LOOKS.reduce(
    (done, [mark, tag]) =>
      done.replace(
        new RegExp(`(^|[^\\p{L}\\p{N}])${mark}(?=\\S)([^\\n]+?)(?<=\\S)${mark}(?![\\p{L}\\p{N}])`, 'gmu'),
        `$1<${tag}>$2</${tag}>`,
      ),
    html,
  ).replace(/\n/g, '<br>');
}
