import type { ChatMessage, Recipient } from '../../../core/ports/chat.js';
import { asksInput } from '../../../runtime/asks-input.js';
import type { ActionTickets } from './action-tickets.js';
import { createBodies } from './bodies.js';
import { CARD_LIMIT_BYTES, fitCard, FORM_LIMIT_BYTES, toTeamsCard } from './card.js';
import type { TeamsTexts } from './texts.js';

export interface DrawingOptions {
  readonly tickets: ActionTickets;
  readonly texts: TeamsTexts;
  /** Whether forms open in dialogs; not every client can. */
  readonly dialogs: boolean;
  /** The id that Teams has for a person; undefined while it is not known. */
  readonly userOf: (to: Recipient) => string | undefined;
}

type Card = ChatMessage['card'];

/** What a card is drawn for. */
export interface Drawn {
  readonly delivery?: string | undefined;
  /** Default false. */
  readonly inDialog?: boolean;
}

/** Draws messages as Teams gets them, with buttons that work for their receiver alone. */
export interface Drawing {
  /** The JSON of a card. */
  cardFor(to: Recipient, message: ChatMessage, drawn: Drawn): string;
}

/** Creates what draws messages: what is the same for all who get one is made once. */
export function createDrawing(options: DrawingOptions): Drawing {
  const { tickets, texts, dialogs, userOf } = options;
  const bodies = createBodies(tickets);
  const whole = (to: Recipient, message: ChatMessage, { delivery, inDialog = false }: Drawn): string => {
    const user = userOf(to);
    const refresh = user === undefined ? undefined : (message.refresh ?? refreshOf(delivery));
    const fill = bodies(message, {
      variant: `${String(refresh !== undefined)} ${String(inDialog)}`,
      make: (marks) =>
        toTeamsCard(message.card, {
          ticket: (verb, data) => marks.ticket({ verb, data }),
          dialogs,
          inDialog,
          ...(refresh && { refresh: { user: marks.user, ticket: marks.ticket(refresh) } }),
        }),
    });
    const owner = { programme: to.programme, ...(delivery === undefined ? {} : { delivery }) };
    return fill({ user: user ?? '', holder: `${to.workspace}/${to.account['user'] ?? ''}`, owner });
  };
  return {
    cardFor(to, message, drawn) {
      const card = whole(to, message, drawn);
      return isWithin(card, Math.min(CARD_LIMIT_BYTES, FORM_LIMIT_BYTES))
        ? card
        : fitting(card, texts.shortened(message.language));
    },
  };
}

/** Whether a text is within a limit. A character has at most three bytes, so most need not be measured. */
function isWithin(text: string, bytes: number): boolean {
  return text.length * 3 <= bytes || Buffer.byteLength(text) <= bytes;
}

function fitting(text: string, sentence: string): string {
  const card = JSON.parse(text) as Card;
  const limit = asksInput(card) ? FORM_LIMIT_BYTES : CARD_LIMIT_BYTES;
  return JSON.stringify(fitCard(card, sentence, limit).card);
}

/** The JSON of a message with a card, or of one that takes the place of another; its text is shown in notifications. */
export function bodyOf(card: string, message: ChatMessage, id?: string): string {
  const { text: summary, language: locale } = message;
  const head = JSON.stringify({ type: 'message', id, summary, locale, importance: 'normal' });
  return `${head.slice(0, -1)},"attachments":[{"contentType":"${CARD_TYPE}","content":${card}}]}`;
}

/** What Teams calls an adaptive card. */
export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** Cards of planned deliveries have a state that can have changed meanwhile; a nudge's is read from its delivery. */
function refreshOf(delivery: string | undefined): ChatMessage['refresh'] {
  return delivery?.startsWith('nudge/') === true ? { verb: 'refresh', data: {} } : undefined;
}
