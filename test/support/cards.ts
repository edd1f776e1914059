/** A button of a card, as JSON has it. */
export interface CardButton {
  readonly type: string;
  readonly title?: string;
  readonly verb?: string;
  readonly data?: any;
}

/** Every action of a card, wherever it is. */
export function buttonsOf(card: unknown): readonly CardButton[] {
  if (Array.isArray(card)) return card.flatMap(buttonsOf);
  if (typeof card !== 'object' || card === null) return [];
  const { type } = card as { readonly type?: unknown };
  const own = typeof type === 'string' && type.startsWith('Action.') ? [card as CardButton] : [];
  return [...own, ...Object.values(card).flatMap(buttonsOf)];
}
