import type { Config } from '../config/schema.js';
import type { Translators } from '../i18n/index.js';
import type { ChatPlatform, PlatformParts } from '../runtime/platform.js';

/** Loads the platforms that are configured, and the code of no other. */
export async function loadPlatforms(
  config: Config,
  parts: PlatformParts,
  translators: Translators,
): Promise<readonly ChatPlatform[]> {
  const platforms: ChatPlatform[] = [];
  if (config.slack !== undefined) {
    const { createSlack } = await import('../adapters/chat/slack/index.js');
    const { publicUrl } = config;
    platforms.push(
      createSlack({
        ...parts,
        config: config.slack,
        checks: config.mode !== 'production',
        ...(publicUrl === undefined ? {} : { publicUrl }),
      }),
    );
  }
  if (config.teams !== undefined) {
    const [{ createTeams }, { createTeamsTexts }] = await Promise.all([
      import('../adapters/chat/teams/index.js'),
      import('../adapters/chat/teams/texts.js'),
    ]);
    const texts = createTeamsTexts(translators);
    platforms.push(createTeams({ ...parts, app: config.teams, texts }));
  }
  return platforms;
}
