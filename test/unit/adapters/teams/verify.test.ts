import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { createSigningKeys, type SigningKeys } from '../../../../src/adapters/chat/teams/signing-keys.js';
import { createTokenVerifier } from '../../../../src/adapters/chat/teams/verify.js';
import { APP_ID } from '../../../local/teams/index.js';
import { startLocalIssuer, type LocalIssuer, type TokenOptions } from '../../../local/teams/issuer.js';
import { createFakeClock } from '../../../support/dispatch.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const serviceUrl = 'https://smba.trafficmanager.net/emea/';

describe('tokens of the Bot Connector', () => {
  let issuer: LocalIssuer;
  let http: Agent;
  let clock: ReturnType<typeof createFakeClock>;
  beforeEach(async () => {
    clock = createFakeClock(Date.now());
    issuer = await startLocalIssuer(() => clock.nowMs());
    http = new Agent();
  });
  afterEach(async () => {
    await http.close();
    await issuer.close();
  });

  const verifierOver = (keys: SigningKeys) =>
    createTokenVerifier({ appId: APP_ID, issuer: 'https://api.botframework.com', keys, clock });
  const keysAt = (openIdUrl: string) => createSigningKeys({ openIdUrl, clock, http });
  const bearer = async (changes: Partial<TokenOptions> = {}) =>
    `Bearer ${await issuer.sign({ appId: APP_ID, serviceUrl, ...changes })}`;

  it('are checked with keys that are fetched once a day, however many tokens come', async () => {
    const verifier = verifierOver(keysAt(issuer.openIdUrl));
    const tokens = await Promise.all(
      Array.from({ length: 30 }, (_, nth) => bearer({ claims: { jti: String(nth) } })),
    );
    for (const token of tokens) assert.equal(typeof (await verifier.verify(token)), 'object');
    assert.equal(issuer.keyFetches(), 1);
    clock.set(clock.nowMs() + DAY_MS + 1);
    assert.equal(typeof (await verifier.verify(await bearer())), 'object');
    assert.equal(issuer.keyFetches(), 2);
  });

  it('are checked with the keys of yesterday while new ones cannot be read, but not with those of last week', async () => {
    const verifier = verifierOver(keysAt(issuer.openIdUrl));
    await verifier.verify(await bearer());
    issuer.fail('keys', 503);
    clock.set(clock.nowMs() + 2 * DAY_MS);
    assert.equal(typeof (await verifier.verify(await bearer())), 'object');
    clock.set(clock.nowMs() + 4 * DAY_MS);
    assert.equal(await verifier.verify(await bearer()), 'unavailable');
  });

  const cheap: readonly [string, Partial<TokenOptions>][] = [
    ['expired', { expiresIn: -600 }],
    ['not yet valid', { notBefore: 600 }],
    ['for another app', { audience: 'another-app' }],
    ['of another issuer', { issuer: 'https://evil.example' }],
    ['without a key id', { header: { kid: undefined } }],
  ];
  for (const [what, changes] of cheap)
    it(`cost less when they are ${what}: no key is looked up and no signature checked`, async () => {
      let lookedUp = 0;
      const verifier = verifierOver({
        get: () => {
          lookedUp += 1;
          return Promise.resolve(undefined);
        },
      });
      assert.deepEqual([await verifier.verify(await bearer(changes)), lookedUp], ['forged', 0]);
      await verifier.verify(await bearer());
      assert.equal(lookedUp, 1, 'a genuine one is');
    });

  it('are not believed longer than they are valid, though they were verified', async () => {
    const verifier = verifierOver(keysAt(issuer.openIdUrl));
    const token = await bearer({ expiresIn: 60 });
    assert.equal(typeof (await verifier.verify(token)), 'object');
    clock.set(clock.nowMs() + 4 * 60_000);
    assert.equal(typeof (await verifier.verify(token)), 'object', 'clocks may differ by five minutes');
    clock.set(clock.nowMs() + 3 * 60_000);
    assert.equal(await verifier.verify(token), 'forged');
  });

  it('wait for no key set without end, neither by size nor by time', async function () {
    this.timeout(60_000);
    let how: 'endless' | 'silent' = 'endless';
    const server = createServer((request, response) => {
      if (request.url === '/keys' && how === 'silent') return;
      if (request.url === '/keys') {
        const more = () => {
          while (response.write('x'.repeat(65_536)));
        };
        response.on('drain', more);
        more();
        return;
      }
      const { port } = server.address() as AddressInfo;
      response.end(JSON.stringify({ jwks_uri: `http://127.0.0.1:${String(port)}/keys` }));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const keys = keysAt(`http://127.0.0.1:${String(port)}/`);
    assert.equal(await keys.get('known'), 'unavailable');
    how = 'silent';
    clock.set(clock.nowMs() + 60_000);
    assert.equal(await keys.get('known'), 'unavailable');
    server.closeAllConnections();
    server.close();
  });
});
