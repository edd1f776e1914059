import assert from 'node:assert/strict';
import { createKnowledge } from '../../src/adapters/files/faq-files.js';
import { asset } from '../../src/cli/assets.js';
import { buttonOf, type LocalPerson } from '../local/slack/index.js';
import type { LocalMessage } from '../local/slack/world.js';
import { activities, startLocalTeams, type LocalTeams } from '../local/teams/index.js';
import { buttonsOf } from '../support/cards.js';
import type { SlackApp } from '../support/slack-app.js';
import { personIn, startEverywhere } from '../support/slack-programme.js';
import { memberWith, startTeamsSamling, type TeamsSamling } from '../support/teams-samling.js';

const QUESTION = 'kva gjer ein nettverksleiar';
const ANSWER = /nettverksleiar/i;

describe('asking in Slack', function () {
  this.timeout(60_000);
  let app: SlackApp;
  let voss: LocalPerson;
  let channel: LocalMessage[];
  before(async () => {
    app = await startEverywhere();
    channel = [];
    app.slack.world.workspaces.get('T2')?.channels.set('C1', { user: '', messages: channel });
    voss = personIn(app, 'T2', 'UVOSS');
  });
  after(() => app.close());

  const settle = async () => {
    app.clock.set(app.clock.nowMs() + 5_000);
    await app.settle();
  };
  const latest = () => voss.messages().at(-1);
  const answered = async (before: number) => {
    await settle();
    await app.until(() => voss.messages().length > before);
    assert.match(JSON.stringify(latest()?.blocks), ANSWER);
  };
  const press = async (label: string) => {
    const message = voss.messages().find((each) => buttonOf(each, label) !== undefined);
    assert.ok(message !== undefined, label);
    const sent = await voss.send(voss.pressPayload(message, buttonOf(message, label)!));
    assert.equal(sent.status, 200);
    await settle();
  };

  it('by mention answers the asker alone, and all only when the asker chooses, below the question', async () => {
    const before = voss.messages().length;
    await voss.mention(QUESTION, { channel: 'C1', ts: '1.000001' });
    await answered(before);
    assert.equal(channel.length, 0, 'nothing in the channel');
    await press('Vis for alle');
    await app.until(() => channel.length === 1);
    const [shown] = channel;
    assert.equal(shown!.thread, '1.000001');
    assert.match(JSON.stringify(shown!.blocks), /Spørsmål: kva gjer ein nettverksleiar/);
    assert.equal(buttonOf(shown, 'Det hjelpte'), undefined);
    assert.equal(buttonOf(latest(), 'Vis for alle'), undefined, 'the asker keeps it without the button');
    assert.notEqual(buttonOf(latest(), 'Det hjelpte'), undefined);
  });

  it('a channel that Samling has left says nothing of the asker', async () => {
    const before = voss.messages().length;
    await voss.mention('nettverksleiar eller sekretariat', { channel: 'CGONE', ts: '2.000001' });
    await answered(before);
    const choice = 'Kven er nettverksleiaren vår?';
    assert.equal(buttonOf(latest(), 'Vis for alle'), undefined, 'only what was chosen can be shown');
    await press(choice);
    await app.until(() => buttonOf(latest(), 'Vis for alle') !== undefined);
    await press('Vis for alle');
    await settle();
    const accounts = await app.running.store.accounts.list('saman');
    assert.ok(accounts.every((each) => each.state === 'active'));
    const sent = await app.running.store.outbox.ofMember('saman', 'voss-leder', 1);
    assert.equal(sent[0]?.state.kind, 'unreachable');
  });

  for (const word of ['ask', 'fråga', 'spør', 'spørg']) {
    it(`by /samling ${word} is answered in the conversation, with nothing to show to all`, async () => {
      const before = voss.messages().length;
      assert.equal((await voss.command(`${word} ${QUESTION}`)).status, 200);
      await answered(before);
      assert.equal(buttonOf(latest(), 'Vis for alle'), undefined);
    });
  }

  it('in another language is answered in it, asked once whether to go on in it, and that is remembered', async () => {
    const ask = async (text: string, messages = 1) => {
      const before = voss.messages().length;
      await voss.say(text);
      await settle();
      await app.until(async () => {
        if (voss.messages().length >= before + messages) return true;
        await settle();
        return false;
      });
      await settle();
      return JSON.stringify(voss.messages().slice(before));
    };
    const first = await ask('what does a network leader do', 2);
    assert.match(first, /That helped/);
    assert.match(first, /Shall I write in English/);
    const again = await ask('what does a network leader do');
    assert.match(again, /That helped/);
    assert.doesNotMatch(again, /Shall I write/);
    await press('English');
    assert.equal((await app.running.store.preferences.get('saman', 'voss-leder'))?.language, 'en');
    const later = await ask('what is a project owner');
    assert.match(later, /That helped/);
    assert.doesNotMatch(later, /Shall I write/);
    await ask('nynorsk');
  });

  it('from the home tab opens a form, whose question is answered in the conversation', async () => {
    await voss.openHome();
    await app.until(() => voss.home() !== undefined);
    const opened = await voss.send(voss.homePayload(voss.home()!, buttonOf(voss.home(), 'Spør om noko')!));
    assert.equal(opened.status, 200);
    const view = voss.views().at(-1) as Record<string, unknown>;
    assert.equal(view['type'], 'modal');
    const blocks = view['blocks'] as { block_id: string; element?: { type: string; action_id: string } }[];
    const input = blocks.find((each) => each.element?.type === 'plain_text_input');
    assert.ok(input?.element !== undefined);
    const entered = { type: 'plain_text_input', value: QUESTION };
    const before = voss.messages().length;
    const values = { [input.block_id]: { [input.element.action_id]: entered } };
    assert.equal((await voss.send(voss.viewPayload(view, values))).status, 200);
    await answered(before);
  });
});

describe('asking in Teams', () => {
  let teams: LocalTeams;
  let bot: TeamsSamling;
  const nowMs = Date.parse('2013-11-20T09:00:00Z');
  before(async () => {
    let now = () => nowMs;
    teams = await startLocalTeams({ nowMs: () => now() });
    bot = await startTeamsSamling(teams, {
      members: [memberWith('voss-leader', { email: 'kari@voss.example' })],
      nowMs,
      knowledge: createKnowledge(asset('data', 'faq')),
    });
    now = () => bot.clock.nowMs();
  });
  after(async () => {
    await bot.close();
    await teams.close();
  });

  it('by mention answers the asker alone, and all only when the asker chooses', async () => {
    const own = teams.origin(teams.person('voss', 'kari', { locale: 'nn-NO' }));
    const channel = teams.connector.channel('voss', '19:team@thread.tacv2');
    const origin = { ...own, conversation: channel, scope: 'channel' as const };
    await teams.post(bot.url, activities.message(origin, QUESTION));
    assert.equal(teams.connector.messages.length, 0, 'not mentioned');
    await teams.post(bot.url, activities.mention(origin, QUESTION));
    await bot.settle();
    const cardsIn = (conversation: string) =>
      teams.connector
        .messagesOf(conversation)
        .flatMap((each) => (each.activity.attachments?.[0]?.content ?? []) as object);
    const [message] = teams.connector.messagesOf(own.conversation);
    assert.ok(message !== undefined);
    assert.match(JSON.stringify(cardsIn(own.conversation)), ANSWER);
    assert.equal(cardsIn(channel).length, 0, 'only the pointer');
    const share = buttonsOf(message.activity.attachments[0].content).find(
      (each) => each.title === 'Vis for alle',
    )!;
    const pressed = await teams.post(
      bot.url,
      activities.execute(own, message.id, { verb: share.verb!, data: share.data }),
    );
    assert.equal(pressed.status, 200);
    await bot.settle();
    assert.match(JSON.stringify(cardsIn(channel)), /Spørsmål: kva gjer ein nettverksleiar/);
    assert.equal(buttonsOf(cardsIn(channel)[0]).length, 0);
  });
});
