import assert from 'node:assert/strict';
import { activities } from '../local/teams/index.js';
import { startTeamsSamling } from '../support/teams-samling.js';
import { foreign } from './teams-hostile/foreign.js';
import { forged } from './teams-hostile/forged.js';
import { openLab, type Lab } from './teams-hostile/lab.js';
import { malformed } from './teams-hostile/malformed.js';

describe('Samling in Teams, attacked', () => {
  let lab: Lab;
  before(async () => {
    lab = await openLab();
  });
  after(() => lab.close());

  const harmless = (text: string) => {
    assert.doesNotMatch(text, /\bat .*\.(js|ts):\d+|node_modules|Error:/, 'no stack trace');
    assert.doesNotMatch(text, /kari|mallory|example\b/i, 'nobody is named');
  };

  for (const [kind, attacks] of Object.entries({ forged, malformed })) {
    for (const attack of attacks) {
      it(`${kind}: ${attack.name} is answered ${String(attack.status)} and changes nothing`, async () => {
        const before = await lab.state({ said: true });
        const { status, text } = await attack.send(lab);
        assert.ok([attack.status].flat().includes(status), `${String(status)} ${text}`);
        harmless(text);
        await lab.bot.settle();
        assert.equal(await lab.state({ said: true }), before);
      });
    }
  }

  for (const attack of foreign) {
    it(`foreign: ${attack.name} does nothing but say so`, async () => {
      const before = await lab.state({ said: false });
      const { status, text } = await attack.send(lab);
      assert.ok([attack.status].flat().includes(status), `${String(status)} ${text}`);
      harmless(text);
      await lab.bot.settle();
      assert.equal(await lab.state({ said: false }), before);
    });
  }

  it('a genuine event that is replayed takes effect once', async () => {
    const activity = activities.message(lab.teams.origin(lab.kari), 'hjelp');
    const count = () => lab.teams.connector.messagesOf(lab.teams.connector.conversationOf(lab.kari)).length;
    const before = count();
    // Another minute, so that Microsoft's limits let one more message through.
    lab.bot.clock.set(lab.bot.clock.nowMs() + 60_000);
    for (let time = 0; time < 5; time += 1) assert.equal((await lab.genuineWith(activity)).status, 200);
    await lab.bot.settle();
    assert.equal(count(), before + 1);
  });

  it('a tenant that is not served is refused', async () => {
    const only = await startTeamsSamling(lab.teams, { app: { tenants: ['voss'] }, nowMs: lab.now() });
    const { status } = await lab.teams.post(
      only.url,
      activities.message(lab.teams.origin(lab.mallory), 'hjelp'),
    );
    assert.equal(status, 403);
    await only.close();
  });

  it('keys that cannot be read let nobody in, and cost one attempt', async () => {
    lab.teams.issuer.fail('keys', 500);
    const other = await startTeamsSamling(lab.teams, { nowMs: lab.now() });
    for (let time = 0; time < 3; time += 1) {
      const { status } = await lab.teams.post(
        other.url,
        activities.message(lab.teams.origin(lab.kari), 'hjelp'),
      );
      assert.equal(status, 503);
    }
    lab.teams.issuer.fail('keys', undefined);
    other.clock.set(other.clock.nowMs() + 60_000);
    const { status } = await lab.teams.post(
      other.url,
      activities.message(lab.teams.origin(lab.kari), 'hjelp'),
    );
    assert.equal(status, 200);
    await other.close();
  });

  it('forged key ids do not make the keys be fetched again and again', async () => {
    await lab.signed({ key: 'unknown', header: { kid: 'first' } });
    const before = lab.teams.issuer.keyFetches();
    for (let time = 0; time < 20; time += 1)
      await lab.signed({ key: 'unknown', header: { kid: `kid-${String(time)}` } });
    assert.equal(lab.teams.issuer.keyFetches(), before);
  });

  it('the log says nothing personal', () => {
    const log = lab.bot.log.lines.join('\n');
    assert.doesNotMatch(log, /kari|mallory|Personal|example|29:|aad-/i);
  });

  it('a genuine press still works after all of it', async () => {
    const { status } = await lab.genuineWith(lab.handIn());
    assert.equal(status, 200);
    assert.equal((await lab.bot.store.submissions.list('saman')).length, 1);
    assert.ok(forged.length + malformed.length + foreign.length >= 60);
  });
});
