import type { AdaptiveCardJson } from '../core/ports/chat.js';

/** Whether there is anything to fill in on a card. */
export function asksInput(card: AdaptiveCardJson): boolean {
  return hasInput(card);
}

function hasInput(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { type } = value as { readonly type?: unknown };
  if (typeof type === 'string' && type.startsWith('Input.')) return true;
  return Object.values(value).some(hasInput);
}
