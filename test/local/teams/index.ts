import { startLocalConnector, type LocalConnector, type LocalPerson } from './connector.js';
import { startLocalIssuer, type LocalIssuer, type TokenOptions } from './issuer.js';

export { activities, activityFrom } from './activities.js';
export type { LocalPerson } from './connector.js';

/** The id of the app in tests. */
export const APP_ID = '00000000-0000-4000-8000-00000000a001';
export const APP_TENANT = '00000000-0000-4000-8000-00000000f001';

/** Microsoft's side of Teams on the loopback. */
export interface LocalTeams {
  readonly connector: LocalConnector;
  readonly issuer: LocalIssuer;
  /** Posts an activity to a bot, as the Bot Connector does. */
  post(
    url: string,
    activity: unknown,
    options?: {
      readonly token?: Partial<TokenOptions> | string | null;
      readonly headers?: Record<string, string>;
    },
  ): Promise<{ readonly status: number; readonly body: any }>;
  /** A person in whose Teams the app is installed, and their conversation. */
  person(tenant: string, name: string, changes?: Partial<LocalPerson>): LocalPerson;
  origin(person: LocalPerson): {
    readonly appId: string;
    readonly serviceUrl: string;
    readonly person: LocalPerson;
    readonly conversation: string;
  };
  close(): Promise<void>;
}

/** Starts connector and issuer. */
export async function startLocalTeams(
  options: { readonly limits?: boolean; readonly nowMs?: () => number } = {},
): Promise<LocalTeams> {
  const issuer = await startLocalIssuer(options.nowMs);
  const connector = await startLocalConnector({
    appId: APP_ID,
    isToken: (token) => issuer.issued.has(token),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  const { serviceUrl } = connector;
  return {
    connector,
    issuer,
    async post(url, activity, { token = {}, headers = {} } = {}) {
      const signed =
        typeof token === 'string' || token === null
          ? token
          : `Bearer ${await issuer.sign({ appId: APP_ID, serviceUrl, ...token })}`;
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...(signed === null ? {} : { authorization: signed }),
          ...headers,
        },
        body: typeof activity === 'string' ? activity : JSON.stringify(activity),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    },
    person(tenant, name, changes = {}) {
      const person: LocalPerson = {
        tenant,
        aadObjectId: `aad-${tenant}-${name}`,
        id: `29:${tenant}-${name}`,
        name,
        email: `${name}@${tenant}.example`,
        userPrincipalName: `${name}@${tenant}.example`,
        ...changes,
      };
      connector.addPerson(person);
      connector.conversationOf(person);
      return person;
    },
    origin: (person) => ({
      appId: APP_ID,
      serviceUrl,
      person,
      conversation: connector.conversationOf(person),
    }),
    async close() {
      await connector.close();
      await issuer.close();
    },
  };
}
