import assert from 'node:assert/strict';
import type { SlackApp } from '../support/slack-app.js';
import { formsOf } from '../support/slack-presses.js';
import { personIn, startEverywhere } from '../support/slack-programme.js';

describe('own questions in Slack', function () {
  this.timeout(60_000);
  let app: SlackApp;
  before(async () => {
    app = await startEverywhere();
  });
  after(() => app.close());

  const boss = () => personIn(app, 'T1', 'UKOORDINATOR');
  const forms = () => formsOf(app, boss);

  it('are written, mended where something is missing, seen in any language and started', async () => {
    const { messageWith, settle, inputsOf, shown, press } = forms();
    await boss().say('pulser', 'EvPuls');
    await settle();
    await app.until(() => messageWith('Ny puls') !== undefined);
    await press('Ny puls');
    await app.until(() => messageWith('Lag et utkast') !== undefined);
    await press('Lag et utkast', { 'Hva skal vi spørre om': 'Egne spørsmål', Første: '2014-01-07' });
    await app.until(() => messageWith('Vis utkastet') !== undefined);
    assert.equal(inputsOf('Vis utkastet').length, 5 * 4 + 1, 'four texts in five languages, and the kind');
    const texts = {
      Tittel: 'Tid',
      Hvorfor: 'Vi spør.',
      Hvordan: 'Velg ett alternativ',
      Svaralternativer: 'Ja\nNei',
    };
    await press('Vis utkastet', texts);
    await app.until(() => /Noe mangler/.test(shown()));
    assert.match(shown(), /Spørsmål \(nynorsk\) er tom/);
    const again = inputsOf('Vis utkastet');
    assert.equal(again.find((each) => each.label.text.startsWith('Tittel'))?.element['initial_value'], 'Tid');
    await press('Vis utkastet', { ...texts, Spørsmål: 'Har du tid?' });
    await app.until(() => messageWith('Start') !== undefined);
    const [row] = await app.running.store.pulses.list('saman');
    assert.equal(row?.state, 'draft');
    assert.deepEqual(row.pulse.schedule.starts, '2014-01-07');
    assert.equal((row.pulse.questions[0] as { choices: unknown[] }).choices.length, 2);
    assert.ok(/dansk/.test(JSON.stringify(messageWith('Start'))));
    await press('Start');
    await app.until(async () => (await app.running.store.pulses.list('saman'))[0]?.state === 'active');
  });
});
