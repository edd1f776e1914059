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
  /** The JSON of a message. */
  bodyFor(to: Recipient, message: ChatMessage, drawn: Drawn): string;
  cardFor(to: Recipient, message: ChatMessage, drawn: Drawn): Card;
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
        activityOf(
          toTeamsCard(message.card, {
            ticket: (verb, data) => marks.ticket({ verb, data }),
            dialogs,
            inDialog,
            ...(refresh && { refresh: { user: marks.user, ticket: marks.ticket(refresh) } }),
          }),
          message,
        ),
    });
    const owner = { programme: to.programme, ...(delivery === undefined ? {} : { delivery }) };
    return fill({ user: user ?? '', holder: `${to.workspace}/${to.account['user'] ?? ''}`, owner });
  };
  const fitting = (body: string, { language }: ChatMessage): Card => {
    const { attachments } = JSON.parse(body) as ReturnType<typeof activityOf>;
    const [{ content }] = attachments;
    const limit = asksInput(content) ? FORM_LIMIT_BYTES : CARD_LIMIT_BYTES;
    return fitCard(content, texts.shortened(language), limit).card;
  };
  return {
    bodyFor(to, message, drawn) {
      const body = whole(to, message, drawn);
      return Buffer.byteLength(body) <= CARD_LIMIT_BYTES
        ? body
        : JSON.stringify(activityOf(fitting(body, message), message));
    },
    cardFor: (to, message, drawn) => fitting(whole(to, message, drawn), message),
  };
}

/** A message with a card; its text is shown in notifications. */
export function activityOf(card: Card, message: ChatMessage) {
  return {
    type: 'message',
    summary: message.text,
    locale: message.language,
    importance: 'normal',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] as const,
  };
}

/** Cards of planned deliveries have a state that can have changed meanwhile; a nudge's is read from its delivery. */
function refreshOf(delivery: string | undefined): ChatMessage['refresh'] {
  return delivery?.startsWith('nudge/') === true ? { verb: 'refresh', data: {} } : undefined;
}
