import type { Renderer } from '../../src/cards/index.js';
import type { ChatMessage } from '../../src/core/ports/chat.js';
import { renderer as plain } from '../support/pulse-parts.js';

/** As many cards as some hundred years have, so that memory stays small. */
const MOST_KEPT = 20_000;
const kept = new Map<string, ChatMessage>();

/** The real renderer. The years of all seeds say much the same: what was drawn for one is not drawn again for another. */
export const renderer: Renderer = {
  ...plain,
  render(message, context) {
    const key = JSON.stringify([context.programme.id, context.programme.zone, context.language, message]);
    let drawn = kept.get(key);
    if (drawn === undefined) {
      drawn = plain.render(message, context);
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, drawn);
    }
    return drawn;
  },
};
