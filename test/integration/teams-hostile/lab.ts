import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { activities, APP_ID, startLocalTeams, type LocalPerson } from '../../local/teams/index.js';
import { buttonsOf } from '../../support/cards.js';
import { memberWith, startTeamsSamling } from '../../support/teams-samling.js';

/** One request, and what must come of it. */
export interface Attack {
  readonly name: string;
  readonly status: number | readonly number[];
  send(lab: Lab): Promise<RawAnswer>;
}
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}
export type Lab = Awaited<ReturnType<typeof openLab>>;

const NOW = Date.parse('2013-11-20T09:00:00Z');
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function firstNudge(bot: Awaited<ReturnType<typeof startTeamsSamling>>, shown: () => readonly any[]) {
  for (let day = 0; day < 120; day += 1) {
    bot.clock.set(bot.clock.nowMs() + 86_400_000);
    await bot.samling.tick();
    const last = shown().at(-1);
    const card = last?.activity.attachments?.[0]?.content;
    if (card?.refresh !== undefined) return { card, cardId: last.id as string };
  }
  return assert.fail('no nudge came');
}

/** Samling with two people of two tenants, one of whom has a nudge; and ways to attack it. */
export async function openLab() {
  let now = () => NOW;
  const teams = await startLocalTeams({ limits: false, nowMs: () => now() });
  const bot = await startTeamsSamling(teams, {
    nowMs: NOW,
    members: [
      memberWith('voss-leader', { email: 'kari@voss.example', name: 'Kari Personal' }),
      memberWith('volda-leader', { organisation: 'volda', email: 'mallory@volda.example' }),
    ],
  });
  now = () => bot.clock.nowMs();
  const kari = teams.person('voss', 'kari');
  const mallory = teams.person('volda', 'mallory');
  for (const person of [kari, mallory])
    await teams.post(bot.url, activities.message(teams.origin(person), 'hjelp'));
  await bot.settle();
  const { card, cardId } = await firstNudge(bot, () =>
    teams.connector.messagesOf(teams.connector.conversationOf(kari)),
  );
  const genuine = (token: object = {}) =>
    teams.issuer.sign({ appId: APP_ID, serviceUrl: teams.connector.serviceUrl, ...token });
  const press = (person: LocalPerson, data: unknown, verb = 'handed-in') =>
    activities.execute(teams.origin(person), cardId, { verb, data });
  const handIn = () => press(kari, buttonsOf(card).find((each) => each.verb === 'handed-in')!.data);
  const raw = (options: RawOptions) => send(bot.url, options);
  const withToken = (token: string | null, body: unknown = handIn(), headers: Record<string, string> = {}) =>
    raw({
      body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
      headers: { ...(token === null ? {} : { authorization: token }), ...headers },
    });
  return {
    ...{ teams, bot, kari, mallory, card, cardId, genuine, press, handIn, raw, withToken },
    now: () => now(),
    signed: async (token: object, body?: unknown) => withToken(`Bearer ${await genuine(token)}`, body),
    genuineWith: async (body: unknown, headers: Record<string, string> = {}) =>
      withToken(`Bearer ${await genuine()}`, body, headers),
    /** A token with a header and claims of one's own, and any signature. */
    crafted(header: object, sign: (content: string) => string, claims: object = {}) {
      const nowS = Math.floor(now() / 1000);
      const payload = {
        ...{ serviceurl: teams.connector.serviceUrl, nbf: nowS, exp: nowS + 3600 },
        ...{ iss: 'https://api.botframework.com', aud: APP_ID },
        ...claims,
      };
      const content = `${base64(header)}.${base64(payload)}`;
      return `Bearer ${content}.${sign(content)}`;
    },
    changed(change: (activity: any) => void) {
      const activity = structuredClone(handIn());
      change(activity);
      return activity;
    },
    cutOff: async () => cutOff(bot.url, await genuine()),
    /** Everything that an attack could change; without what is said, for those who are told so. */
    async state({ said }: { readonly said: boolean }) {
      const { store } = bot;
      const tables = [
        'members',
        'preferences',
        'submissions',
        'snoozes',
        'handovers',
        'accounts',
        'accessRequests',
      ] as const;
      const rows = await Promise.all(tables.map((name) => store[name].list('saman')));
      const sent = await Promise.all(
        ['voss-leader', 'volda-leader'].map((id) => store.outbox.ofMember('saman', id, 50)),
      );
      return JSON.stringify([rows, said ? sent.map((list) => list.map((each) => each.id)) : []]);
    },
    async close() {
      await bot.close();
      await teams.close();
    },
  };
}

interface RawOptions {
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
  readonly method?: string;
  readonly path?: string;
}

function send(url: string, options: RawOptions): Promise<RawAnswer> {
  const { hostname: host, port, pathname } = new URL(url);
  const { method = 'POST', path = pathname } = options;
  const headers = { 'content-type': 'application/json', ...options.headers };
  return new Promise((resolve, reject) => {
    const sending = httpRequest({ host, port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sending.on('error', reject);
    sending.end(options.body);
  });
}

function cutOff(url: string, token: string): Promise<RawAnswer> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (part) => (text += part.toString()));
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text }));
    socket.write(
      `POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\nContent-Length: 500\r\n\r\n{"type":`,
    );
    setTimeout(() => socket.end(), 50);
  });
}
