import assert from 'node:assert/strict';
import {
  lineMessage as message,
  slackRecipient as recipient,
  startSlackChat,
} from '../../support/slack-chat.js';
import { chatContract } from './chat-contract.js';

const kari = recipient('UKARI');
const start = (hasRates?: boolean) =>
  startSlackChat(
    [
      { id: 'UKARI', name: 'Prosjektleder' },
      { id: 'UGONE', name: 'Sluttet', deleted: true },
    ],
    hasRates,
  );

const textsOf = (workspace: Awaited<ReturnType<typeof start>>['workspace']) =>
  [...workspace.channels.values()].flatMap((each) => each.messages.map((line) => line.text));

chatContract('Slack', async () => {
  const { chat, slack, workspace, close } = await start();
  return {
    chat,
    reachable: kari,
    gone: recipient('UGONE'),
    seen: () => Promise.resolve(textsOf(workspace)),
    holdNext: () =>
      new Promise((resolve) =>
        slack.faults.plan(({ method, nth }) => {
          if (method !== 'chat.postMessage' || nth > 1) return undefined;
          resolve();
          return { kind: 'out-of-order' };
        }),
      ),
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

  it('waits for the answer to a message that is held back, and which none overtakes', async () => {
    under.slack.faults.next('chat.postMessage', { kind: 'out-of-order' });
    const started = Date.now();
    assert.equal((await send()).kind, 'sent');
    assert.ok(Date.now() - started >= 1_990);
    assert.deepEqual(textsOf(under.workspace), ['hei']);
  });

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
