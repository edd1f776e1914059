import { createHash } from 'node:crypto';
import type { Json } from '../../../core/ports/outbox.js';
import { createRecent } from '../../../runtime/recent.js';
import type { Sealer } from '../../../runtime/sealed.js';

/** What a button does, whoever gets it. */
export interface Deed {
  readonly verb: string;
  readonly data: Readonly<Record<string, Json>>;
}

/** Whose button it is. */
export interface Owner {
  readonly programme: string;
  /** The delivery whose card it is on; none for what is said to somebody unknown. */
  readonly delivery?: string | undefined;
}

/** What a button means: written when the card is sent, read when it is pressed, and by nobody else. */
export interface ActionTicket extends Deed, Owner {}

/** The key of a button's data under which its ticket is. No input of a card has this id. */
export const TICKET_KEY = 'samling';

/** The tickets of a card: each is the start, and an end of its own. */
export interface CardTickets {
  /** The same for all buttons of a card of one receiver. `holder`: for whom the card is, workspace and user. */
  readonly start: (owner: Owner, holder: string) => string;
  /** In the order of the deeds, the same for all receivers. */
  readonly ends: readonly string[];
}

/** Writes tickets into buttons and reads them. */
export interface ActionTickets {
  /** The tickets of all buttons of a card: dearer once, cheap for each who gets it. */
  forCard(deeds: readonly Deed[]): CardTickets;
  /** Undefined for what is no ticket, was changed, or was written for somebody else. */
  read(written: unknown, holder: string): ActionTicket | undefined;
}

/** No ticket comes near. */
const LONGEST = 8 * 1024;
/** Deeds whose proof was checked lately: many press on the same card. */
const MOST_DEEDS = 1_000;
/** Owners whose proof was checked lately, some 400 bytes each: Teams asks anew whenever a card is seen. */
const MOST_OWNERS = 5_000;
/** How the verbs of ballots' cards begin. */
const BALLOTS = 'pulse-';

/**
 * Creates tickets that only their holder can use: a button of another person or tenant means nothing. A ticket is in
 * plain sight, after proofs: sealing would cost more than the rest of the card. One proof says that a deed is of a card,
 * and is the same for all who get that; the other says whose card it is, and is the same for all of its buttons. So no
 * deed can be moved to another card, nor a card to another person, and a card costs one proof a receiver.
 */
export function createActionTickets(sealer: Pick<Sealer, 'sign' | 'isSigned'>): ActionTickets {
  const forCard: ActionTickets['forCard'] = (deeds) => {
    const contents = deeds.map(({ verb, data }) => JSON.stringify([verb, data]));
    const card = createHash('sha256').update(contents.join('\n')).digest('base64url');
    const ends = contents.map((each) => `.${sealer.sign(each, deedPlace(card))}.${card}.${each}`);
    return {
      ends,
      start({ programme, delivery }, holder) {
        const owner = Buffer.from(JSON.stringify([programme, delivery ?? null])).toString('base64url');
        return `${owner}.${sealer.sign(owner, ownerPlace(holder, card))}`;
      },
    };
  };
  const deedOf = createDeeds(sealer);
  const recent = createRecent<Owner>(MOST_OWNERS);
  return {
    forCard,
    read(written, holder) {
      if (typeof written !== 'string' || written.length > LONGEST) return undefined;
      const [, start = '', deed = '', card = ''] = TICKET.exec(written) ?? [];
      const done = deedOf(deed, card);
      if (done === undefined) return undefined;
      const place = ownerPlace(holder, card);
      const read = () => readOwner(sealer, start, place);
      // In which order people pressed on a ballot's card is kept nowhere, not even here.
      const owner = done.verb.startsWith(BALLOTS) ? read() : recent(`${start} ${place}`, read);
      return (
        owner && { verb: done.verb, data: done.data, programme: owner.programme, delivery: owner.delivery }
      );
    },
  };
}

/** The owner and its proof; then the deed: its proof, the card that it is of, and JSON. */
const TICKET = /^([\w-]+\.[\w-]+)\.([\w-]+\.([\w-]+)\..*)$/s;

const ownerPlace = (holder: string, card: string) => `teams-card ${card} ${holder}`;
const deedPlace = (card: string) => `teams-deed ${card}`;

/** Whose a card is, where that is proved. */
function readOwner(sealer: Pick<Sealer, 'isSigned'>, start: string, place: string): Owner | undefined {
  const end = start.indexOf('.');
  const owner = start.slice(0, end);
  if (!sealer.isSigned(owner, place, start.slice(end + 1))) return undefined;
  const read = JSON.parse(Buffer.from(owner, 'base64url').toString()) as [string, string | null];
  const [programme, delivery] = read;
  return { programme, delivery: delivery ?? undefined };
}

/** Creates what reads deeds that are of a card. */
function createDeeds(sealer: Pick<Sealer, 'isSigned'>): (deed: string, card: string) => Deed | undefined {
  const recent = createRecent<Deed>(MOST_DEEDS);
  return (deed, card) =>
    recent(deed, () => {
      const end = deed.indexOf('.');
      const content = deed.slice(end + 1 + card.length + 1);
      if (!sealer.isSigned(content, deedPlace(card), deed.slice(0, end))) return undefined;
      const [verb, data] = JSON.parse(content) as [string, Deed['data']];
      return { verb, data };
    });
}
