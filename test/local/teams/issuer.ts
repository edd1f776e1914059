import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';

/** What a token says, and how it is signed; everything has the value that a genuine one has. */
export interface TokenOptions {
  readonly appId: string;
  readonly serviceUrl?: string;
  readonly issuer?: string;
  readonly audience?: string;
  /** Seconds from now. */
  readonly expiresIn?: number;
  readonly notBefore?: number;
  /** `known` signs for msteams, `other-channel` for another, `unknown` is not published. */
  readonly key?: 'known' | 'other-channel' | 'unknown' | 'impostor';
  readonly claims?: JWTPayload;
  readonly header?: Record<string, unknown>;
}

/** An OpenID issuer and a token endpoint on the loopback. */
export interface LocalIssuer {
  readonly openIdUrl: string;
  readonly loginUrl: string;
  /** The public key of `known` as PEM-like material, for confusing algorithms. */
  readonly publicModulus: () => string;
  sign(options: TokenOptions): Promise<string>;
  /** How often the keys and tokens were asked for, and the forms that were sent. */
  readonly keyFetches: () => number;
  readonly tokenRequests: readonly Readonly<Record<string, string>>[];
  /** How the servers fail: the status that they answer, or `hang`. */
  fail(what: 'keys' | 'tokens', how: number | 'hang' | undefined): void;
  readonly issued: Set<string>;
  close(): Promise<void>;
}

const ISSUER = 'https://api.botframework.com';

/** Made once for a process: making keys takes longer than most tests. */
let pairsMade: Promise<Record<'known' | 'other-channel' | 'unknown', Pair>> | undefined;
type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

async function makePairs() {
  return {
    known: await generateKeyPair('RS256', { extractable: true }),
    'other-channel': await generateKeyPair('RS256', { extractable: true }),
    unknown: await generateKeyPair('RS256', { extractable: true }),
  };
}

/** Starts the issuer. */
export async function startLocalIssuer(nowMs: () => number = Date.now): Promise<LocalIssuer> {
  const pairs = await (pairsMade ??= makePairs());
  const published = await Promise.all(
    (['known', 'other-channel'] as const).map(async (kid) => ({
      ...(await exportJWK(pairs[kid].publicKey)),
      kid,
      use: 'sig',
      endorsements: kid === 'known' ? ['msteams'] : ['webchat'],
    })),
  );
  const failing = new Map<string, number | 'hang'>();
  const tokenRequests: Record<string, string>[] = [];
  const issued = new Set<string>();
  let fetches = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const isToken = path.endsWith('/oauth2/v2.0/token');
    const fault = failing.get(isToken ? 'tokens' : 'keys');
    if (fault === 'hang') return;
    if (fault !== undefined) return void response.writeHead(fault).end('{}');
    const answer = (body: unknown) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (path === '/v1/.well-known/openidconfiguration') {
      answer({ issuer: ISSUER, jwks_uri: `${base()}/v1/.well-known/keys` });
      return;
    }
    if (path === '/v1/.well-known/keys') {
      fetches += 1;
      answer({ keys: published });
      return;
    }
    if (!isToken || request.method !== 'POST') return void response.writeHead(404).end();
    let form = '';
    request.on('data', (part: Buffer) => (form += part.toString()));
    request.on('end', () => {
      const fields = Object.fromEntries(new URLSearchParams(form));
      tokenRequests.push({ ...fields, path });
      const token = `sending-${String(issued.size + 1)}`;
      if (fields['client_secret'] === 'wrong') return void response.writeHead(401).end('{}');
      issued.add(token);
      answer({ token_type: 'Bearer', expires_in: 3600, access_token: token });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = () => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const keyOf = (name: TokenOptions['key'] = 'known'): { kid: string; key: CryptoKey } =>
    name === 'impostor'
      ? { kid: 'known', key: pairs.unknown.privateKey }
      : { kid: name, key: pairs[name].privateKey };
  return {
    openIdUrl: `${base()}/v1/.well-known/openidconfiguration`,
    loginUrl: `${base()}/`,
    publicModulus: () => String(published[0]?.n),
    keyFetches: () => fetches,
    tokenRequests,
    issued,
    fail(what, how) {
      if (how === undefined) failing.delete(what);
      else failing.set(what, how);
    },
    async sign(options) {
      const nowS = Math.floor(nowMs() / 1000);
      const { kid, key } = keyOf(options.key);
      return new SignJWT({
        ...(options.serviceUrl === undefined ? {} : { serviceurl: options.serviceUrl }),
        nbf: nowS + (options.notBefore ?? 0),
        exp: nowS + (options.expiresIn ?? 3600),
        iss: options.issuer ?? ISSUER,
        aud: options.audience ?? options.appId,
        ...options.claims,
      })
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT', ...options.header })
        .sign(key);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
