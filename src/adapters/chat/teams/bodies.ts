import { randomBytes } from 'node:crypto';
import type { ChatMessage } from '../../../core/ports/chat.js';
import type { ActionTickets, Deed, Owner } from './action-tickets.js';

/** What is a receiver's own in a message. */
export interface Own {
  /** The receiver's id as Teams has it. */
  readonly user: string;
  /** Workspace and user, for whom the buttons work. */
  readonly holder: string;
  readonly owner: Owner;
}

/** How a message is made, with marks where something is a receiver's own. */
export interface Making {
  /** What the making depends on besides the message. */
  readonly variant: string;
  readonly make: (marks: { readonly user: string; readonly ticket: (deed: Deed) => string }) => object;
}

/** The JSON of a message for each receiver. */
export type Bodies = (message: ChatMessage, making: Making) => (own: Own) => string;

interface Piece {
  readonly before: string;
  /** Which ticket comes next; undefined: the receiver's id. */
  readonly ticket: number | undefined;
}

/** Creates what makes the JSON of a message once, and fills in the rest for each receiver. */
export function createBodies(tickets: Pick<ActionTickets, 'forCard'>): Bodies {
  const known = new WeakMap<ChatMessage, Map<string, (own: Own) => string>>();
  // Nobody who writes texts of cards can know the mark.
  const mark = randomBytes(12).toString('hex');
  return (message, { make, variant }) => {
    let variants = known.get(message);
    if (variants === undefined) known.set(message, (variants = new Map<string, (own: Own) => string>()));
    let fill = variants.get(variant);
    if (fill === undefined) variants.set(variant, (fill = fillerOf(tickets, mark, make)));
    return fill;
  };
}

function fillerOf(
  tickets: Pick<ActionTickets, 'forCard'>,
  mark: string,
  make: Making['make'],
): (own: Own) => string {
  const deeds: Deed[] = [];
  const made = make({
    user: `${mark}user${mark}`,
    ticket: (deed) => `${mark}${String(deeds.push(deed) - 1)}${mark}`,
  });
  const ticketsFor = tickets.forCard(deeds);
  const parts = JSON.stringify(made).split(mark);
  const pieces: Piece[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const name = parts[at + 1] ?? '';
    pieces.push({ before: parts[at] ?? '', ticket: name === 'user' ? undefined : Number(name) });
  }
  const end = parts.at(-1) ?? '';
  return ({ user, owner, holder }) => {
    const written = ticketsFor(owner, holder);
    let body = '';
    for (const { before, ticket } of pieces) {
      const text = ticket === undefined ? user : (written[ticket] ?? '');
      body += before + JSON.stringify(text).slice(1, -1);
    }
    return body + end;
  };
}
