import type { Config } from '../config/schema.js';
import type { ChatPlatform, PlatformParts } from '../runtime/platform.js';

/** Loads the platforms that are configured, and the code of no other. */
export async function loadPlatforms(config: Config, parts: PlatformParts): Promise<readonly ChatPlatform[]> {
  const platforms: ChatPlatform[] = [];
  if (config.slack !== undefined) {
    const { createSlack } = await import('../adapters/chat/slack/index.js');
    const { publicUrl } = config;
    platforms.push(
      createSlack({ ...parts, config: config.slack, ...(publicUrl === undefined ? {} : { publicUrl }) }),
    );
  }
  return platforms;
}
