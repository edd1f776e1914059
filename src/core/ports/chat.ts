import type { Limit } from '../delivery/pace.js';
import type { Language } from '../programme/language.js';
import type { Json, MessageRef } from './outbox.js';

/** A message as it goes to a chat: an Adaptive Card, and one line for notifications and screen readers. */
export interface ChatMessage {
  readonly card: AdaptiveCardJson;
  readonly text: string;
  readonly language: Language;
  /** The action that gives the card as it is now, for chats whose cards renew themselves when they are looked at. */
  readonly refresh?: { readonly verb: string; readonly data: Readonly<Record<string, Json>> };
}

/** An Adaptive Card as JSON. */
export interface AdaptiveCardJson {
  readonly type: 'AdaptiveCard';
  readonly [key: string]: Json;
}

/** A channel, and a thread in it, in the platform's own words. */
export type Place = Readonly<Record<string, string>>;

/** Where a member can be reached. */
export interface Recipient {
  readonly programme: string;
  readonly member: string;
  /** One Teams tenant or one Slack workspace; names the lane. */
  readonly workspace: string;
  /** The member's identity there, in the platform's own words. */
  readonly account: Readonly<Record<string, string>>;
  /** A channel instead of the member's own conversation, in the platform's own words. */
  readonly place?: Place;
}

export type SendOutcome =
  | { readonly kind: 'sent'; readonly ref: MessageRef }
  /** Blocked, left, uninstalled: trying again does not help. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /**
   * Refused for now; certainly not sent. `holds` says what else the platform refuses for as long: nothing but this
   * message (default), or the `lane`; `limit` when the lane was too fast.
   */
  | {
      readonly kind: 'retry';
      readonly afterMs: number;
      readonly reason: string;
      readonly holds?: 'lane' | 'limit';
    }
  /** The answer was lost, or says nothing: it may have been sent. `afterMs`: not to be asked again for so long. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly afterMs?: number };

/** What a look for a message gave: where it is, that it is not there, or that the platform will say so later. */
export type FindOutcome =
  MessageRef | 'not-sent' | 'cannot-tell' | Extract<SendOutcome, { readonly kind: 'retry' }>;

/** `cannot`: the platform does not delete this message; it can only be replaced. */
export type RemoveOutcome = SendOutcome | { readonly kind: 'cannot'; readonly reason: string };

/** How fast a workspace may be written to. */
export interface LanePace {
  readonly limits: readonly Limit[];
  /** Whether there is a limit a minute that the platform keeps to itself. Default false. */
  readonly learns?: boolean;
}

/** One chat platform. */
export interface Chat {
  /** Default: no limits. What one conversation is permitted is the chat's own care. */
  readonly pace?: LanePace;
  readonly platform: 'playground' | 'slack' | 'teams';
  /** Sends a message that carries the delivery id, where the platform can. Does not throw for what a platform answers. */
  send(to: Recipient, message: ChatMessage, deliveryId: string): Promise<SendOutcome>;
  /** Replaces a sent message in place. */
  update(to: Recipient, ref: MessageRef, message: ChatMessage): Promise<SendOutcome>;
  /** Takes a sent message back; one that is not there any more counts as taken back (`sent`). */
  remove(to: Recipient, ref: MessageRef): Promise<RemoveOutcome>;
  /** Looks up whether a delivery arrived; `cannot-tell` where the platform does not say. */
  find(to: Recipient, deliveryId: string): Promise<FindOutcome>;
}
