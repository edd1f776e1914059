/** Where the children of each type stand, and what type they are when they do not say. */
export const KIDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AdaptiveCard: { body: '', actions: '', selectAction: '' },
  Container: { items: '', selectAction: '' },
  ColumnSet: { columns: 'Column', selectAction: '' },
  Column: { items: '', selectAction: '' },
  Table: { rows: 'TableRow' },
  TableRow: { cells: 'TableCell' },
  TableCell: { items: '', selectAction: '' },
  Carousel: { pages: 'CarouselPage' },
  CarouselPage: { items: '', selectAction: '' },
  ImageSet: { images: 'Image' },
  ActionSet: { actions: '' },
  RichTextBlock: { inlines: 'TextRun' },
  'Input.Text': { inlineAction: '' },
  'Action.ShowCard': { card: 'AdaptiveCard', menuActions: '' },
  'Action.Popover': { content: '', menuActions: '' },
  '*': { selectAction: '', menuActions: '' },
};

/** Every type of element, input and action that the translator knows. */
export const TYPES: readonly string[] = [
  ...Object.keys(KIDS).filter((type) => type !== '*'),
  'TextBlock',
  'TextRun',
  'Image',
  'Media',
  'FactSet',
  'Badge',
  'Rating',
  'Icon',
  'CodeBlock',
  'ProgressBar',
  'ProgressRing',
  'CompoundButton',
  'Chart.Donut',
  'Chart.Pie',
  'Chart.Line',
  'Chart.VerticalBar',
  'Chart.VerticalBar.Grouped',
  'Chart.HorizontalBar',
  'Chart.HorizontalBar.Stacked',
  'Chart.Gauge',
  'Input.Number',
  'Input.Date',
  'Input.Time',
  'Input.Toggle',
  'Input.ChoiceSet',
  'Input.Rating',
  'Action.Submit',
  'Action.Execute',
  'Action.OpenUrl',
  'Action.OpenUrlDialog',
  'Action.ToggleVisibility',
  'Action.ResetInputs',
];

const byLowerCase = new Map(TYPES.map((type) => [type.toLowerCase(), type]));

/** The type as it is written in the schema, or undefined for one that the translator does not know. */
export function canonical(type: string): string | undefined {
  return byLowerCase.get(type.toLowerCase());
}

/** Properties that only say where and how large something stands; Slack decides that itself. */
export const LAYOUT = new Set([
  'spacing',
  'horizontalAlignment',
  'horizontalContentAlignment',
  'verticalContentAlignment',
  'height',
  'width',
  'minHeight',
  'maxHeight',
  'bleed',
  'style',
  'maxLines',
  'roundedCorners',
  'showBorder',
  'layouts',
  'grid.area',
  'imageSize',
  'pixelWidth',
  'minWidth',
  'backgroundColor',
  'rtl',
  'gridStyle',
  'showGridLines',
  'color',
  'size',
  'fontType',
  'isSubtle',
  'iconUrl',
  'conditionallyEnabled',
  'valueChangedAction',
  'labelPosition',
  'labelWidth',
  'inputStyle',
  'colorSet',
  'timer',
  'initialPage',
  'orientation',
  'fitMode',
]);

/** Properties that are translated, or that say how to. */
export const HANDLED = new Set(
  [
    'actions allowExpand allowHalfSteps altText associatedInputs authentication backgroundImage',
    'badge body captionSources card cells choices choices.data codeSnippet columns confirm content count data',
    'description dialogUrl errorMessage facts fallback fallbackText firstRowAsHeader firstRowAsHeaders highlight',
    'horizontalCellContentAlignment icon id images inlineAction inlines isEnabled isMultiSelect isMultiline',
    'isRequired isVisible italic items label lang language legend max maxLength menuActions min mode',
    'msteams name pages placeholder poster refresh regex requires rows schema segments selectAction separator',
    'sources speak startLineNumber strikethrough subLabel targetElements targetInputIds targetWidth text title',
    'tooltip type underline url value valueOff valueOn verb version verticalCellContentAlignment weight wrap',
    'xAxisTitle yAxisTitle $schema',
  ]
    .join(' ')
    .split(' '),
);
