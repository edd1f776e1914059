import { BOT_EVENTS, BOT_SCOPES, slackManifest } from '../adapters/chat/slack/manifest.js';
import type { Config } from '../config/schema.js';

/** The manifest as JSON; or why it asks for what it asks for. */
export function manifestText(config: Config, isExplained: boolean): string {
  if (isExplained) {
    const scopes = BOT_SCOPES.map(({ scope, why }) => `${scope.padEnd(18)} ${why}`);
    const events = BOT_EVENTS.map(({ event, why }) => `${event.padEnd(18)} ${why}`);
    return ['Scopes', ...scopes, '', 'Events', ...events, ''].join('\n');
  }
  const isSocketMode = config.slack?.appToken !== undefined || config.publicUrl === undefined;
  const publicUrl = config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl };
  return `${JSON.stringify(slackManifest({ isSocketMode, ...publicUrl }), null, 2)}\n`;
}
