import { randomBytes } from 'node:crypto';
import type * as webApi from '@slack/web-api';
import type { Clock } from '../../../core/ports/environment.js';
import type { Log } from '../../../runtime/dispatcher.js';
import type { Sealer } from '../../../runtime/sealed.js';
import type { WebMount, WebRequest, WebResponse } from '../../../runtime/web.js';
import { failureOf } from './errors.js';
import { workspaceOf } from './ids.js';
import type { Grant, Installs } from './installs.js';
import { BOT_SCOPES } from './manifest.js';
import { asObject, textIn } from './payload.js';
import type { SlackSettings } from './settings.js';

export interface OAuthOptions {
  readonly settings: SlackSettings;
  readonly publicUrl: string;
  readonly web: webApi.WebClient;
  readonly installs: Installs;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Log;
  readonly installed: (workspace: string) => Promise<void>;
}

export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';
/** How long somebody may take to press "Allow". */
const STATE_MS = 10 * 60_000;
const STATE = 'slack-oauth-state';
const COOKIE = 'samling_install';

/** The way to install in any workspace or organisation of workspaces: off to Slack, and back with a code. */
export function oauthMounts(options: OAuthOptions): readonly WebMount[] {
  return [
    { path: INSTALL_PATH, methods: ['GET'], handle: () => Promise.resolve(begin(options)) },
    { path: REDIRECT_PATH, methods: ['GET'], handle: (request) => finish(options, request) },
  ];
}

/** The state says when it was made, and belongs to one browser, so that nobody installs in another's name. */
function begin({ settings, publicUrl, sealer, clock }: OAuthOptions): WebResponse {
  const nonce = randomBytes(16).toString('base64url');
  const state = sealer.seal(JSON.stringify({ nonce, atMs: clock.nowMs() }), STATE);
  const url = new URL('/oauth/v2/authorize', settings.apiUrl);
  url.search = new URLSearchParams({
    client_id: settings.clientId ?? '',
    scope: BOT_SCOPES.map((each) => each.scope).join(','),
    state,
    redirect_uri: `${publicUrl}${REDIRECT_PATH}`,
  }).toString();
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  const cookie = `${COOKIE}=${nonce}; HttpOnly; SameSite=Lax; Path=${REDIRECT_PATH}; Max-Age=600${secure}`;
  return { status: 302, headers: { location: url.href, 'set-cookie': cookie, 'cache-control': 'no-store' } };
}

async function finish(options: OAuthOptions, request: WebRequest): Promise<WebResponse> {
  const { query } = request;
  if (query.get('error') !== null)
    return page(400, 'Samling was not installed: Slack says that it was not allowed.');
  if (!isOwnState(options, request)) {
    return page(400, 'This link has run out. Begin again at the install page.');
  }
  const code = query.get('code') ?? '';
  const { settings, publicUrl, web, installs, log, installed } = options;
  try {
    const answer = await web.oauth.v2.access({
      client_id: settings.clientId ?? '',
      client_secret: settings.clientSecret ?? '',
      code,
      redirect_uri: `${publicUrl}${REDIRECT_PATH}`,
    });
    const grant = grantOf(answer, options.clock.nowMs());
    if (grant === undefined) return page(502, 'Slack gave no bot token. Check the scopes of the app.');
    if (!installs.isServed(grant.workspace)) {
      // Nothing is kept of it, at Slack either.
      await web.auth.revoke({ token: grant.grant.botToken });
      return page(403, 'This workspace is not served here. Ask those who run Samling to add it.');
    }
    await installs.put(grant.workspace, grant.name, grant.grant);
    await installed(grant.workspace);
    log.info({ workspace: grant.workspace }, 'installed');
    return { status: 302, headers: { location: openIn(settings, grant), 'cache-control': 'no-store' } };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    log.warn({ failure: failure.kind }, 'installing failed');
    return page(502, 'Slack did not accept the code. Begin again at the install page.');
  }
}

function isOwnState({ sealer, clock }: OAuthOptions, { query, headers }: WebRequest): boolean {
  const opened = sealer.open(query.get('state') ?? '', STATE);
  if (opened === undefined) return false;
  const { nonce, atMs } = JSON.parse(opened.toString()) as { nonce: string; atMs: number };
  const cookies = (headers['cookie'] ?? '').split(/;\s*/);
  return cookies.includes(`${COOKIE}=${nonce}`) && clock.nowMs() - atMs < STATE_MS;
}

interface Installed {
  readonly workspace: string;
  readonly name?: string;
  readonly grant: Grant;
  readonly slackId: string;
}

/** What Slack answers to a code: for one workspace, or for an organisation, whose `team` is null. */
function grantOf(answer: webApi.OauthV2AccessResponse, nowMs: number): Installed | undefined {
  const isOrganisation = answer.is_enterprise_install === true;
  const place = asObject(isOrganisation ? answer.enterprise : answer.team);
  const slackId = textIn(place, 'id');
  const name = textIn(place, 'name');
  if (slackId === undefined || answer.access_token === undefined) return undefined;
  return {
    workspace: workspaceOf(slackId),
    slackId,
    ...(name === undefined ? {} : { name }),
    grant: {
      botToken: answer.access_token,
      ...(answer.bot_user_id === undefined ? {} : { botUser: answer.bot_user_id }),
      ...(answer.app_id === undefined ? {} : { appId: answer.app_id }),
      ...(answer.scope === undefined ? {} : { scopes: answer.scope }),
      ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
      ...(answer.expires_in === undefined ? {} : { expiresAtMs: nowMs + answer.expires_in * 1000 }),
    },
  };
}

/** Slack's page that opens the app in its client. */
function openIn(settings: SlackSettings, { grant, slackId }: Installed): string {
  const url = new URL('/app_redirect', settings.apiUrl);
  url.search = new URLSearchParams({ app: grant.appId ?? '', team: slackId }).toString();
  return url.href;
}

function page(status: number, text: string): WebResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text };
}
