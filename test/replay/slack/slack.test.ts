import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createCardBox } from '../../../src/adapters/chat/slack/card-box.js';
import { createSlack } from '../../../src/adapters/chat/slack/index.js';
import { createInstalls } from '../../../src/adapters/chat/slack/installs.js';
import { createMemoryStore } from '../../../src/adapters/store/lowdb/memory.js';
import { createWebServer } from '../../../src/adapters/web/server.js';
import { toBlockKit } from '../../../src/cards/blockkit/index.js';
import type { Incoming } from '../../../src/runtime/heard.js';
import { createSealer } from '../../../src/runtime/sealed.js';
import {
  deliverForm,
  deliverJson,
  deliver,
  startLocalSlack,
  type LocalSlack,
} from '../../local/slack/index.js';
import { createFakeLog } from '../../support/dispatch.js';
import { programmesOf } from '../../support/slack-app.js';

/** A payload in the shape in which Slack sends it, without anything of anybody; `$CARD` and `$ACTION` are the test's. */
interface Replay {
  readonly sentAs: 'json' | 'form' | 'command';
  readonly payload: Readonly<Record<string, unknown>>;
  readonly expected: {
    readonly status: number;
    readonly body?: unknown;
    readonly incoming?: unknown;
    readonly home?: string;
    readonly removed?: string;
  };
}

const folder = new URL('payloads/', import.meta.url);
const clock = { nowMs: () => Date.now() };
const sealer = createSealer([Buffer.alloc(32, 3).toString('base64')]);
const card = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'Årsrapport' }],
  actions: [
    { type: 'Action.Execute', title: 'Levert', verb: 'handed-in', data: { event: 'arsrapport-2014' } },
  ],
} as const;
const options = { surface: 'message', lang: 'nb' } as const;

describe('what Slack sends', () => {
  let slack: LocalSlack;
  before(async () => {
    slack = await startLocalSlack();
  });
  after(() => slack.close());

  for (const file of readdirSync(folder)) {
    it(`${file.replace('.json', '')} is taken for what it is`, async () => {
      const heard = await replay(slack, file);
      assert.deepEqual(heard.found, heard.expected);
    });
  }
});

/** Sends a payload through the real adapter and says what came of it. */
async function replay(slack: LocalSlack, file: string) {
  const box = createCardBox(sealer);
  const shown = { card, options, programme: 'saman', delivery: 'nudge/x' };
  const [message] = toBlockKit(card, options).messages;
  const actionId = /"action_id":"([^"]*)"/.exec(JSON.stringify(message?.blocks))?.[1] ?? '';
  const text = readFileSync(new URL(file, folder), 'utf8')
    .replace('$CARD', box.close(shown, 'slack/T00000001', 'U00000001'))
    .replace('$ACTION', actionId);
  const { sentAs, payload, expected } = JSON.parse(text) as Replay;
  const found: { status: number; body?: unknown; incoming?: Incoming; home?: string; removed?: string } = {
    status: 0,
  };
  const store = createMemoryStore();
  const installs = createInstalls({ store, sealer, clock });
  for (const id of ['T00000001', 'T00000002', 'E00000001'])
    await installs.put(`slack/${id}`, id, { botToken: id });
  const platform = createSlack({
    ...{ store, programmes: programmesOf(), clock, log: createFakeLog(), sealer },
    render: () => ({ card: { type: 'AdaptiveCard' }, text: '', language: 'nb' }),
    config: { signingSecret: 'secret', apiUrl: slack.apiUrl },
    checks: true,
  });
  const connection = platform.connect({
    hear: (incoming) => {
      found.incoming = incoming;
      return Promise.resolve({ kind: 'member' });
    },
    home: (_workspace, user) => {
      found.home = user;
      return Promise.resolve(undefined);
    },
    show: () => Promise.resolve(undefined),
    link: () => Promise.resolve(false),
    personGone: () => Promise.resolve(),
    dispatch: () => undefined,
    workspaceChanged: (workspace) => {
      found.removed = workspace;
      return Promise.resolve();
    },
  });
  const server = createWebServer({ mounts: connection.mounts, log: createFakeLog() });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const app = { url: `http://127.0.0.1:${String(port)}`, signingSecret: 'secret' };
  const answer = await sendAs(sentAs, app, payload);
  await connection.stop();
  server.closeAllConnections();
  server.close();
  found.status = answer.status;
  if (answer.body !== '') found.body = JSON.parse(answer.body);
  return { found: JSON.parse(JSON.stringify(found)) as unknown, expected };
}

function sendAs(kind: Replay['sentAs'], app: Parameters<typeof deliver>[0], payload: Replay['payload']) {
  if (kind === 'json') return deliverJson(app, payload);
  if (kind === 'form') return deliverForm(app, payload);
  const form = new URLSearchParams(payload as Record<string, string>).toString();
  return deliver(app, form, 'application/x-www-form-urlencoded');
}
