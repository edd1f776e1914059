import { WebClient } from '@slack/web-api';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
} from 'botbuilder';
import { Agent, request } from 'undici';
import { APP_ID } from '../../test/local/teams/index.js';
import { contentFor } from './content.js';
import { forAll, serveRounds, toldPlatforms, type Receiver } from './told.js';

/** The least that others do for the same message: the platform's own library, or a bare keep-alive POST. */
const platforms = await toldPlatforms();
const [, , platform, kind] = process.argv;
const people = platform === 'teams' ? platforms.teams.people : platforms.slack.people;
const { message, blocks } = contentFor('Voss');
/** As large as what Samling puts with a message to know it again. */
const metadata = {
  event_type: 'bench',
  event_payload: { part: 0, parts: 1, delivery: 'nudge/bench', card: 'x'.repeat(1400) },
};
const activity = {
  type: 'message',
  summary: message.text,
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: message.card }],
};
const tokenOf = (one: Receiver) => platforms.slack.tokens[one.workspace] ?? '';

function stockSlack() {
  const web = new WebClient(undefined, { slackApiUrl: platforms.slack.apiUrl });
  const text = message.text;
  return (one: Receiver) =>
    web.chat.postMessage({ token: tokenOf(one), channel: one.user, blocks, text, metadata });
}

function stockTeams() {
  const credentials = {
    getToken: () => Promise.resolve({ accessToken: 'sending-1' }),
    signRequest: (resource: { headers: { set(name: string, value: string): void } }) => {
      resource.headers.set('authorization', 'Bearer sending-1');
      return Promise.resolve(resource);
    },
  };
  const factory = {
    isValidAppId: (id: string) => Promise.resolve(id === APP_ID),
    isAuthenticationDisabled: () => Promise.resolve(false),
    createCredentials: () => Promise.resolve(credentials),
  };
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication({ MicrosoftAppId: APP_ID }, factory as never),
  );
  return async (one: Receiver) => {
    const reference = {
      ...{
        channelId: 'msteams',
        serviceUrl: one.address['serviceUrl'],
        bot: { id: `28:${APP_ID}`, name: '' },
      },
      ...{ user: { id: one.address['id'], name: '' } },
      conversation: {
        id: one.address['conversation'],
        isGroup: false,
        conversationType: 'personal',
        name: '',
      },
    } as unknown as Partial<ConversationReference>;
    await adapter.continueConversationAsync(APP_ID, reference, async (context) => {
      await context.sendActivity(activity);
    });
  };
}

function bare() {
  const agent = new Agent({ connections: 64 });
  const slackBody = { blocks, text: message.text, metadata };
  return async (one: Receiver) => {
    const isTeams = platform === 'teams';
    const url = isTeams
      ? `${platforms.teams.serviceUrl.replace(/\/$/, '')}/v3/conversations/${encodeURIComponent(one.address['conversation'] ?? '')}/activities`
      : `${platforms.slack.apiUrl}chat.postMessage`;
    const token = isTeams ? 'sending-1' : tokenOf(one);
    const answer = await request(url, {
      ...{ method: 'POST', dispatcher: agent },
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(isTeams ? activity : { channel: one.user, ...slackBody }),
    });
    await answer.body.json();
  };
}

const send = kind === 'bare' ? bare() : platform === 'teams' ? stockTeams() : stockSlack();
await serveRounds(
  () => forAll(people, 64, send),
  () => Promise.resolve(),
);
