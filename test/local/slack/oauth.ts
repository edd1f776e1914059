import type { Args, Reply } from './methods.js';
import type { LocalWorld } from './world.js';

export interface OAuthApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly appId: string;
  readonly scopes: readonly string[];
  /** How long tokens live when they are rotated; undefined: they are not. */
  readonly tokensLiveMs?: number;
}

/** `oauth.v2.access`: a code or a refresh token for a token. */
export function oauthAccess(world: LocalWorld, app: OAuthApp, args: Args, nowMs: number): Reply {
  if (args['client_id'] !== app.clientId) return { ok: false, error: 'invalid_client_id' };
  if (args['client_secret'] !== app.clientSecret) return { ok: false, error: 'bad_client_secret' };
  if (args['grant_type'] === 'refresh_token') return refresh(world, app, args, nowMs);
  const code = args['code'] ?? '';
  const granted = world.codes.get(code);
  if (granted === undefined) return { ok: false, error: 'invalid_code' };
  world.codes.delete(code);
  const { of, isOrganisation } = granted;
  const made = world.newToken(of, app.scopes, app.tokensLiveMs);
  const place = { id: of, name: world.workspaces.get(of)?.name ?? of };
  const enterprise = world.workspaces.get(of)?.enterprise;
  return {
    ok: true,
    ...tokenPart(made, nowMs),
    bot_user_id: 'UBOT',
    app_id: app.appId,
    scope: app.scopes.join(','),
    is_enterprise_install: isOrganisation,
    team: isOrganisation ? null : place,
    enterprise: isOrganisation
      ? place
      : enterprise === undefined
        ? null
        : { id: enterprise, name: enterprise },
  };
}

function refresh(world: LocalWorld, app: OAuthApp, args: Args, nowMs: number): Reply {
  const old = [...world.tokens.values()].find((each) => each.refreshToken === args['refresh_token']);
  if (old === undefined || old.revoked === true) return { ok: false, error: 'invalid_refresh_token' };
  delete old.refreshToken;
  const made = world.newToken(old.of, app.scopes, app.tokensLiveMs);
  return { ok: true, ...tokenPart(made, nowMs), scope: app.scopes.join(',') };
}

function tokenPart(made: ReturnType<LocalWorld['newToken']>, nowMs: number): Reply {
  return {
    access_token: made.token,
    token_type: 'bot',
    ...(made.refreshToken === undefined ? {} : { refresh_token: made.refreshToken }),
    ...(made.expiresAtMs === undefined ? {} : { expires_in: Math.floor((made.expiresAtMs - nowMs) / 1000) }),
  };
}
