import assert from 'node:assert/strict';
import { buttonOf } from '../local/slack/index.js';
import { activities, startLocalTeams, type LocalPerson, type LocalTeams } from '../local/teams/index.js';
import { buttonsOf } from '../support/cards.js';
import {
  personIn,
  startEverywhere,
  DAY_MS,
  leader,
  members,
  PLACES,
  START_MS,
} from '../support/slack-programme.js';
import type { SlackApp } from '../support/slack-app.js';
import { teamsApp } from '../support/teams-samling.js';

/** Organisations in Teams tenants of their own, and what their people's cards say. */
const TENANTS = [
  { organisation: 'sandnes', language: 'nb', says: 'Om 30 dager', handedIn: 'Levert' },
  { organisation: 'kvam', language: 'nn', says: 'Om 30 dagar', handedIn: 'Levert' },
  { organisation: 'hamar', language: 'sv', says: 'Om 30 dagar', handedIn: 'Inlämnat' },
] as const;

/** What the Slack cards' button is called. */
const SLACK_WORDS = {
  gjovik: 'Levert',
  voss: 'Levert',
  vinje: 'Inlämnat',
  stord: 'Afleveret',
  bodo: 'Handed in',
};

describe('three Slack workspaces, an organisation of two, and three Teams tenants', function () {
  this.timeout(60_000);
  let app: SlackApp;
  let teams: LocalTeams;
  let now = () => START_MS;
  const people = new Map<string, LocalPerson>();
  const store = () => app.running.store;
  const messagesUrl = () => `${app.running.url}/api/messages`;
  const originOf = (organisation: string) => teams.origin(people.get(organisation)!);
  const cardsOf = (organisation: string) =>
    teams.connector.messagesOf(originOf(organisation).conversation).map((each) => ({
      id: each.id,
      card: each.activity.attachments[0].content,
    }));
  const nudgesOf = (organisation: string) =>
    cardsOf(organisation).filter(({ card }) => card.refresh !== undefined);
  const slackPerson = ({ workspace, organisation }: (typeof PLACES)[number]) =>
    personIn(app, workspace, `U${organisation.toUpperCase()}`);

  before(async () => {
    teams = await startLocalTeams({ limits: false, nowMs: () => now() });
    for (const { organisation } of TENANTS)
      people.set(
        organisation,
        teams.person(`tenant-${organisation}`, 'leder', {
          email: `leder@${organisation}.example`,
          userPrincipalName: `leder@${organisation}.example`,
        }),
      );
    // In Slack and in Teams: told once.
    people.set(
      'voss',
      teams.person('tenant-voss', 'leder', {
        email: 'leder@voss.example',
        userPrincipalName: 'leder@voss.example',
      }),
    );
    const inTeams = TENANTS.map(({ organisation, language }) => leader(organisation, language));
    app = await startEverywhere({
      members: [...members, ...inTeams],
      teams: teamsApp(teams),
      wanted: members.length,
    });
    now = () => app.clock.nowMs();
    for (const organisation of people.keys())
      assert.equal(
        (await teams.post(messagesUrl(), activities.install(originOf(organisation), 'add'))).status,
        200,
      );
    await app.until(async () => (await store().accounts.list('saman')).length === members.length + 4);
    await app.settle();
    app.clock.set(START_MS + 3 * DAY_MS);
    await app.settle();
    await app.settle();
  });
  after(async () => {
    await app.close();
    await teams.close();
  });

  it('has linked everybody in the workspace where their address was vouched for', async () => {
    const accounts = await store().accounts.list('saman');
    for (const { organisation } of TENANTS) {
      const own = accounts.filter((each) => each.member === `${organisation}-leder`);
      assert.deepEqual(
        own.map((each) => each.workspace),
        [`teams/tenant-${organisation}`],
      );
    }
  });

  for (const { organisation, says } of TENANTS) {
    it(`tells ${organisation} once, in its own tenant and language`, async () => {
      await app.until(() => nudgesOf(organisation).length > 0);
      const [nudge, ...more] = nudgesOf(organisation);
      assert.deepEqual(more, []);
      assert.ok(JSON.stringify(nudge?.card).includes(says));
    });
  }

  it('tells somebody who is in Slack and in Teams once, where they prefer', () => {
    assert.equal(nudgesOf('voss').length, 0);
    const nudges = slackPerson(PLACES[1])
      .messages()
      .filter((each) => buttonOf(each, 'Levert') !== undefined);
    assert.equal(nudges.length, 1);
  });

  it('takes the answers of all for their own organisations, on both platforms', async () => {
    for (const { organisation, handedIn } of TENANTS) {
      const [nudge] = nudgesOf(organisation);
      const { verb, data } = buttonsOf(nudge?.card).find((each) => each.title === handedIn)!;
      const pressed = activities.execute(originOf(organisation), nudge!.id, { verb: verb!, data });
      for (let time = 0; time < 2; time += 1)
        assert.equal((await teams.post(messagesUrl(), pressed)).status, 200);
    }
    for (const place of PLACES) {
      const person = slackPerson(place);
      const title = SLACK_WORDS[place.organisation];
      const message = person.messages().find((each) => buttonOf(each, title) !== undefined)!;
      await person.send(person.pressPayload(message, buttonOf(message, title)!));
    }
    await app.settle();
    const submitted = (await store().submissions.list('saman')).map((each) => each.id).sort();
    const wanted = [...TENANTS, ...PLACES].map((each) => `arsrapport-2014/${each.organisation}`).sort();
    assert.deepEqual(submitted, wanted);
  });

  it('lets no card of one tenant be used in another, nor one of Teams by the same address elsewhere', async () => {
    const [nudge] = nudgesOf('sandnes');
    const undo = buttonsOf(nudge?.card).find((each) => each.verb === 'undo-handed-in')!;
    for (const thief of ['kvam', 'voss']) {
      const pressed = activities.execute(originOf(thief), nudge!.id, { verb: undo.verb!, data: undo.data });
      await teams.post(messagesUrl(), pressed);
    }
    await app.settle();
    assert.equal((await store().submissions.list('saman')).length, TENANTS.length + PLACES.length);
  });

  it('posts to no conversation but those of the people themselves, and logs nobody', () => {
    const own = new Set([...people.values()].map((each) => teams.connector.conversationOf(each)));
    assert.ok(teams.connector.messages.every((each) => own.has(each.conversation)));
    assert.doesNotMatch(app.log.lines.join('\n'), /example|leder|29:|aad-/);
  });
});
