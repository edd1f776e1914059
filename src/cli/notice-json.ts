import { toBlockKit } from '../cards/blockkit/index.js';
import { createRenderer } from '../cards/index.js';
import type { Platform } from '../core/identity/types.js';
import type { Message } from '../core/ports/interaction.js';
import type { Programme } from '../core/programme/schema.js';
import { createTranslators } from '../i18n/index.js';
import { asset } from './assets.js';

/** What a platform gets: Block Kit, or an Adaptive Card. */
export function noticeJson(platform: Platform, programme: Programme, message: Message): string {
  const translators = createTranslators(asset('locales'));
  const renderer = createRenderer({ cardsDir: asset('cards'), translators });
  const [language = 'en'] = programme.languages;
  const { card, language: lang } = renderer.render(message, { language, programme });
  const shown = platform === 'teams' ? card : toBlockKit(card, { surface: 'message', lang }).messages;
  return JSON.stringify(shown, null, 2);
}
