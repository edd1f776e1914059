import { choicesOf } from './choices.js';
import { usableLang } from './dates.js';
import { checkCard } from './guard.js';
import { idOf } from './ids.js';
import { placesOf } from './places.js';
import { child, str, type Node } from './read.js';
import { resolveCard } from './resolve.js';
import { optionOf } from './selects.js';
import type { BlockKitOptions, FoundChoices } from './types.js';

/** Slack's limit for the answer to `block_suggestion`. */
const MOST = 100;

/** See `findChoices`. */
export function search(
  card: unknown,
  { actionId, query, options }: { actionId: string; query: string; options: BlockKitOptions },
): FoundChoices {
  checkCard(card);
  const { root } = resolveCard(card as Node, options.capabilities);
  const input = placesOf(root).inputs.find(
    ({ element }) => idOf('in', element.path, element.node) === actionId,
  )?.element;
  if (!input) return { options: [] };
  const lang = usableLang(options.lang ?? (str(root.node, 'lang') || 'en'));
  const wanted = query.trim().toLocaleLowerCase(lang);
  const found = [];
  for (const choice of choicesOf(input.node)) {
    if (wanted !== '' && !choice.title.toLocaleLowerCase(lang).includes(wanted)) continue;
    found.push(optionOf(choice));
    if (found.length === MOST) break;
  }
  const data = child(input.node, 'choices.data');
  const dataset = data ? str(data, 'dataset') : '';
  return { options: found, ...(dataset !== '' && { dataset }) };
}
