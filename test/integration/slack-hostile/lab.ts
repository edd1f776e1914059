import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { buttonOf, type LocalPerson } from '../../local/slack/index.js';
import type { LocalMessage } from '../../local/slack/world.js';
import type { SlackApp } from '../../support/slack-app.js';
import { DAY_MS, personIn, startEverywhere, START_MS } from '../../support/slack-programme.js';

export interface Lab {
  readonly app: SlackApp;
  /** Has a nudge with buttons, unanswered. */
  readonly voss: LocalPerson;
  readonly nudge: LocalMessage;
  /** A member elsewhere, and somebody who is no member. */
  readonly gjovik: LocalPerson;
  readonly stranger: LocalPerson;
  /** What is stored of people and their answers; with `said`, what was said to them as well. */
  state(options: { readonly said: boolean }): Promise<string>;
  close(): Promise<void>;
}

/** Samling in Slack with a nudge that waits for an answer. */
export async function openLab(): Promise<Lab> {
  const app = await startEverywhere();
  app.clock.set(START_MS + 3 * DAY_MS);
  const voss = personIn(app, 'T2', 'UVOSS');
  await app.settle();
  await app.until(() => voss.messages().length === 1);
  const { store } = app.running;
  return {
    ...{ app, voss, nudge: structuredClone(voss.messages()[0]!) },
    gjovik: personIn(app, 'T1', 'UGJOVIK'),
    stranger: personIn(app, 'T2', 'UNYT2'),
    async state({ said }) {
      const tables = [
        ...[store.members, store.preferences, store.submissions, store.snoozes, store.handovers],
        ...[store.accounts, store.accessRequests],
      ] as const;
      const rows = await Promise.all([
        ...tables.map((each) => each.list('saman')),
        store.installs.list('all'),
      ]);
      const spoken = [...app.slack.world.workspaces.values()].map((each) => [...each.channels.values()]);
      return JSON.stringify([rows, said ? spoken : []]);
    },
    close: () => app.close(),
  };
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface Raw {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string | Buffer;
}

/** Sends exactly what is given, duplicates of headers included. */
export function send(
  lab: Lab,
  { method = 'POST', path = '/slack/events', headers = {}, body = '' }: Raw,
): Promise<Answer> {
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${lab.app.running.url}${path}`,
      { method, headers: given as never },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
        );
        response.on('error', reject);
      },
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      // A server that has refused may close before all of a body has been sent.
      error.code === 'EPIPE' || error.code === 'ECONNRESET'
        ? resolve({ status: 0, text: '' })
        : reject(error),
    );
    outgoing.end(body);
  });
}

export const JSON_TYPE = 'application/json';
export const FORM_TYPE = 'application/x-www-form-urlencoded';

export interface Signing {
  readonly type?: string;
  readonly secret?: string;
  readonly ageS?: number;
  readonly version?: string;
  /** Changed after the signature was made. */
  readonly sent?: string | Buffer;
  readonly headers?: Raw['headers'];
}

/** Sends a body with a signature, genuine unless something is said otherwise. */
export function signed(lab: Lab, body: string, signing: Signing = {}): Promise<Answer> {
  const timestamp = String(Math.floor(lab.app.clock.nowMs() / 1000) - (signing.ageS ?? 0));
  const secret = signing.secret ?? lab.app.address.signingSecret;
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return send(lab, {
    body: signing.sent ?? body,
    headers: {
      'content-type': signing.type ?? JSON_TYPE,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `${signing.version ?? 'v0'}=${mac}`,
      ...signing.headers,
    },
  });
}

export const signedForm = (lab: Lab, payload: unknown, signing: Signing = {}) =>
  signed(lab, new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), {
    type: FORM_TYPE,
    ...signing,
  });

/** The press of "handed in" on the nudge, by the person it was sent to. */
export function press(lab: Lab, changes: object = {}, by: LocalPerson = lab.voss): Record<string, unknown> {
  return { ...by.pressPayload(lab.nudge, buttonOf(lab.nudge, 'Levert')!), ...changes };
}

/** A text that a member says. */
export function said(_lab: Lab, changes: object = {}, event: object = {}): Record<string, unknown> {
  return {
    ...{
      type: 'event_callback',
      team_id: 'T2',
      context_team_id: 'T2',
      event_id: 'EvHostile',
      api_app_id: 'ALOCAL',
    },
    event: {
      type: 'message',
      channel_type: 'im',
      channel: 'DT2UVOSS',
      user: 'UVOSS',
      text: 'pause',
      ...event,
    },
    ...changes,
  };
}

export interface Attack {
  readonly name: string;
  readonly status: number | readonly number[];
  send(lab: Lab): Promise<Answer>;
}
