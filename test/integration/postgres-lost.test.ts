import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createInstalls } from '../../src/adapters/chat/slack/installs.js';
import { openPostgresStore } from '../../src/adapters/store/postgres/store.js';
import { startSamling, type Running } from '../../src/cli/start.js';
import { accountId } from '../../src/core/identity/types.js';
import { createSealer } from '../../src/runtime/sealed.js';
import { createPerson, startLocalSlack, type LocalPerson, type LocalSlack } from '../local/slack/index.js';
import { createFakeLog } from '../support/dispatch.js';
import { postgres } from '../support/postgres.js';
import { programmesOf } from '../support/slack-app.js';
import { buildPlaces, leader, saman } from '../support/slack-programme.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const signingSecret = 'local-signing-secret';

describe('Samling whose database is lost', function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  let slack: LocalSlack;
  let running: Running;
  let person: LocalPerson;

  before(async () => {
    const keys = [randomBytes(32).toString('base64')];
    const databaseUrl = await (await postgres()).database();
    slack = await startLocalSlack({ hasRates: false });
    buildPlaces(slack);
    const workspace = slack.world.workspaces.get('T2')!;
    const [user] = [...workspace.users.values()];
    const store = await openPostgresStore(databaseUrl);
    const clock = { nowMs: () => Date.now() };
    const { token } = slack.world.newToken('T2', slack.app.scopes);
    await createInstalls({ store, sealer: createSealer(keys), clock }).put('slack/T2', 'Voss', {
      botToken: token,
    });
    await store.members.put(leader('voss', 'nn'));
    await store.accounts.put({
      ...{ programme: 'saman', id: accountId('slack/T2', user!.id), member: 'voss-leder', platform: 'slack' },
      ...{ workspace: 'slack/T2', user: user!.id, address: {}, state: 'active', at: '2014-01-01T00:00:00Z' },
    });
    await store.close();
    running = await startSamling({
      config: {
        ...{ dataDir: folder(), databaseUrl, host: '127.0.0.1', port: 0, mode: 'development' },
        ...{ logLevel: 'silent', keys, slack: { signingSecret, apiUrl: slack.apiUrl } },
      },
      log: createFakeLog(),
      programmes: programmesOf(saman),
    });
    const address = { url: running.url, signingSecret, nowMs: () => Date.now() };
    person = createPerson(slack, address, workspace, user!);
  });
  after(async () => {
    await running.close();
    await slack.close();
  });

  async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
    const end = Date.now() + 60_000;
    while (!(await isSo())) {
      assert.ok(Date.now() < end, 'it does not come');
      await pause(50);
    }
  }
  const readiness = async () => (await fetch(`${running.url}/readyz`)).status;

  it('refuses with 503, and goes on by itself when it is back', async () => {
    assert.equal((await person.say('hjelp')).status, 200);
    await until(() => person.messages().length >= 1);
    assert.equal(await readiness(), 200);

    const up = await (await postgres()).down();
    assert.equal((await person.say('hjelp')).status, 503);
    await until(async () => (await readiness()) === 503);
    const before = person.messages().length;
    await up();

    await until(async () => (await readiness()) === 200);
    assert.equal((await person.say('hjelp')).status, 200);
    await until(() => person.messages().length > before);
  });
});
