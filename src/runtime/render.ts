import type { ChatMessage } from '../core/ports/chat.js';
import type { Message } from '../core/ports/interaction.js';
import type { Language } from '../core/programme/language.js';
import type { Programme } from '../core/programme/schema.js';

/** Turns a message of the core into a card; `cards` does. */
export type Render = (message: Message, context: { language: Language; programme: Programme }) => ChatMessage;
