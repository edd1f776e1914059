import { setTimeout as pause } from 'node:timers/promises';
import type { Chat, ChatMessage, Recipient, SendOutcome } from '../../src/core/ports/chat.js';
import type { MessageRef } from '../../src/core/ports/outbox.js';

/** A message as the fake chat has it. */
export interface Posted {
  readonly to: Recipient;
  readonly deliveryId: string;
  message: ChatMessage;
  readonly removed?: boolean;
}

/** What the chat does with one sending; `lost`: it posts, and its answer is lost. */
export type Behaviour = 'post' | 'lost' | 'throw' | 'hang' | Exclude<SendOutcome, { kind: 'sent' }>;

export interface FakeChatOptions {
  /** What is done with the n-th sending of a delivery (from 1); default: posts. */
  readonly behave?: (deliveryId: string, nth: number) => Behaviour;
  readonly find?: 'knows' | 'cannot-tell';
  /** Whether messages can be taken back; default yes. */
  readonly removes?: 'cannot';
  readonly delayMs?: number;
  /** Members who cannot be reached. */
  readonly goneMembers?: readonly string[];
}

export interface FakeChat extends Chat {
  readonly posted: readonly Posted[];
  /** Delivery ids in the order in which they were posted. */
  readonly postedIds: () => readonly string[];
  readonly finds: readonly string[];
}

/** A chat platform in memory that can fail in every way a real one can. */
export function createFakeChat({
  behave,
  find = 'knows',
  removes,
  delayMs,
  goneMembers = [],
}: FakeChatOptions = {}): FakeChat {
  const posted: Posted[] = [];
  const finds: string[] = [];
  const sendings = new Map<string, number>();

  const post = (to: Recipient, message: ChatMessage, deliveryId: string): MessageRef => {
    posted.push({ to, deliveryId, message });
    return { id: String(posted.length - 1) };
  };

  return {
    platform: 'playground',
    posted,
    finds,
    postedIds: () => posted.map((each) => each.deliveryId),
    async send(to, message, deliveryId) {
      const nth = (sendings.get(deliveryId) ?? 0) + 1;
      sendings.set(deliveryId, nth);
      if (goneMembers.includes(to.member)) return { kind: 'unreachable', reason: 'gone' };
      if (delayMs !== undefined) await pause(delayMs);
      const behaviour = behave?.(deliveryId, nth) ?? 'post';
      if (behaviour === 'throw') throw new RangeError('a secret that must not be logged');
      if (behaviour === 'hang') return new Promise<SendOutcome>(() => undefined);
      if (typeof behaviour === 'object') return behaviour;
      const ref = post(to, message, deliveryId);
      return behaviour === 'lost' ? { kind: 'unknown', reason: 'timeout' } : { kind: 'sent', ref };
    },
    update(_to, ref, message) {
      const found = posted[Number(ref['id'])];
      if (found === undefined) return Promise.resolve({ kind: 'unreachable', reason: 'message-gone' });
      found.message = message;
      return Promise.resolve({ kind: 'sent', ref });
    },
    remove(to, ref) {
      const index = Number(ref['id']);
      if (removes === 'cannot') return Promise.resolve({ kind: 'cannot', reason: 'stays' });
      if (posted[index]?.to.member === to.member) posted[index] = { ...posted[index], removed: true };
      return Promise.resolve({ kind: 'sent', ref });
    },
    find(to, deliveryId) {
      finds.push(deliveryId);
      if (find === 'cannot-tell') return Promise.resolve('cannot-tell');
      const index = posted.findIndex(
        (each) => each.deliveryId === deliveryId && each.to.member === to.member,
      );
      return Promise.resolve(index < 0 ? 'not-sent' : { id: String(index) });
    },
  };
}
