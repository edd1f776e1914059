import type * as Adaptive from 'adaptivecards';
import { cardTextHtml } from '../../../../cards/drawing/card-text.js';

declare const AdaptiveCards: typeof Adaptive;

/** What a pressed button sends. */
export interface Pressed {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Colours follow the page's own, light and dark alike. */
function hostConfig(): Adaptive.HostConfig {
  const color = (name: string) => ({ default: `var(${name})`, subtle: `var(${name})` });
  return new AdaptiveCards.HostConfig({
    fontFamily: 'inherit',
    spacing: { small: 4, default: 8, medium: 14, large: 20, extraLarge: 28, padding: 8 },
    separator: { lineThickness: 1, lineColor: 'var(--line)' },
    fontSizes: { small: 13, default: 15, medium: 17, large: 19, extraLarge: 23 },
    containerStyles: {
      default: {
        backgroundColor: 'transparent',
        foregroundColors: {
          default: { default: 'var(--ink)', subtle: 'var(--soft)' },
          accent: color('--accent'),
          good: color('--good'),
          attention: color('--bad'),
          warning: color('--bad'),
        },
      },
    },
    actions: {
      maxActions: 10,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      buttonSpacing: 6,
      showCard: { actionMode: 'inline', inlineTopMargin: 8 },
    },
    factSet: { title: { weight: 'bolder', maxWidth: 140, wrap: false }, value: { wrap: true }, spacing: 12 },
  });
}

/** Draws a card with Microsoft's own renderer. */
export function drawCard(json: object, press: (pressed: Pressed) => void): HTMLElement {
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = cardTextHtml(text);
    result.didProcess = true;
  };
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = hostConfig();
  card.onExecuteAction = (action) => {
    if (action instanceof AdaptiveCards.OpenUrlAction) {
      window.open(action.url, '_blank', 'noopener');
    } else if (action instanceof AdaptiveCards.ExecuteAction) {
      press({ verb: action.verb, data: (action.data ?? {}) as Readonly<Record<string, unknown>> });
    }
  };
  card.parse(json);
  return card.render() ?? document.createElement('div');
}
