import { importJWK, type CryptoKey, type JWK } from 'jose';
import { request, type Dispatcher } from 'undici';
import type { Clock } from '../../../core/ports/environment.js';

/** A key that signs what comes from the Bot Connector, and the channels it may speak for. */
export interface SigningKey {
  readonly key: CryptoKey | Uint8Array;
  readonly endorsements: readonly string[];
}

export interface SigningKeys {
  /** The key of an id; undefined: there is none. `unavailable`: the keys could not be read. */
  get(id: string): Promise<SigningKey | undefined | 'unavailable'>;
}

export interface SigningKeysOptions {
  /** Address of the OpenID metadata, which names that of the keys. */
  readonly openIdUrl: string;
  readonly clock: Clock;
  readonly http: Dispatcher;
}

/** Keys are read again after a day, as Microsoft's "Authenticate requests" asks. */
const MAX_AGE_MS = 24 * 3_600_000;
/** Keys that could not be read again are believed no longer than this. */
const LONGEST_AGE_MS = 5 * 24 * 3_600_000;
/** An unknown key id makes the keys be read again, at most this often: forged ids cost one fetch in five minutes. */
const UNKNOWN_PAUSE_MS = 5 * 60_000;
/** After a failure no new attempt for this long. */
const FAILURE_PAUSE_MS = 10_000;
const TIMEOUT_MS = 5_000;
/** Microsoft's key set has some 30 KB. */
const LARGEST_BYTES = 512 * 1024;
const MOST_KEYS = 200;

interface KeySet {
  readonly keys: ReadonlyMap<string, SigningKey>;
  readonly atMs: number;
}

/** Creates what knows the keys of the Bot Connector; one fetch at a time, each bounded in time and size. */
export function createSigningKeys(options: SigningKeysOptions): SigningKeys {
  const { clock } = options;
  let set: KeySet | undefined;
  let triedMs = -Infinity;
  let fetching: Promise<void> | undefined;
  const refresh = () =>
    (fetching ??= readKeys(options)
      .then((keys) => void (set = { keys, atMs: clock.nowMs() }))
      .catch(() => undefined)
      .finally(() => {
        triedMs = clock.nowMs();
        fetching = undefined;
      }));
  const isTooOld = (longest: number) => set === undefined || clock.nowMs() - set.atMs > longest;
  return {
    async get(id) {
      const sinceMs = clock.nowMs() - triedMs;
      const isUnknown = set?.keys.has(id) === false;
      if (isTooOld(MAX_AGE_MS) ? sinceMs > FAILURE_PAUSE_MS : isUnknown && sinceMs > UNKNOWN_PAUSE_MS)
        await refresh();
      else await fetching;
      return isTooOld(LONGEST_AGE_MS) ? 'unavailable' : set?.keys.get(id);
    },
  };
}

async function readKeys(options: SigningKeysOptions): Promise<ReadonlyMap<string, SigningKey>> {
  const metadata = await readJson(options, options.openIdUrl);
  const address = metadata['jwks_uri'];
  if (typeof address !== 'string') throw new TypeError('no jwks_uri');
  const { keys } = await readJson(options, address);
  if (!Array.isArray(keys)) throw new TypeError('no keys');
  const read = new Map<string, SigningKey>();
  for (const jwk of (keys as (JWK & { readonly endorsements?: unknown })[]).slice(0, MOST_KEYS)) {
    if (jwk.kty !== 'RSA' || typeof jwk.kid !== 'string') continue;
    const { endorsements } = jwk;
    read.set(jwk.kid, {
      key: await importJWK({ kty: jwk.kty, n: jwk.n ?? '', e: jwk.e ?? '' }, 'RS256'),
      endorsements: Array.isArray(endorsements)
        ? endorsements.filter((each) => typeof each === 'string')
        : [],
    });
  }
  return read;
}

async function readJson({ http }: SigningKeysOptions, url: string): Promise<Record<string, unknown>> {
  const { statusCode, body } = await request(url, {
    dispatcher: http,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > LARGEST_BYTES) throw new RangeError('too large');
    parts.push(part);
  }
  if (statusCode !== 200) throw new TypeError(`status ${statusCode}`);
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>;
}
