import assert from 'node:assert/strict';
import { buttonOf, buttonsOf } from '../local/slack/index.js';
import { startSlackApp, type SlackApp } from '../support/slack-app.js';
import { buildPlaces, DAY_MS, members, PLACES, saman, START_MS } from '../support/slack-programme.js';

/** What "handed in" and the state after it are called, so that the languages are seen to differ. */
const WORDS = {
  gjovik: ['Om 30 dager', 'Levert'],
  voss: ['Om 30 dagar', 'Levert'],
  vinje: ['Om 30 dagar', 'Inlämnat'],
  stord: ['Om 30 dage', 'Afleveret'],
  bodo: ['In 30 days', 'Handed in'],
} as const;

describe('three Slack workspaces and an organisation of two', function () {
  this.timeout(60_000);
  let app: SlackApp;
  const store = () => app.running.store;
  const personOf = ({ workspace, organisation }: (typeof PLACES)[number]) => {
    const found = app.slack.world.workspaces.get(workspace);
    assert.ok(found !== undefined);
    return app.person(found, `U${organisation.toUpperCase()}`);
  };

  before(async () => {
    app = await startSlackApp({
      ...{ programmes: [saman], members, startMs: START_MS, build: buildPlaces },
      slack: { hasRates: false },
    });
    for (const of of ['T1', 'T2', 'T3', 'E1']) assert.equal((await app.install(of)).status, 302);
    await app.until(async () => (await store().accounts.list('saman')).length === members.length);
    app.clock.set(START_MS + 3 * DAY_MS);
    await app.settle();
    await app.settle();
  });
  after(() => app.close());

  it('has found every member by the verified address, in their own workspace', async () => {
    const accounts = await store().accounts.list('saman');
    assert.deepEqual(
      new Map(accounts.map((each) => [each.member, each.workspace])),
      new Map([
        ['koordinator', 'slack/T1'],
        ['gjovik-leder', 'slack/T1'],
        ['voss-leder', 'slack/T2'],
        ['vinje-leder', 'slack/T3'],
        ['stord-leder', 'slack/E1'],
        ['bodo-leder', 'slack/E1'],
      ]),
    );
  });

  for (const place of PLACES) {
    it(`tells ${place.organisation} once, in ${place.language}, in its own workspace`, () => {
      const seen = personOf(place).messages();
      assert.equal(seen.length, 1);
      const [ahead, handedIn] = WORDS[place.organisation];
      assert.ok(seen[0]?.text.includes(ahead), seen[0]?.text);
      assert.ok(buttonOf(seen[0], handedIn));
    });
  }

  it('sends with the token of the workspace that the person is in, and with no other', () => {
    const sent = app.slack.calls.filter((each) => each.method === 'chat.postMessage');
    const used = new Map(
      sent.map(({ args }) => [args['channel'], app.slack.world.tokens.get(args['token'] ?? '')?.of]),
    );
    for (const place of PLACES) {
      const wanted = 'enterprise' in place ? place.enterprise : place.workspace;
      assert.equal(used.get(`U${place.organisation.toUpperCase()}`), wanted);
    }
  });

  for (const place of PLACES) {
    it(`takes the answer of ${place.organisation} for ${place.organisation} alone, however often it comes`, async () => {
      const person = personOf(place);
      const [message] = person.messages();
      const before = (await store().submissions.list('saman')).length;
      const payload = person.pressPayload(message!, buttonOf(message, WORDS[place.organisation][1])!);
      const answers = [await person.send(payload), await person.send(payload)];
      assert.deepEqual(
        answers.map((each) => each.status),
        [200, 200],
      );
      await app.settle();
      const submissions = await store().submissions.list('saman');
      assert.equal(submissions.length, before + 1);
      assert.ok(submissions.some((each) => each.id === `arsrapport-2014/${place.organisation}`));
      const [changed] = person.messages();
      assert.equal(person.messages().length, 1);
      assert.equal(buttonOf(changed, WORDS[place.organisation][1]), undefined);
    });
  }

  it('does not take a card that was sent to somebody else, in the same workspace or another', async () => {
    const [gjovik, voss] = [personOf(PLACES[0]), personOf(PLACES[1])];
    const before = await store().handovers.list('saman');
    const message = gjovik.messages()[0]!;
    const undo = buttonsOf({ ...message })[0]!;
    const coordinator = app.person(app.slack.world.workspaces.get('T1')!, 'UKOORDINATOR');
    for (const thief of [voss, coordinator]) {
      assert.equal((await thief.send(thief.pressPayload(message, undo))).status, 200);
    }
    await app.settle();
    assert.deepEqual(await store().handovers.list('saman'), before);
    assert.ok(
      (await store().submissions.list('saman')).some((each) => each.id === 'arsrapport-2014/gjovik'),
      'it was undone',
    );
    // It does nothing, and says so.
    await app.until(() => /knapp/.test(voss.messages().at(-1)?.text ?? ''));
  });

  it('keeps tokens sealed in the files of the store', async () => {
    const rows = await store().installs.list('all');
    assert.equal(rows.length, 4);
    assert.doesNotMatch(JSON.stringify(rows), /xox/);
  });

  it('logs nobody', () => {
    assert.doesNotMatch(app.log.lines.join('\n'), /example|leder|UGJOVIK|Prosjektleder|xox/);
  });
});
