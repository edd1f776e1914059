import { readFileSync, writeFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { teamsManifest } from '../adapters/chat/teams/manifest.js';
import type { Config } from '../config/schema.js';
import { SamlingError } from '../core/errors.js';
import { createTranslators } from '../i18n/index.js';
import { asset } from './assets.js';

export interface TeamsPackageOptions {
  /** Who runs Samling; default: Samling. */
  readonly developer?: string;
  readonly website?: string;
  readonly privacy?: string;
  readonly terms?: string;
  /** Default 1.0.0. */
  readonly appVersion?: string;
}

/** A year that every unzipper takes; the same manifest gives the same bytes. */
const STAMP = new Date('2020-01-01T00:00:00Z');

/**
 * The Teams app package as a zip: manifest, icons, and the texts of all languages.
 * @throws SamlingError `CONFIG_WRONG` when the configuration has no app id or no public address.
 */
export function teamsPackage(config: Config, options: TeamsPackageOptions = {}): Uint8Array {
  const appId = config.teams?.appId;
  if (appId === undefined || config.teams?.type === 'playground')
    throw new SamlingError('CONFIG_WRONG', 'The Teams manifest wants SAMLING_TEAMS_APP_ID.');
  const website = options.website ?? config.publicUrl;
  if (website?.startsWith('https://') !== true)
    throw new SamlingError(
      'CONFIG_WRONG',
      'The Teams manifest wants SAMLING_PUBLIC_URL or --website, https.',
    );
  const files = teamsManifest({
    appId,
    developer: options.developer ?? 'Samling',
    websiteUrl: website,
    privacyUrl: options.privacy ?? website,
    termsUrl: options.terms ?? website,
    version: options.appVersion ?? '1.0.0',
    translators: createTranslators(asset('locales')),
  });
  const texts = Object.entries(files).map(
    ([name, content]) => [name, strToU8(`${JSON.stringify(content, null, 2)}\n`)] as const,
  );
  const icons = ['color.png', 'outline.png'].map(
    (name) => [name, new Uint8Array(readFileSync(asset('data', 'teams', name)))] as const,
  );
  return zipSync(Object.fromEntries([...texts, ...icons]), { mtime: STAMP });
}

/** Writes the package to a file. */
export function writeTeamsPackage(
  file: string,
  config: Config,
  options: TeamsPackageOptions,
  write: (text: string) => void,
): void {
  writeFileSync(file, teamsPackage(config, options));
  write(`${file}: upload it in Teams or the Teams admin centre; docs/setup-teams.md says where.\n`);
}
