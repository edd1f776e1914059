import assert from 'node:assert/strict';
import { addWorkspace, buttonOf } from '../local/slack/index.js';
import { activities, startLocalTeams, type LocalTeams } from '../local/teams/index.js';
import { buttonsOf, inputsOf, wordsIn } from '../support/cards.js';
import { startSlackApp, type SlackApp } from '../support/slack-app.js';
import { sendWindow, shownValues, shownWords, windowOf } from '../support/slack-form.js';
import { teamsApp } from '../support/teams-samling.js';
import {
  coordinatorIn,
  faultsFor,
  labelOf,
  programme,
  RIGHT,
  START_MS,
  without,
  GONE,
  wordsOf,
  type Form,
} from '../support/wrong-input.js';

/** A form that is open somewhere, by the ids of its fields. */
interface Open {
  readonly words: string;
  readonly values: Readonly<Record<string, string>>;
}

/** One person on one platform. */
interface Driver {
  /** Asks for the list, and presses the button for a new one there. */
  open(form: Form): Promise<Open>;
  /** Sends what is typed; undefined: it was right, and the dialog has closed. */
  send(form: Form, typed: Readonly<Record<string, string>>): Promise<Open | undefined>;
  /** The newest card in the conversation. */
  told(): string;
}

const READERS = ['nb', 'sv'] as const;
type Reader = (typeof READERS)[number];
const COMMANDS = {
  notice: { nb: 'meldinger', sv: 'meddelanden' },
  gathering: { nb: 'samlinger', sv: 'träffar' },
} as const;
/** What one input takes: Slack ends at 3,000 by itself, Teams nowhere. */
const LONGEST = { slack: 3_000, teams: 4_000 } as const;

describe('wrong input in a dialog, by signed requests of Slack and Teams', function () {
  this.timeout(60_000);
  let app: SlackApp;
  let teams: LocalTeams;
  const address = (platform: string, language: Reader) => `${language}@${platform}.example`;

  before(async () => {
    teams = await startLocalTeams({ limits: false, nowMs: () => START_MS });
    const members = Object.keys(LONGEST).flatMap((platform) =>
      READERS.map((each) => {
        const member = coordinatorIn(each, address(platform, each));
        return { ...member, id: `${platform}-${each}` };
      }),
    );
    const reader = { ...members[0]!, id: 'voss-leder', organisation: 'voss', roles: ['project-leader'] };
    const { email, ...unlinked } = reader;
    app = await startSlackApp({
      ...{ programmes: [programme], startMs: START_MS, slack: { hasRates: false }, teams: teamsApp(teams) },
      members: [...members, { ...unlinked, language: 'nn' }],
      build: (slack) => {
        const users = READERS.map((each) => ({ id: `U${each}`, name: each, email: address('slack', each) }));
        addWorkspace(slack, 'T1', users);
      },
    });
    await app.install('T1');
    for (const language of READERS) {
      const installed = activities.install(teams.origin(personOf(language)), 'add');
      await teams.post(`${app.running.url}/api/messages`, installed);
    }
    await app.until(async () => (await app.running.store.accounts.list('saman')).length === members.length);
    await app.settle();
  });
  after(async () => {
    await app.close();
    await teams.close();
  });

  const personOf = (language: Reader) => {
    const email = address('teams', language);
    return teams.person('tenant', language, { email, userPrincipalName: email });
  };
  const settle = async () => {
    app.clock.set(app.clock.nowMs() + 2_000);
    await app.settle();
  };

  /** What comes into the conversation by and by. */
  async function come<T>(find: () => T | undefined): Promise<T> {
    await app.until(async () => {
      if (find() === undefined) await settle();
      return find() !== undefined;
    });
    return find()!;
  }

  function inSlack(language: Reader): Driver {
    const workspace = app.slack.world.workspaces.get('T1')!;
    const person = app.person(workspace, `U${language}`);
    const labels = (form: Form, typed: Readonly<Record<string, string>>) =>
      Object.fromEntries(
        Object.entries(typed).map(([field, value]) => [labelOf(form, field, language), value]),
      );
    const opened = (form: Form, view: object): Open => {
      const shown = shownValues(view);
      const fields = Object.keys(RIGHT[form]).map((field) => [field, shown[labelOf(form, field, language)]]);
      return { words: shownWords(view), values: Object.fromEntries(fields) };
    };
    return {
      async open(form) {
        workspace.views.clear();
        await person.say(COMMANDS[form][language]);
        const label = wordsOf(language)(`${form}.new`);
        const find = () => person.messages().findLast((each) => buttonOf(each, label) !== undefined);
        const list = await come(find);
        const pressed = await person.send(person.pressPayload(list, buttonOf(list, label)!));
        assert.equal(pressed.status, 200);
        assert.equal(windowOf(workspace)['type'], 'modal');
        return opened(form, windowOf(workspace));
      },
      async send(form, typed) {
        const sent = await sendWindow(person, workspace, labels(form, typed));
        if (sent.kind === 'closed') return undefined;
        assert.equal(sent.kind, 'again');
        return opened(form, (sent as { view: object }).view);
      },
      told: () => JSON.stringify(person.messages().at(-1)),
    };
  }

  function inTeams(language: Reader): Driver {
    const origin = teams.origin(personOf(language));
    const url = () => `${app.running.url}/api/messages`;
    const cards = () =>
      teams.connector
        .messagesOf(origin.conversation)
        .map(({ activity }) => activity.attachments[0].content as object);
    let card: object;
    const opened = (): Open => ({
      words: wordsIn(card).join('\n'),
      values: Object.fromEntries(inputsOf(card).map(({ id, value = '' }) => [id, value])),
    });
    return {
      async open(form) {
        await teams.post(url(), activities.message(origin, COMMANDS[form][language]));
        const title = wordsOf(language)(`${form}.new`);
        const find = () =>
          cards()
            .flatMap(buttonsOf)
            .findLast((each) => each.title === title);
        const button = await come(find);
        assert.equal(button.data?.msteams?.type, 'task/fetch');
        const fetched = await teams.post(url(), activities.taskFetch(origin, '1', button.data));
        assert.equal(fetched.body.task.type, 'continue');
        card = fetched.body.task.value.card.content;
        return opened();
      },
      async send(_form, typed) {
        const before = Object.fromEntries(inputsOf(card).map(({ id, value = '' }) => [id, value]));
        const { data } = buttonsOf(card).at(-1)!;
        const sent = await teams.post(url(), activities.taskSubmit(origin, { ...before, ...typed, ...data }));
        assert.equal(sent.status, 200);
        if (sent.body?.task === undefined) return undefined;
        assert.equal(sent.body.task.type, 'continue');
        card = sent.body.task.value.card.content;
        return opened();
      },
      told: () => JSON.stringify(cards().at(-1)),
    };
  }

  for (const [platform, driverOf] of [
    ['slack', inSlack],
    ['teams', inTeams],
  ] as const) {
    for (const language of READERS) {
      for (const form of ['gathering', 'notice'] as const) {
        it(`${platform}, ${language}: each fault of a ${form} is said there, and all that was typed stays`, async () => {
          const driver = driverOf(language);
          await driver.open(form);
          const right = RIGHT[form];
          for (const { what, typed, says } of faultsFor(form, LONGEST[platform])) {
            const all = { ...right, ...typed };
            const sending = () => driver.send(form, all);
            const again = await (typed['network'] === GONE ? without(GONE, sending) : sending());
            assert.ok(again !== undefined, `${what}: the form comes back`);
            const sentence = says(wordsOf(language), language);
            assert.ok(again.words.includes(sentence), `${what}: ${sentence} in ${again.words}`);
            for (const [field, value] of Object.entries(all)) {
              // Slack shows no choice that is not offered.
              if (value !== GONE) assert.equal(again.values[field], value, `${what}: ${field}`);
            }
          }
          const mended = await driver.send(form, right);
          assert.equal(mended, undefined, 'what is right closes the dialog');
          await come(() => driver.told().includes(right[`title-${language}`]!) || undefined);
        });
      }
    }
  }
});
