import assert from 'node:assert/strict';
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
    throw new TypeError('no nudge came');
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
    await bot.settle();
    const shown = teams.connector.messagesOf(origin.conversation).find((each) => each.id === message.id);
    assert.equal(shown?.changes, 1);
    assert.notDeepEqual(shown.activity.attachments[0].content, card);
    assert.ok(await fact(submission.id));
  });
});
