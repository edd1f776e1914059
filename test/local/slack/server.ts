import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOvertaking, type Arrival } from '../overtaking.js';
import { createFaults, type Fault, type Faults } from './faults.js';
import { methods, type Args, type Reply } from './methods.js';
import { oauthAccess, type OAuthApp } from './oauth.js';
import { createRates } from './rates.js';
import { openSockets, type LocalSockets } from './socket.js';
import { createWorld, type LocalWorld } from './world.js';

export interface LocalSlackOptions {
  readonly app?: Partial<OAuthApp>;
  /** Whether the documented rate limits hold; default true. */
  readonly hasRates?: boolean;
  readonly nowMs?: () => number;
}

/** A Slack on this machine. */
export interface LocalSlack {
  readonly apiUrl: string;
  readonly world: LocalWorld;
  readonly faults: Faults;
  readonly app: OAuthApp;
  /** Methods that were called, in order. */
  readonly calls: readonly { readonly method: string; readonly args: Args }[];
  readonly sockets: LocalSockets;
  close(): Promise<void>;
}

const SCOPES = [
  'app_mentions:read',
  'chat:write',
  'commands',
  'im:history',
  'im:read',
  'im:write',
  'users:read',
  'users:read.email',
];

/** Starts a server that speaks Slack's Web API and OAuth on the loopback address. */
export async function startLocalSlack(options: LocalSlackOptions = {}): Promise<LocalSlack> {
  const nowMs = options.nowMs ?? (() => Date.now());
  const app: OAuthApp = {
    clientId: '111.222',
    clientSecret: 'local-secret',
    appId: 'ALOCAL',
    scopes: SCOPES,
    ...options.app,
  };
  const world = createWorld(nowMs);
  const faults = createFaults();
  const calls: { method: string; args: Args }[] = [];
  const rates = createRates(nowMs);
  const sockets = openSockets();
  const arrive = createOvertaking();
  const answer = (method: string, args: Args, bearer: string | undefined): Reply => {
    if (method === 'oauth.v2.access') return oauthAccess(world, app, args, nowMs());
    if (method === 'api.test') return { ok: true };
    if (method === 'apps.connections.open') return { ok: true, url: sockets.url(port()) };
    const found = methods[method];
    if (found === undefined) return { ok: false, error: 'unknown_method' };
    const token = world.tokens.get(args['token'] ?? bearer ?? '');
    if (token === undefined) return { ok: false, error: 'invalid_auth' };
    if (token.revoked === true) return { ok: false, error: 'token_revoked' };
    if ((token.expiresAtMs ?? Infinity) <= nowMs()) return { ok: false, error: 'token_expired' };
    if (found.scope !== undefined && !token.scopes.includes(found.scope))
      return { ok: false, error: 'missing_scope', needed: found.scope };
    return found.run({ world, token, args, nowMs: nowMs() });
  };
  const limitOf = (method: string, args: Args) =>
    options.hasRates === false ? undefined : rates(method, args['token'] ?? '', args['channel']);
  const scopesOf = (token: string | undefined) => world.tokens.get(token ?? '')?.scopes;
  const server = createServer((request, response) => {
    void serve(request, response, { answer, limitOf, scopesOf, faults, calls, arrive });
  });
  server.on('upgrade', (request, socket) => sockets.accept(request, socket));
  const port = () => (server.address() as AddressInfo).port;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${String(port())}/api/`,
    ...{ world, faults, app, calls, sockets },
    async close() {
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Serving {
  readonly answer: (method: string, args: Args, bearer: string | undefined) => Reply;
  readonly limitOf: (method: string, args: Args) => number | undefined;
  readonly scopesOf: (token: string | undefined) => readonly string[] | undefined;
  readonly faults: Faults;
  readonly calls: { method: string; args: Args }[];
  readonly arrive: (response: ServerResponse) => Arrival;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { answer, limitOf, scopesOf, faults, calls, arrive }: Serving,
): Promise<void> {
  const arrival = arrive(response);
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const method = (request.url ?? '').replace(/^\/api\//, '');
  const args = argsOf(request, Buffer.concat(parts).toString());
  calls.push({ method, args });
  const bearer = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1];
  const fault = faults.take(method, args['channel']);
  const work = () => answer(method, args, bearer);
  if (fault !== undefined && (await meet(fault, response, work, arrival))) return;
  const scopes = scopesOf(args['token'] ?? bearer);
  if (scopes !== undefined) response.setHeader('x-oauth-scopes', scopes.join(','));
  const limited = limitOf(method, args);
  if (limited !== undefined) {
    response.writeHead(429, { 'retry-after': String(limited) }).end();
    return;
  }
  const done = work();
  if (done['ok'] === true) arrival.answered();
  reply(response, done);
}

/** Methods that write take JSON as well as forms, with the token in a header (https://docs.slack.dev/apis/web-api). */
function argsOf(request: IncomingMessage, body: string): Args {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
    return Object.fromEntries(new URLSearchParams(body));
  const given = JSON.parse(body) as Record<string, unknown>;
  const args = Object.entries(given).map(([key, value]): [string, string] => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1];
  return { ...Object.fromEntries(args), ...(token === undefined ? {} : { token }) };
}

function reply(response: ServerResponse, body: Reply): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Answers true when the fault was the answer. */
async function meet(
  fault: Fault,
  response: ServerResponse,
  work: () => Reply,
  arrival: Arrival,
): Promise<boolean> {
  if ('takesEffect' in fault && fault.takesEffect) work();
  switch (fault.kind) {
    case 'limited': {
      const after = fault.retryAfterS === undefined ? {} : { 'retry-after': String(fault.retryAfterS) };
      response.writeHead(429, after).end();
      return true;
    }
    case 'status':
      response.writeHead(fault.status).end('upstream');
      return true;
    case 'cut':
      response.destroy();
      return true;
    case 'refused':
      reply(response, { ok: false, error: fault.word });
      return true;
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return false;
    case 'out-of-order':
      await arrival.overtaken();
      return false;
  }
}
