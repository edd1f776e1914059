import { isNode, own, str, type Node } from './read.js';
import { canonical, KIDS } from './shapes.js';
import type { ReportEntry } from './types.js';

/** An element or action that will be shown, its children resolved. */
export interface Element {
  readonly type: string;
  /** Where it stands in the card as it was given: ids follow from it. */
  readonly path: string;
  readonly node: Node;
  readonly kids: Readonly<Record<string, readonly Element[]>>;
}

interface Resolved {
  readonly element?: Element;
  /** Something in it can neither be shown nor replaced: an ancestor with a fallback takes over. */
  readonly failed?: string;
  readonly notes: ReportEntry[];
}

/** What `requires` may ask for. */
export type Capabilities = Readonly<Record<string, string>>;

/**
 * Puts fallbacks in the place of what cannot be shown, from the innermost outwards: an element with a child that
 * cannot be shown gives way to its own fallback, and so on up; without any, only the child is left out.
 */
export function resolveCard(
  card: Node,
  capabilities: Capabilities = {},
): { readonly root: Element; readonly notes: ReportEntry[] } {
  const notes: ReportEntry[] = [];
  const { kids } = resolveKids(card, 'AdaptiveCard', '', { adaptiveCards: '1.6', ...capabilities }, notes);
  return { root: { type: 'AdaptiveCard', path: '', node: card, kids }, notes };
}

function resolve(node: Node, otherwise: string, path: string, capabilities: Capabilities): Resolved {
  const written = str(node, 'type') || otherwise;
  const type = canonical(written);
  const missing = type === undefined ? written || '(no type)' : unmet(node, capabilities);
  if (type === undefined || missing !== undefined) {
    return fallBack(node, written, otherwise, path, capabilities, missing ?? written);
  }
  const notes: ReportEntry[] = [];
  const { kids, failed } = resolveKids(node, type, path, capabilities, notes);
  if (failed !== undefined && own(node, 'fallback') !== undefined) {
    return fallBack(node, type, otherwise, path, capabilities, failed);
  }
  const element = { type, path, node, kids };
  return failed === undefined ? { element, notes } : { element, failed, notes };
}

function resolveKids(
  node: Node,
  type: string,
  path: string,
  capabilities: Capabilities,
  notes: ReportEntry[],
): { kids: Record<string, Element[]>; failed?: string } {
  const kids: Record<string, Element[]> = {};
  let failed: string | undefined;
  for (const [key, otherwise] of Object.entries(KIDS[type] ?? KIDS['*'] ?? {})) {
    const value = own(node, key);
    const isList = Array.isArray(value);
    const list: readonly unknown[] = isList ? value : [value];
    const found: Element[] = [];
    list.forEach((one, index) => {
      const inner = typeof one === 'string' && key === 'inlines' ? { type: 'TextRun', text: one } : one;
      if (!isNode(inner)) return;
      const at = `${path === '' ? '' : `${path}.`}${key}${isList ? `[${index}]` : ''}`;
      const resolved = resolve(inner, otherwise, at, capabilities);
      failed ??= resolved.failed;
      notes.push(...resolved.notes);
      if (resolved.element) found.push(resolved.element);
    });
    kids[key] = found;
  }
  return failed === undefined ? { kids } : { kids, failed };
}

function fallBack(
  node: Node,
  type: string,
  otherwise: string,
  path: string,
  capabilities: Capabilities,
  missing: string,
): Resolved {
  const fallback = own(node, 'fallback');
  const what = `needs what is not known here: ${missing.slice(0, 100)}`;
  if (isNode(fallback)) {
    const resolved = resolve(fallback, otherwise, `${path}.fallback`, capabilities);
    const note = { path, element: type, what, instead: 'its fallback' };
    return { ...resolved, notes: [note, ...resolved.notes] };
  }
  if (fallback === 'drop') {
    return { notes: [{ path, element: type, what, instead: 'nothing, as its fallback says' }] };
  }
  return { failed: missing, notes: [{ path, element: type, what, instead: 'nothing: it has no fallback' }] };
}

/** The first requirement that is not met, as text. */
function unmet(node: Node, capabilities: Capabilities): string | undefined {
  const requires = own(node, 'requires');
  if (!isNode(requires)) return undefined;
  for (const [name, version] of Object.entries(requires)) {
    const have = Object.hasOwn(capabilities, name) ? capabilities[name] : undefined;
    const wanted = String(version);
    if (have === undefined || (wanted !== '*' && isOlder(have, wanted))) return `${name} ${wanted}`;
  }
  return undefined;
}

function isOlder(have: string, wanted: string): boolean {
  const left = have.split('.').map(Number);
  const right = wanted.split('.').map(Number);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return !(difference > 0);
  }
  return false;
}
