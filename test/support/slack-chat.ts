import { randomBytes } from 'node:crypto';
import { createSlack } from '../../src/adapters/chat/slack/index.js';
import { createMemoryStore } from '../../src/adapters/store/lowdb/memory.js';
import type { ChatMessage, Recipient } from '../../src/core/ports/chat.js';
import { createSealer } from '../../src/runtime/sealed.js';
import { addWorkspace, startLocalSlack } from '../local/slack/index.js';
import type { LocalUser } from '../local/slack/world.js';
import { createFakeLog } from './dispatch.js';
import { programmesOf } from './slack-app.js';

/** A person of the workspace `T1`, who is the member of the same name. */
export const slackRecipient = (user: string): Recipient => ({
  programme: 'saman',
  member: user,
  workspace: 'slack/T1',
  account: { user },
});

/** A message of one line. */
export const lineMessage = (text: string): ChatMessage => ({
  card: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] },
  text,
  language: 'nb',
});

/** Slack's side of Samling alone, with one workspace `T1` on this machine. */
export async function startSlackChat(users: readonly LocalUser[], hasRates = true) {
  const slack = await startLocalSlack({ hasRates });
  const workspace = addWorkspace(slack, 'T1', users);
  const log = createFakeLog();
  const platform = createSlack({
    store: createMemoryStore(),
    programmes: programmesOf(),
    clock: { nowMs: () => Date.now() },
    log,
    sealer: createSealer([randomBytes(32).toString('base64')]),
    render: () => lineMessage(''),
    checks: true,
    config: {
      signingSecret: 'secret',
      apiUrl: slack.apiUrl,
      botToken: slack.world.newToken('T1', slack.app.scopes).token,
    },
  });
  const connection = platform.connect({
    hear: () => Promise.resolve({ kind: 'member' }),
    home: () => Promise.resolve(undefined),
    show: () => Promise.resolve(undefined),
    link: () => Promise.resolve(false),
    dispatch: () => undefined,
    personGone: () => Promise.resolve(),
    workspaceChanged: () => Promise.resolve(),
  });
  await connection.start();
  const close = async () => {
    await connection.stop();
    await slack.close();
  };
  return { slack, workspace, chat: platform.chat, close, log };
}
