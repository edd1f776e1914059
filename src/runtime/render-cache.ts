import type { ChatMessage } from '../core/ports/chat.js';
import type { Programme } from '../core/programme/schema.js';
import type { Render } from './render.js';

/** Messages that are kept: a round of many organisations in five languages, at some 10 KB each. */
const MOST = 500;

/**
 * Renders what says the same in the same language once, and gives the same object again, so that what a chat makes of
 * it is made once too. Forgets what was asked for longest ago.
 */
export function createRenderCache(render: Render, most = MOST): Render {
  const programmes = new WeakMap<Programme, Map<string, ChatMessage>>();
  return (message, context) => {
    const { programme, language } = context;
    let known = programmes.get(programme);
    if (known === undefined) programmes.set(programme, (known = new Map<string, ChatMessage>()));
    const key = `${language} ${message.template} ${JSON.stringify(message.data)}`;
    let rendered = known.get(key);
    if (rendered === undefined) rendered = render(message, context);
    else known.delete(key);
    known.set(key, rendered);
    if (known.size > most) known.delete(known.keys().next().value ?? '');
    return rendered;
  };
}
