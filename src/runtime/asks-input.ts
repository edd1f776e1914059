/** Whether there is anything to fill in on a card, at any depth. */
export function asksInput(card: unknown): boolean {
  if (typeof card !== 'object' || card === null) return false;
  const { type } = card as { readonly type?: unknown };
  if (typeof type === 'string' && type.startsWith('Input.')) return true;
  return Object.values(card).some(asksInput);
}
