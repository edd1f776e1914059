import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { slackManifest, BOT_SCOPES } from '../../src/adapters/chat/slack/manifest.js';
import { createMemoryStore } from '../../src/adapters/store/lowdb/memory.js';
import { checkSlack } from '../../src/adapters/chat/slack/doctor.js';
import { createInstalls } from '../../src/adapters/chat/slack/installs.js';
import { createSealer } from '../../src/runtime/sealed.js';
import { addWorkspace, startLocalSlack, type LocalSlack } from '../local/slack/index.js';
import { methods } from '../local/slack/methods.js';
import { startSlackApp, type SlackApp } from '../support/slack-app.js';
import {
  buildPlaces,
  coordinator,
  leader,
  personIn,
  saman,
  startEverywhere,
  START_MS,
} from '../support/slack-programme.js';

const HOUR_MS = 3_600_000;
const clock = { nowMs: () => Date.now() };

describe('the manifest', () => {
  it('asks for no scope that no call or event wants', () => {
    const wanted = new Set([
      ...Object.values(methods).map((each) => each.scope),
      // Of events, and of what is not called by a method.
      ...['app_mentions:read', 'commands', 'im:read'],
    ]);
    assert.deepEqual(
      BOT_SCOPES.filter((each) => !wanted.has(each.scope)),
      [],
    );
  });

  it('is for HTTP where there is an address, and for Socket Mode where there is none', () => {
    const http = slackManifest({ publicUrl: 'https://samling.example', isSocketMode: false });
    assert.equal(http.settings.interactivity.request_url, 'https://samling.example/slack/events');
    assert.deepEqual(http.oauth_config.redirect_urls, ['https://samling.example/slack/oauth_redirect']);
    const socket = slackManifest({ isSocketMode: true });
    assert.equal(socket.settings.socket_mode_enabled, true);
    assert.doesNotMatch(JSON.stringify(socket), /http/);
  });

  it('keeps the lengths that Slack allows', () => {
    const { display_information, features } = slackManifest({ isSocketMode: true });
    assert.ok(display_information.name.length <= 35 && display_information.description.length <= 140);
    for (const { name, description } of features.shortcuts)
      assert.ok(name.length <= 24 && description.length <= 150);
  });
});

describe('the doctor of Slack', () => {
  let slack: LocalSlack;
  beforeEach(async () => {
    slack = await startLocalSlack();
    addWorkspace(slack, 'T1', []);
  });
  afterEach(() => slack.close());

  const sealer = createSealer([randomBytes(32).toString('base64')]);
  const check = async (changes: object = {}, scopes = slack.app.scopes, revoked = false) => {
    const store = createMemoryStore();
    const token = slack.world.newToken('T1', scopes);
    if (revoked) token.revoked = true;
    await createInstalls({ store, sealer, clock }).put('slack/T1', 'One', { botToken: token.token });
    const settings = { signingSecret: 'x', apiUrl: slack.apiUrl };
    const options = { settings, store, sealer, clock, publicUrl: 'https://samling.example', ...changes };
    return (await checkSlack(options))
      .filter((each) => !each.isOk)
      .map((each) => `${each.says} ${each.todo ?? ''}`);
  };

  it('finds nothing wrong where nothing is', async () => {
    assert.deepEqual(await check(), []);
  });

  it('says nothing of installs while a running Samling has the store', async () => {
    assert.deepEqual(await check({ store: createMemoryStore(), knowsInstalls: false }), []);
  });

  for (const [what, run, wanted] of [
    [
      'a clock that goes wrong',
      () => check({ clock: { nowMs: () => Date.now() + 400_000 } }),
      /40\d s apart.*NTP/,
    ],
    ['no way in', () => check({ publicUrl: undefined }), /no way to reach Samling.*SAMLING_PUBLIC_URL/],
    ['missing scopes', () => check({}, ['chat:write']), /lacks the scopes .*users:read/],
    ['a revoked token', () => check({}, slack.app.scopes, true), /token_revoked.*Install/],
    ['no install', () => check({ store: createMemoryStore() }), /not installed in any workspace/],
    [
      'a key that is gone',
      () => check({ sealer: createSealer([randomBytes(32).toString('base64')]) }),
      /SAMLING_KEYS/,
    ],
    [
      'Slack out of reach',
      () => check({ settings: { signingSecret: 'x', apiUrl: 'http://127.0.0.1:9/api/' } }),
      /cannot be reached/,
    ],
  ] as const) {
    it(`names ${what}, and what to do`, async () => {
      assert.match((await run()).join('\n'), wanted);
    });
  }
});

describe('an install', function () {
  this.timeout(30_000);
  let app: SlackApp;
  afterEach(() => app.close());

  it('whose tokens are rotated gets a fresh one by itself before it sends', async () => {
    app = await startEverywhere({ slack: { hasRates: false, app: { tokensLiveMs: 12 * HOUR_MS } } });
    const voss = personIn(app, 'T2', 'UVOSS');
    app.clock.set(app.clock.nowMs() + 13 * HOUR_MS);
    await voss.say('fristar');
    await app.until(() => voss.messages().length === 1);
    const refreshes = app.slack.calls.filter((each) => each.args['grant_type'] === 'refresh_token');
    assert.equal(refreshes.filter((each) => each.args['refresh_token']?.startsWith('xoxe-T2')).length, 1);
  });

  it('by hand works over Socket Mode, with no port open for Slack', async () => {
    app = await startSlackApp({
      ...{ programmes: [saman], members: [coordinator, leader('voss', 'nn')], startMs: START_MS },
      slack: { hasRates: false },
      build: buildPlaces,
      configOf: (slack) => ({
        appToken: 'xapp-local',
        botToken: slack.world.newToken('T2', slack.app.scopes).token,
      }),
    });
    await app.slack.sockets.connected();
    const voss = personIn(app, 'T2', 'UVOSS');
    const event = {
      type: 'message',
      channel_type: 'im',
      channel: 'DT2UVOSS',
      user: 'UVOSS',
      text: 'fristar',
    };
    const payload = { type: 'event_callback', team_id: 'T2', event_id: 'EvSocket', event };
    await app.slack.sockets.send('events_api', payload);
    await app.slack.sockets.send('events_api', payload);
    await app.until(() => voss.messages().length === 1);
    const command = { command: '/samling', text: 'hjelp', team_id: 'T2', user_id: 'UVOSS', trigger_id: 't1' };
    await app.slack.sockets.send('slash_commands', command);
    await app.until(() => voss.messages().length === 2);
    // What fails is logged and not acknowledged; what is not Slack's does nothing; the socket lives on.
    app.slack.faults.next('users.info', { kind: 'status', status: 503, takesEffect: false }, 9);
    const strange = { ...payload, event_id: 'EvStrange', event: { ...event, user: 'USTRANGE' } };
    await assert.rejects(app.slack.sockets.send('events_api', strange, 1000), /not acknowledged/);
    assert.ok(app.log.lines.some((line) => line.includes('request failed') && line.includes('socket')));
    const odd: readonly unknown[] = [null, 7, [], { type: 'event_callback', team_id: {}, event: null }];
    for (const each of odd) await app.slack.sockets.send('events_api', each, 200).catch(() => undefined);
    await app.slack.sockets.send('events_api', { ...payload, event_id: 'EvLater' });
    await app.until(() => voss.messages().length === 3);
  });
});
