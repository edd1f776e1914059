import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInstalls } from '../../src/adapters/chat/slack/installs.js';
import { asset } from '../../src/cli/assets.js';
import { accountId, type Account } from '../../src/core/identity/types.js';
import type { Member } from '../../src/core/members/types.js';
import type { NoticeRow } from '../../src/core/notices/types.js';
import type { Store } from '../../src/core/ports/store.js';
import { createSealer } from '../../src/runtime/sealed.js';
import { addWorkspace, startLocalSlack, type LocalSlack } from '../local/slack/index.js';
import { openChannel } from '../local/slack/world.js';
import { APP_ID, APP_TENANT, startLocalTeams, type LocalTeams } from '../local/teams/index.js';
import { bundle } from './bundle.js';
import { programmeWith } from './programmes.js';

const KEY = Buffer.alloc(32, 7).toString('base64');
const PROGRAMME = 'saman';

/** A round of one notice to many, half of them in Slack and half in Teams, both with the limits of the real ones. */
export interface Round {
  readonly slack: LocalSlack;
  readonly teams: LocalTeams;
  readonly members: readonly string[];
  /** How many messages each member has got in their conversation. */
  readonly got: () => ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** Builds the platforms, and puts everybody and the notice into the store. */
export async function prepareRound(store: Store, workspaces: number, each: number): Promise<Round> {
  const [slack, teams] = await Promise.all([startLocalSlack(), startLocalTeams()]);
  const organisations = programmeWith(PROGRAMME).organisations.map(({ id }) => id);
  const installs = createInstalls({ store, sealer: createSealer([KEY]), clock: { nowMs: () => Date.now() } });
  const members: Member[] = [];
  const accounts: Account[] = [];
  const counts = new Map<string, () => number>();
  const add = (
    member: string,
    platform: Account['platform'],
    place: string,
    user: string,
    address: Account['address'],
  ) => {
    const organisation = organisations[members.length % organisations.length] ?? '';
    members.push({
      ...{ programme: PROGRAMME, id: member, organisation, roles: ['project-leader'] },
      ...{ networks: [], active: true },
    });
    accounts.push({
      ...{
        programme: PROGRAMME,
        id: accountId(place, user),
        member,
        platform,
        workspace: place,
        user,
        address,
      },
      ...{ state: 'active', at: '2014-01-01T00:00:00Z' },
    });
  };
  const inTeams = new Map<string, string>();
  for (let w = 0; w < workspaces; w += 1) {
    if (w % 2 === 0) {
      const id = `T${String(w)}`;
      const users = Array.from({ length: each }, (_, n) => ({
        id: `U${String(w)}x${String(n)}`,
        name: 'Leder',
      }));
      const workspace = addWorkspace(slack, id, users);
      await installs.put(`slack/${id}`, id, { botToken: slack.world.newToken(id, slack.app.scopes).token });
      for (const [n, user] of users.entries()) {
        const channel = openChannel(workspace, user.id);
        add(`m${String(w)}-${String(n)}`, 'slack', `slack/${id}`, user.id, { channel });
        counts.set(`m${String(w)}-${String(n)}`, () => workspace.channels.get(channel)?.messages.length ?? 0);
      }
    } else {
      for (let n = 0; n < each; n += 1) {
        const member = `m${String(w)}-${String(n)}`;
        const person = teams.person(`tenant${String(w)}`, member);
        const conversation = teams.connector.conversationOf(person);
        const address = { serviceUrl: teams.connector.serviceUrl, id: person.id, conversation };
        add(member, 'teams', `teams/tenant${String(w)}`, person.aadObjectId, address);
        inTeams.set(member, conversation);
      }
    }
  }
  await store.members.put(...members);
  await store.accounts.put(...accounts);
  await store.notices.put(notice());
  return {
    ...{ slack, teams, members: members.map(({ id }) => id) },
    got() {
      const byConversation = new Map<string, number>();
      for (const { conversation } of teams.connector.messages)
        byConversation.set(conversation, (byConversation.get(conversation) ?? 0) + 1);
      const teamsGot = [...inTeams].map(([member, name]) => [member, byConversation.get(name) ?? 0] as const);
      return new Map([...[...counts].map(([member, count]) => [member, count()] as const), ...teamsGot]);
    },
    async close() {
      await Promise.all([slack.close(), teams.close()]);
    },
  };
}

/** The id of the notice's only sending. */
export const SENDING = 'runde/1';

function notice(): NoticeRow {
  const everywhere = (text: string) => ({ sv: text, nb: text, nn: text, da: text, en: text });
  const when = { date: new Date().toISOString().slice(0, 10), time: '00:00' };
  return {
    ...{
      programme: PROGRAMME,
      id: 'runde',
      state: 'scheduled',
      by: 'console',
      version: 1,
      isTemplate: false,
    },
    notice: {
      ...{
        id: 'runde',
        title: everywhere('Samling'),
        body: everywhere('Program'),
        audience: {},
        instead: {},
      },
      ...{ ask: 'none', urgent: true, when },
    },
  };
}

/** Bundles the command. @returns the file. */
export const bundleCommand = () => bundle(asset('src', 'cli.ts'), 'samling');

/** Runs `samling start` on a database, and resolves when it listens. */
export async function startProcess(
  command: string,
  databaseUrl: string,
  folder: string,
  { slack, teams }: Pick<Round, 'slack' | 'teams'>,
): Promise<ChildProcess & { readonly url: string }> {
  const child = spawn(process.execPath, [command, 'start'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...{
        PATH: process.env['PATH'] ?? '',
        DATABASE_URL: databaseUrl,
        SAMLING_DATA_DIR: join(folder, 'data'),
      },
      ...{ SAMLING_PORT: '0', SAMLING_LOG_LEVEL: 'silent', SAMLING_KEYS: KEY },
      ...{ SAMLING_SLACK_SIGNING_SECRET: 'local-signing-secret', SAMLING_SLACK_API_URL: slack.apiUrl },
      ...{ SAMLING_TEAMS_APP_ID: APP_ID, SAMLING_TEAMS_APP_SECRET: 'not-a-secret' },
      ...{ SAMLING_TEAMS_TENANT_ID: APP_TENANT, SAMLING_TEAMS_OPENID_URL: teams.issuer.openIdUrl },
      ...{ SAMLING_TEAMS_LOGIN_URL: teams.issuer.loginUrl },
    },
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return Object.assign(child, { url: /http:\/\/[\d.:]+\d/.exec(String(line))?.[0] ?? '' });
}
