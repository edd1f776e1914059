import type { WebMount, WebRequest, WebResponse } from '../../../runtime/web.js';
import { readActivity } from './activity.js';
import type { RunTurn } from './turn.js';
import { vouchesFor, type TokenVerifier, type Verified } from './verify.js';

/** Where the Bot Connector posts activities; part of the bot's registration. */
export const MESSAGES_PATH = '/api/messages';

export interface TeamsInboundOptions {
  /** Undefined: no tokens are asked for, which only the app type `playground` allows. */
  readonly verifier: TokenVerifier | undefined;
  readonly run: RunTurn;
  /** Tenants that are served; empty: all. */
  readonly tenants: readonly string[];
}

/** Teams messages are at most 28 KB; an activity has entities and card data besides. */
const BODY_LIMIT_BYTES = 256 * 1024;

const FORGED: WebResponse = { status: 401, headers: { 'www-authenticate': 'Bearer' } };

/** Creates the mount. The token is checked before the body is read, what the token vouches for before it is used. */
export function createTeamsInbound(options: TeamsInboundOptions): WebMount {
  return {
    path: MESSAGES_PATH,
    methods: ['POST'],
    bodyLimitBytes: BODY_LIMIT_BYTES,
    async admit(head) {
      const verified = await verify(options, head);
      if (typeof verified === 'string') return refusal(verified);
      return isJson(head.headers['content-type']) ? undefined : { status: 415 };
    },
    handle: (request) => handle(options, request),
  };
}

async function verify({ verifier }: TeamsInboundOptions, head: WebRequest): Promise<Verified | undefined> {
  return verifier?.verify(head.headers['authorization']);
}

function refusal(why: 'forged' | 'unavailable'): WebResponse {
  return why === 'forged' ? FORGED : { status: 503, headers: { 'retry-after': '10' } };
}

function isJson(type: string | undefined): boolean {
  return type !== undefined && /^application\/json\s*(;|$)/i.test(type);
}

async function handle(options: TeamsInboundOptions, request: WebRequest): Promise<WebResponse> {
  const raw = parse(request.body);
  const activity = readActivity(raw);
  if (activity === undefined) return { status: 400 };
  const verified = await verify(options, request);
  if (typeof verified === 'string') return refusal(verified);
  if (verified !== undefined && !vouchesFor(verified, activity)) return FORGED;
  if (activity.channelId !== 'msteams') return { status: 400 };
  if (options.tenants.length > 0 && !options.tenants.includes(activity.tenant)) return { status: 403 };
  const { status, body, json } = await options.run(raw as object, activity);
  if (body === undefined && json === undefined) return { status };
  return { status, headers: { 'content-type': 'application/json' }, body: json ?? JSON.stringify(body) };
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
