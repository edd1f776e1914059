import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInstalls } from '../../../src/adapters/chat/slack/installs.js';
import { openLowdbStore } from '../../../src/adapters/store/lowdb/persistence.js';
import type { Account } from '../../../src/core/identity/types.js';
import type { Member } from '../../../src/core/members/types.js';
import { LANGUAGES, type Language } from '../../../src/core/programme/language.js';
import { createSealer } from '../../../src/runtime/sealed.js';
import { addWorkspace, startLocalSlack, type LocalSlack } from '../../local/slack/index.js';
import { APP_ID, APP_TENANT, startLocalTeams, type LocalTeams } from '../../local/teams/index.js';
import { rawProgramme } from '../programmes.js';

/** Half of the workspaces are in Slack; Slack takes some hundred messages a minute and workspace, Teams 50 a second. */
export interface Sizes {
  readonly workspaces: number;
  readonly inSlack: number;
  readonly inTeams: number;
}

/** Everybody who gets the notice, and where the platforms keep what they got. */
export interface World {
  readonly slack: LocalSlack;
  readonly teams: LocalTeams;
  /** Receivers by id; the language is that of their organisation. */
  readonly receivers: ReadonlyMap<string, Receiver>;
  /** What a Samling of this world is started with. */
  readonly environment: Readonly<Record<string, string>>;
  readonly dataDir: string;
  close(): Promise<void>;
}

export interface Receiver {
  readonly platform: 'slack' | 'teams';
  readonly language: Language;
  /** Slack: workspace and channel; Teams: the conversation. */
  readonly place: string;
}

export const COORDINATOR = 'koordinator';
export const PROGRAMME = 'bredde';

/** Starts both platforms with all the people, and puts these, their accounts and the installs into a store. */
export async function createBroadcastWorld(folder: string, sizes: Sizes): Promise<World> {
  const slack = await startLocalSlack();
  const teams = await startLocalTeams();
  const key = randomBytes(32).toString('base64');
  const [dataDir, programmesDir] = [join(folder, 'data'), join(folder, 'programmes')];
  await mkdir(programmesDir, { recursive: true });
  await writeFile(join(programmesDir, `${PROGRAMME}.json`), JSON.stringify(programmeOf(sizes)));
  const people = peopleOf(slack, teams, sizes);
  const store = await openLowdbStore(join(dataDir, 'store'));
  await store.members.put(...people.members);
  await store.accounts.put(...people.accounts);
  const clock = { nowMs: () => Date.now() };
  const installs = createInstalls({ store, sealer: createSealer([key]), clock });
  for (const { id } of slack.world.workspaces.values()) {
    const { token } = slack.world.newToken(id, slack.app.scopes);
    await installs.put(`slack/${id}`, undefined, { botToken: token });
  }
  await store.close();
  return {
    ...{ slack, teams, dataDir, receivers: people.receivers },
    environment: {
      ...{ SAMLING_DATA_DIR: dataDir, SAMLING_PROGRAMMES_DIR: programmesDir, SAMLING_PORT: '0' },
      ...{ SAMLING_KEYS: key, SAMLING_LOG_LEVEL: 'error', SAMLING_SLACK_SIGNING_SECRET: 'local-secret' },
      ...{ SAMLING_SLACK_API_URL: slack.apiUrl, SAMLING_TEAMS_APP_ID: APP_ID },
      ...{ SAMLING_TEAMS_APP_SECRET: 'not-a-secret', SAMLING_TEAMS_TENANT_ID: APP_TENANT },
      SAMLING_TEAMS_OPENID_URL: teams.issuer.openIdUrl,
      SAMLING_TEAMS_LOGIN_URL: teams.issuer.loginUrl,
    },
    async close() {
      await slack.close();
      await teams.close();
    },
  };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const organisationOf = (place: number) => `kommune-${String(place)}`;
const languageAt = (place: number): Language => LANGUAGES[place % LANGUAGES.length] ?? 'nb';

/** A programme without dates, so that nothing but the notice is told. */
function programmeOf({ workspaces }: Sizes): object {
  const saman = rawProgramme('saman');
  return {
    ...saman,
    ...{ id: PROGRAMME, cohorts: [], networks: [], themes: [], gatherings: [], deadlines: [] },
    policy: { ...saman['policy'], noticeYesOver: 100_000 },
    organisations: [
      { id: 'sekretariat', name: 'Sekretariatet' },
      ...numbers(workspaces).map((place) => ({
        id: organisationOf(place),
        name: `Kommune ${String(place)}`,
        languages: [languageAt(place)],
      })),
    ],
  };
}

interface People {
  readonly members: Member[];
  readonly accounts: Account[];
  readonly receivers: Map<string, Receiver>;
}

function peopleOf(slack: LocalSlack, teams: LocalTeams, sizes: Sizes): People {
  const people: People = { members: [], accounts: [], receivers: new Map() };
  for (const place of numbers(sizes.workspaces)) {
    if (place % 2 === 1) fillSlack(people, slack, place, sizes.inSlack);
    else fillTeams(people, teams, place, sizes.inTeams);
  }
  people.members.push(memberOf(COORDINATOR, 'sekretariat', 'coordinator'));
  people.accounts.push(accountOf(COORDINATOR, 'slack', 'slack/T1', 'UKOORDINATOR', {}));
  slack.world.workspaces.get('T1')?.users.set('UKOORDINATOR', { id: 'UKOORDINATOR', name: 'Koordinator' });
  return people;
}

function fillSlack(people: People, slack: LocalSlack, place: number, size: number): void {
  const id = `T${String(place)}`;
  const users = numbers(size).map((nth) => ({ id: `U${String(place)}X${String(nth)}`, name: 'Medarbeider' }));
  addWorkspace(slack, id, users);
  for (const [index, user] of users.entries()) {
    const member = `${organisationOf(place)}-${String(index + 1)}`;
    people.members.push(memberOf(member, organisationOf(place), 'employee'));
    people.accounts.push(accountOf(member, 'slack', `slack/${id}`, user.id, {}));
    const language = languageAt(place);
    people.receivers.set(member, { platform: 'slack', language, place: `${id} ${user.id}` });
  }
}

function fillTeams(people: People, teams: LocalTeams, place: number, size: number): void {
  const tenant = `tenant-${String(place)}`;
  for (const nth of numbers(size)) {
    const member = `${organisationOf(place)}-${String(nth)}`;
    const person = teams.person(tenant, member);
    const conversation = teams.connector.conversationOf(person);
    const address = { id: person.id, serviceUrl: teams.connector.serviceUrl, conversation };
    people.members.push(memberOf(member, organisationOf(place), 'employee'));
    people.accounts.push(accountOf(member, 'teams', `teams/${tenant}`, person.aadObjectId, address));
    people.receivers.set(member, { platform: 'teams', language: languageAt(place), place: conversation });
  }
}

function memberOf(id: string, organisation: string, role: string): Member {
  return { programme: PROGRAMME, id, name: id, organisation, roles: [role], networks: [], active: true };
}

function accountOf(
  member: string,
  platform: 'slack' | 'teams',
  workspace: string,
  user: string,
  address: Record<string, string>,
): Account {
  const id = `${workspace}/${user}`;
  const at = '2026-01-01T00:00:00Z';
  return { programme: PROGRAMME, id, member, platform, workspace, user, address, state: 'active', at };
}
