import assert from 'node:assert/strict';
import { buttonOf, buttonsOf } from '../local/slack/index.js';
import type { LocalPerson } from '../local/slack/index.js';
import type { SlackApp } from '../support/slack-app.js';
import { personIn, startEverywhere } from '../support/slack-programme.js';

const HOUR_MS = 3_600_000;

describe('people in Slack', function () {
  this.timeout(30_000);
  let app: SlackApp;
  const store = () => app.running.store;
  beforeEach(async () => {
    app = await startEverywhere();
  });
  afterEach(() => app.close());

  const texts = (person: LocalPerson) => person.messages().map((each) => each.text);
  /** Time goes on, so that Slack's one message a second and the replies' order do not meet. */
  const settle = async () => {
    app.clock.set(app.clock.nowMs() + 5_000);
    await app.settle();
  };
  const saysTo = async (person: LocalPerson, pattern: RegExp) => {
    await settle();
    await app.until(() => texts(person).some((text) => pattern.test(text)));
  };
  const press = async (person: LocalPerson, label: string, state: unknown = { values: {} }) => {
    const message = person.messages().find((each) => buttonOf(each, label) !== undefined);
    assert.ok(message !== undefined, `nothing to press: ${label}`);
    const answer = await person.send(person.pressPayload(message, buttonOf(message, label)!, state));
    assert.equal(answer.status, 200);
    await settle();
  };

  it('get an answer to what they write, once, however often Slack repeats the event', async () => {
    const voss = personIn(app, 'T2', 'UVOSS');
    await voss.say('fristar', 'Ev1');
    await voss.say('fristar', 'Ev1', { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' });
    await saysTo(voss, /Årsrapport/);
    await settle();
    assert.equal(voss.messages().length, 1);
  });

  it('are answered in their own conversation, when they mention Samling in a channel or give a command', async () => {
    const voss = personIn(app, 'T2', 'UVOSS');
    assert.equal((await voss.mention('fristar')).status, 200);
    await saysTo(voss, /Fristane dine/);
    assert.equal((await voss.command('samlingar')).status, 200);
    await saysTo(voss, /Samlingane dine/);
    await voss.command('');
    await saysTo(voss, /Eg er Samling/);
  });

  it('talk in their own workspace when they share a channel with another', async () => {
    const guest = personIn(app, 'T2', 'UVOSS');
    const event = {
      type: 'app_mention',
      channel: 'C1',
      user: 'UVOSS',
      user_team: 'T2',
      text: '<@UBOT> fristar',
    };
    const shared = {
      type: 'event_callback',
      team_id: 'T1',
      context_team_id: 'T1',
      event_id: 'EvShared',
      event,
    };
    assert.equal((await guest.event(event)).status, 200);
    const { deliverJson } = await import('../local/slack/index.js');
    assert.equal((await deliverJson(app.address, shared)).status, 200);
    await saysTo(guest, /Fristane dine/);
    const accounts = await store().accounts.list('saman');
    assert.deepEqual(
      accounts.filter((each) => each.user === 'UVOSS').map((each) => each.workspace),
      ['slack/T2'],
    );
  });

  it('who are unknown say who they are, and are let in by the coordinator with one card', async () => {
    const newcomer = personIn(app, 'T2', 'UNYT2');
    const coordinator = personIn(app, 'T1', 'UKOORDINATOR');
    await newcomer.say('hei');
    await app.until(() => newcomer.messages().length === 1);
    const [form] = newcomer.messages();
    const state = chosen(form, { 'Hvor jobber du?': 'voss', 'Hva er rollen din?': 'employee' });
    await press(newcomer, 'Spør koordinatoren', state);
    await app.until(() => texts(newcomer).some((text) => /spurt koordinatoren/.test(text)));
    app.clock.set(app.clock.nowMs() + 30 * HOUR_MS);
    await saysTo(coordinator, /Noen vil være med/);
    const card = coordinator.messages().find((each) => buttonOf(each, 'Slipp inn'));
    assert.match(JSON.stringify(card?.blocks), /Ny Person.*ny@voss\.example/);
    await press(coordinator, 'Slipp inn', chosen(card, {}));
    app.clock.set(app.clock.nowMs() + 30 * HOUR_MS);
    await saysTo(newcomer, /Velkomen til/);
    const admitted = (await store().members.list('saman')).find((each) => each.email === 'ny@voss.example');
    assert.deepEqual(
      [admitted?.organisation, admitted?.roles, admitted?.active],
      ['voss', ['employee'], true],
    );
    await newcomer.say('hjelp');
    await saysTo(newcomer, /Dette kan|Jeg er Samling|Eg er Samling/);
  });

  it('who are unknown do not become somebody by what they type', async () => {
    const newcomer = personIn(app, 'T2', 'UNYT2');
    await newcomer.say('eg er leder@voss.example');
    await app.until(() => newcomer.messages().length === 1);
    assert.equal((await store().accounts.list('saman')).length, 6);
  });

  for (const [place, context] of [
    ['T2', { team_id: 'T2', context_team_id: 'T2' }],
    ['T4', { team_id: 'T4', context_team_id: 'T4', enterprise_id: 'E1', context_enterprise_id: 'E1' }],
  ] as const) {
    it(`whose own workspace has not installed Samling are nobody in ${place}, whatever address they have there`, async () => {
      const guest = { id: 'UGUEST', name: 'Koordinator', email: 'koordinator@sekretariat.example' };
      app.slack.world.workspaces.get(place)?.users.set('UGUEST', { ...guest, home: 'TELSEWHERE' });
      const event = { type: 'app_mention', channel: 'C1', user: 'UGUEST', user_team: 'TELSEWHERE' };
      const { deliverJson } = await import('../local/slack/index.js');
      const sent = await deliverJson(app.address, {
        ...{ type: 'event_callback', ...context, event_id: 'EvGuest' },
        event: { ...event, text: '<@UBOT> fristar' },
      });
      assert.equal(sent.status, 200);
      await settle();
      const accounts = await store().accounts.list('saman');
      assert.ok(!accounts.some((each) => each.user === 'UGUEST'));
    });
  }

  it('who come to a second workspace are told once, and asked where', async () => {
    const workspace = app.slack.world.workspaces.get('T3');
    workspace?.users.set('UAGAIN', { id: 'UAGAIN', name: 'Leder', email: 'leder@voss.example' });
    const again = personIn(app, 'T3', 'UAGAIN');
    const first = personIn(app, 'T2', 'UVOSS');
    await again.say('fristar');
    app.clock.set(app.clock.nowMs() + 30 * HOUR_MS);
    await saysTo(first, /Kvar skal eg skrive til deg/);
    assert.equal(again.messages().length, 0);
    await press(first, 'Slack: Workspace T3');
    await first.say('fristar');
    await saysTo(again, /Fristane dine/);
  });

  it('who left are not told any more, and the coordinator hears of it once', async () => {
    const coordinator = personIn(app, 'T1', 'UKOORDINATOR');
    const voss = personIn(app, 'T2', 'UVOSS');
    await voss.say('fristar');
    await voss.say('samlingar');
    app.slack.world.workspaces.get('T2')!.users.get('UVOSS')!.deleted = true;
    app.clock.set(app.clock.nowMs() + 3 * 24 * HOUR_MS);
    await settle();
    app.clock.set(app.clock.nowMs() + 30 * HOUR_MS);
    await saysTo(coordinator, /kan ikke nås/);
    await settle();
    assert.equal(texts(coordinator).filter((text) => /kan ikke nås/.test(text)).length, 1);
    const calls = app.slack.calls.length;
    app.clock.set(app.clock.nowMs() + 30 * 24 * HOUR_MS);
    await settle();
    assert.ok(!app.slack.calls.slice(calls).some((each) => each.args['channel'] === 'UVOSS'));
  });

  it('whose workspace removes Samling are reached again when it comes back', async () => {
    const coordinator = personIn(app, 'T1', 'UKOORDINATOR');
    const voss = personIn(app, 'T2', 'UVOSS');
    assert.equal((await voss.event({ type: 'app_uninstalled' })).status, 200);
    app.clock.set(app.clock.nowMs() + 30 * HOUR_MS);
    await saysTo(coordinator, /fjernet fra en chat/);
    assert.equal((await voss.say('fristar')).status, 403);
    assert.equal((await app.install('T2')).status, 302);
    await voss.say('fristar');
    await saysTo(voss, /Fristane dine/);
  });

  it('have a home tab: what is coming up, language and pause, and for coordinators their doors', async () => {
    const voss = personIn(app, 'T2', 'UVOSS');
    const coordinator = personIn(app, 'T1', 'UKOORDINATOR');
    await voss.openHome();
    await coordinator.openHome();
    await app.until(() => voss.home() !== undefined && coordinator.home() !== undefined);
    const labels = (home: object | undefined) =>
      buttonsOf({ ...home }).map((each) => (each.text as { text: string }).text);
    assert.match(JSON.stringify(voss.home()), /Årsrapport/);
    assert.ok(labels(voss.home()).includes('Svenska'));
    assert.ok(!labels(voss.home()).some((each) => each.startsWith('Vil vere med')));
    assert.ok(labels(coordinator.home()).includes('Vil være med (0)'));
    const swedish = voss.homePayload(voss.home()!, buttonOf(voss.home(), 'Svenska')!);
    assert.equal((await voss.send(swedish)).status, 200);
    await app.until(() => labels(voss.home()).includes('Norsk nynorsk'));
    assert.equal((await store().preferences.get('saman', 'voss-leder'))?.language, 'sv');
  });

  it('fill in a form in a window of its own, from a shortcut or the home tab', async () => {
    const voss = personIn(app, 'T2', 'UVOSS');
    assert.equal((await voss.shortcut('show_pause')).status, 200);
    const view = voss.views().at(-1);
    assert.equal(view?.['type'], 'modal');
    const wrong = await voss.send(
      voss.viewPayload(view, chosen(view, { 'Til og med': '2012-01-01' }).values),
    );
    assert.match(wrong.body, /response_action.*errors/);
    const right = await voss.send(
      voss.viewPayload(view, chosen(view, { 'Til og med': '2014-06-01' }).values),
    );
    assert.deepEqual([right.status, right.body], [200, '']);
    const paused = await store().preferences.get('saman', 'voss-leder');
    assert.equal(paused?.pause?.until, '2014-06-01');
  });
});

/** Slack's state of a form: what was there at first, or what was chosen by label. */
function chosen(shown: object | undefined, values: Readonly<Record<string, string>>) {
  const blocks = ((shown as { blocks?: unknown } | undefined)?.blocks ?? []) as Record<string, unknown>[];
  const state: Record<string, Record<string, unknown>> = {};
  for (const block of blocks) {
    const element = (block['element'] ?? block['accessory']) as Record<string, unknown> | undefined;
    if (element === undefined || element['type'] === 'button') continue;
    const label = (block['label'] as { text?: string } | undefined)?.text ?? '';
    state[String(block['block_id'])] = {
      [String(element['action_id'])]: valueOf(element, values[label]),
    };
  }
  return { values: state };
}

function valueOf(element: Record<string, unknown>, value: string | undefined): unknown {
  const type = element['type'];
  const option = (wanted: string) => ({ text: { type: 'plain_text', text: wanted }, value: wanted });
  if (type === 'datepicker') return { type, selected_date: value ?? element['initial_date'] ?? null };
  if (type === 'plain_text_input') return { type, value: value ?? element['initial_value'] ?? null };
  if (String(type).startsWith('multi_') || type === 'checkboxes') {
    return {
      type,
      selected_options: value === undefined ? (element['initial_options'] ?? []) : [option(value)],
    };
  }
  return { type, selected_option: value === undefined ? (element['initial_option'] ?? null) : option(value) };
}
