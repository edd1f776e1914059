import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSlack } from '../../src/adapters/chat/slack/index.js';
import { createInstalls } from '../../src/adapters/chat/slack/installs.js';
import { createTeams } from '../../src/adapters/chat/teams/index.js';
import { createTeamsTexts } from '../../src/adapters/chat/teams/texts.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import { createRenderer } from '../../src/cards/index.js';
import { asset } from '../../src/cli/assets.js';
import { createLog } from '../../src/cli/log.js';
import { SERVING } from '../../src/cli/open-store.js';
import { createAccountDirectory } from '../../src/core/identity/directory.js';
import { accountId } from '../../src/core/identity/types.js';
import { createTranslators } from '../../src/i18n/index.js';
import { createDispatcher } from '../../src/runtime/dispatcher.js';
import { createRenderCache } from '../../src/runtime/render-cache.js';
import { createLoad } from '../../src/runtime/lanes/load.js';
import { createSealer } from '../../src/runtime/sealed.js';
import { createWriter } from '../../src/runtime/writer.js';
import { APP_ID, APP_TENANT } from '../../test/local/teams/index.js';
import { contentFor, messageFor } from './content.js';
import { serveRounds, toldPlatforms } from './told.js';

/** Samling's own way: outbox on the disk, lanes, writer, renderer, and one platform. */
const platforms = await toldPlatforms();
const platform = process.argv[2] === 'teams' ? ('teams' as const) : ('slack' as const);
const { people } = platforms[platform];
const { programme } = contentFor('Voss');
const folder = await mkdtemp(join(tmpdir(), 'samling-fanout-'));
const store = await openLowdbStore(join(folder, 'store'), SERVING);
const organisations = programme.organisations.filter((each) => each.languages !== undefined);
const organisationOf = (workspace: string) =>
  organisations[Number(/\d+$/.exec(workspace)?.[0]) % organisations.length]?.id ?? '';
await store.members.put(
  ...people.map(({ member, workspace }) => ({
    ...{ programme: 'saman', id: member, organisation: organisationOf(workspace) },
    ...{ roles: ['project-leader'], networks: [], active: true },
  })),
);
await store.accounts.put(
  ...people.map(({ member, workspace, user, address }) => ({
    ...{ programme: 'saman', id: accountId(workspace, user), member, platform, workspace, user, address },
    ...{ state: 'active' as const, at: '2014-01-01T00:00:00Z' },
  })),
);
const clock = { nowMs: () => Date.now() };
const log = createLog('info');
const sealer = createSealer([Buffer.alloc(32, 7).toString('base64')]);
const translators = createTranslators(asset('locales'));
const renderer = createRenderer({ cardsDir: asset('cards'), translators });
const render = createRenderCache((message, context) => renderer.render(message, context));
const programmes = {
  get: (id: string) => (id === 'saman' ? programme : undefined),
  all: () => [programme],
};
const installs = createInstalls({ store, sealer, clock });
for (const [workspace, botToken] of Object.entries(platforms.slack.tokens))
  await installs.put(workspace, 'Bench', { botToken });
const parts = { store, programmes, clock, log, sealer, render };
const { chat } =
  platform === 'slack'
    ? createSlack({ ...parts, config: { signingSecret: 's', apiUrl: platforms.slack.apiUrl } })
    : createTeams({
        ...parts,
        app: {
          ...{
            type: 'single-tenant',
            appId: APP_ID,
            password: 'not-a-secret',
            tenantId: APP_TENANT,
            tenants: [],
          },
          ...{ openIdUrl: platforms.teams.openIdUrl, loginUrl: platforms.teams.loginUrl },
        },
        texts: createTeamsTexts(translators),
      });
// Slack's pace is for what it permits, not for what a machine can do; Teams permits more than one sends here.
const quick = platform === 'slack' ? { ...chat, pace: { limits: [] } } : chat;
const directory = await createAccountDirectory({ tables: store, programmes, chats: { [platform]: quick } });
const write = createWriter(parts);
const random = { token: () => '', fraction: () => 0.5 };
const dispatcher = createDispatcher({
  store,
  directory,
  write,
  clock,
  random,
  log,
  mostUnderWay: createLoad(),
});
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));
/** What each organisation is told, as the planner would have it. */
const messages = new Map(organisations.map(({ id }) => [id, messageFor(id)]));
let round = 0;
await serveRounds(
  async () => {
    round += 1;
    await store.outbox.add(
      people.map(({ member, workspace }) => ({
        programme: 'saman',
        id: `nudge/round-${String(round)}/${member}`,
        items: [`nudge/round-${String(round)}/${member}`],
        kind: 'reply',
        member,
        lane: workspace,
        notBeforeMs: 0,
        urgent: false,
        data: { message: messages.get(organisationOf(workspace)) ?? null },
      })),
    );
    // What has to wait for its tenant is sent by the dispatcher itself, once it may.
    await dispatcher.flush();
    while ((await store.outbox.lanes()).size > 0) {
      await soon();
      await dispatcher.flush();
    }
  },
  async () => {
    await store.close();
    await rm(folder, { recursive: true });
  },
);
