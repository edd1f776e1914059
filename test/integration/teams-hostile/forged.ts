import { createHmac, createPublicKey } from 'node:crypto';
import { APP_ID } from '../../local/teams/index.js';
import type { Attack } from './lab.js';

const HOUR = 3600;
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Requests without a genuine token. */
export const forged: readonly Attack[] = [
  { name: 'no token', status: 401, send: (lab) => lab.withToken(null) },
  { name: 'an empty header', status: 401, send: (lab) => lab.withToken('') },
  { name: 'Bearer without token', status: 401, send: (lab) => lab.withToken('Bearer ') },
  { name: 'not a token', status: 401, send: (lab) => lab.withToken('Bearer abc') },
  { name: 'three words that are no token', status: 401, send: (lab) => lab.withToken('Bearer a.b.c') },
  { name: 'another scheme', status: 401, send: async (lab) => lab.withToken(`Basic ${await lab.genuine()}`) },
  { name: 'a token without a scheme', status: 401, send: async (lab) => lab.withToken(await lab.genuine()) },
  { name: 'a key that is not published', status: 401, send: (lab) => lab.signed({ key: 'unknown' }) },
  { name: 'another key under a published id', status: 401, send: (lab) => lab.signed({ key: 'impostor' }) },
  { name: 'an expired token', status: 401, send: (lab) => lab.signed({ expiresIn: -HOUR }) },
  {
    name: 'a token that expired six minutes ago',
    status: 401,
    send: (lab) => lab.signed({ expiresIn: -360 }),
  },
  {
    name: 'a token of tomorrow',
    status: 401,
    send: (lab) => lab.signed({ notBefore: 24 * HOUR, expiresIn: 25 * HOUR }),
  },
  { name: 'another audience', status: 401, send: (lab) => lab.signed({ audience: 'another-app' }) },
  {
    name: 'an audience among others',
    status: 401,
    send: (lab) => lab.signed({ claims: { aud: [APP_ID, 'other'] } }),
  },
  { name: 'no audience', status: 401, send: (lab) => lab.signed({ claims: { aud: undefined } }) },
  {
    name: 'another issuer',
    status: 401,
    send: (lab) => lab.signed({ issuer: 'https://sts.windows.net/tenant/' }),
  },
  {
    name: 'an issuer that begins alike',
    status: 401,
    send: (lab) => lab.signed({ issuer: 'https://api.botframework.com.evil.example' }),
  },
  { name: 'no issuer', status: 401, send: (lab) => lab.signed({ claims: { iss: undefined } }) },
  { name: 'no expiry', status: 401, send: (lab) => lab.signed({ claims: { exp: undefined } }) },
  {
    name: 'an expiry that is a word',
    status: 401,
    send: async (lab) =>
      lab.withToken(lab.crafted({ alg: 'RS256', kid: 'known' }, () => 'AAAA', { exp: 'never' })),
  },
  { name: 'no service URL', status: 401, send: (lab) => lab.signed({ serviceUrl: undefined }) },
  {
    name: 'the service URL of another service',
    status: 401,
    send: (lab) => lab.signed({ serviceUrl: 'https://smba.example/other/' }),
  },
  {
    name: 'a service URL that is a list',
    status: 401,
    send: (lab) => lab.signed({ claims: { serviceurl: [lab.teams.connector.serviceUrl] } }),
  },
  { name: 'a key for another channel', status: 401, send: (lab) => lab.signed({ key: 'other-channel' }) },
  {
    name: 'algorithm none',
    status: 401,
    send: async (lab) => lab.withToken(lab.crafted({ alg: 'none', kid: 'known' }, () => '')),
  },
  {
    name: 'algorithm none with a signature',
    status: 401,
    send: async (lab) => lab.withToken(lab.crafted({ alg: 'none', kid: 'known' }, () => 'AAAA')),
  },
  {
    name: 'algorithm None in other letters',
    status: 401,
    send: async (lab) => lab.withToken(lab.crafted({ alg: 'nOnE', kid: 'known' }, () => 'AAAA')),
  },
  {
    name: 'HS256 with the public key as secret',
    status: 401,
    send: async (lab) => {
      const jwk = { kty: 'RSA', n: lab.teams.issuer.publicModulus(), e: 'AQAB' };
      const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
      return lab.withToken(
        lab.crafted({ alg: 'HS256', kid: 'known' }, (content) =>
          createHmac('sha256', pem).update(content).digest('base64url'),
        ),
      );
    },
  },
  {
    name: 'a key in the header itself',
    status: 401,
    send: (lab) => lab.signed({ key: 'unknown', header: { jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } } }),
  },
  {
    name: 'the address of a key in the header',
    status: 401,
    send: (lab) => lab.signed({ key: 'unknown', header: { jku: 'http://127.0.0.1:1/keys' } }),
  },
  {
    name: 'a key id with a path',
    status: 401,
    send: (lab) => lab.signed({ key: 'unknown', header: { kid: '../../known' } }),
  },
  {
    name: 'a key id __proto__',
    status: 401,
    send: (lab) => lab.signed({ key: 'unknown', header: { kid: '__proto__' } }),
  },
  { name: 'no key id', status: 401, send: (lab) => lab.signed({ header: { kid: undefined } }) },
  {
    name: 'a critical header that nobody knows',
    status: 401,
    send: async (lab) =>
      lab.withToken(lab.crafted({ alg: 'RS256', kid: 'known', crit: ['x'], x: 1 }, () => 'AAAA')),
  },
  {
    name: 'a signature that was cut',
    status: 401,
    send: async (lab) => lab.withToken(`Bearer ${(await lab.genuine()).slice(0, -20)}`),
  },
  {
    name: 'claims that were changed',
    status: 401,
    send: async (lab) => {
      const [head, , tail] = (await lab.genuine()).split('.');
      const claims = {
        serviceurl: 'https://evil.example',
        exp: lab.now() / 1000 + 99999,
        iss: 'https://api.botframework.com',
        aud: APP_ID,
      };
      return lab.withToken(`Bearer ${String(head)}.${base64(claims)}.${String(tail)}`);
    },
  },
  {
    name: 'a token of 9,000 characters',
    status: 401,
    send: (lab) => lab.withToken(`Bearer ${'a'.repeat(3000)}.${'b'.repeat(3000)}.${'c'.repeat(3000)}`),
  },
  {
    name: 'a header of 20,000 characters',
    status: 431,
    send: (lab) => lab.withToken(`Bearer ${'a'.repeat(20_000)}`),
  },
  {
    name: 'two tokens in one header',
    status: 401,
    send: async (lab) => lab.withToken(`Bearer ${await lab.genuine()}, Bearer x.y.z`),
  },
  {
    name: "a token in a header of one's own",
    status: 401,
    send: async (lab) =>
      lab.withToken(null, lab.handIn(), {
        'x-authorization': `Bearer ${await lab.genuine()}`,
        'x-ms-client-principal': 'admin',
      }),
  },
  {
    name: 'a token in the address',
    status: 401,
    send: async (lab) =>
      lab.raw({
        path: `/api/messages?access_token=${await lab.genuine()}`,
        body: JSON.stringify(lab.handIn()),
      }),
  },
];
