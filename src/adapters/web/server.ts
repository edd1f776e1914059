import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { SamlingError } from '../../core/errors.js';
import { errorPart, type Log } from '../../runtime/dispatcher.js';
import type { WebMount, WebRequest, WebResponse } from '../../runtime/web.js';
import { readBody } from './body.js';

export interface WebServerOptions {
  readonly mounts: readonly WebMount[];
  readonly log: Log;
  /** Whether `/healthz` answers 200; default: always. */
  readonly isHealthy?: () => boolean;
  /** Whether `/readyz` answers 200; default: always. */
  readonly isReady?: () => Promise<boolean>;
  /** Told of each answer: the path of the mount, status, ms. */
  readonly onHandled?: (path: string, status: number, tookMs: number) => void;
  /** How long a request may take to arrive whole, in ms; default 10,000. */
  readonly arrivalMs?: number;
  /** How long a connection may stand still while an answer is made or read, in ms; default 30,000. */
  readonly stillMs?: number;
}

const BODY_LIMIT_BYTES = 1024 * 1024;
const ARRIVAL_MS = 10_000;
/** Longer than any answer takes to make. Node's own default is for ever: whoever reads nothing would hold what waits. */
const STILL_MS = 30_000;
/** How often Node looks for requests that are too slow; its default of 30 s would let them stay three times as long. */
const CHECK_MS = 1_000;
/** Longer than any platform's own headers with a token, shorter than what would cost memory. */
const HEADER_LIMIT_BYTES = 16 * 1024;

const NO_BODY = new Uint8Array();

/** Creates the server of platforms' requests and of the health check; the caller lets it listen. */
export function createWebServer(options: WebServerOptions): Server {
  const arrivalMs = options.arrivalMs ?? ARRIVAL_MS;
  const mounts = new Map(options.mounts.map((mount) => [mount.path, mount]));
  const healthy: WebMount = {
    path: '/healthz',
    methods: ['GET'],
    handle: () => Promise.resolve(healthOf(options.isHealthy?.() ?? true)),
  };
  mounts.set(healthy.path, healthy);
  const ready: WebMount = {
    path: '/readyz',
    methods: ['GET'],
    handle: async () => healthOf((await options.isReady?.()) ?? true),
  };
  mounts.set(ready.path, ready);
  const limits = { requestTimeout: arrivalMs, headersTimeout: Math.min(arrivalMs, 5_000) };
  const server = createServer(
    {
      ...limits,
      connectionsCheckingInterval: Math.min(CHECK_MS, arrivalMs),
      maxHeaderSize: HEADER_LIMIT_BYTES,
    },
    (request, response) => {
      const startMs = performance.now();
      serve(mounts, request)
        .catch((error: unknown) => {
          // An address may be a secret: of one below a mount, the mount alone is said.
          options.log.error({ path: nameOf(mounts, request), ...errorPart(error) }, 'request failed');
          return failureOf(error);
        })
        .then((answer) => {
          write(request, response, answer);
          options.onHandled?.(nameOf(mounts, request), answer.status, performance.now() - startMs);
        })
        .catch(() => response.destroy());
    },
  );
  return server.setTimeout(options.stillMs ?? STILL_MS);
}

/** What may go well later, such as a store that cannot write now, is asked for again: platforms repeat after 503. */
function failureOf(error: unknown): WebResponse {
  return error instanceof SamlingError && error.retryable
    ? { status: 503, headers: { 'retry-after': '5' } }
    : { status: 500 };
}

function nameOf(mounts: ReadonlyMap<string, WebMount>, request: IncomingMessage): string {
  const path = pathOf(request);
  return (mounts.get(path) ?? underPrefix(mounts, path))?.path ?? 'other';
}

function healthOf(isHealthy: boolean): WebResponse {
  const body = JSON.stringify({ status: isHealthy ? 'ok' : 'failing' });
  return { status: isHealthy ? 200 : 503, headers: { 'content-type': 'application/json' }, body };
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/** A mount whose path ends in a slash takes what is below it. */
function underPrefix(mounts: ReadonlyMap<string, WebMount>, path: string): WebMount | undefined {
  const second = path.indexOf('/', 1);
  return second < 0 ? undefined : mounts.get(path.slice(0, second + 1));
}

async function serve(mounts: ReadonlyMap<string, WebMount>, request: IncomingMessage): Promise<WebResponse> {
  const path = pathOf(request);
  const mount = mounts.get(path) ?? underPrefix(mounts, path);
  if (mount === undefined) return { status: 404 };
  const method = request.method ?? 'GET';
  if (!(mount.methods as readonly string[]).includes(method))
    return { status: 405, headers: { allow: mount.methods.join(', ') } };
  const query = new URLSearchParams((request.url ?? '').slice(path.length));
  const headers = request.headers as WebRequest['headers'];
  const head: WebRequest = { method, path, query, headers, body: NO_BODY };
  const refused = mount.admit === undefined ? undefined : await mount.admit(head);
  if (refused !== undefined) return refused;
  if (method === 'GET') return mount.handle(head);
  const body = await readBody(request, mount.bodyLimitBytes ?? BODY_LIMIT_BYTES);
  if (typeof body === 'number') return { status: body };
  return mount.handle({ method, path, query, headers, body });
}

function write(request: IncomingMessage, response: ServerResponse, answer: WebResponse): void {
  if (response.destroyed) return;
  const body = answer.body ?? '';
  const headers: Record<string, string | number> = {
    ...answer.headers,
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
  };
  // The rest of a body that nobody reads would be taken for the next request.
  if (!request.complete) headers['connection'] = 'close';
  response.writeHead(answer.status, headers).end(body);
}
