import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createSlack } from '../../../src/adapters/chat/slack/index.js';
import { createMemoryStore } from '../../../src/adapters/store/lowdb/memory.js';
import type { ChatMessage, Recipient } from '../../../src/core/ports/chat.js';
import { createSealer } from '../../../src/runtime/sealed.js';
import { addWorkspace, startLocalSlack } from '../../local/slack/index.js';
import { createFakeLog } from '../../support/dispatch.js';
import { programmesOf } from '../../support/slack-app.js';
import { chatContract } from './chat-contract.js';

const recipient = (user: string): Recipient => ({
  programme: 'saman',
  member: user,
  workspace: 'slack/T1',
  account: { user },
});
const kari = recipient('UKARI');
const message = (text: string): ChatMessage => ({
  card: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] },
  text,
  language: 'nb',
});

async function start(hasRates = true) {
  const slack = await startLocalSlack({ hasRates });
  const workspace = addWorkspace(slack, 'T1', [
    { id: 'UKARI', name: 'Prosjektleder' },
    { id: 'UGONE', name: 'Sluttet', deleted: true },
  ]);
  const log = createFakeLog();
  const platform = createSlack({
    store: createMemoryStore(),
    programmes: programmesOf(),
    clock: { nowMs: () => Date.now() },
    log,
    sealer: createSealer([randomBytes(32).toString('base64')]),
    render: () => message(''),
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

const textsOf = (workspace: Awaited<ReturnType<typeof start>>['workspace']) =>
  [...workspace.channels.values()].flatMap((each) => each.messages.map((line) => line.text));

chatContract('Slack', async () => {
  const { chat, workspace, close } = await start();
  return {
    chat,
    reachable: kari,
    gone: recipient('UGONE'),
    seen: () => Promise.resolve(textsOf(workspace)),
    close,
  };
});

describe('the Slack chat', () => {
  let under: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    under = await start(false);
  });
  afterEach(() => under.close());
  const send = (text = 'hei', delivery = 'd/1') => under.chat.send(kari, message(text), delivery);

  it('says how long to wait when Slack limits the rate, with and without its word', async () => {
    under.slack.faults.next('chat.postMessage', { kind: 'limited', retryAfterS: 7 });
    assert.deepEqual(await send(), {
      ...{ kind: 'retry', afterMs: 7_000, reason: 'rate-limited', holds: 'limit' },
    });
    under.slack.faults.next('chat.postMessage', { kind: 'limited' });
    assert.deepEqual(await send(), {
      ...{ kind: 'retry', afterMs: 30_000, reason: 'rate-limited', holds: 'limit' },
    });
  });

  for (const [what, fault] of [
    ['a failing server', { kind: 'status', status: 503, takesEffect: true }],
    ['a cut connection', { kind: 'cut', takesEffect: true }],
    ['an internal error', { kind: 'refused', word: 'internal_error' }],
  ] as const) {
    it(`does not know what became of a message after ${what}, sends nothing twice, and finds out`, async () => {
      under.slack.faults.next('chat.postMessage', fault);
      assert.equal((await send()).kind, 'unknown');
      const isThere = 'takesEffect' in fault;
      assert.deepEqual(textsOf(under.workspace), isThere ? ['hei'] : []);
      const found = await under.chat.find(kari, 'd/1');
      assert.equal(typeof found === 'object', isThere);
    });
  }

  for (const [what, method, fault, afterMs] of [
    ['limits the rate of looking', 'conversations.history', { kind: 'limited', retryAfterS: 7 }, 7_000],
    ['limits the rate of opening', 'conversations.open', { kind: 'limited', retryAfterS: 3 }, 3_000],
    ['fails', 'conversations.history', { kind: 'status', status: 503, takesEffect: false }, 2_000],
  ] as const) {
    it(`says how soon to look again for a message when Slack ${what}`, async () => {
      await send();
      under.slack.faults.next(method, fault);
      const found = await under.chat.find(kari, 'd/1');
      assert.ok(
        typeof found === 'object' && found['kind'] === 'retry' && Number(found['afterMs']) === afterMs,
      );
    });
  }

  it('tries again later when Slack cannot be reached', async () => {
    await under.slack.close();
    assert.equal((await send()).kind, 'retry');
  });

  for (const word of ['channel_not_found', 'account_inactive', 'user_disabled', 'token_revoked']) {
    it(`takes ${word} for somebody who cannot be reached`, async () => {
      under.slack.faults.next('chat.postMessage', { kind: 'refused', word });
      assert.deepEqual(await send(), { kind: 'unreachable', reason: word });
    });
  }

  it('takes a wrong message for a mistake of its own, and quotes nothing of it', async () => {
    under.slack.faults.next('chat.postMessage', { kind: 'refused', word: 'invalid_blocks' });
    await assert.rejects(send('a secret'), (error: Error) => {
      assert.match(error.message, /invalid_blocks/);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  });

  it('still finds a message that was changed', async () => {
    const outcome = await send();
    assert.ok(outcome.kind === 'sent');
    await under.chat.update(kari, outcome.ref, message('changed'));
    assert.deepEqual(await under.chat.find(kari, 'd/1'), outcome.ref);
  });

  it('keeps the pace of a channel by itself', async () => {
    const started = Date.now();
    for (const nth of ['1', '2', '3']) await send(nth, `d/${nth}`);
    assert.ok(Date.now() - started < 990, 'a short burst is let through');
    await send('4', 'd/4');
    assert.ok(Date.now() - started >= 2_990);
    const all = await Promise.all(Array.from({ length: 10 }, (_, n) => send(String(n), `e/${String(n)}`)));
    assert.ok(all.some((each) => each.kind === 'retry' && each.reason === 'paced' && each.afterMs > 5_000));
  });
});
