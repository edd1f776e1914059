import * as webApi from '@slack/web-api';

import type { Clock } from '../../../core/ports/environment.js';
import { failureOf, isTokenOld } from './errors.js';
import { readAnswer } from './answer.js';
import { createSlackFetch } from './fetch.js';
import type { Grant, Installs } from './installs.js';
import type { SlackSettings } from './settings.js';

export interface SlackClientOptions {
  readonly config: Pick<SlackSettings, 'apiUrl' | 'clientId' | 'clientSecret'>;
  readonly installs: Installs;
  readonly clock: Clock;
}

/** What messages are sent by. */
type Method = 'chat.postMessage' | 'chat.update';

/** Calls of the Web API in the name of a workspace's install. */
export interface SlackClient {
  readonly web: webApi.WebClient;
  /**
   * Calls with the token of the workspace, refreshed before it runs out.
   * @throws what the Web API client throws; `NotInstalled` when there is no token.
   */
  call<R>(workspace: string, work: (web: webApi.WebClient, token: string) => Promise<R>): Promise<R>;
  /**
   * Sends a message that is JSON already: the client would write it anew as a form, for more CPU than all the rest.
   * @throws as `call` does
   */
  post(workspace: string, method: Method, body: string): Promise<Readonly<Record<string, unknown>>>;
  readonly close: () => Promise<void>;
}

/** Samling is not installed in the workspace. Looks like Slack's own refusal, and is treated as such. */
class NotInstalled extends Error {
  readonly code = 'slack_webapi_platform_error';
  readonly data = { error: 'account_inactive' };
}

/** Tokens live twelve hours; one that ends within this is replaced first. */
const REFRESH_BEFORE_MS = 10 * 60_000;

/** Says nothing: what the SDK would log holds addresses and parts of messages. */
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  setName: () => undefined,
  getLevel: () => webApi.LogLevel.ERROR,
};
export { silent as silentLogger };

function urlsAt(apiUrl: string): Readonly<Record<Method, URL>> {
  const urlOf = (method: Method) => new URL(method, apiUrl.replace(/\/?$/, '/'));
  return { 'chat.postMessage': urlOf('chat.postMessage'), 'chat.update': urlOf('chat.update') };
}

/** Creates the client. Nothing is repeated in it and no queue stands still: the outbox knows what to do. */
export function createSlackClient(options: SlackClientOptions): SlackClient {
  const { fetch, post, close } = createSlackFetch();
  const urls = urlsAt(options.config.apiUrl);
  const web = new webApi.WebClient(undefined, {
    slackApiUrl: options.config.apiUrl,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    allowAbsoluteUrls: false,
    fetch,
    logger: silent,
  });
  const refreshing = new Map<string, Promise<Grant>>();
  const refreshed = (workspace: string, grant: Grant): Promise<Grant> => {
    const known = refreshing.get(workspace);
    if (known !== undefined) return known;
    const refresh = refreshGrant(options, web, workspace, grant).finally(() => refreshing.delete(workspace));
    refreshing.set(workspace, refresh);
    return refresh;
  };
  const client: SlackClient = {
    web,
    post: (workspace, method, body) =>
      client.call(workspace, async (_web, token) => readAnswer(() => post(urls[method], token, body))),
    async call(workspace, work) {
      let grant = await options.installs.get(workspace);
      if (grant === undefined) throw new NotInstalled('not installed');
      const endsMs = grant.expiresAtMs ?? Infinity;
      if (endsMs - options.clock.nowMs() < REFRESH_BEFORE_MS) grant = await refreshed(workspace, grant);
      try {
        return await work(web, grant.botToken);
      } catch (error) {
        const failure = failureOf(error);
        if (failure === undefined || !isTokenOld(failure) || grant.refreshToken === undefined) throw error;
        // Refused tokens do nothing, so the call can be made again.
        return work(web, (await refreshed(workspace, grant)).botToken);
      }
    },
    close,
  };
  return client;
}

async function refreshGrant(
  { config, installs, clock }: SlackClientOptions,
  web: webApi.WebClient,
  workspace: string,
  grant: Grant,
): Promise<Grant> {
  const latest = (await installs.get(workspace)) ?? grant;
  // Another process was quicker.
  if (latest.botToken !== grant.botToken) return latest;
  if (grant.refreshToken === undefined) return grant;
  const answer = await web.oauth.v2.access({
    client_id: config.clientId ?? '',
    client_secret: config.clientSecret ?? '',
    grant_type: 'refresh_token',
    refresh_token: grant.refreshToken,
  });
  const next: Grant = {
    ...grant,
    botToken: answer.access_token ?? grant.botToken,
    ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
    ...(answer.expires_in === undefined ? {} : { expiresAtMs: clock.nowMs() + answer.expires_in * 1000 }),
  };
  await installs.put(workspace, undefined, next);
  return next;
}
