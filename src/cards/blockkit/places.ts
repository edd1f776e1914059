import { idOf } from './ids.js';
import { str } from './read.js';
import type { Element } from './resolve.js';

/** An action or input with the cards that it stands in, the innermost first. */
export interface Place {
  readonly element: Element;
  readonly cards: readonly Element[];
}

/** Everything in a card that can be pressed or filled in. */
export interface Places {
  /** By the stable id that buttons and inputs carry in Slack. */
  readonly actions: ReadonlyMap<string, Place>;
  readonly inputs: readonly Place[];
}

/** Walks a card for its actions and inputs. */
export function placesOf(root: Element): Places {
  const actions = new Map<string, Place>();
  const inputs: Place[] = [];
  const visit = (element: Element, cards: readonly Element[]): void => {
    const isCard = element.type === 'AdaptiveCard' || element.type === 'Action.Popover';
    const within = isCard ? [element, ...cards] : cards;
    if (element.type.startsWith('Action.')) {
      actions.set(idOf('act', element.path, element.node), { element, cards });
    } else if (element.type.startsWith('Input.')) inputs.push({ element, cards: within });
    for (const kids of Object.values(element.kids)) for (const kid of kids) visit(kid, within);
  };
  visit(root, []);
  return { actions, inputs };
}

/**
 * The inputs whose values an action sends: those of its own card and of the cards around it, none of a sibling
 * ShowCard; none at all with `associatedInputs: "none"` (as Microsoft's renderer collects them).
 */
export function inputsFor(action: Place, inputs: readonly Place[]): Place[] {
  if (str(action.element.node, 'associatedInputs').toLowerCase() === 'none') return [];
  return inputs.filter(({ cards }) => {
    const [own] = cards;
    return own !== undefined && action.cards.includes(own);
  });
}
