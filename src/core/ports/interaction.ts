import type { Language } from '../programme/language.js';
import type { Place } from './chat.js';
import type { Json, MessageRef } from './outbox.js';

/** Something a member did in chat, in the core's own words. Made by a chat adapter after it has verified the request. */
export interface Interaction {
  /** The platform's own event id; the same event repeated has the same. */
  readonly id: string;
  readonly programme: string;
  readonly member: string;
  readonly workspace: string;
  readonly event:
    | { readonly kind: 'text'; readonly text: string }
    /** A button of a card: its verb, the data that the card carried, and what was entered, merged. */
    | { readonly kind: 'action'; readonly verb: string; readonly data: Readonly<Record<string, Json>> };
  /** The message whose button was pressed. */
  readonly message?: MessageRef | undefined;
  /** The channel in which it was said, where others read along. */
  readonly place?: Place | undefined;
  /** The delivery that the pressed message came from. */
  readonly delivery?: string | undefined;
  /** It was sent from a dialog, which closes unless a form comes back. */
  readonly isDialog?: boolean | undefined;
  /** The language of the member's own chat program, if it says; a hint, never stronger than a stored choice. */
  readonly locale?: Language | undefined;
}

/** A message of the core: which one, and what it says, in no language yet. */
export interface Message {
  /** Name of a card template. */
  readonly template: string;
  /** Checked by the template's own schema. */
  readonly data: Json;
}

/** What the core answers to an interaction. */
export interface Answer {
  /** Takes the place of the message whose button was pressed. */
  readonly replace?: Message;
  /** Said after it, in order. */
  readonly say: readonly Message[];
  /** Told to others because of it; `lane` for whom no account was known before. */
  readonly tell?: readonly { readonly member: string; readonly message: Message; readonly lane?: string }[];
  /** Shown to all in a channel, because the member chose so. */
  readonly publish?: { readonly place: Place; readonly lane: string; readonly message: Message };
  /** Planning must look at everything again: what is due may have changed. */
  readonly replan?: boolean;
}
