import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { activities, startLocalTeams, type LocalTeams } from '../local/teams/index.js';
import { buttonsOf } from '../support/cards.js';
import { memberWith, startTeamsSamling, type TeamsSamling } from '../support/teams-samling.js';

const NOW = Date.parse('2013-11-20T09:00:00Z');

describe('Samling in Teams', () => {
  let teams: LocalTeams;
  let bot: TeamsSamling;
  let now = () => NOW;
  const kari = memberWith('voss-leader', { email: 'kari@voss.example' });
  const boss = memberWith('boss', {
    organisation: 'sekretariat',
    roles: ['coordinator'],
    email: 'boss@ks.example',
  });

  beforeEach(async () => {
    now = () => NOW;
    teams = await startLocalTeams({ nowMs: () => now() });
    bot = await startTeamsSamling(teams, {
      members: [kari, boss],
      nowMs: NOW,
    });
    now = () => bot.clock.nowMs();
  });
  afterEach(async () => {
    await bot.close();
    await teams.close();
  });

  const told = (conversation: string) =>
    teams.connector
      .messagesOf(conversation)
      .map((each) => each.activity.attachments?.[0]?.content ?? each.activity);

  it("links a person by the address that Teams vouches for, and answers in the organisation's language", async () => {
    const person = teams.person('voss', 'kari', { locale: 'nn-NO' });
    const origin = teams.origin(person);
    const answered = await teams.post(bot.url, activities.message(origin, 'hjelp'));
    assert.equal(answered.status, 200);
    await bot.settle();
    const [account] = await bot.store.accounts.list('saman');
    assert.equal(account?.member, 'voss-leader');
    assert.equal(account.workspace, 'teams/voss');
    const [card] = told(origin.conversation);
    assert.equal(card.lang, 'nn');
    assert.equal(card.msteams.width, 'Full');
  });

  const fact = async (id: string) =>
    (await bot.store.submissions.list('saman')).map((each) => each.id).includes(id);

  /** Lets time go on to the next nudge, and gives the card that came. */
  async function nudged(conversation: string) {
    for (let day = 0; day < 120; day += 1) {
      bot.clock.set(bot.clock.nowMs() + 86_400_000);
      await bot.samling.tick();
      const last = teams.connector.messagesOf(conversation).at(-1);
      if (last?.activity.attachments?.[0]?.content.refresh !== undefined) return last;
    }
    return assert.fail('no nudge came');
  }

  it('nudges, takes the answer, replaces the card in the answer and for good', async () => {
    const origin = teams.origin(teams.person('voss', 'kari'));
    await teams.post(bot.url, activities.message(origin, 'hjelp'));
    await bot.settle();
    const message = await nudged(origin.conversation);
    const card = message.activity.attachments[0].content;
    assert.deepEqual(card.refresh.userIds, [origin.person.id]);
    const button = buttonsOf(card).find((each) => each.verb === 'handed-in')!;
    const pressed = await teams.post(
      bot.url,
      activities.execute(origin, message.id, { verb: button.verb!, data: button.data }),
    );
    assert.equal(pressed.status, 200);
    assert.equal(pressed.body.type, 'application/vnd.microsoft.card.adaptive');
    const [submission] = await bot.store.submissions.list('saman');
    assert.equal(submission?.organisation, 'voss');
    const find = () =>
      teams.connector.messagesOf(origin.conversation).find((each) => each.id === message.id)!;
    // The answer does not wait for it.
    for (let tries = 0; tries < 200 && find().changes === 0; tries += 1) await pause(10);
    const shown = find();
    assert.equal(shown.changes, 1);
    assert.notDeepEqual(shown.activity.attachments[0].content, card);
    assert.ok(await fact(submission.id));
  });

  it('shows a person their own state when the card renews itself, and writes nothing over', async () => {
    const origin = teams.origin(teams.person('voss', 'kari'));
    await teams.post(bot.url, activities.message(origin, 'hjelp'));
    await bot.settle();
    const message = await nudged(origin.conversation);
    const { refresh } = message.activity.attachments[0].content;
    const first = await teams.post(
      bot.url,
      activities.execute(origin, message.id, refresh.action, 'automatic'),
    );
    const button = buttonsOf(message.activity.attachments[0].content).find(
      (each) => each.verb === 'handed-in',
    )!;
    const { verb, data } = button;
    await teams.post(bot.url, activities.execute(origin, message.id, { verb: verb!, data }));
    await bot.settle();
    const second = await teams.post(
      bot.url,
      activities.execute(origin, message.id, refresh.action, 'automatic'),
    );
    assert.ok(buttonsOf(first.body.value).some((each) => each.verb === 'handed-in'));
    assert.ok(!buttonsOf(second.body.value).some((each) => each.verb === 'handed-in'));
    const shown = teams.connector.messagesOf(origin.conversation).find((each) => each.id === message.id);
    assert.equal(shown?.changes, 1);
  });

  it('opens the pause form in a dialog, and takes what is entered there', async () => {
    const origin = teams.origin(teams.person('voss', 'kari'));
    await teams.post(bot.url, activities.message(origin, 'hjelp'));
    await bot.settle();
    const [help] = told(origin.conversation);
    const opener = buttonsOf(help).find((each) => each.data?.msteams?.type === 'task/fetch')!;
    assert.equal(opener.type, 'Action.Submit');
    const pausing = buttonsOf(help).filter((each) => each.data?.msteams?.type === 'task/fetch');
    const dialogs = await Promise.all(
      pausing.map((each) => teams.post(bot.url, activities.taskFetch(origin, '1', each.data))),
    );
    const dialog = dialogs.find(({ body }) => JSON.stringify(body).includes('"id":"until"'))!;
    const { card } = dialog.body.task.value;
    const send = buttonsOf(card.content)[0]!;
    assert.equal(send.type, 'Action.Submit');
    const sent = await teams.post(
      bot.url,
      activities.taskSubmit(origin, { ...send.data, until: '2013-12-24' }),
    );
    assert.equal(sent.body.task.type, 'message');
    assert.equal((await bot.store.preferences.get('saman', 'voss-leader'))?.pause?.until, '2013-12-24');
  });

  it('answers in the own chat what it is asked in a channel, and hears only what mentions it', async () => {
    const person = teams.person('voss', 'kari', { locale: 'nn-NO' });
    const own = teams.origin(person);
    const channel = teams.connector.channel('voss', '19:team@thread.tacv2');
    const origin = { ...own, conversation: channel, scope: 'channel' as const };
    await teams.post(bot.url, activities.message(origin, 'hjelp'));
    assert.equal(teams.connector.messages.length, 0);
    await teams.post(bot.url, activities.mention(origin, 'hjelp'));
    await bot.settle();
    assert.equal(told(own.conversation).length, 1);
    const [pointer] = told(channel);
    assert.match(pointer.text, /<at>kari<\/at>, svaret kjem til deg/);
    assert.equal(pointer.entities[0].mentioned.id, person.id);
    assert.equal(told(channel).length, 1);
  });

  it('greets who installs, and tells the coordinators once of who uninstalls', async () => {
    const chief = teams.origin(teams.person('ks', 'boss', { email: 'boss@ks.example' }));
    await teams.post(bot.url, activities.install(chief, 'add'));
    const origin = teams.origin(teams.person('voss', 'kari'));
    await teams.post(bot.url, activities.install(origin, 'add'));
    await bot.settle();
    assert.equal(told(origin.conversation).length, 1);
    const before = told(chief.conversation).length;
    bot.clock.set(bot.clock.nowMs() + 60_000);
    for (let time = 0; time < 2; time += 1) await teams.post(bot.url, activities.install(origin, 'remove'));
    const accounts = await bot.store.accounts.list('saman');
    assert.equal(accounts.find((each) => each.member === 'voss-leader')?.state, 'unreachable');
    bot.clock.set(bot.clock.nowMs() + 86_400_000);
    await bot.samling.tick();
    await bot.settle();
    const notices = told(chief.conversation)
      .slice(before)
      .filter((each) => each.refresh === undefined);
    assert.equal(notices.length, 1);
    await teams.post(bot.url, activities.message(origin, 'hjelp'));
    assert.equal(
      (await bot.store.accounts.list('saman')).find((each) => each.member === 'voss-leader')?.state,
      'active',
    );
  });

  it('asks somebody unknown who they are, and lets the coordinator admit them', async () => {
    const chief = teams.origin(teams.person('ks', 'boss', { email: 'boss@ks.example' }));
    await teams.post(bot.url, activities.message(chief, 'hjelp'));
    const stranger = teams.origin(teams.person('nowhere', 'ola'));
    await teams.post(bot.url, activities.message(stranger, 'hei'));
    await bot.settle();
    const [asked] = told(stranger.conversation);
    const ask = buttonsOf(asked).find((each) => each.verb === 'access-send')!;
    const data = { ...ask.data, organisation: 'voss', role: 'employee' };
    const sent = await teams.post(bot.url, activities.execute(stranger, '1', { verb: ask.verb!, data }));
    assert.equal(sent.status, 200);
    const [request] = await bot.store.accessRequests.list('saman');
    assert.equal(request?.organisation, 'voss');
    bot.clock.set(bot.clock.nowMs() + 7_200_000);
    await bot.samling.tick();
    await bot.settle();
    const card = told(chief.conversation).find((each) =>
      buttonsOf(each).some((button) => button.verb === 'access-admit'),
    );
    const admit = buttonsOf(card).find((each) => each.verb === 'access-admit')!;
    const answer = { ...admit.data, organisation: 'voss', roles: 'employee' };
    await teams.post(bot.url, activities.execute(chief, '2', { verb: admit.verb!, data: answer }));
    assert.equal((await bot.store.accounts.list('saman')).length, 2);
  });

  it("does not believe an address in a domain that is not the tenant's", async () => {
    const thief = teams.person('evil', 'thief', {
      email: 'kari@voss.example',
      userPrincipalName: 'thief@evil.example',
    });
    await teams.post(bot.url, activities.message(teams.origin(thief), 'hjelp'));
    await bot.settle();
    assert.deepEqual(await bot.store.accounts.list('saman'), []);
  });
});
