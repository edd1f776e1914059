import { toBlockKit, type BlockKitResult, type Surface } from '../../../src/cards/blockkit/index.js';

type Json = Record<string, unknown>;

/** All pages of a translation, with everything open whose id is given: a form that is too long is shown page by page. */
export function allPages(card: unknown, surface: Surface, shown: readonly string[]): BlockKitResult[] {
  const first = toBlockKit(card, { surface, shown });
  const others = Array.from({ length: first.pages - 1 }, (_unused, index) =>
    toBlockKit(card, { surface, shown, page: index + 2 }),
  );
  return [first, ...others];
}

/** What is sent to Slack of a translation: messages, or a view. */
export function payloadsOf(pages: readonly BlockKitResult[]): Json[] {
  return pages.flatMap(({ view, messages }) => (view ? [view] : messages) as unknown as Json[]);
}

/** The blocks of payloads. */
export function blocksIn(payloads: readonly Json[]): Json[] {
  return payloads.flatMap(({ blocks }) => blocks as Json[]);
}

/** The texts of blocks in their order, a blank where one was divided. */
export function textsIn(part: unknown): string {
  if (Array.isArray(part)) return part.map(textsIn).join(' ');
  if (typeof part !== 'object' || part === null) return '';
  const { text } = part as { readonly text?: unknown };
  const own = typeof text === 'string' ? text : '';
  return [own, ...Object.values(part).map(textsIn)].filter((one) => one !== '').join(' ');
}

/** The ids and addresses of everything that can be pressed. */
export function pressable(payloads: readonly Json[]): ReadonlySet<string> {
  const written = JSON.stringify(payloads);
  return new Set(
    [...written.matchAll(/"(?:action_id|value|callback_id)":"(ac\.act\.[^"]+)"/g)].map(([, id]) => id!),
  );
}
