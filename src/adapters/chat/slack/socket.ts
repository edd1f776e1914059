import type { App, ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { errorPart, type Log } from '../../../runtime/dispatcher.js';
import type { Answered } from './answers.js';
import { silentLogger } from './client.js';
import { withinTime, type Background } from './http.js';
import { asObject, type Payload } from './payload.js';
import type { SlackSettings } from './settings.js';

/** Socket Mode: Samling calls Slack, so no port needs to be open. Slack has authenticated the socket. */
export async function openSocket(
  settings: SlackSettings,
  receive: (payload: Payload) => Promise<Answered>,
  background: Background,
  log: Log,
): Promise<SocketModeReceiver | undefined> {
  if (settings.appToken === undefined) return undefined;
  const bolt = await import('@slack/bolt');
  const receiver = new bolt.SocketModeReceiver({
    appToken: settings.appToken,
    logger: silentLogger,
    installerOptions: { clientOptions: { slackApiUrl: settings.apiUrl } },
  });
  // All that the receiver wants of an app.
  const app: unknown = {
    processEvent: (event: ReceiverEvent) =>
      // Not acknowledged either, and the receiver itself would say nothing of it.
      process(event, receive, background).catch((error: unknown) =>
        log.error({ path: 'socket', ...errorPart(error) }, 'request failed'),
      ),
  };
  receiver.init(app as App);
  await receiver.start();
  return receiver;
}

async function process(
  { body, ack }: ReceiverEvent,
  receive: (payload: Payload) => Promise<Answered>,
  background: Background,
): Promise<void> {
  const payload = asObject(body);
  if (payload === undefined) return;
  const typed = 'command' in payload ? { type: 'slash_command', ...payload } : payload;
  const answered = await withinTime(receive(typed), background);
  // Not acknowledged, so that Slack comes again.
  if (answered.status >= 500) return;
  await ack(answered.body);
  if (answered.after !== undefined) background.run(answered.after);
}
