import { z } from 'zod';

const TYPES = ['single-tenant', 'multi-tenant', 'managed-identity', 'playground'] as const;

const optional = z.string().default('');
const address = z.url({ protocol: /^https?$/, error: 'an address' });

/** The settings of the Teams app. */
export const teamsSettings = {
  SAMLING_TEAMS_APP_ID: optional.describe("the Teams bot's app id; setting it turns Teams on"),
  SAMLING_TEAMS_APP_TYPE: z
    .enum(TYPES, TYPES.join(', '))
    .default('single-tenant')
    .describe(
      'how the bot is registered: single-tenant, multi-tenant, managed-identity; or playground: not at all, for trying out',
    ),
  SAMLING_TEAMS_APP_SECRET: optional.describe("the bot's client secret; managed identities have none"),
  SAMLING_TEAMS_TENANT_ID: optional.describe('id of the tenant in which the bot is registered'),
  SAMLING_TEAMS_TENANTS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .describe(
      'ids of the tenants that are served, separated by commas; without it, all that install the app',
    ),
  SAMLING_TEAMS_OPENID_URL: address
    .default('https://login.botframework.com/v1/.well-known/openidconfiguration')
    .describe('where the Bot Connector tells its keys; another address is for tests'),
  SAMLING_TEAMS_LOGIN_URL: address
    .default('https://login.microsoftonline.com/')
    .describe('where tokens for sending come from; another address is for tests'),
} as const;

/** The Teams app. */
export interface TeamsConfig {
  readonly type: (typeof TYPES)[number];
  readonly appId: string;
  readonly password?: string;
  readonly tenantId?: string;
  readonly tenants: readonly string[];
  readonly openIdUrl: string;
  readonly loginUrl: string;
}

type Settings = z.infer<z.ZodObject<typeof teamsSettings>>;

/** Undefined when Teams is off. */
export function teamsOf(settings: Settings): TeamsConfig | undefined {
  const type = settings.SAMLING_TEAMS_APP_TYPE;
  if (settings.SAMLING_TEAMS_APP_ID === '' && type !== 'playground') return undefined;
  const [password, tenantId] = [settings.SAMLING_TEAMS_APP_SECRET, settings.SAMLING_TEAMS_TENANT_ID];
  return {
    type,
    appId: settings.SAMLING_TEAMS_APP_ID === '' ? 'playground' : settings.SAMLING_TEAMS_APP_ID,
    ...(password === '' ? {} : { password }),
    ...(tenantId === '' ? {} : { tenantId }),
    tenants: settings.SAMLING_TEAMS_TENANTS,
    openIdUrl: settings.SAMLING_TEAMS_OPENID_URL,
    loginUrl: settings.SAMLING_TEAMS_LOGIN_URL.replace(/\/*$/, '/'),
  };
}

/** What the Teams app wants besides: setting, whether it is wanted, what is expected. */
export function teamsWants(
  settings: Settings & { readonly SAMLING_MODE: string; readonly SAMLING_HOST: string },
): readonly (readonly [name: string, isWanted: boolean, expected: string])[] {
  const type = settings.SAMLING_TEAMS_APP_TYPE;
  const isOn = settings.SAMLING_TEAMS_APP_ID !== '' && type !== 'playground';
  return [
    ['SAMLING_KEYS', isOn || type === 'playground', 'a key, because the buttons of Teams cards are sealed'],
    ['SAMLING_TEAMS_APP_SECRET', isOn && type !== 'managed-identity', "the bot's client secret"],
    ['SAMLING_TEAMS_TENANT_ID', isOn && type !== 'multi-tenant', "the id of the bot's tenant"],
  ];
}

/** Without credentials anybody can be anybody: on one machine only, and never in production. */
export function isPlaygroundExposed(settings: {
  readonly SAMLING_TEAMS_APP_TYPE: string;
  readonly SAMLING_MODE: string;
  readonly SAMLING_HOST: string;
}): boolean {
  if (settings.SAMLING_TEAMS_APP_TYPE !== 'playground') return false;
  const isLoopback = ['127.0.0.1', '::1', 'localhost'].includes(settings.SAMLING_HOST);
  return settings.SAMLING_MODE === 'production' || !isLoopback;
}
