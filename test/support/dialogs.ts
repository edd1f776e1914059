import assert from 'node:assert/strict';
import { addWorkspace, buttonOf } from '../local/slack/index.js';
import { activities, startLocalTeams, type LocalTeams } from '../local/teams/index.js';
import { buttonsOf, inputsOf, wordsIn } from './cards.js';
import { startSlackApp, type SlackApp } from './slack-app.js';
import { openWindow, pressInWindow, sendWindow, shownValues, shownWords } from './slack-form.js';
import { teamsApp } from './teams-samling.js';
import { coordinatorIn, labelOf, programme, RIGHT, START_MS, wordsOf, type Form } from './wrong-input.js';

export const READERS = ['nb', 'sv'] as const;
export type Reader = (typeof READERS)[number];
export type Values = Readonly<Record<string, string>>;

/** A form that is open somewhere: what is read there, and what stands in its fields, by their ids. */
export interface Open {
  readonly words: string;
  readonly values: Values;
}

/** One coordinator on one platform. */
export interface Driver {
  /** Asks for the list, and presses the button for a new one there. */
  open(form: Form): Promise<Open>;
  /** Sends what is typed; undefined: the dialog has closed. */
  send(form: Form, typed: Values): Promise<Open | undefined>;
  /** Presses another button of the open form, with what is typed. */
  press(form: Form, label: string, typed: Values): Promise<Open>;
  /** Says a command in the conversation, and waits for a card with a button. */
  ask(command: string, label: string): Promise<void>;
  /** Presses a button of the newest card that has it. */
  pressCard(label: string): Promise<void>;
  /** The newest card in the conversation. */
  told(): string;
}

const COMMANDS = {
  notice: { nb: 'meldinger', sv: 'meddelanden' },
  gathering: { nb: 'samlinger', sv: 'träffar' },
} as const;

const addressOf = (platform: string, reader: Reader) => `${reader}@${platform}.example`;

/** Samling with a coordinator for each language in a local Slack and one in a local Teams. */
export async function startDialogs() {
  const teams = await startLocalTeams({ limits: false, nowMs: () => START_MS });
  const coordinators = (['slack', 'teams'] as const).flatMap((platform) =>
    READERS.map((each) => {
      const member = coordinatorIn(each, addressOf(platform, each));
      return { ...member, id: `${platform}-${each}` };
    }),
  );
  const { email, ...anybody } = coordinators[0]!;
  const unlinked = { ...anybody, id: 'voss-leder', organisation: 'voss', roles: ['project-leader'] };
  const app = await startSlackApp({
    ...{ programmes: [programme], startMs: START_MS, slack: { hasRates: false }, teams: teamsApp(teams) },
    members: [...coordinators, { ...unlinked, language: 'nn' as const }],
    build: (slack) => {
      const users = READERS.map((each) => ({ id: `U${each}`, name: each, email: addressOf('slack', each) }));
      addWorkspace(slack, 'T1', users);
    },
  });
  await app.install('T1');
  for (const reader of READERS) {
    const installed = activities.install(teams.origin(teamsPerson(teams, reader)), 'add');
    await teams.post(`${app.running.url}/api/messages`, installed);
  }
  const accounts = async () => (await app.running.store.accounts.list('saman')).length;
  await app.until(async () => (await accounts()) === coordinators.length);
  await app.settle();
  const drivers = { slack: inSlack, teams: inTeams };
  return {
    app,
    come: <T>(find: () => T | undefined) => come(app, find),
    driverOf: (platform: keyof typeof drivers, reader: Reader): Driver =>
      drivers[platform](app, teams, reader),
    async close() {
      await app.close();
      await teams.close();
    },
  };
}
export type Dialogs = Awaited<ReturnType<typeof startDialogs>>;

function teamsPerson(teams: LocalTeams, reader: Reader) {
  const email = addressOf('teams', reader);
  return teams.person('tenant', reader, { email, userPrincipalName: email });
}

/** What comes into a conversation by and by. */
async function come<T>(app: SlackApp, find: () => T | undefined): Promise<T> {
  await app.until(async () => {
    if (find() !== undefined) return true;
    app.clock.set(app.clock.nowMs() + 2_000);
    await app.settle();
    return find() !== undefined;
  });
  return find()!;
}

function inSlack(app: SlackApp, _teams: LocalTeams, reader: Reader): Driver {
  const workspace = app.slack.world.workspaces.get('T1')!;
  const person = app.person(workspace, `U${reader}`);
  const labelled = (form: Form, typed: Values) =>
    Object.fromEntries(Object.entries(typed).map(([field, value]) => [labelOf(form, field, reader), value]));
  const opened = (form: Form, view: object): Open => {
    const shown = shownValues(view);
    const fields = Object.keys(RIGHT[form]).map((field) => [field, shown[labelOf(form, field, reader)]]);
    return { words: shownWords(view), values: Object.fromEntries(fields) as Values };
  };
  const cardWith = (label: string) =>
    person.messages().findLast((each) => buttonOf(each, label) !== undefined);
  const driver: Driver = {
    async ask(command, label) {
      await person.say(command);
      await come(app, () => cardWith(label));
    },
    async pressCard(label) {
      const card = cardWith(label)!;
      const pressed = await person.send(person.pressPayload(card, buttonOf(card, label)!));
      assert.equal(pressed.status, 200);
    },
    async open(form) {
      workspace.views.clear();
      const label = wordsOf(reader)(`${form}.new`);
      await driver.ask(COMMANDS[form][reader], label);
      await driver.pressCard(label);
      assert.equal(openWindow(workspace)['type'], 'modal');
      return opened(form, openWindow(workspace));
    },
    async send(form, typed) {
      const sent = await sendWindow(person, workspace, labelled(form, typed));
      if (sent.kind === 'closed') return undefined;
      assert.equal(sent.kind, 'again');
      return opened(form, openWindow(workspace));
    },
    async press(form, label, typed) {
      const before = openWindow(workspace);
      await pressInWindow(person, workspace, label, labelled(form, typed));
      await app.until(() => openWindow(workspace) !== before);
      return opened(form, openWindow(workspace));
    },
    told: () => JSON.stringify(person.messages().at(-1)),
  };
  return driver;
}

function inTeams(app: SlackApp, teams: LocalTeams, reader: Reader): Driver {
  const origin = teams.origin(teamsPerson(teams, reader));
  const post = (activity: unknown) => teams.post(`${app.running.url}/api/messages`, activity);
  const cards = () =>
    teams.connector
      .messagesOf(origin.conversation)
      .map(({ activity }) => activity.attachments[0].content as object);
  const cardWith = (label: string) =>
    cards()
      .flatMap(buttonsOf)
      .findLast((each) => each.title === label);
  let card: object = {};
  const opened = (): Open => ({
    words: wordsIn(card).join('\n'),
    values: Object.fromEntries(inputsOf(card).map(({ id, value = '' }) => [id, value])),
  });
  const submit = async (typed: Values, label?: string): Promise<Open | undefined> => {
    const buttons = buttonsOf(card);
    const { data } = label === undefined ? buttons.at(-1)! : buttons.find((each) => each.title === label)!;
    const sent = await post(activities.taskSubmit(origin, { ...opened().values, ...typed, ...data }));
    assert.equal(sent.status, 200);
    if (sent.body?.task === undefined) return undefined;
    assert.equal(sent.body.task.type, 'continue');
    card = sent.body.task.value.card.content;
    return opened();
  };
  const driver: Driver = {
    async ask(command, label) {
      await post(activities.message(origin, command));
      await come(app, () => cardWith(label));
    },
    async pressCard(label) {
      const { verb, data } = cardWith(label)!;
      assert.equal((await post(activities.execute(origin, '1', { verb: verb!, data }))).status, 200);
    },
    async open(form) {
      const title = wordsOf(reader)(`${form}.new`);
      await driver.ask(COMMANDS[form][reader], title);
      const { data } = cardWith(title)!;
      assert.equal(data?.msteams?.type, 'task/fetch');
      const fetched = await post(activities.taskFetch(origin, '1', data));
      assert.equal(fetched.body.task.type, 'continue');
      card = fetched.body.task.value.card.content;
      return opened();
    },
    send: (_form, typed) => submit(typed),
    async press(_form, label, typed) {
      const again = await submit(typed, label);
      assert.ok(again !== undefined, 'the dialog stays open');
      return again;
    },
    told: () => JSON.stringify(cards().at(-1)),
  };
  return driver;
}
