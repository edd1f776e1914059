import { BlockKitError } from './errors.js';
import { isNode, own } from './read.js';

/** Nested JSON levels. Teams' cards have fewer than 30; every level costs the translator a stack frame. */
const DEEPEST = 200;
/** Objects and lists outside lists of choices. Teams' 80 KB hold fewer than 3,000 elements with a text. */
const MOST_NODES = 3_000;
/** Characters of text outside lists of choices: a tenth more than Teams takes at all (80 KB). */
const MOST_TEXT = 90_000;
/** Entries in the lists of choices together; a search select holds them. */
const MOST_CHOICES = 200_000;
/** The longest list of choices that is looked at one by one; longer ones are searched. */
const LONGEST_LIST = 10_000;
/** Choices looked at one by one, in all lists together: ten times what Teams' 80 KB hold. */
const MOST_SHOWN = 20_000;

interface Count {
  nodes: number;
  text: number;
  choices: number;
  shown: number;
}

/**
 * Refuses what no chat could show, before any work is spent on it.
 *
 * @throws BlockKitError `CARD_WRONG`, `CARD_TOO_DEEP`, `CARD_TOO_LARGE` or `CARD_CYCLIC`.
 */
export function checkCard(card: unknown): void {
  if (!isNode(card)) throw new BlockKitError('CARD_WRONG', 'A card is a JSON object.');
  const type = own(card, 'type');
  if (type !== undefined && type !== 'AdaptiveCard') {
    throw new BlockKitError('CARD_WRONG', 'The type of a card is "AdaptiveCard".');
  }
  visit(card, 0, new Set(), { nodes: 0, text: 0, choices: 0, shown: 0 });
}

function visit(value: object, depth: number, above: Set<object>, count: Count): void {
  if (above.has(value)) throw new BlockKitError('CARD_CYCLIC', 'The card contains itself.');
  if (depth > DEEPEST) throw new BlockKitError('CARD_TOO_DEEP', `The card has over ${DEEPEST} levels.`);
  count.nodes += 1;
  if (count.nodes > MOST_NODES) throw tooLarge(`over ${MOST_NODES} objects`);
  above.add(value);
  for (const key of Object.keys(value)) {
    const inner = (value as Record<string, unknown>)[key];
    if (typeof inner === 'string') addText(inner, count);
    else if (key === 'choices' && Array.isArray(inner)) countChoices(inner, count);
    else if (typeof inner === 'object' && inner !== null) visit(inner, depth + 1, above, count);
  }
  above.delete(value);
}

function addText(text: string, count: Count): void {
  count.text += text.length;
  if (count.text > MOST_TEXT) throw tooLarge(`over ${MOST_TEXT} characters`);
}

function countChoices(choices: readonly unknown[], count: Count): void {
  count.choices += choices.length;
  if (count.choices > MOST_CHOICES) throw tooLarge(`over ${MOST_CHOICES} choices`);
  if (choices.length > LONGEST_LIST) return;
  count.shown += choices.length;
  if (count.shown > MOST_SHOWN) throw tooLarge(`over ${MOST_SHOWN} choices in short lists`);
}

function tooLarge(what: string): BlockKitError {
  return new BlockKitError('CARD_TOO_LARGE', `The card has ${what}.`);
}
