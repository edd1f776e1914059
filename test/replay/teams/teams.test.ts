import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createActionTickets } from '../../../src/adapters/chat/teams/action-tickets.js';
import { createTeams } from '../../../src/adapters/chat/teams/index.js';
import { createTeamsTexts } from '../../../src/adapters/chat/teams/texts.js';
import { createMemoryStore } from '../../../src/adapters/store/lowdb/memory.js';
import { createWebServer } from '../../../src/adapters/web/server.js';
import { asset } from '../../../src/cli/assets.js';
import { createTranslators } from '../../../src/i18n/index.js';
import type { PlatformHub } from '../../../src/runtime/platform.js';
import { createSealer } from '../../../src/runtime/sealed.js';
import { APP_ID, startLocalTeams, type LocalTeams } from '../../local/teams/index.js';
import { ticketsOf } from '../../local/teams/tickets.js';
import { createFakeClock, createFakeLog } from '../../support/dispatch.js';
import { programmesOf } from '../../support/slack-app.js';
import { teamsApp } from '../../support/teams-samling.js';

/**
 * An activity in the shape in which Teams sends it, without anything of anybody; `$APP`, `$SERVICE` and `$TICKET` are
 * the test's.
 */
interface Replay {
  readonly activity: {
    readonly from: { readonly aadObjectId: string };
    readonly conversation: { readonly tenantId: string };
  };
  readonly expected: Found;
}

/** What came of it. */
interface Found {
  status: number;
  body?: unknown;
  incoming?: unknown;
  gone?: unknown;
  shown?: unknown;
}

const folder = new URL('payloads/', import.meta.url);
const clock = createFakeClock(Date.now());
const sealer = createSealer([Buffer.alloc(32, 3).toString('base64')]);
const tickets = createActionTickets(sealer);
const texts = createTeamsTexts(createTranslators(asset('locales')));

describe('what Teams sends', () => {
  let teams: LocalTeams;
  before(async () => {
    teams = await startLocalTeams({ nowMs: () => clock.nowMs() });
  });
  after(() => teams.close());

  for (const file of readdirSync(folder)) {
    it(`${file.replace('.json', '')} is taken for what it is`, async () => {
      const { activity, expected } = replayIn(file, teams);
      assert.deepEqual(await replay(teams, activity), expected);
    });
  }
});

function replayIn(file: string, teams: LocalTeams): Replay {
  const text = readFileSync(new URL(file, folder), 'utf8')
    .replaceAll('$APP', APP_ID)
    .replaceAll('$SERVICE', teams.connector.serviceUrl);
  const { from, conversation } = (JSON.parse(text) as Replay).activity;
  const [ticket] = ticketsOf(
    tickets,
    [{ verb: 'handed-in', data: { event: 'arsrapport-2014' } }],
    { programme: 'saman', delivery: 'nudge/x' },
    `teams/${conversation.tenantId}/${from.aadObjectId}`,
  );
  return JSON.parse(text.replaceAll('"$TICKET"', JSON.stringify(ticket))) as Replay;
}

/** Notes what the adapter hands on. */
function noting(found: Found): PlatformHub {
  return {
    hear(incoming) {
      found.incoming = incoming;
      return Promise.resolve({ kind: 'member' });
    },
    show(workspace, user, { verb }) {
      found.shown = { workspace, user, verb };
      return Promise.resolve(undefined);
    },
    personGone(workspace, user, reason) {
      found.gone = { workspace, user, reason };
      return Promise.resolve();
    },
    dispatch: () => undefined,
    home: () => Promise.resolve(undefined),
    link: () => Promise.resolve(false),
    workspaceChanged: () => Promise.resolve(),
  };
}

/** Sends an activity through the real adapter and says what came of it. */
async function replay(teams: LocalTeams, activity: unknown): Promise<unknown> {
  const found: Found = { status: 0 };
  const log = createFakeLog();
  const platform = createTeams({
    ...{ store: createMemoryStore(), programmes: programmesOf(), clock, log, sealer, texts },
    render: () => ({ card: { type: 'AdaptiveCard' }, text: '', language: 'nb' }),
    app: teamsApp(teams),
  });
  const connection = platform.connect(noting(found));
  const server = createWebServer({ mounts: connection.mounts, log });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { status, body } = await teams.post(`http://127.0.0.1:${String(port)}/api/messages`, activity);
  await connection.stop();
  server.closeAllConnections();
  server.close();
  assert.ok(!log.lines.some((line) => line.startsWith('error')), log.lines.join('\n'));
  return JSON.parse(JSON.stringify({ ...found, status, body })) as unknown;
}
