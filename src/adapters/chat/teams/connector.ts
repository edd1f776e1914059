import { errors, request, type Dispatcher } from 'undici';
import { SamlingError } from '../../../core/errors.js';
import type { Clock } from '../../../core/ports/environment.js';
import { retryAfterMs, type ConnectorAnswer } from './errors.js';
import type { SendingTokens } from './tokens.js';

/** The Bot Connector's REST interface, at the service address of a conversation. */
export interface Connector {
  createConversation(serviceUrl: string, parameters: unknown): Promise<ConnectorAnswer>;
  sendActivity(serviceUrl: string, conversation: string, activity: string): Promise<ConnectorAnswer>;
  updateActivity(
    serviceUrl: string,
    conversation: string,
    id: string,
    activity: string,
  ): Promise<ConnectorAnswer>;
  deleteActivity(serviceUrl: string, conversation: string, id: string): Promise<ConnectorAnswer>;
  getMember(serviceUrl: string, conversation: string, user: string): Promise<ConnectorAnswer>;
}

export interface ConnectorOptions {
  readonly tokens: SendingTokens;
  readonly clock: Clock;
  /** Keeps connections open: a new one for each message costs more than the message. */
  readonly http: Dispatcher;
  /** How long an answer may take; default 15,000. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;
const LARGEST_ANSWER_BYTES = 256 * 1024;

/** Failures before a byte was sent. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Creates the client. It repeats nothing by itself: a repeated POST is a doubled message. */
export function createConnector(options: ConnectorOptions): Connector {
  const call = (method: Method, serviceUrl: string, path: string, body?: string) =>
    callOnce(options, method, `${serviceUrl.replace(/\/$/, '')}/v3/conversations${path}`, body);
  const part = encodeURIComponent;
  return {
    createConversation: (service, parameters) => call('POST', service, '', JSON.stringify(parameters)),
    sendActivity: (service, conversation, activity) =>
      call('POST', service, `/${part(conversation)}/activities`, activity),
    updateActivity: (service, conversation, id, activity) =>
      call('PUT', service, `/${part(conversation)}/activities/${part(id)}`, activity),
    deleteActivity: (service, conversation, id) =>
      call('DELETE', service, `/${part(conversation)}/activities/${part(id)}`),
    getMember: (service, conversation, user) =>
      call('GET', service, `/${part(conversation)}/members/${part(user)}`),
  };
}

async function callOnce(
  options: ConnectorOptions,
  method: Method,
  url: string,
  body: string | undefined,
): Promise<ConnectorAnswer> {
  const { tokens, http } = options;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  if (!URL.canParse(url)) return { kind: 'refused', status: 400, code: 'NoServiceUrl' };
  try {
    const token = await tokens.get();
    const answer = await request(url, {
      method,
      dispatcher: http,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      },
      ...(body === undefined ? {} : { body }),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    const { statusCode: status, headers } = answer;
    const read = await readAnswer(answer.body, status);
    if (status >= 200 && status < 300) return { kind: 'ok', body: read };
    if (status === 401 && token !== undefined) tokens.forget(token);
    const waitMs = retryAfterMs(first(headers['retry-after']), options.clock.nowMs());
    const code = errorCode(read);
    return {
      kind: 'refused',
      status,
      ...(code === undefined ? {} : { code }),
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    };
  } catch (error) {
    return failureOf(error);
  }
}

/** A body that cannot be read does not undo what the status says. */
async function readAnswer(body: AsyncIterable<Buffer>, status: number): Promise<Record<string, unknown>> {
  try {
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of body) {
      length += part.length;
      if (length > LARGEST_ANSWER_BYTES) return {};
      parts.push(part);
    }
    const read: unknown = length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString('utf8'));
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch (error) {
    if (status >= 200 && status < 300 && !(error instanceof SyntaxError)) throw error;
    return {};
  }
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** The Bot Connector names what is wrong in `error.code`; other texts may quote what was sent. */
function errorCode(body: Record<string, unknown>): string | undefined {
  const error = body['error'];
  const code =
    typeof error === 'object' && error !== null ? (error as Record<string, unknown>)['code'] : undefined;
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : undefined;
}

function failureOf(error: unknown): ConnectorAnswer {
  if (error instanceof SamlingError) return { kind: 'not-sent', reason: error.code };
  const code = (error as { readonly code?: unknown } | null)?.code;
  const reason = typeof code === 'string' ? code : 'no-answer';
  if (NOT_SENT.has(reason)) return { kind: 'not-sent', reason };
  if (error instanceof errors.UndiciError || typeof code === 'string') return { kind: 'lost', reason };
  throw error;
}
