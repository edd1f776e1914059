import { errors, type Dispatcher } from 'undici';
import { SamlingError } from '../../../core/errors.js';
import type { Clock } from '../../../core/ports/environment.js';
import { NOT_BEGUN, quickRequest } from '../../../runtime/quick-request.js';
import { within } from '../../../runtime/within.js';
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

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Creates the client. It repeats nothing by itself: a repeated POST is a doubled message. */
export function createConnector(options: ConnectorOptions): Connector {
  const call = (method: Method, serviceUrl: string, path: string, body?: string) =>
    callOnce(options, method, serviceUrl, path, body);
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
  serviceUrl: string,
  path: string,
  body: string | undefined,
): Promise<ConnectorAnswer> {
  const { tokens, http } = options;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const service = serviceAt(serviceUrl);
  if (service === undefined) return { kind: 'refused', status: 400, code: 'NoServiceUrl' };
  try {
    const token = await tokens.get();
    const asked = quickRequest(http, {
      method,
      origin: service.origin,
      path: `${service.path}/v3/conversations${path}`,
      headers: headersOf(token, body !== undefined),
      body,
    });
    const { status, headers, bytes } = await within(timeoutMs, asked, tooLate);
    const read = readAnswer(bytes);
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

function headersOf(token: string | undefined, isJson: boolean): Record<string, string> {
  const headers: Record<string, string> = {};
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (isJson) headers['content-type'] = 'application/json; charset=utf-8';
  return headers;
}

interface Service {
  readonly origin: string;
  readonly path: string;
}

/** Server and path of a service's address, without a last slash; undefined for what is none. */
function serviceAt(serviceUrl: string): Service | undefined {
  const known = services.get(serviceUrl);
  if (known !== undefined) return known;
  if (!URL.canParse(serviceUrl)) return undefined;
  const { origin, pathname } = new URL(serviceUrl);
  const service = { origin, path: pathname.replace(/\/$/, '') };
  if (services.size >= MOST_SERVICES) services.clear();
  services.set(serviceUrl, service);
  return service;
}

/** Addresses that were read before. */
const services = new Map<string, Service>();
const MOST_SERVICES = 100;

/** Not an error of undici's own, but understood as one: no answer came. */
const noAnswer = Object.assign(new TypeError('no answer in time'), { code: 'UND_ERR_HEADERS_TIMEOUT' });

function tooLate(): never {
  throw noAnswer;
}

/** A body that cannot be read does not undo what the status says. */
function readAnswer(bytes: Buffer): Record<string, unknown> {
  try {
    const read: unknown = bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'));
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
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
  if (NOT_BEGUN.has(reason)) return { kind: 'not-sent', reason };
  if (error instanceof errors.UndiciError || typeof code === 'string') return { kind: 'lost', reason };
  throw error;
}
