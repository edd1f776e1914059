import assert from 'node:assert/strict';
import { addWorkspace } from '../local/slack/index.js';
import { startSlackApp, type SlackApp } from '../support/slack-app.js';
import { buildPlaces, coordinator, members, saman, START_MS } from '../support/slack-programme.js';

describe('a workspace that is not served', function () {
  this.timeout(30_000);
  let app: SlackApp;
  before(async () => {
    app = await startSlackApp({
      ...{ programmes: [saman], members, startMs: START_MS, slack: { hasRates: false } },
      configOf: () => ({ workspaces: ['T2', 'E1'] }),
      build(slack) {
        buildPlaces(slack);
        // Administrators of a workspace can give its people any address.
        addWorkspace(slack, 'T9', [{ id: 'UFALSE', name: 'Koordinator', email: coordinator.email! }]);
      },
    });
  });
  after(() => app.close());

  it('cannot install, and none of its people becomes a member by an address; those that are served can', async () => {
    const { store } = app.running;
    assert.equal((await app.install('T9')).status, 403);
    assert.equal((await app.install('T2')).status, 302);
    assert.equal((await app.install('E1')).status, 302);
    await app.until(async () => (await store.accounts.list('saman')).length === 3);
    const accounts = await store.accounts.list('saman');
    assert.ok(!accounts.some((each) => each.workspace === 'slack/T9'));
    assert.deepEqual((await store.installs.list('all')).map(({ id }) => id).sort(), ['slack/E1', 'slack/T2']);
    const given = [...app.slack.world.tokens.values()].filter((each) => each.of === 'T9');
    assert.deepEqual(
      given.map((each) => each.revoked),
      [true],
    );
  });

  it('is answered 403, also when it had installed before it was taken from the list', async () => {
    const { store } = app.running;
    const [known] = await store.installs.list('all');
    await store.installs.put({ ...known!, id: 'slack/T9' });
    const workspace = app.slack.world.workspaces.get('T9')!;
    assert.equal((await app.person(workspace, 'UFALSE').say('fristar')).status, 403);
    assert.equal((await store.accounts.list('saman')).length, 3);
  });
});
