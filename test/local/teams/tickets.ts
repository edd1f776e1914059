import type { ActionTickets, Deed, Owner } from '../../../src/adapters/chat/teams/action-tickets.js';

/** The tickets of a card's buttons, as they stand in the card of one receiver. */
export function ticketsOf(
  tickets: Pick<ActionTickets, 'forCard'>,
  deeds: readonly Deed[],
  owner: Owner,
  holder: string,
): readonly string[] {
  const { start, ends } = tickets.forCard(deeds);
  return ends.map((end) => start(owner, holder) + end);
}
