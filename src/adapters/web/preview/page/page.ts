import { AdaptiveCard, HostConfig, OpenUrlAction } from 'adaptivecards';
import { cardTextHtml } from '../../../../cards/drawing/card-text.js';
import { TEAMS } from './teams.js';

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = cardTextHtml(text);
  result.didProcess = true;
};

/** Draws the card of a place with Microsoft's own renderer; only its links work. */
function draw(place: HTMLElement): void {
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(TEAMS);
  card.onExecuteAction = (action) => {
    const url = action instanceof OpenUrlAction ? (action.url ?? '') : '';
    if (/^(https?:\/)?\//.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
  };
  card.parse(JSON.parse(place.dataset['card'] ?? '{}') as object);
  const drawn = card.render();
  if (drawn !== undefined) place.append(drawn);
}

for (const place of document.querySelectorAll<HTMLElement>('[data-card]')) draw(place);
// What an address points at has moved while the cards were drawn.
if (location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView();
