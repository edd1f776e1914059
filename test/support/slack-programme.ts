import { Temporal } from 'temporal-polyfill';
import type { Member } from '../../src/core/members/types.js';
import { addWorkspace, type LocalSlack } from '../local/slack/index.js';
import type { LocalUser } from '../local/slack/world.js';
import { programmeWith } from './programmes.js';

/** Monday, 30 days and some before the yearly report of 1 February 2014. */
export const START_MS = Temporal.ZonedDateTime.from('2013-12-30T10:00[Europe/Oslo]').epochMilliseconds;
export const DAY_MS = 86_400_000;

export const saman = programmeWith('saman');

/** A made-up member, and the same person in Slack. */
export function leader(organisation: string, language: Member['language']): Member {
  return {
    programme: 'saman',
    id: `${organisation}-leder`,
    organisation,
    roles: ['project-leader'],
    networks: [],
    email: `leder@${organisation}.example`,
    active: true,
    ...(language === undefined ? {} : { language }),
  };
}

export const coordinator: Member = {
  programme: 'saman',
  id: 'koordinator',
  organisation: 'sekretariat',
  roles: ['coordinator'],
  networks: [],
  email: 'koordinator@sekretariat.example',
  language: 'nb',
  active: true,
};

/** Organisations with second-cohort dates and their languages, one in each place. */
export const PLACES = [
  { workspace: 'T1', organisation: 'gjovik', language: 'nb' },
  { workspace: 'T2', organisation: 'voss', language: 'nn' },
  { workspace: 'T3', organisation: 'vinje', language: 'sv' },
  { workspace: 'T4', organisation: 'stord', language: 'da', enterprise: 'E1' },
  { workspace: 'T5', organisation: 'bodo', language: 'en', enterprise: 'E1' },
] as const;

export const members: readonly Member[] = [
  coordinator,
  ...PLACES.map(({ organisation, language }) => leader(organisation, language)),
];

/** The same people in workspaces of a local Slack; the user's id is `U` and the organisation. */
export function buildPlaces(slack: LocalSlack): void {
  for (const place of PLACES) {
    const users: LocalUser[] = [userOf(place.organisation)];
    if (place.workspace === 'T1') {
      users.push({ id: 'UKOORDINATOR', name: 'Koordinator', email: coordinator.email ?? '' });
    }
    users.push({ id: `UNY${place.workspace}`, name: 'Ny Person', email: `ny@${place.organisation}.example` });
    addWorkspace(slack, place.workspace, users, 'enterprise' in place ? place.enterprise : undefined);
  }
}

export function userOf(organisation: string): LocalUser {
  return { id: `U${organisation.toUpperCase()}`, name: 'Leder', email: `leder@${organisation}.example` };
}
