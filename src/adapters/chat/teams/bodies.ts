import { randomBytes } from 'node:crypto';
import type { ChatMessage } from '../../../core/ports/chat.js';
import type { Json } from '../../../core/ports/outbox.js';

type TicketData = Readonly<Record<string, Json>>;

/** What is a receiver's own in a message. */
export interface Own {
  readonly user: string;
  readonly ticket: (verb: string, data: TicketData) => string;
}

/** How a message is made, with marks where something is a receiver's own. */
export interface Making {
  readonly isRefreshed: boolean;
  readonly dialogs: boolean;
  readonly make: (own: Own) => object;
}

/** The JSON of a message for each receiver. */
export type Bodies = (message: ChatMessage, making: Making) => (own: Own) => string;

interface Piece {
  readonly before: string;
  /** Undefined: the receiver's id. */
  readonly ticket: { readonly verb: string; readonly data: TicketData } | undefined;
}

/** Creates what makes the JSON of a message once, and fills in the rest for each receiver. */
export function createBodies(): Bodies {
  const known = new WeakMap<ChatMessage, Map<string, (own: Own) => string>>();
  // Nobody who writes texts of cards can know the mark.
  const mark = randomBytes(12).toString('hex');
  return (message, { make, isRefreshed, dialogs }) => {
    let own = known.get(message);
    if (own === undefined) known.set(message, (own = new Map<string, (own: Own) => string>()));
    const key = `${String(isRefreshed)} ${String(dialogs)}`;
    let fill = own.get(key);
    if (fill === undefined) own.set(key, (fill = fillerOf(mark, make)));
    return fill;
  };
}

function fillerOf(mark: string, make: Making['make']): (own: Own) => string {
  const tickets: { verb: string; data: TicketData }[] = [];
  const made = make({
    user: `${mark}user${mark}`,
    ticket: (verb, data) => `${mark}${String(tickets.push({ verb, data }) - 1)}${mark}`,
  });
  const parts = JSON.stringify(made).split(mark);
  const pieces: Piece[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const name = parts[at + 1] ?? '';
    pieces.push({ before: parts[at] ?? '', ticket: name === 'user' ? undefined : tickets[Number(name)] });
  }
  const end = parts.at(-1) ?? '';
  return (own) => {
    let body = '';
    for (const { before, ticket } of pieces) {
      const text = ticket === undefined ? own.user : own.ticket(ticket.verb, ticket.data);
      body += before + JSON.stringify(text).slice(1, -1);
    }
    return body + end;
  };
}
