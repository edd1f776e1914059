import assert from 'node:assert/strict';
import type { Chat, Recipient } from '../../src/core/ports/chat.js';
import { startLocalTeams } from '../local/teams/index.js';
import { delivery } from '../support/delivery.js';
import { createDispatch } from '../support/dispatch.js';
import { lineMessage, slackRecipient, startSlackChat } from '../support/slack-chat.js';
import { startTeamsSamling } from '../support/teams-samling.js';

/** A platform that holds the first message to Kari back until another has overtaken it. */
interface Late {
  readonly chat: Chat;
  readonly recipients: ReadonlyMap<string, Recipient>;
  /** To whom requests came, in their order. */
  readonly came: readonly string[];
  /** What took effect, in this order, and what the platform calls it. */
  readonly shown: () => readonly { readonly text: string; readonly reference: string }[];
  readonly close: () => Promise<void>;
}

const PEOPLE = ['kari', 'ola'] as const;
const LATE = { kind: 'out-of-order' } as const;

async function inSlack(): Promise<Late> {
  const users = new Map(PEOPLE.map((name) => [name, `U${name.toUpperCase()}`]));
  const { slack, workspace, chat, close } = await startSlackChat(
    [...users].map(([name, id]) => ({ id, name })),
  );
  const came: string[] = [];
  slack.faults.plan(({ method, channel, nth }) => {
    if (method !== 'chat.postMessage') return undefined;
    const name = PEOPLE.find((each) => users.get(each) === channel) ?? '';
    came.push(name);
    return name === 'kari' && nth === 1 ? LATE : undefined;
  });
  return {
    ...{ chat, came, close },
    recipients: new Map([...users].map(([name, id]) => [name, slackRecipient(id)])),
    shown: () =>
      [...workspace.channels.values()]
        .flatMap(({ messages }) => messages)
        .sort((a, b) => Number(a.ts) - Number(b.ts))
        .map(({ text, ts }) => ({ text, reference: ts })),
  };
}

async function inTeams(): Promise<Late> {
  const teams = await startLocalTeams();
  const bot = await startTeamsSamling(teams);
  const came: string[] = [];
  const people = PEOPLE.map((name) => teams.person('voss', name));
  const conversations = people.map((each) => teams.connector.conversationOf(each));
  teams.connector.faults(({ method, path, nth }) => {
    const name = PEOPLE[conversations.indexOf(decodeURIComponent(path.split('/')[4] ?? ''))];
    if (method !== 'POST' || name === undefined) return undefined;
    came.push(name);
    return name === 'kari' && nth === 1 ? LATE : undefined;
  });
  const recipients = people.map((person, index): [string, Recipient] => [
    person.name,
    {
      ...{ programme: 'saman', member: person.name, workspace: 'teams/voss' },
      account: {
        ...{ user: person.aadObjectId, id: person.id, serviceUrl: teams.connector.serviceUrl },
        conversation: conversations[index] ?? '',
      },
    },
  ]);
  return {
    ...{ chat: bot.platform.chat, came, recipients: new Map(recipients) },
    shown: () =>
      teams.connector.messages.map(({ id, activity }) => ({ text: activity.summary, reference: id })),
    async close() {
      await bot.close();
      await teams.close();
    },
  };
}

for (const [platform, start] of [
  ['Slack', inSlack],
  ['Teams', inTeams],
] as const)
  describe(`when messages overtake each other on the way to ${platform}`, () => {
    let late: Late;
    const ids = ['kari/1', 'kari/2', 'kari/3', 'ola/1', 'ola/2'];
    const entries = ids.map((id) => delivery(id, { member: id.split('/')[0] ?? '' }));

    beforeEach(async () => {
      late = await start();
    });
    afterEach(() => late.close());

    async function sendAll() {
      const { chat, recipients } = late;
      const { store, dispatcher } = createDispatch(chat, {
        directory: {
          laneOf: () => 'lane',
          recipientOf: (_programme, member) => Promise.resolve(recipients.get(member)),
          chatOf: () => chat,
        },
        write: ({ id }) => Promise.resolve(lineMessage(id)),
      });
      await store.outbox.add(entries);
      await dispatcher.flush();
      return store.outbox.list('saman', ids);
    }
    const shownTo = (name: string) =>
      late
        .shown()
        .map(({ text }) => text)
        .filter((text) => text.startsWith(name));

    it('keeps the order of what goes to one person', async () => {
      await sendAll();
      assert.deepEqual(shownTo('kari'), ['kari/1', 'kari/2', 'kari/3']);
      assert.deepEqual(shownTo('ola'), ['ola/1', 'ola/2']);
    });

    it('sends to another person meanwhile, and takes each answer for its own message', async () => {
      const sent = await sendAll();
      const shown = late.shown();
      const order = shown.map(({ text }) => text.split('/')[0]);
      assert.notDeepEqual(order, late.came, 'nothing overtook');
      assert.equal(late.came.length, ids.length, 'something was sent again');
      for (const [index, entry] of sent.entries()) {
        assert.ok(entry?.state.kind === 'sent', JSON.stringify(entry?.state));
        const { ref } = entry.state;
        const { text } = shown.find(({ reference }) => reference === (ref['ts'] ?? ref['activity'])) ?? {};
        assert.equal(text, ids[index]);
      }
    });
  });
