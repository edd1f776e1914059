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

/** Seals tickets into buttons and opens them. */
export interface ActionTickets {
  /** @param holder for whom the card is: workspace and user. */
  write(ticket: ActionTicket, holder: string): string;
  /** Undefined for what is no ticket, was changed, or was written for somebody else. */
  read(sealed: unknown, holder: string): ActionTicket | undefined;
}

/** No ticket comes near. */
const LONGEST = 8 * 1024;

/** Creates tickets that only their holder can use: a button of another person or tenant opens nothing. */
export function createActionTickets(sealer: Pick<Sealer, 'seal' | 'open'>): ActionTickets {
  return {
    write: ({ verb, data, programme, delivery }, holder) =>
      sealer.seal(JSON.stringify([verb, programme, delivery ?? null, data]), placeOf(holder)),
    read(sealed, holder) {
      if (typeof sealed !== 'string' || sealed.length > LONGEST) return undefined;
      const opened = sealer.open(sealed, placeOf(holder));
      if (opened === undefined) return undefined;
      const [verb, programme, delivery, data] = JSON.parse(opened.toString('utf8')) as [
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
