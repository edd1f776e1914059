import { createHmac, randomBytes } from 'node:crypto';
import type { LocalSlack } from './server.js';
import { openChannel, type LocalMessage, type LocalUser, type LocalWorkspace } from './world.js';

/** The app under test, as Slack reaches it. */
export interface AppAddress {
  readonly url: string;
  readonly signingSecret: string;
  /** The time that requests are signed at; default: now. */
  readonly nowMs?: () => number;
}

export interface Delivered {
  readonly status: number;
  readonly body: string;
}

/** Sends what Slack would send, signed as Slack signs. */
export async function deliver(
  app: AppAddress,
  body: string,
  contentType: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Delivered> {
  const timestamp =
    headers['x-slack-request-timestamp'] ?? String(Math.floor((app.nowMs?.() ?? Date.now()) / 1000));
  const mac = createHmac('sha256', app.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const response = await fetch(`${app.url}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${mac}`,
      ...headers,
    },
  });
  return { status: response.status, body: await response.text() };
}

export const deliverJson = (app: AppAddress, payload: unknown, headers = {}) =>
  deliver(app, JSON.stringify(payload), 'application/json', headers);
export const deliverForm = (app: AppAddress, payload: unknown, headers = {}) =>
  deliver(
    app,
    new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    'application/x-www-form-urlencoded',
    headers,
  );

const token = () => randomBytes(8).toString('hex');

/** A person in a workspace, and what they do there. */
export function createPerson(slack: LocalSlack, app: AppAddress, workspace: LocalWorkspace, user: LocalUser) {
  const { enterprise } = workspace;
  const isOrganisation = ![...slack.world.tokens.values()].some((each) => each.of === workspace.id);
  const place = {
    team: {
      id: workspace.id,
      domain: 'local',
      ...(enterprise === undefined ? {} : { enterprise_id: enterprise }),
    },
    enterprise: enterprise === undefined ? null : { id: enterprise, name: enterprise },
    is_enterprise_install: isOrganisation,
    user: { id: user.id, team_id: workspace.id },
    api_app_id: slack.app.appId,
    token: 'deprecated',
  };
  const eventPayload = (event: Record<string, unknown>, id: string) => ({
    token: 'deprecated',
    team_id: workspace.id,
    context_team_id: workspace.id,
    context_enterprise_id: enterprise ?? null,
    enterprise_id: enterprise ?? null,
    is_enterprise_install: isOrganisation,
    api_app_id: slack.app.appId,
    type: 'event_callback',
    event_id: id,
    event_time: Math.floor(Date.now() / 1000),
    event,
  });
  const channel = () => openChannel(workspace, user.id);
  const messages = (): readonly LocalMessage[] => workspace.channels.get(channel())?.messages ?? [];
  const eventId = () => `Ev${token().toUpperCase()}`;
  return {
    /** What they see of Samling, oldest first. */
    messages: () => messages().filter((each) => each.bot && each.ephemeralTo === undefined),
    whispers: () => messages().filter((each) => each.ephemeralTo === user.id),
    home: () => workspace.homes.get(user.id),
    views: () => [...workspace.views.values()],
    event: (event: Record<string, unknown>, id = eventId(), headers = {}) =>
      deliverJson(app, eventPayload(event, id), headers),
    say: (text: string, id = eventId(), headers = {}) => {
      const event = {
        type: 'message',
        channel_type: 'im',
        channel: channel(),
        user: user.id,
        text,
        ts: slack.world.nextTs(),
      };
      return deliverJson(app, eventPayload(event, id), headers);
    },
    mention: (text: string, place: Record<string, string> = { channel: 'C1' }) =>
      deliverJson(
        app,
        eventPayload({ type: 'app_mention', ...place, user: user.id, text: `<@UBOT> ${text}` }, eventId()),
      ),
    openHome: () =>
      deliverJson(app, eventPayload({ type: 'app_home_opened', user: user.id, tab: 'home' }, eventId())),
    /** What pressing an element of a message sends. */
    pressPayload: (
      message: LocalMessage,
      action: Record<string, unknown>,
      state: unknown = { values: {} },
    ) => ({
      type: 'block_actions',
      ...place,
      container: { type: 'message', message_ts: message.ts, channel_id: channel(), is_ephemeral: false },
      trigger_id: `${token()}.${token()}`,
      channel: { id: channel(), name: 'directmessage' },
      message: { type: 'message', bot_id: 'B1', ...structuredClone(message) },
      state,
      response_url: `${slack.apiUrl}response`,
      actions: [{ type: 'button', action_ts: slack.world.nextTs(), ...action }],
    }),
    homePayload: (view: Record<string, unknown>, action: Record<string, unknown>) => ({
      type: 'block_actions',
      ...place,
      container: { type: 'view', view_id: view['id'] },
      trigger_id: `${token()}.${token()}`,
      view,
      actions: [{ type: 'button', action_ts: slack.world.nextTs(), ...action }],
    }),
    viewPayload: (view: Record<string, unknown>, values: unknown) => ({
      type: 'view_submission',
      ...place,
      trigger_id: `${token()}.${token()}`,
      view: { ...view, state: { values } },
    }),
    shortcut: (callbackId: string) =>
      deliverForm(app, {
        type: 'shortcut',
        ...place,
        callback_id: callbackId,
        trigger_id: `${token()}.${token()}`,
      }),
    command: (text: string) =>
      deliver(
        app,
        new URLSearchParams({
          token: 'deprecated',
          team_id: workspace.id,
          ...(enterprise === undefined ? {} : { enterprise_id: enterprise }),
          channel_id: channel(),
          user_id: user.id,
          command: '/samling',
          text,
          trigger_id: `${token()}.${token()}`,
          api_app_id: slack.app.appId,
          is_enterprise_install: String(isOrganisation),
        }).toString(),
        'application/x-www-form-urlencoded',
      ),
    send: (payload: unknown, headers = {}) => deliverForm(app, payload, headers),
  };
}
export type LocalPerson = ReturnType<typeof createPerson>;
