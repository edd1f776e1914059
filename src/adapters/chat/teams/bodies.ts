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

/** How a card is made, with marks where something is a receiver's own. */
export interface Making {
  /** What the making depends on besides the message. */
  readonly variant: string;
  readonly make: (marks: { readonly user: string; readonly ticket: (deed: Deed) => string }) => object;
}

/** The JSON of a message's card for each receiver. */
export type Bodies = (message: ChatMessage, making: Making) => (own: Own) => string;

/** Creates what makes the JSON of a card once, and fills in the rest for each receiver. */
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

/** What is put in where a body is the receiver's own: their id, or the start of a ticket. */
interface Filled {
  readonly user: string;
  readonly start: string;
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
  const { start, ends } = tickets.forCard(deeds);
  const { first, pieces } = piecesOf(JSON.stringify(made).split(mark), ends);
  return ({ user, owner, holder }) => {
    const filled: Filled = { user: inJson(user), start: ends.length === 0 ? '' : start(owner, holder) };
    let body = first;
    for (const { what, after } of pieces) body += filled[what] + after;
    return body;
  };
}

/** What lies between the marks; the end of each ticket is the same for all. */
function piecesOf(parts: readonly string[], ends: readonly string[]) {
  const [first = '', ...rest] = parts;
  const pieces: { readonly what: keyof Filled; readonly after: string }[] = [];
  for (let at = 0; at < rest.length; at += 2) {
    const [name, after = ''] = rest.slice(at, at + 2);
    if (name === 'user') pieces.push({ what: 'user', after });
    else pieces.push({ what: 'start', after: inJson(ends[Number(name)] ?? '') + after });
  }
  return { first, pieces };
}

/** A text as it stands between the quotes of a JSON string. */
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
