import type { ChatMessage } from '../core/ports/chat.js';
import type { Programme } from '../core/programme/schema.js';
import { createRecent } from './recent.js';
import type { Render } from './render.js';

/** Messages that are kept: a round of many organisations in five languages, at some 10 KB each. */
const MOST = 500;

/**
 * Renders what says the same in the same language once, and gives the same object again, so that what a chat makes of
 * it is made once too. Forgets what was asked for longest ago.
 */
export function createRenderCache(render: Render, most = MOST): Render {
  const programmes = new WeakMap<Programme, ReturnType<typeof createRecent<ChatMessage>>>();
  return (message, context) => {
    const { programme, language } = context;
    let recent = programmes.get(programme);
    if (recent === undefined) programmes.set(programme, (recent = createRecent<ChatMessage>(most)));
    const key = `${language} ${message.template} ${JSON.stringify(message.data)}`;
    return recent(key, () => render(message, context));
  };
}
