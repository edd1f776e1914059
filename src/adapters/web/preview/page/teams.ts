const color = (name: string) => ({ default: `var(--teams-${name})`, subtle: `var(--teams-${name})` });

/** Sizes, spacing and alignment of cards in Teams; the colours are the page's, light and dark. */
export const TEAMS = {
  fontFamily: 'inherit',
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--teams-line)' },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: {
      backgroundColor: 'transparent',
      foregroundColors: {
        default: { default: 'var(--teams-ink)', subtle: 'var(--teams-soft)' },
        accent: color('accent'),
        good: color('good'),
        attention: color('attention'),
        warning: color('attention'),
      },
    },
  },
  actions: {
    maxActions: 20,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    buttonSpacing: 8,
  },
  factSet: {
    title: { weight: 'bolder', maxWidth: 150, wrap: true },
    value: { wrap: true },
    spacing: 16,
  },
};
