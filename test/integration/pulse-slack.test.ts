import assert from 'node:assert/strict';
import { buttonOf } from '../local/slack/index.js';
import type { SlackApp } from '../support/slack-app.js';
import { personIn, startEverywhere } from '../support/slack-programme.js';

interface Input {
  readonly type: string;
  readonly block_id: string;
  readonly label: { readonly text: string };
  readonly element: Readonly<Record<string, any>>;
}

/** What Slack sends of one field: what was typed or picked, else what stood there. */
function stateOf(element: Input['element'], value: string | undefined): object {
  const { type, options } = element as { type: string; options?: { text: { text: string } }[] };
  const picked = options?.find((each) => each.text.text === value);
  switch (type) {
    case 'datepicker':
      return { type, selected_date: value ?? element['initial_date'] ?? null };
    case 'timepicker':
      return { type, selected_time: value ?? element['initial_time'] ?? null };
    case 'checkboxes':
      return { type, selected_options: [] };
    case 'plain_text_input':
      return { type, value: value ?? element['initial_value'] ?? null };
    default:
      return { type, selected_option: picked ?? element['initial_option'] ?? null };
  }
}

describe('own questions in Slack', function () {
  this.timeout(60_000);
  let app: SlackApp;
  before(async () => {
    app = await startEverywhere();
  });
  after(() => app.close());

  const boss = () => personIn(app, 'T1', 'UKOORDINATOR');
  const settle = async () => {
    app.clock.set(app.clock.nowMs() + 5_000);
    await app.settle();
  };
  const messageWith = (label: string) =>
    boss()
      .messages()
      .findLast((each) => buttonOf(each, label) !== undefined);
  const inputsOf = (label: string) =>
    (messageWith(label)!.blocks as unknown as Input[]).filter((each) => each.type === 'input');

  /** What Slack sends of a form: what was typed, what was picked, by the beginning of the field's name. */
  function filled(label: string, typed: Readonly<Record<string, string>>) {
    const values: Record<string, Record<string, unknown>> = {};
    for (const { block_id, label: name, element } of inputsOf(label)) {
      const [, value] = Object.entries(typed).find(([start]) => name.text.startsWith(start)) ?? [];
      values[block_id] = { [element['action_id'] as string]: stateOf(element, value) };
    }
    return { values };
  }
  async function press(label: string, typed: Readonly<Record<string, string>> = {}) {
    const message = messageWith(label);
    assert.ok(message !== undefined, `nothing to press: ${label}`);
    const answer = await boss().send(
      boss().pressPayload(message, buttonOf(message, label)!, filled(label, typed)),
    );
    assert.equal(answer.status, 200);
    await settle();
  }
  const shown = () => JSON.stringify(boss().messages());

  it('are written, mended where something is missing, seen in any language and started', async () => {
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
