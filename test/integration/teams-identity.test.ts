import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { createSendingTokens } from '../../src/adapters/chat/teams/tokens.js';
import { createFakeClock } from '../support/dispatch.js';
import { APP_ID, APP_TENANT } from '../local/teams/index.js';

describe('an app with a managed identity', () => {
  /** As Azure App Service gives tokens to what runs in it: an address, and a word that only that knows. */
  let azure: Server;
  let asked: { readonly query: URLSearchParams; readonly word: unknown }[];
  let fails = false;
  const http = new Agent();
  beforeEach(async () => {
    asked = [];
    fails = false;
    azure = createServer((request, response) => {
      const { searchParams: query } = new URL(request.url ?? '/', 'http://azure');
      asked.push({ query, word: request.headers['x-identity-header'] });
      if (fails) return void response.writeHead(400).end('{}');
      const expires = Math.floor(Date.now() / 1000) + 86_400;
      const body = { access_token: `token-${String(asked.length)}`, expires_on: String(expires) };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...body, resource: query.get('resource'), token_type: 'Bearer' }));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => azure.once('listening', resolve));
    const { port } = azure.address() as AddressInfo;
    process.env['IDENTITY_ENDPOINT'] = `http://127.0.0.1:${String(port)}/msi/token`;
    process.env['IDENTITY_HEADER'] = 'word';
  });
  afterEach(() => {
    delete process.env['IDENTITY_ENDPOINT'];
    delete process.env['IDENTITY_HEADER'];
    azure.closeAllConnections();
    azure.close();
  });
  after(() => http.close());

  const tokens = (appId = APP_ID) =>
    createSendingTokens({
      app: {
        ...{ type: 'managed-identity', appId, tenantId: APP_TENANT, tenants: [] },
        ...{ openIdUrl: 'http://127.0.0.1:9/', loginUrl: 'http://127.0.0.1:9/' },
      },
      clock: createFakeClock(Date.now()),
      http,
    });

  it('gets its token from Azure, for the Bot Connector and that identity, without a secret', async () => {
    const sending = tokens();
    assert.deepEqual(await Promise.all([sending.get(), sending.get(), sending.get()]), [
      'token-1',
      'token-1',
      'token-1',
    ]);
    const [{ query, word } = assert.fail('nobody asked')] = asked;
    assert.deepEqual(
      [asked.length, query.get('resource'), query.get('client_id'), word],
      [1, 'https://api.botframework.com', APP_ID, 'word'],
    );
  });

  it('tries again later when Azure gives none, and does not wait for it until a message counts as perhaps sent', async function () {
    this.timeout(19_000);
    fails = true;
    await assert.rejects(tokens('another-identity').get(), { code: 'TEAMS_TOKEN_REFUSED', retryable: true });
  });
});
