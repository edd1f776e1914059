import assert from 'node:assert/strict';
import type { Platform } from '../../src/core/identity/types.js';
import { addWorkspace, buttonsOf as slackButtons } from '../local/slack/index.js';
import { activities, startLocalTeams, type LocalPerson, type LocalTeams } from '../local/teams/index.js';
import { buttonsOf as teamsButtons } from '../support/cards.js';
import {
  DEEDS,
  deedsDone,
  members,
  PEOPLE,
  programme,
  REFUSED,
  START_MS,
  undoDeeds,
  type Who,
} from '../support/deeds.js';
import { startSlackApp, type SlackApp } from '../support/slack-app.js';
import { teamsApp } from '../support/teams-samling.js';

const EVERYBODY = Object.keys(PEOPLE) as Who[];
const isOne = (member: string) => Object.values<string>(PEOPLE).includes(member);
const addressOf = (member: string) => `${member}@saman.example`;
const workspaceOf = (who: Who) => `T${String(EVERYBODY.indexOf(who) + 1)}`;
const tenantOf = (who: Who) => `tenant-${String(EVERYBODY.indexOf(who) + 1)}`;

describe('what each may do, by signed requests of Slack and Teams', function () {
  this.timeout(120_000);
  let app: SlackApp;
  let teams: LocalTeams;
  const people = new Map<Who, LocalPerson>();
  let count = 0;
  const store = () => app.running.store;

  before(async () => {
    teams = await startLocalTeams({ limits: false, nowMs: () => START_MS });
    app = await startSlackApp({
      programmes: [programme],
      members: members.map((each) => (isOne(each.id) ? { ...each, email: addressOf(each.id) } : each)),
      startMs: START_MS,
      slack: { hasRates: false },
      teams: teamsApp(teams),
      build: (slack) => {
        for (const who of EVERYBODY)
          addWorkspace(slack, workspaceOf(who), [{ id: 'U1', name: who, email: addressOf(PEOPLE[who]) }]);
      },
    });
    for (const who of EVERYBODY) {
      await app.install(workspaceOf(who));
      const email = addressOf(PEOPLE[who]);
      const person = teams.person(tenantOf(who), 'a', { email, userPrincipalName: email });
      people.set(who, person);
      const installed = activities.install(teams.origin(person), 'add');
      assert.equal((await teams.post(`${app.running.url}/api/messages`, installed)).status, 200);
    }
    const linked = async () => (await store().accounts.list('saman')).length;
    await app.until(async () => (await linked()) === 2 * EVERYBODY.length);
    await app.settle();
  });
  after(async () => {
    await app.close();
    await teams.close();
  });
  beforeEach(() => undoDeeds(store()));

  /** Shows somebody a button, whoever they are, as a card that Samling has sent. */
  async function show(platform: Platform, who: Who, verb: string, data: Record<string, string>) {
    const accounts = await store().accounts.list('saman');
    const account = accounts.find((each) => each.platform === platform && each.member === PEOPLE[who])!;
    const { workspace, user, address } = account;
    const to = { programme: 'saman', member: PEOPLE[who], workspace, account: { ...address, user } };
    const actions = [{ type: 'Action.Execute', title: 'X', verb, data }];
    const card = { type: 'AdaptiveCard' as const, version: '1.5', body: [], actions };
    const message = { card, text: 'X', language: 'nb' as const };
    app.clock.set(app.clock.nowMs() + 5_000);
    const sent = await app.running.chats[platform]!.send(to, message, `try/${String((count += 1))}`);
    assert.equal(sent.kind, 'sent');
  }

  async function press(platform: Platform, who: Who, verb: string, data: Record<string, string>) {
    await show(platform, who, verb, data);
    if (platform === 'slack') {
      const person = app.person(app.slack.world.workspaces.get(workspaceOf(who))!, 'U1');
      const message = person
        .messages()
        .filter(({ text }) => text === 'X')
        .at(-1)!;
      const answer = await person.send(person.pressPayload(message, slackButtons({ ...message })[0]!));
      assert.equal(answer.status, 200);
      return;
    }
    const origin = teams.origin(people.get(who)!);
    const message = teams.connector.messagesOf(origin.conversation).at(-1)!;
    const [button] = teamsButtons(message.activity.attachments[0].content);
    const pressed = activities.execute(origin, message.id, { verb: button!.verb!, data: button!.data });
    assert.equal((await teams.post(`${app.running.url}/api/messages`, pressed)).status, 200);
  }

  /** What somebody was answered with, by the names of sentences and cards. */
  async function answersTo(who: Who) {
    const all = await store().outbox.ofMember('saman', PEOPLE[who], 1_000);
    return new Map(
      all
        .filter(({ kind }) => kind === 'reply')
        .map(({ id, data }) => {
          const { message } = data as { message: { template: string; data: { key?: string } } };
          return [id, message.data.key ?? message.template];
        }),
    );
  }

  async function newAnswers(who: Who, work: () => Promise<void>): Promise<readonly string[]> {
    const before = await answersTo(who);
    await work();
    await app.settle();
    return [...(await answersTo(who))].filter(([id]) => !before.has(id)).map(([, key]) => key);
  }

  for (const platform of ['slack', 'teams'] as const) {
    for (const who of EVERYBODY) {
      it(`${platform}: ${who} is refused what is not theirs, and nothing changes`, async () => {
        const forbidden = DEEDS.filter(([, , allowed]) => !allowed.includes(who));
        const before = await deedsDone(store());
        const said = await newAnswers(who, async () => {
          for (const [verb, data] of forbidden) await press(platform, who, verb, data);
        });
        assert.equal(await deedsDone(store()), before);
        // A form that is refused comes back instead, with what is wrong.
        const forms = forbidden.filter(([verb]) => verb === 'notice-make' || verb === 'gathering-make');
        const refusals = said.filter((key) => REFUSED.includes(key));
        assert.ok(refusals.length >= forbidden.length - forms.length, said.join(', '));
      });
    }

    for (const [verb, data, allowed] of DEEDS) {
      for (const who of allowed) {
        it(`${platform}: ${who} may ${verb}`, async () => {
          const said = await newAnswers(who, () => press(platform, who, verb, data));
          const isRefused = (key: string) => REFUSED.includes(key) || key === 'action-not-understood';
          assert.ok(!said.some(isRefused), said.join(', '));
        });
      }
    }
  }
});
