import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createOvertaking } from '../overtaking.js';
import type { FaultPlan } from './faults.js';

/** A person as Teams knows them. */
export interface LocalPerson {
  readonly tenant: string;
  readonly aadObjectId: string;
  /** The bot's id for them, `29:…`. */
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly userPrincipalName: string;
  readonly locale?: string;
}

/** A message as it stands in a conversation. */
export interface LocalMessage {
  readonly id: string;
  readonly conversation: string;
  activity: any;
  readonly changes: number;
}

export interface LocalConnectorOptions {
  readonly appId: string;
  /** Which tokens may send; undefined: any. */
  readonly isToken?: (token: string) => boolean;
  /** Off for benches. Default on. */
  readonly limits?: boolean;
}

/** The Bot Connector's REST interface on the loopback, for any number of tenants. */
export interface LocalConnector {
  readonly serviceUrl: string;
  addPerson(person: LocalPerson): void;
  /** The person's own conversation with the bot; made by installing the app. */
  conversationOf(person: LocalPerson): string;
  uninstall(person: LocalPerson): void;
  /** A channel of a team in which the app is installed. */
  channel(tenant: string, name: string): string;
  faults(plan: FaultPlan | undefined): void;
  readonly messages: readonly LocalMessage[];
  messagesOf(conversation: string): readonly LocalMessage[];
  readonly requests: readonly { readonly method: string; readonly path: string; readonly status: number }[];
  clear(): void;
  close(): Promise<void>;
}

/** Microsoft's "Rate limiting": per bot and conversation. */
const LIMITS = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1800, 3_600_000],
] as const;
const TENANT_LIMIT = [50, 1_000] as const;
/** Above this a message is refused; Microsoft's advice is 28 KB. */
const LARGEST_CARD_BYTES = 80 * 1024;

interface State {
  readonly people: Map<string, LocalPerson>;
  readonly conversations: Map<string, { readonly person: LocalPerson; installed: boolean }>;
  readonly messages: LocalMessage[];
  readonly sent: Map<string, number[]>;
  next: number;
}

type Reply = readonly [status: number, body?: unknown, headers?: Record<string, string>];

const refusal = (status: number, code: string): Reply => [status, { error: { code, message: code } }];

/** Starts the connector. */
export async function startLocalConnector(options: LocalConnectorOptions): Promise<LocalConnector> {
  const state: State = {
    people: new Map(),
    conversations: new Map(),
    messages: [],
    sent: new Map(),
    next: 1,
  };
  const requests: { method: string; path: string; status: number }[] = [];
  let plan: FaultPlan | undefined;
  const counts = new Map<string, number>();
  const arrive = createOvertaking();
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const arrival = arrive(response);
    const { method = 'GET', url = '/' } = request;
    const body = await readAll(request);
    const key = `${method} ${url}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    const fault = plan?.({ method, path: url, nth });
    if (fault?.kind === 'cut' && fault.when === 'before') return void response.destroy();
    if (fault?.kind === 'slow') await pause(fault.ms, undefined, { ref: false });
    if (fault?.kind === 'out-of-order') await arrival.overtaken();
    if (fault?.kind === 'status') {
      requests.push({ method, path: url, status: fault.status });
      const headers = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      write(response, [fault.status, { error: { code: fault.code ?? 'Fault' } }, headers]);
      return;
    }
    const reply = answer(options, state, request, method, url, body);
    requests.push({ method, path: url, status: reply[0] });
    if (fault?.kind === 'cut') return void response.destroy();
    if (reply[0] < 300 && fault?.kind !== 'status-after') arrival.answered();
    write(response, fault?.kind === 'status-after' ? [fault.status, {}] : reply);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    serviceUrl: `http://127.0.0.1:${String(port)}/teams/`,
    ...people(state),
    faults(next) {
      plan = next;
      counts.clear();
    },
    messages: state.messages,
    messagesOf: (conversation) => state.messages.filter((each) => each.conversation === conversation),
    requests,
    clear() {
      state.messages.length = 0;
      requests.length = 0;
      state.sent.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function people(
  state: State,
): Pick<LocalConnector, 'addPerson' | 'conversationOf' | 'uninstall' | 'channel'> {
  const nameOf = (person: LocalPerson) => `a:${person.tenant}-${person.aadObjectId}`;
  return {
    addPerson: (person) => void state.people.set(`${person.tenant}/${person.id}`, person),
    conversationOf(person) {
      const name = nameOf(person);
      state.conversations.set(name, { person, installed: true });
      return name;
    },
    channel(tenant, name) {
      const nobody = { tenant, aadObjectId: '', id: '', name: '', userPrincipalName: '' };
      state.conversations.set(name, { person: nobody, installed: true });
      return name;
    },
    uninstall(person) {
      const conversation = state.conversations.get(nameOf(person));
      if (conversation !== undefined) conversation.installed = false;
      else state.conversations.set(nameOf(person), { person, installed: false });
    },
  };
}

function answer(
  options: LocalConnectorOptions,
  state: State,
  request: IncomingMessage,
  method: string,
  url: string,
  body: string,
): Reply {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (options.isToken !== undefined && (token === undefined || !options.isToken(token)))
    return refusal(401, 'Unauthorized');
  const [, conversation, , kind, id] =
    /^\/teams\/v3\/conversations(?:\/([^/]+)(\/(activities|members)(?:\/([^/]+))?)?)?$/.exec(url) ?? [];
  if (!url.startsWith('/teams/v3/conversations')) return refusal(404, 'NotFound');
  if (conversation === undefined) return create(state, JSON.parse(body));
  const found = state.conversations.get(decodeURIComponent(conversation));
  if (found === undefined) return refusal(404, 'ConversationNotFound');
  if (kind === 'members') return memberOf(state, found.person, decodeURIComponent(id ?? ''));
  if (!found.installed) return refusal(403, 'BotNotInConversationRoster');
  const name = decodeURIComponent(conversation);
  if (method === 'DELETE') return change(state, name, id, undefined);
  const activity = JSON.parse(body) as Record<string, unknown>;
  const cards = JSON.stringify(activity['attachments'] ?? []);
  if (Buffer.byteLength(cards) > LARGEST_CARD_BYTES) return refusal(413, 'MessageSizeTooBig');
  if (method === 'PUT') return change(state, name, id, activity);
  if (options.limits !== false && isTooFast(state, name, found.person.tenant))
    return refusal(429, 'TooManyRequests');
  const message = { id: String(state.next++), conversation: name, activity, changes: 0 };
  state.messages.push(message);
  return [201, { id: message.id }];
}

function create(state: State, parameters: any): Reply {
  const person = state.people.get(`${String(parameters.tenantId)}/${String(parameters.members?.[0]?.id)}`);
  if (person === undefined) return refusal(403, 'BotNotInConversationRoster');
  const name = `a:${person.tenant}-${person.aadObjectId}`;
  if (state.conversations.get(name)?.installed === false) return refusal(403, 'BotNotInConversationRoster');
  state.conversations.set(name, { person, installed: true });
  return [201, { id: name }];
}

function memberOf(state: State, owner: LocalPerson, id: string): Reply {
  const person = state.people.get(`${owner.tenant}/${id}`);
  if (person === undefined) return refusal(404, 'MemberNotFoundInConversation');
  const { tenant: tenantId, ...rest } = person;
  return [200, { ...rest, tenantId, objectId: person.aadObjectId, userRole: 'user' }];
}

function change(state: State, conversation: string, id: string | undefined, activity: unknown): Reply {
  const index = state.messages.findIndex((each) => each.conversation === conversation && each.id === id);
  const message = state.messages[index];
  if (message === undefined) return refusal(404, 'ActivityNotFoundInConversation');
  if (activity === undefined) state.messages.splice(index, 1);
  else state.messages[index] = { ...message, activity, changes: message.changes + 1 };
  return [200, { id }];
}

function isTooFast(state: State, conversation: string, tenant: string): boolean {
  const nowMs = Date.now();
  const times = (name: string) => {
    const list = state.sent.get(name) ?? [];
    state.sent.set(name, list);
    return list;
  };
  const inWindow = (list: readonly number[], ms: number) => list.filter((each) => each > nowMs - ms).length;
  const own = times(conversation);
  const all = times(`tenant ${tenant}`);
  if (LIMITS.some(([count, ms]) => inWindow(own, ms) >= count)) return true;
  if (inWindow(all, TENANT_LIMIT[1]) >= TENANT_LIMIT[0]) return true;
  own.push(nowMs);
  all.push(nowMs);
  return false;
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function write(response: ServerResponse, [status, body = {}, headers = {}]: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
