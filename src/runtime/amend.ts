import type { ChatMessage, Recipient, SendOutcome } from '../core/ports/chat.js';
import type { Directory } from '../core/ports/directory.js';
import type { MessageRef, OutboxEntry } from '../core/ports/outbox.js';
import type { Store } from '../core/ports/store.js';
import type { Amends } from './planning.js';

/** A message that takes the place of one sent before, or stands in where that cannot be taken back. */
export interface Amendment {
  readonly message: ChatMessage;
  readonly amends: Amends;
}

/** Why a change waits: for the message itself, so nothing may wait for the change. */
export const IN_FLIGHT = 'in-flight';
/** How soon a message that is just being sent is looked for again. */
const IN_FLIGHT_MS = 2_000;

export type Amended = SendOutcome | { readonly kind: 'dropped'; readonly reason: string };

/** Changes or takes back a message that was sent before. Done twice, it leaves the same. */
export async function amend(
  { store, directory }: { readonly store: Store; readonly directory: Directory },
  entry: OutboxEntry,
  { message, amends }: Amendment,
  within: (sending: Promise<SendOutcome>) => Promise<SendOutcome>,
): Promise<Amended> {
  const [base] = await store.outbox.list(entry.programme, [amends.delivery]);
  const there = whereIs(base);
  if (!('lane' in there)) return there;
  const to = await directory.recipientOf(entry.programme, entry.member, there.lane);
  // A message stays in the workspace where it was sent; whoever has left it does not see it any more.
  if (to?.workspace !== there.lane) return { kind: 'unreachable', reason: 'no-account' };
  return within(carryOut(directory, to, there.ref, message, amends));
}

function whereIs(
  base: OutboxEntry | undefined,
): { readonly lane: string; readonly ref: MessageRef } | Amended {
  switch (base?.state.kind) {
    case 'sent':
      return { lane: base.lane, ref: base.state.ref };
    case 'leased':
      return { kind: 'retry', afterMs: IN_FLIGHT_MS, reason: IN_FLIGHT };
    case 'waiting':
      // It is written when it is sent, and says then what is true then.
      return base.state.attempt === 0
        ? { kind: 'dropped', reason: 'not-sent-yet' }
        : { kind: 'retry', afterMs: IN_FLIGHT_MS, reason: IN_FLIGHT };
    default:
      return { kind: 'dropped', reason: 'never-sent' };
  }
}

async function carryOut(
  directory: Directory,
  to: Recipient,
  ref: MessageRef,
  message: ChatMessage,
  { how }: Amends,
): Promise<SendOutcome> {
  const chat = directory.chatOf(to.workspace);
  if (how === 'replace') return chat.update(to, ref, message);
  const removed = await chat.remove(to, ref);
  return removed.kind === 'cannot' ? chat.update(to, ref, message) : removed;
}
