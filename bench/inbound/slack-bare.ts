import { App, HTTPReceiver, webApi } from '@slack/bolt';
import type { AddressInfo } from 'node:net';
import { serveMeasured, slackOf } from './slack-load.js';

/** Bolt as it comes, doing the least it can: checks the signature, acknowledges, answers where asked, stores nothing. */
const slack = slackOf(process.argv);
const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: webApi.LogLevel.ERROR });
const app = new App({
  receiver,
  authorize: ({ teamId }) =>
    Promise.resolve({
      botToken: slack.tokens[`slack/${teamId ?? ''}`] ?? '',
      botId: 'B1',
      botUserId: 'UBOT',
    }),
  clientOptions: { slackApiUrl: slack.apiUrl },
  logLevel: webApi.LogLevel.ERROR,
});
app.action('acknowledged', async ({ ack }) => ack());
app.action('answered', async ({ ack, client, body }) => {
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: 'ok' });
});
const server = await receiver.start(0);
const { port } = server.address() as AddressInfo;
const nothing = slack.people.map(() => '');
await serveMeasured(
  {
    url: `http://127.0.0.1:${String(port)}`,
    acknowledged: { actionId: 'acknowledged', boxes: nothing },
    answered: { actionId: 'answered', boxes: nothing },
  },
  {
    update: () => Promise.resolve(),
    async close() {
      await receiver.stop();
    },
  },
);
