import type { Json } from '../../../core/ports/outbox.js';
import type { Sealer } from '../../../runtime/sealed.js';

/** What a button means: written when the card is sent, read when it is pressed, and by nobody else. */
export interface ActionTicket {
  readonly verb: string;
  readonly data: Readonly<Record<string, Json>>;
  readonly programme: string;
  /** The delivery whose card it is on; none for what is said to somebody unknown. */
  readonly delivery?: string;
}

/** The key of a button's data under which its ticket is. No input of a card has this id. */
export const TICKET_KEY = 'samling';

/** Writes tickets into buttons and reads them. */
export interface ActionTickets {
  /** @param holder for whom the card is: workspace and user. */
  write(ticket: ActionTicket, holder: string): string;
  /** Undefined for what is no ticket, was changed, or was written for somebody else. */
  read(written: unknown, holder: string): ActionTicket | undefined;
}

/** No ticket comes near. */
const LONGEST = 8 * 1024;

/**
 * Creates tickets that only their holder can use: a button of another person or tenant means nothing. A ticket is in
 * plain sight, after a proof: sealing would cost more than the rest of the card.
 */
export function createActionTickets(sealer: Pick<Sealer, 'sign' | 'isSigned'>): ActionTickets {
  return {
    write({ verb, data, programme, delivery }, holder) {
      const content = JSON.stringify([verb, programme, delivery ?? null, data]);
      return `${sealer.sign(content, placeOf(holder))}.${content}`;
    },
    read(written, holder) {
      if (typeof written !== 'string' || written.length > LONGEST) return undefined;
      const end = written.indexOf('.');
      const content = written.slice(end + 1);
      if (end < 0 || !sealer.isSigned(content, placeOf(holder), written.slice(0, end))) return undefined;
      const [verb, programme, delivery, data] = JSON.parse(content) as [
        string,
        string,
        string | null,
        Readonly<Record<string, Json>>,
      ];
      return { verb, data, programme, ...(delivery === null ? {} : { delivery }) };
    },
  };
}

function placeOf(holder: string): string {
  return `teams-action ${holder}`;
}
