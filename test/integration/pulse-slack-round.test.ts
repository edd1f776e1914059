import assert from 'node:assert/strict';
import { openBallotBox } from '../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { ballotFolders } from '../../src/config/load.js';
import { activeRow, at } from '../support/pulse-cases.js';
import type { SlackApp } from '../support/slack-app.js';
import { formsOf } from '../support/slack-presses.js';
import { personIn, startEverywhere } from '../support/slack-programme.js';

describe('a round in Slack', function () {
  this.timeout(60_000);
  let app: SlackApp;
  beforeEach(async () => {
    app = await startEverywhere();
  });
  afterEach(() => app.close());

  const round = async (id: string) => (await app.running.store.rounds.get('saman', id))!;
  const advance = async (ms: number) => {
    app.clock.set(ms);
    await app.settle();
    await app.settle();
  };

  it('is made, previewed, started, followed, extended, closed, answered for and asked again by a coordinator', async () => {
    const boss = personIn(app, 'T1', 'UKOORDINATOR');
    const { messageWith, settle, shown, press, write } = formsOf(app, () => boss);
    await boss.say('pulser');
    await settle();
    await press('Ny puls');
    await app.until(() => messageWith('Lag et utkast') !== undefined);
    const template = 'Hvordan går det med prosjektet?';
    await press('Lag et utkast', { 'Hva skal vi spørre om': template, Første: '2014-01-07' });
    await app.until(() => messageWith('Forhåndsvis: svensk') !== undefined);
    await press('Forhåndsvis: svensk');
    await app.until(() => /Svar räknas inte här/.test(shown()));
    await press('Start');
    const pulse = 'prosjekthelse-2014-01-07';
    await app.until(async () => (await app.running.store.pulses.get('saman', pulse))?.state === 'active');
    await advance(at('2014-01-07T10:00'));
    const seats = await app.running.store.seats.list('saman');
    assert.ok(seats.length >= 5);

    await boss.say('pulser');
    await settle();
    await app.until(() => messageWith(`Vis: ${template}`) !== undefined);
    await press(`Vis: ${template}`);
    await app.until(() => messageWith('To dager til') !== undefined);
    assert.match(shown(), new RegExp(`0 av ${String(seats.length)}`));
    const { closesMs } = await round(`${pulse}-1`);
    await press('To dager til');
    await app.until(async () => (await round(`${pulse}-1`)).closesMs > closesMs);
    await press('Steng nå');
    await app.until(async () => (await round(`${pulse}-1`)).state === 'closed');
    await app.until(() => messageWith('Spør igjen') !== undefined);
    await press('Vis resultat');
    await app.until(() => messageWith('Fortell hva vi gjør') !== undefined);
    await press('Fortell hva vi gjør');
    await app.until(() => messageWith('Hva gjør vi med det?') !== undefined);
    await press('Hva gjør vi med det?');
    await write({ 'Hva gjør vi': 'Kortere møter.' });
    const todo = async () => (await app.running.store.pulseResults.get('saman', `${pulse}-1`))?.todo;
    await app.until(async () => (await todo()) === 'Kortere møter.');
    await press('Spør igjen');
    const startsOn = async () => (await app.running.store.pulses.get('saman', pulse))?.pulse.schedule.starts;
    await app.until(async () => (await startsOn()) === '2014-01-08');
    // Nobody is asked within a week of the last time.
    await advance(at('2014-01-14T10:00'));
    assert.equal((await round(`${pulse}-2`)).state, 'open');
  });

  it('asks with a press for each choice and a window for free text, changeable until it closes', async () => {
    const questions = [
      { id: 'med', kind: 'yes-no', text: 'Er du med?' },
      { id: 'mer', kind: 'text', text: 'Hva mer?' },
    ];
    const row = activeRow({ questions, schedule: { starts: '2014-01-07' } });
    await app.running.store.pulses.put(row);
    await app.running.samling.planner.replan('saman');
    await advance(at('2014-01-07T10:00'));
    const gjovik = personIn(app, 'T1', 'UGJOVIK');
    const { messageWith, inputsOf, shown, press, write } = formsOf(app, () => gjovik);
    await app.until(() => messageWith('Ja') !== undefined);
    const sent = gjovik.messages().length;
    await press('Ja');
    await app.until(() => messageWith('Svaret ditt') !== undefined);
    assert.deepEqual(inputsOf('Svaret ditt'), [], 'nothing is typed into the message');
    await press('Svaret ditt');
    const view = JSON.stringify(gjovik.views().at(-1));
    assert.match(view, /Hva mer\?/);
    assert.doesNotMatch(view, /token/, 'what ties it to a ballot is sealed');
    await write({ Svaret: 'Mindre møter' });
    await app.until(() => /Takk for svaret/.test(shown()));
    assert.equal(gjovik.messages().length, sent, 'in place of the card, not below it');
    assert.doesNotMatch(shown(), /Mindre møter/);

    const answers = async () => {
      const { folder, keysFolder } = ballotFolders({ dataDir: app.dataDir });
      const box = openBallotBox({ folder, keysFolder });
      const all = await box.count({ programme: 'saman', round: `${row.id}-1` });
      await box.close();
      return all.map((each) => each.value).sort();
    };
    assert.deepEqual(await answers(), [1, 'Mindre møter']);
    await press('Endre svarene mine');
    await app.until(() => messageWith('Nei') !== undefined);
    await press('Nei');
    await app.until(() => messageWith('Svaret ditt') !== undefined);
    await press('Svaret ditt');
    await write({ Svaret: 'Færre møter' });
    assert.deepEqual(await answers(), [0, 'Færre møter']);

    await press('Endre svarene mine');
    await app.until(() => messageWith('Nei') !== undefined);
    const old = messageWith('Nei')!;
    await advance(at('2014-02-14T10:00'));
    app.clock.set(at('2014-02-14T10:05'));
    assert.ok(gjovik.messages().some((each) => each.ts === old.ts));
    await press('Nei');
    await app.until(() => /stengt/.test(shown()));
  });
});
