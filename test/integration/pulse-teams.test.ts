import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBallotBox } from '../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { activities, startLocalTeams, type LocalTeams } from '../local/teams/index.js';
import { buttonsOf } from '../support/cards.js';
import { activeRow, at, localAt, saman } from '../support/pulse-cases.js';
import { memberWith, startTeamsSamling, type TeamsSamling } from '../support/teams-samling.js';

describe('a pulse in Teams', () => {
  let folder: string;
  let teams: LocalTeams;
  let bot: TeamsSamling;
  let now = () => at('2014-03-03T09:00');
  const ballots = () => openBallotBox({ folder: join(folder, 'ballots'), keysFolder: join(folder, 'keys') });
  let box: ReturnType<typeof ballots>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samling-pulse-teams-'));
    box = ballots();
    teams = await startLocalTeams({ limits: false, nowMs: () => now() });
    const boss = { organisation: 'sekretariat', roles: ['coordinator'], language: 'nb' as const };
    const members = [
      memberWith('voss-leader', { email: 'kari@voss.example' }),
      memberWith('boss', { ...boss, email: 'boss@ks.example' }),
    ];
    bot = await startTeamsSamling(teams, { members, nowMs: now(), ballots: box });
    now = () => bot.clock.nowMs();
  });
  after(async () => {
    await bot.close();
    await teams.close();
    await box.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('renews its card when it is looked at: answered meanwhile, then closed', async () => {
    const origin = teams.origin(teams.person('voss', 'kari'));
    await teams.post(bot.url, activities.message(origin, 'hjelp'));
    await bot.settle();
    const yesNo = { id: 'yes-no', kind: 'yes-no', text: 'Er du med?' };
    await bot.store.pulses.put(
      activeRow({ questions: [yesNo, { ...yesNo, id: 'again', text: 'Framleis?' }] }),
    );
    await bot.samling.planner.replan(saman.id);
    bot.clock.set(at('2014-03-04T09:30'));
    await bot.samling.tick();
    const message = teams.connector.messagesOf(origin.conversation).at(-1)!;
    const card = message.activity.attachments[0].content;
    assert.deepEqual(card.refresh.userIds, [origin.person.id]);
    const renew = async () => {
      const post = activities.execute(origin, message.id, card.refresh.action, 'automatic');
      return JSON.stringify((await teams.post(bot.url, post)).body.value);
    };
    const changes = () =>
      teams.connector.messagesOf(origin.conversation).find((each) => each.id === message.id)!.changes;
    assert.match(await renew(), /Er du med/);
    assert.doesNotMatch(await renew(), /Du har svara/);
    const { verb, data } = buttonsOf(card).find((each) => each.verb === 'pulse-answer')!;
    const pressed = await teams.post(bot.url, activities.execute(origin, message.id, { verb: verb!, data }));
    assert.match(JSON.stringify(pressed.body.value), /Framleis/);
    await bot.settle();
    assert.equal(changes(), 1, 'the press has replaced the card');
    assert.match(await renew(), /Er du med.*Du har svara/, 'an old card says that it is answered');
    bot.clock.set(at('2014-03-11T16:00'));
    assert.match(await renew(), /stengd|stengt/);
    assert.equal(changes(), 1, 'looking writes nothing over');
  });

  it('is written by a coordinator in a form that says what is missing, previewed, started, followed, extended, closed and asked again', async () => {
    const origin = teams.origin(teams.person('ks', 'boss'));
    let shown = teams.connector.messagesOf(origin.conversation).at(-1)!;
    let card: any;
    const say = async (text: string) => {
      await teams.post(bot.url, activities.message(origin, text));
      await bot.settle();
      shown = teams.connector.messagesOf(origin.conversation).at(-1)!;
      card = shown.activity.attachments[0].content;
    };
    await say('pulser');
    /** Presses the button with a verb, with what was entered; the answer's card, or the message that comes. */
    const press = async (verb: string, entered: Record<string, string> = {}) => {
      const button = buttonsOf(card).find((each) => each.verb === verb);
      assert.ok(button !== undefined, verb);
      const data = { ...(button.data as object), ...entered };
      const { body } = await teams.post(bot.url, activities.execute(origin, shown.id, { verb, data }));
      await bot.settle();
      if (body.value === '') shown = teams.connector.messagesOf(origin.conversation).at(-1)!;
      card = body.value === '' ? shown.activity.attachments[0].content : body.value;
    };
    await press('pulse-new');
    await press('pulse-make', { template: 'own-questions', starts: '2014-03-20', role: 'project-leader' });
    const typed = { kind: 'yes-no', title_nn: 'Tid', intro_nn: 'Vi spør.' };
    await press('pulse-write-new', typed);
    assert.match(JSON.stringify(card), /Spørsmål \(nynorsk\) er tom/);
    assert.match(JSON.stringify(card), /"value":"Vi spør\."/);
    await press('pulse-write-new', { ...typed, text_nn: 'Har du tid?' });
    await press('pulse-start');
    const row = await bot.store.pulses.get(saman.id, 'own-2014-03-20');
    assert.equal(row?.state, 'active');
    assert.deepEqual(row.pulse.questions[0]?.text, { nn: 'Har du tid?' });

    bot.clock.set(at('2014-03-20T09:30'));
    await bot.samling.tick();
    const round = async (number: number) => bot.store.rounds.get(saman.id, `${row.id}-${String(number)}`);
    assert.equal((await round(1))?.state, 'open');
    await say('pulser');
    await press('pulse-open');
    assert.match(JSON.stringify(card), /0 av 1 har svart/);
    const detail = [shown, card] as const;
    await press('pulse-preview');
    assert.match(JSON.stringify(card), /Svar telles ikke her/);
    [shown, card] = detail;
    assert.equal(localAt((await round(1))!.closesMs), '2014-03-27T16:00');
    await press('pulse-extend');
    assert.equal(localAt((await round(1))!.closesMs), '2014-03-31T16:00', 'two days, then off the weekend');
    await press('pulse-close');
    bot.clock.set(at('2014-03-20T09:35'));
    await bot.samling.tick();
    assert.equal((await round(1))?.state, 'closed');
    const closed = [shown, card] as const;
    await press('pulse-results');
    assert.match(JSON.stringify(card), /Resultat: Tid/);
    await press('pulse-todo');
    await press('pulse-todo-send', { todo: 'Kortere møter.' });
    assert.equal((await bot.store.pulseResults.get(saman.id, `${row.id}-1`))?.todo, 'Kortere møter.');
    [shown, card] = closed;
    await press('pulse-repeat');
    bot.clock.set(at('2014-03-27T12:00'));
    await bot.samling.tick();
    assert.equal((await round(2))?.state, 'open');
  });
});
