import assert from 'node:assert/strict';
import { buttonOf } from '../local/slack/index.js';
import { forged } from './slack-hostile/forged.js';
import { foreign } from './slack-hostile/foreign.js';
import { openLab, press, send, signedForm, type Answer, type Lab } from './slack-hostile/lab.js';
import { malformed } from './slack-hostile/malformed.js';

describe('Samling in Slack, attacked', function () {
  this.timeout(30_000);
  let lab: Lab;
  before(async () => {
    lab = await openLab();
  });
  after(() => lab.close());

  const check = ({ status, text }: Answer, wanted: number | readonly number[]) => {
    assert.ok([wanted].flat().includes(status), `${String(status)} ${text}`);
    assert.doesNotMatch(text, /\bat .*\.(js|ts):\d+|node_modules|Error/, 'no stack trace');
    assert.doesNotMatch(text, /example|leder/, 'nobody is named');
  };

  for (const [kind, attacks] of Object.entries({ forged, malformed })) {
    for (const attack of attacks) {
      it(`${kind}: ${attack.name} is answered ${String(attack.status)} and changes nothing`, async () => {
        const before = await lab.state({ said: true });
        check(await attack.send(lab), attack.status);
        await lab.app.settle();
        assert.equal(await lab.state({ said: true }), before);
      });
    }
  }

  for (const attack of foreign) {
    it(`foreign: ${attack.name} is answered ${String(attack.status)} and does nothing but say so`, async () => {
      const before = await lab.state({ said: false });
      check(await attack.send(lab), attack.status);
      lab.app.clock.set(lab.app.clock.nowMs() + 60_000);
      await lab.app.settle();
      assert.equal(await lab.state({ said: false }), before);
    });
  }

  for (const [name, query, cookie] of [
    ['no state', 'code=x', ''],
    ['a state of nobody', 'code=x&state=guessed', 'samling_install=x'],
    ['a refusal', 'error=access_denied', ''],
  ] as const) {
    it(`an install that comes back with ${name} is refused`, async () => {
      const before = await lab.state({ said: true });
      check(
        await send(lab, { method: 'GET', path: `/slack/oauth_redirect?${query}`, headers: { cookie } }),
        400,
      );
      assert.equal(await lab.state({ said: true }), before);
    });
  }

  it('an install begun in another browser is refused', async () => {
    const begun = await fetch(`${lab.app.running.url}/slack/install`, { redirect: 'manual' });
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const path = `/slack/oauth_redirect?${new URLSearchParams({ code: 'x', state }).toString()}`;
    check(await send(lab, { method: 'GET', path, headers: { cookie: 'samling_install=theirs' } }), 400);
  });

  it('the genuine press takes effect once, however often it is replayed', async () => {
    const payload = press(lab, { trigger_id: 'genuine' });
    const { store } = lab.app.running;
    for (let time = 0; time < 5; time += 1) check(await signedForm(lab, payload), 200);
    await lab.app.until(() => buttonOf(lab.voss.messages()[0], 'Levert') === undefined);
    const handedIn = await store.submissions.list('saman');
    assert.deepEqual(
      handedIn.map((each) => each.id),
      ['arsrapport-2014/voss'],
    );
    await store.submissions.remove('saman', ['arsrapport-2014/voss']);
    check(await signedForm(lab, payload), 200);
    assert.deepEqual(await store.submissions.list('saman'), [], 'a replay was handled');
  });

  it('is at least sixty attacks', () => {
    assert.ok(forged.length + malformed.length + foreign.length >= 60);
  });

  it('leaves nothing of anybody in the log', () => {
    const lines = lab.app.log.lines.join('\n');
    assert.doesNotMatch(lines, /UVOSS|UGJOVIK|example|leder|pause|xox|Ny Person/);
  });
});
