import { createFakeClock, createFakeLog } from '../../support/dispatch.js';
import { createTeams } from '../../../src/adapters/chat/teams/index.js';
import { createTeamsTexts } from '../../../src/adapters/chat/teams/texts.js';
import { asset } from '../../../src/cli/assets.js';
import { createTranslators } from '../../../src/i18n/index.js';
import { createMemoryStore } from '../../../src/adapters/store/lowdb/memory.js';
import { createSealer } from '../../../src/runtime/sealed.js';
import { startLocalTeams, type LocalPerson } from '../../local/teams/index.js';
import { teamsApp } from '../../support/teams-samling.js';
import { chatContract } from './chat-contract.js';

// Teams has no call that says what a bot has sent.
chatContract(
  'teams',
  async () => {
    const teams = await startLocalTeams();
    const here = teams.person('t1', 'here');
    const gone = teams.person('t1', 'gone');
    const conversation = teams.connector.conversationOf(here);
    const recipient = (person: LocalPerson) => ({
      programme: 'saman',
      member: person.name,
      workspace: `teams/${person.tenant}`,
      account: {
        user: person.aadObjectId,
        id: person.id,
        serviceUrl: teams.connector.serviceUrl,
        conversation: teams.connector.conversationOf(person),
      },
    });
    const [reachable, unreachable] = [recipient(here), recipient(gone)];
    teams.connector.uninstall(gone);
    const platform = createTeams({
      store: createMemoryStore(),
      programmes: { get: () => undefined, all: () => [] },
      clock: createFakeClock(Date.now()),
      log: createFakeLog(),
      sealer: createSealer([Buffer.alloc(32, 1).toString('base64')]),
      render: () => ({ card: { type: 'AdaptiveCard' }, text: '', language: 'nb' }),
      app: teamsApp(teams),
      texts: createTeamsTexts(createTranslators(asset('locales'))),
    });
    const connection = platform.connect({
      hear: () => Promise.resolve({ kind: 'done-before' }),
      dispatch: () => undefined,
      home: () => Promise.resolve(undefined),
      show: () => Promise.resolve(undefined),
      link: () => Promise.resolve(false),
      personGone: () => Promise.resolve(),
      workspaceChanged: () => Promise.resolve(),
    });
    return {
      chat: platform.chat,
      reachable,
      gone: unreachable,
      seen: () =>
        Promise.resolve(
          teams.connector.messagesOf(conversation).map((each) => each.activity.summary as string),
        ),
      holdNext: () =>
        new Promise((resolve) =>
          teams.connector.faults(({ method, nth }) => {
            if (method !== 'POST' || nth > 1) return undefined;
            resolve();
            return { kind: 'out-of-order' };
          }),
        ),
      async close() {
        await connection.stop();
        await teams.close();
      },
    };
  },
  { canFind: false },
);
