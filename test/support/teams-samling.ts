import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createTeams } from '../../src/adapters/chat/teams/index.js';
import { createTeamsTexts } from '../../src/adapters/chat/teams/texts.js';
import type { TeamsApp } from '../../src/adapters/chat/teams/settings.js';
import { loadVocabulary } from '../../src/adapters/files/vocabulary.js';
import { createMemoryStore } from '../../src/adapters/store/lowdb/memory.js';
import { createWebServer } from '../../src/adapters/web/server.js';
import { createRenderer } from '../../src/cards/index.js';
import { asset } from '../../src/cli/assets.js';
import { createAccountDirectory } from '../../src/core/identity/directory.js';
import type { Knowledge } from '../../src/core/faq/article.js';
import type { BallotBox } from '../../src/core/ports/ballots.js';
import type { Clock } from '../../src/core/ports/environment.js';
import type { Log } from '../../src/runtime/dispatcher.js';
import type { Member } from '../../src/core/members/types.js';
import type { Store } from '../../src/core/ports/store.js';
import type { Programme } from '../../src/core/programme/schema.js';
import { createTranslators } from '../../src/i18n/index.js';
import { createSamling } from '../../src/main.js';
import { createSealer } from '../../src/runtime/sealed.js';
import { APP_ID, APP_TENANT, type LocalTeams } from '../local/teams/index.js';
import { createFakeClock, createFakeLog } from './dispatch.js';
import { programmeWith } from './programmes.js';

const translators = createTranslators(asset('locales'));
const renderer = createRenderer({ cardsDir: asset('cards'), translators });
const vocabulary = loadVocabulary(asset('data', 'conversation', 'commands.json'));

/** The app of the tests, at the local platform. */
export function teamsApp(teams: LocalTeams, changes: Partial<TeamsApp> = {}): TeamsApp {
  return {
    type: 'single-tenant',
    appId: APP_ID,
    password: 'not-a-secret',
    tenantId: APP_TENANT,
    tenants: [],
    openIdUrl: teams.issuer.openIdUrl,
    loginUrl: teams.issuer.loginUrl,
    ...changes,
  };
}

/** A member of the test programme. */
export function memberWith(id: string, changes: Partial<Member> = {}): Member {
  return {
    programme: 'saman',
    id,
    organisation: 'voss',
    roles: ['project-leader'],
    networks: [],
    active: true,
    ...changes,
  };
}

/** Samling with the Teams side only, over a store in memory, listening on the loopback. */
export async function startTeamsSamling(
  teams: LocalTeams,
  options: {
    readonly members?: readonly Member[];
    readonly programme?: Programme;
    readonly app?: Partial<TeamsApp>;
    readonly store?: Store;
    /** Default: now. */
    readonly nowMs?: number;
    /** Instead of a clock that stands still. */
    readonly clock?: Clock;
    readonly log?: Log;
    /** Where anonymous answers lie; without it there are no pulses. */
    readonly ballots?: BallotBox;
    readonly knowledge?: (programme: string) => Knowledge | undefined;
  } = {},
) {
  const programme = options.programme ?? programmeWith('saman');
  const programmes = {
    get: (id: string) => (id === programme.id ? programme : undefined),
    all: () => [programme],
  };
  const store = options.store ?? createMemoryStore();
  await store.members.put(...(options.members ?? []));
  const fakeClock = createFakeClock(options.nowMs ?? Date.now());
  const fakeLog = createFakeLog();
  const { clock = fakeClock, log = fakeLog } = options;
  const sealer = createSealer([Buffer.alloc(32, 7).toString('base64')]);
  const platform = createTeams({
    ...{ store, programmes, clock, log, sealer },
    render: (message, context) => renderer.render(message, context),
    app: teamsApp(teams, options.app),
    texts: createTeamsTexts(translators),
    jitter: () => 0,
  });
  const directory = await createAccountDirectory({
    tables: store,
    programmes,
    chats: { teams: platform.chat },
  });
  const samling = createSamling({
    ...{ programmes, store, directory, renderer, vocabulary, clock, log },
    ...(options.ballots && { ballots: options.ballots }),
    ...(options.knowledge && { knowledge: options.knowledge }),
  });
  const connection = platform.connect(samling.hub);
  const server = createWebServer({ mounts: connection.mounts, log });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await connection.start();
  const { port } = server.address() as AddressInfo;
  return {
    ...{ samling, store, clock: fakeClock, log: fakeLog, platform, programme, directory, sealer },
    url: `http://127.0.0.1:${String(port)}/api/messages`,
    /** Waits until what was caused has been sent. */
    async settle() {
      await samling.dispatcher.flush();
      // What a request set off is leased and on its way.
      for (let tries = 0; tries < 100 && (await store.outbox.lanes()).size > 0; tries += 1) await pause(10);
      await pause(5);
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await samling.dispatcher.flush();
      await connection.stop();
      server.closeAllConnections();
      await closed;
    },
  };
}
export type TeamsSamling = Awaited<ReturnType<typeof startTeamsSamling>>;
