import { toBlockKit } from '../../../cards/blockkit/index.js';
import { escapeHtml } from '../../../cards/drawing/html.js';
import { slackBlocksHtml } from '../../../cards/drawing/slack-blocks.js';
import type { AdaptiveCardJson } from '../../../core/ports/chat.js';
import type { Language } from '../../../core/programme/language.js';
import type { Translator } from '../../../i18n/index.js';

/** A notice in one language. */
export interface PreviewCard {
  readonly language: Language;
  readonly card: AdaptiveCardJson;
}

/**
 * The page that draws a notice as each platform does: for Slack here, for Teams in the browser, by Microsoft's own
 * renderer, from the card in an attribute.
 */
export function previewPage(cards: readonly PreviewCard[], translator: Translator): string {
  const { t, language } = translator;
  const say = (key: string, args: Readonly<Record<string, string>> = {}) => escapeHtml(t(key, args));
  const links = cards.map(
    (each) => `<a href="#${each.language}">${say(`language.name-${each.language}`)}</a>`,
  );
  const isSeveral = cards.length > 1;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${say('notice.looks')}</title>
<link rel="stylesheet" href="../page.css">
<script src="../page.js" defer></script>
</head>
<body>
<header>
<h1>${say('notice.looks')}</h1>
<p>${say('notice.looks-page')}</p>
${isSeveral ? `<nav aria-label="${say('notice.looks-languages')}">${links.join(' ')}</nav>` : ''}
</header>
<main>
${cards.map((each) => sectionHtml(each, say)).join('\n')}
</main>
</body>
</html>
`;
}

type Say = (key: string) => string;

function sectionHtml({ language, card }: PreviewCard, say: Say): string {
  const name = say(`language.name-${language}`);
  const { messages } = toBlockKit(card, { surface: 'message', lang: language });
  const slack = messages.map(({ blocks }) => slackBlocksHtml(blocks)).join('\n');
  return `<section id="${language}" aria-labelledby="in-${language}">
<h2 id="in-${language}">${name}</h2>
<div class="pair">
<figure class="teams" lang="${language}">
<figcaption>${say('notice.platform-teams')}</figcaption>
<div class="message">
<div class="avatar" aria-hidden="true"></div>
<div class="said"><div class="from"></div><div class="card" data-card="${escapeHtml(JSON.stringify(card))}"></div></div>
</div>
</figure>
<figure class="slack" lang="${language}">
<figcaption>${say('notice.platform-slack')}</figcaption>
<div class="message">
<div class="avatar" aria-hidden="true"></div>
<div class="said"><div class="from"></div>${slack}</div>
</div>
</figure>
</div>
</section>`;
}
