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

/** An input of a card, as JSON has it. */
export interface CardInput {
  readonly type: string;
  readonly id: string;
  readonly value?: string;
}

/** Every input of a card, wherever it is. */
export function inputsOf(card: unknown): readonly CardInput[] {
  if (Array.isArray(card)) return card.flatMap(inputsOf);
  if (typeof card !== 'object' || card === null) return [];
  const { type } = card as { readonly type?: unknown };
  const own = typeof type === 'string' && type.startsWith('Input.') ? [card as CardInput] : [];
  return [...own, ...Object.values(card).flatMap(inputsOf)];
}

/** What the text blocks of a card say. */
export function wordsIn(card: unknown): readonly string[] {
  if (Array.isArray(card)) return card.flatMap(wordsIn);
  if (typeof card !== 'object' || card === null) return [];
  const { type, text } = card as { readonly type?: unknown; readonly text?: unknown };
  return [...(type === 'TextBlock' ? [String(text)] : []), ...Object.values(card).flatMap(wordsIn)];
}
