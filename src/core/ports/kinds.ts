import type { Row, Table, Tables } from './store.js';

/**
 * Makes a table of each kind of stored things, by the name that the kind has in every store and backup: so a store can
 * move into another.
 */
export function tablesByKind(
  make: <T extends Row>(kind: string) => Table<T>,
): Omit<Tables, 'outbox' | 'claims'> {
  return {
    members: make('members'),
    preferences: make('preferences'),
    submissions: make('submissions'),
    snoozes: make('snoozes'),
    handovers: make('handovers'),
    settings: make('settings'),
    accounts: make('accounts'),
    accessRequests: make('access-requests'),
    installs: make('installs'),
    savedKnowledge: make('saved-knowledge'),
    enquiries: make('enquiries'),
    unhelpful: make('unhelpful'),
    audit: make('audit'),
    works: make('works'),
    gatherings: make('gatherings'),
    rsvps: make('rsvps'),
    guests: make('guests'),
    attendance: make('attendance'),
    feeds: make('feeds'),
    notices: make('notices'),
    sendings: make('sendings'),
    receipts: make('receipts'),
    pulses: make('pulses'),
    rounds: make('rounds'),
    seats: make('seats'),
    pulseResults: make('pulse-results'),
  };
}
