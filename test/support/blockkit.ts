import { toBlockKit } from '../../src/cards/blockkit/index.js';
import type { BlockKitOptions, BlockKitResult } from '../../src/cards/blockkit/index.js';

/** A card of these elements and actions. */
export function cardOf(body: unknown[], actions?: unknown[]): Record<string, unknown> {
  return { type: 'AdaptiveCard', version: '1.5', body, ...(actions && { actions }) };
}

/** The translation of elements as a message, unless stated otherwise. */
export function translated(
  body: unknown[],
  options: Partial<BlockKitOptions> & { actions?: unknown[] } = {},
): BlockKitResult {
  const { actions, ...rest } = options;
  return toBlockKit(cardOf(body, actions), { surface: 'message', ...rest });
}

/** All blocks of a translation, as plain data. */
export function blocksOf(
  body: unknown[],
  options: Partial<BlockKitOptions> & { actions?: unknown[] } = {},
): any[] {
  const result = translated(body, options);
  return [...result.messages.flatMap((message) => message.blocks), ...(result.view?.blocks ?? [])];
}

/** The reports' sentences: what → instead. */
export function reported(result: BlockKitResult): string[] {
  return result.report.map((entry) => `${entry.what} → ${entry.instead}`);
}

/** What Slack would say of one input: its block and action id are the same. */
export function stateOf(entries: Record<string, unknown>): unknown {
  return { values: Object.fromEntries(Object.entries(entries).map(([id, value]) => [id, { [id]: value }])) };
}
