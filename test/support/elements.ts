export type Element = Readonly<Record<string, unknown>>;

/** Every element and action of a card, in order, whatever it is nested in. */
export function elementsOf(node: unknown): Element[] {
  if (Array.isArray(node)) return node.flatMap(elementsOf);
  if (typeof node !== 'object' || node === null) return [];
  const own = 'type' in node ? [node as Element] : [];
  return [...own, ...Object.values(node).flatMap(elementsOf)];
}
