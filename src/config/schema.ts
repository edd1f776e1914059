import { z } from 'zod';
import { teamsSettings, type TeamsConfig } from './teams.js';

/** A comma-separated list. */
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );

const isKey = (text: string) => Buffer.from(text, 'base64').length === 32;

/** A setting that may be left out. */
const optional = z.string().default('');

const DATABASE = 'an address such as postgres://samling:secret@127.0.0.1:5432/samling';

/** Every setting, with its default; `docs/configuration.md` and `.env.example` are held to it by a test. */
export const configSchema = z.object({
  SAMLING_MODE: z
    .enum(['development', 'production'], 'development or production')
    .default('development')
    .describe('production refuses the playground, in which anybody can be anybody'),
  SAMLING_DATA_DIR: z
    .string()
    .min(1, 'a folder')
    .default('.samling')
    .describe('folder of the embedded store'),
  DATABASE_URL: z
    .union([z.literal(''), z.url({ protocol: /^postgres(ql)?$/, error: DATABASE })], DATABASE)
    .default('')
    .describe(
      'PostgreSQL database that is used instead of the embedded store, by any number of processes at once',
    ),
  SAMLING_PROGRAMMES_DIR: optional.describe('folder of programme files; without it the demo programmes'),
  SAMLING_HOST: z.string().min(1, 'an address').default('127.0.0.1').describe('address to listen on'),
  SAMLING_PORT: z.coerce
    .number('a port from 0 to 65535')
    .int('a port from 0 to 65535')
    .min(0, 'a port from 0 to 65535')
    .max(65535, 'a port from 0 to 65535')
    .default(3978)
    .describe('port to listen on; 0 takes a free one'),
  SAMLING_PUBLIC_URL: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ })], 'an https address')
    .default('')
    .describe('address under which platforms and people reach Samling, such as https://samling.example.org'),
  SAMLING_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'debug, info, warn, error or silent')
    .default('info')
    .describe('what is logged: debug, info, warn, error or silent'),
  SAMLING_METRICS_PORT: z
    .union([z.literal(''), z.coerce.number().int().min(0).max(65535)], 'a port from 0 to 65535')
    .default('')
    .describe('port of /metrics, in the format of Prometheus; without it none'),
  SAMLING_TRACES_URL: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ })], 'an address')
    .default('')
    .describe('where OpenTelemetry traces go by OTLP over HTTP, such as http://127.0.0.1:4318/v1/traces'),
  SAMLING_KEYS: list
    .refine((keys) => keys.every(isKey), 'keys of 32 bytes in base64, separated by commas')
    .describe('keys that seal secrets at rest, newest first, such as `openssl rand -base64 32` prints'),
  SAMLING_SLACK_SIGNING_SECRET: optional.describe(
    "the Slack app's signing secret; setting it turns Slack on",
  ),
  SAMLING_SLACK_CLIENT_ID: optional.describe("the Slack app's client id, for installing in any workspace"),
  SAMLING_SLACK_CLIENT_SECRET: optional.describe("the Slack app's client secret"),
  SAMLING_SLACK_APP_TOKEN: optional.describe('xapp token: Socket Mode, for those who cannot open a port'),
  SAMLING_SLACK_BOT_TOKEN: optional.describe(
    'xoxb token of one workspace, installed by hand instead of by OAuth',
  ),
  SAMLING_SLACK_WORKSPACES: list.describe(
    'ids of the workspaces and organisations (T…, E…) that may install, separated by commas; without it, all',
  ),
  SAMLING_SLACK_API_URL: z
    .url({ protocol: /^https?$/, error: 'an address' })
    .default('https://slack.com/api/')
    .describe('where the Slack Web API is; another address is for tests'),
  ...teamsSettings,
});

/** The settings of the Slack app. */
export interface SlackConfig {
  readonly signingSecret: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly appToken?: string;
  readonly botToken?: string;
  /** Slack's ids of those that are served; none or left out: all. */
  readonly workspaces?: readonly string[];
  readonly apiUrl: string;
}

/** The settings, checked. */
export interface Config {
  readonly dataDir: string;
  /** Where everything is kept instead of in the data folder; has a password in it. */
  readonly databaseUrl?: string;
  readonly programmesDir?: string;
  readonly host: string;
  readonly port: number;
  readonly publicUrl?: string;
  readonly mode: 'development' | 'production';
  readonly logLevel: string;
  readonly metricsPort?: number;
  readonly tracesUrl?: string;
  /** Base64, newest first. */
  readonly keys: readonly string[];
  readonly slack?: SlackConfig;
  readonly teams?: TeamsConfig;
}
