import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { Clock } from '../../../core/ports/environment.js';
import type { SigningKeys } from './signing-keys.js';

/** What a genuine token vouches for. */
export interface TokenClaims {
  /** The activity must name the same service. */
  readonly serviceUrl: string;
  /** Channels that the signing key may speak for. */
  readonly endorsements: readonly string[];
}

/** `forged`: answered 401, whatever is wrong with it. `unavailable`: the keys could not be read, answered 503. */
export type Verified = TokenClaims | 'forged' | 'unavailable';

export interface TokenVerifier {
  verify(authorization: string | undefined): Promise<Verified>;
}

export interface TokenVerifierOptions {
  readonly appId: string;
  /** Who issues the Bot Connector's tokens. */
  readonly issuer: string;
  readonly keys: SigningKeys;
  readonly clock: Clock;
}

/** How far clocks may differ: Microsoft's "Authenticate requests" says five minutes. */
const TOLERANCE_S = 300;
/** A token that was verified is believed this long at most. */
const BELIEVED_MS = 5 * 60_000;
/** Teams uses a token for an hour, one for each service; so many never are under way at once. */
const MOST_TOKENS = 500;
/** Longer than the Bot Connector's, which have about 1,200 characters. */
const LONGEST_TOKEN = 8 * 1024;

interface Believed {
  readonly claims: TokenClaims;
  readonly untilMs: number;
}

/** Creates what checks tokens: cheap things first, the signature of those that pass, and each genuine one once. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const believed = new Map<string, Believed>();
  return {
    async verify(authorization) {
      if (authorization === undefined || authorization.length > LONGEST_TOKEN) return 'forged';
      const nowMs = options.clock.nowMs();
      const known = believed.get(authorization);
      if (known !== undefined && nowMs < known.untilMs) return known.claims;
      believed.delete(authorization);
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
      if (token === undefined || !couldBeGenuine(token, options)) return 'forged';
      const checked = await checkToken(token, options);
      if (typeof checked === 'string') return checked;
      if (believed.size >= MOST_TOKENS) believed.delete(believed.keys().next().value ?? '');
      const untilMs = Math.min(nowMs + BELIEVED_MS, (checked.expS + TOLERANCE_S) * 1000);
      believed.set(authorization, { claims: checked.claims, untilMs });
      return checked.claims;
    },
  };
}

/** Looks at what the token says of itself, before anything is spent on its signature. */
function couldBeGenuine(token: string, { appId, issuer, clock }: TokenVerifierOptions): boolean {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    if (alg !== 'RS256' || kid === undefined) return false;
    const { iss, aud, exp, nbf } = decodeJwt(token);
    const nowS = clock.nowMs() / 1000;
    if (iss !== issuer || aud !== appId) return false;
    return exp !== undefined && exp + TOLERANCE_S > nowS && (nbf === undefined || nbf - TOLERANCE_S <= nowS);
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return false;
    throw error;
  }
}

async function checkToken(
  token: string,
  { appId, issuer, keys, clock }: TokenVerifierOptions,
): Promise<{ readonly claims: TokenClaims; readonly expS: number } | 'forged' | 'unavailable'> {
  const found = await keys.get(decodeProtectedHeader(token).kid ?? '');
  if (found === undefined) return 'forged';
  if (found === 'unavailable') return found;
  try {
    const { payload } = await jwtVerify(token, found.key, {
      algorithms: ['RS256'],
      issuer,
      audience: appId,
      clockTolerance: TOLERANCE_S,
      currentDate: new Date(clock.nowMs()),
      requiredClaims: ['exp'],
    });
    const serviceUrl = payload['serviceurl'] ?? payload['serviceUrl'];
    if (typeof serviceUrl !== 'string' || payload.exp === undefined) return 'forged';
    return { claims: { serviceUrl, endorsements: found.endorsements }, expS: payload.exp };
  } catch (error) {
    if (error instanceof errors.JOSEError) return 'forged';
    throw error;
  }
}

/** Whether a token vouches for an activity's service and channel. */
export function vouchesFor(
  claims: TokenClaims,
  activity: { readonly serviceUrl: string; readonly channelId: string },
): boolean {
  return (
    sameAddress(claims.serviceUrl, activity.serviceUrl) && claims.endorsements.includes(activity.channelId)
  );
}

function sameAddress(a: string, b: string): boolean {
  const plain = (address: string) => address.toLowerCase().replace(/\/$/, '');
  return a === b || plain(a) === plain(b);
}
