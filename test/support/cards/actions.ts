import { idOf } from '../../../src/cards/blockkit/ids.js';
import { placesOf } from '../../../src/cards/blockkit/places.js';
import type { Node } from '../../../src/cards/blockkit/read.js';
import { resolveCard } from '../../../src/cards/blockkit/resolve.js';

/** The ids of a card's actions that can be pressed and open no address: those are links, and compared as such. */
export function actionsToPress(card: unknown): string[] {
  const { actions } = placesOf(resolveCard(card as Node).root);
  return [...actions.values()]
    .map(({ element }) => element)
    .filter(({ type, node }) => !type.startsWith('Action.OpenUrl') && node['isEnabled'] !== false)
    .map(({ path, node }) => idOf('act', path, node));
}
