/** A JSON object of a card. Only own keys are ever read. */
export type Node = Readonly<Record<string, unknown>>;

/** Whether the value is a JSON object (no array, no null). */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property, or undefined: `__proto__` and inherited names are never found. */
export function own(node: Node, key: string): unknown {
  return Object.hasOwn(node, key) ? node[key] : undefined;
}

/** A text property. Numbers and booleans count as their text, as Microsoft's renderers take them. */
export function str(node: Node, key: string): string {
  return asText(own(node, key));
}

/** A scalar as text; anything else is empty. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** An enumerated property, in lower case: cards write `Bolder` and `bolder` alike. */
export function word(node: Node, key: string): string {
  return str(node, key).trim().toLowerCase();
}

/** A finite number, also one written as text. */
export function num(node: Node, key: string): number | undefined {
  const value = own(node, key);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/** A truth value, also one written as text. */
export function flag(node: Node, key: string, otherwise = false): boolean {
  const value = own(node, key);
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return otherwise;
}

/** The objects of a list property. */
export function nodes(node: Node, key: string): readonly Node[] {
  const value = own(node, key);
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** An object property. */
export function child(node: Node, key: string): Node | undefined {
  const value = own(node, key);
  return isNode(value) ? value : undefined;
}

/** A text property as people are to see it: without control characters, which no chat shows. */
export function words(node: Node, key: string): string {
  return visible(str(node, key));
}

/** A text without control characters; JSON writes each six times as long. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
}
