import { Temporal } from 'temporal-polyfill';
import type { Member } from '../../src/core/members/types.js';
import { addWorkspace, type LocalSlack } from '../local/slack/index.js';
import type { LocalUser } from '../local/slack/world.js';
import { startSlackApp, type SlackApp, type SlackAppOptions } from './slack-app.js';
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

/** Samling in all these places, with everybody found. */
export async function startEverywhere({
  wanted = members.length,
  ...changes
}: Partial<SlackAppOptions> & { readonly wanted?: number } = {}): Promise<SlackApp> {
  const app = await startSlackApp({
    ...{ programmes: [saman], members, startMs: START_MS, build: buildPlaces },
    slack: { hasRates: false },
    ...changes,
  });
  for (const of of ['T1', 'T2', 'T3', 'E1']) await app.install(of);
  await app.until(async () => (await app.running.store.accounts.list('saman')).length === wanted);
  return app;
}

/** Somebody in one of the workspaces. */
export function personIn(app: SlackApp, workspace: string, user: string) {
  const found = app.slack.world.workspaces.get(workspace);
  if (found === undefined) throw new TypeError(workspace);
  return app.person(found, user);
}

export function userOf(organisation: string): LocalUser {
  return { id: `U${organisation.toUpperCase()}`, name: 'Leder', email: `leder@${organisation}.example` };
}
