import type { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import { request, type Dispatcher } from 'undici';
import { SamlingError } from '../../../core/errors.js';
import type { Clock } from '../../../core/ports/environment.js';
import { within } from '../../../runtime/within.js';
import type { TeamsApp } from './settings.js';

/** Whom tokens for sending are for (Microsoft's "Authentication with the Bot Connector"). */
const SCOPE = 'https://api.botframework.com';
/** A new token is fetched this long before the old one ends. */
const EARLY_MS = 5 * 60_000;
const TIMEOUT_MS = 10_000;

/** A token, and until when it is good. */
interface Fetched {
  readonly token: string;
  readonly untilMs: number;
}

/** What gives the token that sending wants; undefined for an app without credentials. */
export interface SendingTokens {
  /** @throws SamlingError `TEAMS_TOKEN_REFUSED`, retryable when the endpoint could not be reached. */
  get(): Promise<string | undefined>;
  /** The token was refused: the next `get` fetches another. */
  forget(token: string): void;
}

export interface SendingTokensOptions {
  readonly app: TeamsApp;
  readonly clock: Clock;
  readonly http: Dispatcher;
}

/** Creates what fetches tokens for sending, once for all who ask at the same time. */
export function createSendingTokens(options: SendingTokensOptions): SendingTokens {
  const { app, clock } = options;
  let known: Fetched | undefined;
  let fetching: Promise<Fetched> | undefined;
  const fetchOne = fetcherOf(options);
  return {
    async get() {
      if (app.type === 'playground') return undefined;
      if (known !== undefined && clock.nowMs() < known.untilMs - EARLY_MS) return known.token;
      fetching ??= fetchOne().finally(() => (fetching = undefined));
      known = await fetching;
      return known.token;
    },
    forget(token) {
      if (known?.token === token) known = undefined;
    },
  };
}

function fetcherOf(options: SendingTokensOptions): () => Promise<Fetched> {
  if (options.app.type === 'managed-identity') return managedIdentity(options.app, options.clock);
  return () => clientCredentials(options);
}

/** OAuth 2.0 client credentials, from the app's own tenant, or from Bot Framework's for older multi-tenant apps. */
async function clientCredentials({ app, clock, http }: SendingTokensOptions): Promise<Fetched> {
  const tenant = app.type === 'multi-tenant' ? 'botframework.com' : (app.tenantId ?? '');
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: app.appId,
    client_secret: app.password ?? '',
    scope: `${SCOPE}/.default`,
  });
  const answer = await request(`${app.loginUrl}${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    dispatcher: http,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  }).catch((cause: unknown) => {
    throw refused('could not be reached', true, cause);
  });
  const body = (await answer.body.json().catch(() => ({}))) as Record<string, unknown>;
  const { access_token: token, expires_in: seconds } = body;
  if (answer.statusCode !== 200 || typeof token !== 'string') {
    throw refused(`answered ${answer.statusCode}`, answer.statusCode >= 500);
  }
  return { token, untilMs: clock.nowMs() + Number(seconds ?? 3600) * 1000 };
}

/** Azure gives the token of a user-assigned managed identity; without any secret. */
function managedIdentity({ appId, tenantId = '' }: TeamsApp, clock: Clock): () => Promise<Fetched> {
  const settings = {
    MicrosoftAppId: appId,
    MicrosoftAppType: 'UserAssignedMSI',
    MicrosoftAppTenantId: tenantId,
  };
  let factory: ConfigurationServiceClientCredentialFactory | undefined;
  return async () => {
    try {
      const sdk = await import('botbuilder');
      factory ??= new sdk.ConfigurationServiceClientCredentialFactory(settings);
      const credentials = await factory.createCredentials(appId, SCOPE, '', true);
      const asked = (credentials as unknown as { getToken(): Promise<string> }).getToken();
      // The library tries again for minutes; a message that waits so long would count as perhaps sent.
      const token = await within(TIMEOUT_MS, asked, tooLate);
      return { token, untilMs: clock.nowMs() + EARLY_MS + 5 * 60_000 };
    } catch (cause) {
      throw refused('of the managed identity gave none', true, cause);
    }
  };
}

/** A cause, told as a refused token. */
function tooLate(): never {
  throw new TypeError('no token in time');
}

function refused(what: string, retryable: boolean, cause?: unknown): SamlingError {
  return new SamlingError('TEAMS_TOKEN_REFUSED', `The token endpoint ${what}.`, { retryable, cause });
}
