import assert from 'node:assert/strict';
import type { Chat, Recipient } from '../../src/core/ports/chat.js';
import { startLocalTeams, type LocalPerson, type LocalTeams } from '../local/teams/index.js';
import type { Fault } from '../local/teams/faults.js';
import { createDispatch } from '../support/dispatch.js';
import { delivery } from '../support/delivery.js';
import { startTeamsSamling, type TeamsSamling } from '../support/teams-samling.js';

const message = (text: string) => ({
  card: { type: 'AdaptiveCard' as const, version: '1.5', body: [{ type: 'TextBlock', text }] },
  text,
  language: 'nb' as const,
});

describe('sending to Teams when it fails', () => {
  let teams: LocalTeams;
  let bot: TeamsSamling;
  let chat: Chat;
  let kari: LocalPerson;
  let to: Recipient;

  beforeEach(async () => {
    teams = await startLocalTeams({ limits: true });
    bot = await startTeamsSamling(teams);
    ({ chat } = bot.platform);
    kari = teams.person('voss', 'kari');
    to = {
      ...{ programme: 'saman', member: 'kari', workspace: 'teams/voss' },
      account: {
        user: kari.aadObjectId,
        id: kari.id,
        serviceUrl: teams.connector.serviceUrl,
        conversation: teams.connector.conversationOf(kari),
      },
    };
  });
  afterEach(async () => {
    await bot.close();
    await teams.close();
  });

  const failing = (fault: Fault) => teams.connector.faults(({ nth }) => (nth === 1 ? fault : undefined));
  const count = () => teams.connector.messages.length;

  const outcomes: readonly [name: string, fault: Fault, kind: string, arrived: number, afterMs?: number][] = [
    ['429 that says how long', { kind: 'status', status: 429, retryAfter: '7' }, 'retry', 0, 7_000],
    ['429 that does not say', { kind: 'status', status: 429 }, 'retry', 0, 2_000],
    [
      '429 with a wait of a year',
      { kind: 'status', status: 429, retryAfter: '31536000' },
      'retry',
      0,
      900_000,
    ],
    ['412', { kind: 'status', status: 412 }, 'retry', 0, 2_000],
    ['502 before it took effect', { kind: 'status', status: 502 }, 'unknown', 0],
    ['502 after it took effect', { kind: 'status-after', status: 502 }, 'unknown', 1],
    ['503 that says how long', { kind: 'status', status: 503, retryAfter: '7' }, 'unknown', 0, 7_000],
    ['503 after it took effect', { kind: 'status-after', status: 503 }, 'unknown', 1],
    ['504 before it took effect', { kind: 'status', status: 504 }, 'unknown', 0],
    ['504 after it took effect', { kind: 'status-after', status: 504 }, 'unknown', 1],
    ['401, because the token ran out', { kind: 'status', status: 401 }, 'retry', 0, 2_000],
    ['403', { kind: 'status', status: 403, code: 'BotNotInConversationRoster' }, 'unreachable', 0],
    ['404', { kind: 'status', status: 404, code: 'ConversationNotFound' }, 'unreachable', 0],
    ['500 before it took effect', { kind: 'status', status: 500 }, 'unknown', 0],
    ['500 after it took effect', { kind: 'status-after', status: 500 }, 'unknown', 1],
    ['a connection that was cut before', { kind: 'cut', when: 'before' }, 'unknown', 0],
    ['a connection that was cut after', { kind: 'cut', when: 'after' }, 'unknown', 1],
    ['a message that is held back, and which none overtakes,', { kind: 'out-of-order' }, 'sent', 1],
  ];
  for (const [name, fault, kind, arrived, afterMs] of outcomes) {
    it(`tells ${name} as ${kind}, and does not send twice by itself`, async () => {
      failing(fault);
      const outcome = await chat.send(to, message('first'), 'd/1');
      assert.equal(outcome.kind, kind);
      if (afterMs !== undefined) assert.equal((outcome as { afterMs?: number }).afterMs, afterMs);
      assert.equal(count(), arrived);
      const posts = teams.connector.requests.filter((each) => each.method === 'POST').length;
      assert.ok(posts <= 1, String(posts));
    });
  }

  describe('of which nobody can say whether it arrived', () => {
    const entry = delivery('d/1', { member: 'kari', lane: 'teams/voss' });
    const underWay = () => {
      const directory = {
        laneOf: () => to.workspace,
        recipientOf: () => Promise.resolve(to),
        chatOf: () => chat,
      };
      const parts = createDispatch(chat, { directory, clock: bot.clock });
      const later = async (ms: number) => {
        bot.clock.set(bot.clock.nowMs() + ms);
        await parts.dispatcher.flush();
        return (await parts.store.outbox.list(entry.programme, [entry.id]))[0]?.state;
      };
      return { ...parts, later };
    };

    for (const status of [500, 502, 503, 504])
      for (const kind of ['status', 'status-after'] as const)
        it(`repeats it once after ${String(status)} (${kind}), and reports that it may be doubled`, async () => {
          const { store, later } = underWay();
          await store.outbox.add([entry]);
          teams.connector.faults(({ method, nth }) =>
            method === 'POST' && nth === 1 ? { kind, status } : undefined,
          );
          assert.equal((await later(0))?.kind, 'waiting');
          const state = await later(10_000);
          assert.ok(state?.kind === 'sent' && state.mayBeDoubled === true, JSON.stringify(state));
          assert.equal(count(), kind === 'status' ? 1 : 2);
        });

    it('repeats it once only, when it takes effect and fails again', async () => {
      const { store, later } = underWay();
      await store.outbox.add([entry]);
      teams.connector.faults(({ method }) =>
        method === 'POST' ? { kind: 'status-after', status: 504 } : undefined,
      );
      for (let tries = 0; tries < 10; tries += 1) await later(60_000);
      assert.deepEqual([count(), (await later(0))?.kind], [2, 'unreachable']);
    });

    for (const fault of [
      { kind: 'status', status: 503 },
      { kind: 'cut', when: 'before' },
    ] as const)
      it(`waits with that while Teams answers nobody (${fault.kind}), and then tells everybody`, async () => {
        const { store, later } = underWay();
        await store.outbox.add([entry]);
        teams.connector.faults(() => fault);
        for (let minutes = 0; minutes < 60; minutes += 1) await later(60_000);
        const posts = teams.connector.requests.filter(({ method }) => method === 'POST');
        assert.ok(posts.length <= 1, `${String(posts.length)} posts`);
        teams.connector.faults(undefined);
        const state = await later(60_000);
        assert.deepEqual([state?.kind, count()], ['sent', 1]);
      });
  });

  it('waits longer and longer for a conversation that is not ready, and begins anew once it was', async () => {
    teams.connector.faults(() => ({ kind: 'status', status: 412 }));
    const waits: number[] = [];
    const send = async () => {
      const outcome = await chat.send(to, message('first'), 'd/1');
      if (outcome.kind === 'retry') waits.push(outcome.afterMs);
      bot.clock.set(bot.clock.nowMs() + 20 * 60_000);
      return outcome.kind;
    };
    for (let tries = 0; tries < 12; tries += 1) assert.equal(await send(), 'retry');
    assert.deepEqual(waits.slice(0, 4), [2_000, 4_000, 8_000, 16_000]);
    assert.equal(waits.at(-1), 15 * 60_000);
    teams.connector.faults(undefined);
    assert.equal(await send(), 'sent');
    teams.connector.faults(() => ({ kind: 'status', status: 412 }));
    await send();
    assert.equal(waits.at(-1), 2_000);
  });

  it('fetches another token when one was refused', async () => {
    await chat.send(to, message('first'), 'd/1');
    teams.issuer.issued.clear();
    assert.equal((await chat.send(to, message('second'), 'd/2')).kind, 'retry');
    assert.equal((await chat.send(to, message('second'), 'd/2')).kind, 'sent');
    assert.equal(teams.issuer.tokenRequests.length, 2);
  });

  it('asks for one token, however many messages wait for it, of the tenant of the app', async () => {
    await Promise.all([1, 2, 3, 4].map((nth) => chat.send(to, message('x'), `d/${String(nth)}`)));
    assert.equal(teams.issuer.tokenRequests.length, 1);
    const [request] = teams.issuer.tokenRequests;
    assert.match(request?.['path'] ?? '', /f001\/oauth2\/v2\.0\/token$/);
    assert.equal(request?.['scope'], 'https://api.botframework.com/.default');
  });

  it('of an older multi-tenant app, asks where Bot Framework has its tokens', async () => {
    const other = await startTeamsSamling(teams, { app: { type: 'multi-tenant' } });
    assert.equal((await other.platform.chat.send(to, message('x'), 'd/1')).kind, 'sent');
    assert.match(teams.issuer.tokenRequests[0]?.['path'] ?? '', /^\/botframework\.com\//);
    await other.close();
  });

  for (const how of [500, 401] as const) {
    it(`tries again later when the token endpoint answers ${String(how)}, and has sent nothing`, async () => {
      teams.issuer.fail('tokens', how);
      const outcome = await chat.send(to, message('first'), 'd/1');
      assert.deepEqual([outcome.kind, count()], ['retry', 0]);
      assert.equal((outcome as { reason?: string }).reason, 'TEAMS_TOKEN_REFUSED');
    });
  }

  it('keeps to the limits by itself: none of 20 messages at once is refused, those over it wait', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => chat.send(to, message('x'), `d/${String(index)}`)),
    );
    const sent = results.filter((each) => each.kind === 'sent').length;
    assert.equal(sent, 7);
    assert.ok(
      results.every((each) => each.kind === 'sent' || (each.kind === 'retry' && each.reason === 'pace')),
    );
    assert.ok(teams.connector.requests.every((each) => each.status !== 429));
  });

  it('makes the conversation where there is none yet, once', async () => {
    const { conversation, ...account } = to.account;
    const fresh = { ...to, account };
    for (const id of ['d/1', 'd/2']) assert.equal((await chat.send(fresh, message('x'), id)).kind, 'sent');
    assert.equal(teams.connector.messagesOf(conversation ?? '').length, 2);
    const made = teams.connector.requests.filter((each) => each.path.endsWith('/v3/conversations'));
    assert.equal(made.length, 1);
  });

  it('does not reach somebody for whom the app is not installed', async () => {
    teams.connector.uninstall(kari);
    const { conversation, ...account } = to.account;
    for (const each of [to, { ...to, account }]) {
      assert.equal((await chat.send(each, message('x'), 'd/1')).kind, 'unreachable');
    }
    assert.ok(conversation);
  });

  it('shortens a card of 100 KB to 28 KB and says so, keeping its beginning', async () => {
    const body = Array.from({ length: 1000 }, (_, index) => ({
      type: 'TextBlock',
      text: `${String(index)} ${'x'.repeat(80)}`,
    }));
    const outcome = await chat.send(to, { ...message('long'), card: { type: 'AdaptiveCard', body } }, 'd/1');
    assert.equal(outcome.kind, 'sent');
    const { content } = teams.connector.messages[0]!.activity.attachments[0];
    assert.ok(JSON.stringify(content).length <= 28 * 1024);
    assert.match(content.body[0].text, /^0 /);
    assert.match(content.body.at(-1).text, /Resten får ikke plass/);
  });
});
