import { plain, type Context } from './context.js';
import { isBlank, isUnadorned, marker, plainText, type Line } from './inline.js';
import { isSafe, mrkdwnLength, toMrkdwn } from './mrkdwn.js';
import { richBlock, richLength } from './rich.js';
import { splitLines } from './split.js';
import type { SlackBlock } from './types.js';

/** Slack's limits for a section's text and a text in a context (the latter kept below the former on purpose). */
export const SECTION_TEXT = 3000;
const CONTEXT_TEXT = 2000;

/** A text as Slack takes it. */
export interface TextObject {
  readonly type: 'mrkdwn' | 'plain_text';
  readonly text: string;
}

/** Without the empty lines around it. */
export function trimLines(lines: readonly Line[]): Line[] {
  let start = 0;
  let end = lines.length;
  while (start < end && isBlank(lines.slice(start, start + 1))) start += 1;
  while (end > start && isBlank(lines.slice(end - 1, end))) end -= 1;
  return lines.slice(start, end);
}

/** One text object that shows the lines as meant, or undefined where only rich text can, or where they are too long. */
export function textObject(lines: readonly Line[], limit: number): TextObject | undefined {
  const trimmed = trimLines(lines);
  if (trimmed.length === 0) return undefined;
  if (isSafe(trimmed)) {
    const text = toMrkdwn(trimmed).trim();
    return text !== '' && text.length <= limit ? { type: 'mrkdwn', text } : undefined;
  }
  if (!isUnadorned(trimmed)) return undefined;
  const text = plainText(trimmed);
  return text.length <= limit ? plain(text) : undefined;
}

/** Puts lines out as sections (or as small print), divided where they are too long, as rich text where they must. */
export function putLines(context: Context, lines: readonly Line[], small = false): void {
  const trimmed = trimLines(lines);
  if (trimmed.length === 0) return;
  context.say(plainText(trimmed));
  for (const block of lineBlocks(trimmed, small)) context.put(block);
}

function lineBlocks(lines: readonly Line[], small: boolean): SlackBlock[] {
  const limit = small ? CONTEXT_TEXT : SECTION_TEXT;
  if (isSafe(lines)) {
    const text = toMrkdwn(lines).trim();
    if (text === '') return [];
    if (text.length <= limit) return [textBlock({ type: 'mrkdwn', text }, small)];
    return groups(lines, limit, mrkdwnLength).map((group) =>
      textBlock({ type: 'mrkdwn', text: toMrkdwn(group).trim() }, small),
    );
  }
  if (isUnadorned(lines)) {
    return groups(lines, limit, plainLength).map((group) => textBlock(plain(plainText(group)), small));
  }
  return groups(lines, SECTION_TEXT, richLength).flatMap((group) => richBlock(group) ?? []);
}

function groups(lines: readonly Line[], limit: number, measure: (line: Line) => number): Line[][] {
  return splitLines(lines, limit, measure)
    .map(trimLines)
    .filter((group) => group.length > 0);
}

function plainLength(line: Line): number {
  return marker(line).length + line.spans.reduce((sum, span) => sum + span.text.length, 0);
}

function textBlock(text: TextObject, small: boolean): SlackBlock {
  return small ? { type: 'context', elements: [text] } : { type: 'section', text };
}

/** Puts plain words out as a section or small print. */
export function putWords(context: Context, text: string, small = false): void {
  const lines = text.split('\n').map((line) => ({
    kind: 'text' as const,
    depth: 0,
    number: 0,
    spans: [{ text: line }],
  }));
  putLines(context, lines, small);
}
