import { join } from 'node:path';
import { SamlingError, type Fault } from '../core/errors.js';
import { configSchema, type Config, type SlackConfig } from './schema.js';
import { isPlaygroundExposed, teamsOf, teamsWants } from './teams.js';
import type { z } from 'zod';

type Settings = z.infer<typeof configSchema>;

/**
 * Checks the settings of an environment.
 * @throws SamlingError `CONFIG_WRONG` with all faults at once, for wrong values, for unknown `SAMLING_` names and for
 * settings that want others.
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const names = Object.keys(configSchema.shape);
  const given = Object.entries(environment).filter(
    ([name, value]) => (name.startsWith('SAMLING_') || names.includes(name)) && value !== '',
  );
  const faults: Fault[] = given
    .filter(([name]) => !names.includes(name) && !name.startsWith('SAMLING_TEST_'))
    .map(([name]) => faultOf(name, 'a setting that is not known', `one of ${names.join(', ')}`));
  const parsed = configSchema.safeParse(Object.fromEntries(given.filter(([name]) => names.includes(name))));
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      faults.push(faultOf(name, shown(name, environment[name]), issue.message));
    }
  } else {
    faults.push(...missingOf(parsed.data));
  }
  if (!parsed.success || faults.length > 0) {
    throw new SamlingError('CONFIG_WRONG', 'The settings are wrong.', { faults });
  }
  return configOf(parsed.data);
}

function faultOf(path: string, found: string, expected: string): Fault {
  return { source: 'environment', path, found, expected };
}

/** A secret is not shown, also when it is wrong. */
function shown(name: string, value: string | undefined): string {
  return /SECRET|TOKEN|KEY|DATABASE/.test(name) ? 'something else' : JSON.stringify(value);
}

/** What settings that are there want besides. */
function missingOf(settings: Settings): Fault[] {
  const wanted: readonly (readonly [keyof Settings, boolean, string])[] = [
    ['SAMLING_KEYS', settings.SAMLING_SLACK_SIGNING_SECRET !== '', 'a key, because Slack tokens are sealed'],
    [
      'SAMLING_SLACK_SIGNING_SECRET',
      settings.SAMLING_SLACK_CLIENT_ID !== '' || settings.SAMLING_SLACK_BOT_TOKEN !== '',
      'the signing secret of the Slack app',
    ],
    ['SAMLING_SLACK_CLIENT_SECRET', settings.SAMLING_SLACK_CLIENT_ID !== '', 'the secret of the client id'],
    ['SAMLING_PUBLIC_URL', settings.SAMLING_SLACK_CLIENT_ID !== '', 'the address that OAuth comes back to'],
  ];
  const missing = [...wanted, ...(teamsWants(settings) as typeof wanted)]
    .filter(([name, isWanted]) => isWanted && String(settings[name]) === '')
    .map(([name, , expected]) => faultOf(name, 'nothing', expected));
  return isPlaygroundExposed(settings)
    ? [
        ...missing,
        faultOf('SAMLING_TEAMS_APP_TYPE', 'playground', 'a registered bot, or development on 127.0.0.1'),
      ]
    : missing;
}

function configOf(settings: Settings): Config {
  const slack = slackOf(settings);
  const teams = teamsOf(settings);
  return {
    dataDir: settings.SAMLING_DATA_DIR,
    ...optionally('databaseUrl', settings.DATABASE_URL),
    ...optionally('programmesDir', settings.SAMLING_PROGRAMMES_DIR),
    host: settings.SAMLING_HOST,
    port: settings.SAMLING_PORT,
    ...optionally('publicUrl', settings.SAMLING_PUBLIC_URL.replace(/\/+$/, '')),
    mode: settings.SAMLING_MODE,
    logLevel: settings.SAMLING_LOG_LEVEL,
    ...(settings.SAMLING_METRICS_PORT === '' ? {} : { metricsPort: settings.SAMLING_METRICS_PORT }),
    ...optionally('tracesUrl', settings.SAMLING_TRACES_URL),
    keys: settings.SAMLING_KEYS,
    ...(slack === undefined ? {} : { slack }),
    ...(teams === undefined ? {} : { teams }),
  };
}

function slackOf(settings: Settings): SlackConfig | undefined {
  if (settings.SAMLING_SLACK_SIGNING_SECRET === '') return undefined;
  return {
    signingSecret: settings.SAMLING_SLACK_SIGNING_SECRET,
    apiUrl: settings.SAMLING_SLACK_API_URL,
    workspaces: settings.SAMLING_SLACK_WORKSPACES,
    ...optionally('clientId', settings.SAMLING_SLACK_CLIENT_ID),
    ...optionally('clientSecret', settings.SAMLING_SLACK_CLIENT_SECRET),
    ...optionally('appToken', settings.SAMLING_SLACK_APP_TOKEN),
    ...optionally('botToken', settings.SAMLING_SLACK_BOT_TOKEN),
  };
}

function optionally<K extends string>(name: K, value: string): { readonly [P in K]?: string } {
  return value === '' ? {} : ({ [name]: value } as { readonly [P in K]: string });
}

/** The folder of the embedded store, the same for every command. */
export function storeFolder({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'store');
}

/**
 * Where anonymous answers lie, in the data folder and so in its backups, and where their keys do: beside the data
 * folder, so that no backup of it can be read.
 */
export function ballotFolders({ dataDir }: Pick<Config, 'dataDir'>): { folder: string; keysFolder: string } {
  return { folder: join(dataDir, 'ballots'), keysFolder: `${dataDir.replace(/[/\\]+$/, '')}-keys` };
}
