import { answersTo } from './answer.js';
import { search } from './search.js';
import { translate } from './translate.js';
import type { BlockKitAnswer, BlockKitOptions, BlockKitResult, FoundChoices, Submission } from './types.js';

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
  return translate(card, options);
}

/**
 * Turns what a Slack user did back into what Teams would have sent for the same card. The action is found by its
 * place in the card; what a button carries is never trusted.
 *
 * @throws BlockKitError as `toBlockKit` does.
 */
export function fromBlockKit(card: unknown, submission: Submission): BlockKitAnswer {
  return answersTo(card, submission.options.capabilities)(submission);
}

/**
 * `fromBlockKit` for a card that is answered often: looks at the card once, which is most of the work. The card must
 * not be changed afterwards.
 *
 * @param capabilities the same as in the options with which the card is shown
 * @throws BlockKitError as `toBlockKit` does.
 */
export function createAnswers(
  card: unknown,
  capabilities?: BlockKitOptions['capabilities'],
): (submission: Submission) => BlockKitAnswer {
  return answersTo(card, capabilities);
}

/**
 * The choices of a search select (`external_select`) whose titles hold the query: the answer to Slack's
 * `block_suggestion`, at most 100.
 *
 * @throws BlockKitError as `toBlockKit` does.
 */
export function findChoices(
  card: unknown,
  wanted: { readonly actionId: string; readonly query: string; readonly options: BlockKitOptions },
): FoundChoices {
  return search(card, wanted);
}
