import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { SamlingError } from '../core/errors.js';
import type { Log } from '../runtime/dispatcher.js';
import { asset } from './assets.js';

export interface DemoPlatformsOptions {
  readonly slack: boolean;
  readonly teams: boolean;
  readonly log: Log;
}

/** Platforms on this machine with Samling installed in them. */
export interface DemoPlatforms {
  /** For each platform, a page with what its users got and buttons that answer. */
  readonly urls: Readonly<Partial<Record<'slack' | 'teams', string>>>;
  close(): Promise<void>;
}

/**
 * Starts the platforms that tests use, for looking at. They are no part of the product, and so only in a checkout.
 * @throws SamlingError `CONFIG_WRONG` where they are not.
 */
export async function startPlatforms(options: DemoPlatformsOptions): Promise<DemoPlatforms> {
  const file = asset('test', 'local', 'demo', 'index.ts');
  if (!existsSync(file))
    throw new SamlingError(
      'CONFIG_WRONG',
      'The local Slack and Teams are only in a checkout of the sources.',
    );
  const { startDemoPlatforms } = (await import(pathToFileURL(file).href)) as {
    startDemoPlatforms: typeof startPlatforms;
  };
  return startDemoPlatforms(options);
}
