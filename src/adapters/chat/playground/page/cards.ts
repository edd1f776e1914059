import type * as Adaptive from 'adaptivecards';

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

/** Stands for a character that was escaped, until the others have been read. */
const ESCAPED = '\uE000';

/** Adaptive Cards' markdown as HTML: bold, italic, links to the web, bullets. Everything else is text. */
function markdown(text: string): string {
  const kept: string[] = [];
  const plain = text.replace(/\\([\\`*_{}[\]()#+\-.!|~<>])/g, (_all, character: string) => {
    kept.push(character);
    return ESCAPED;
  });
  const span = document.createElement('span');
  span.textContent = plain;
  const html = span.innerHTML
    .replace(/\[([^\]]+)\]\((https?:\/\/[^)\s"]+)\)/g, '<a href="$2" target="_blank" rel="noopener">$1</a>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[^\p{L}\p{N}])_([^_]+)_(?![\p{L}\p{N}])/gu, '$1<em>$2</em>')
    .replace(/^[-*] +/gm, '• ')
    .replace(/\r?\n/g, '<br>');
  return html.replaceAll(ESCAPED, () => {
    span.textContent = kept.shift() ?? '';
    return span.innerHTML;
  });
}

/** Draws a card with Microsoft's own renderer. */
export function drawCard(json: object, press: (pressed: Pressed) => void): HTMLElement {
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown(text);
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
