/** A random card, and which words a reader of it sees, by the place where they stand. */
export interface RandomCard {
  readonly card: Record<string, unknown>;
  /** Word → path of the element that shows it. */
  readonly words: ReadonlyMap<string, string>;
}

type Json = Record<string, unknown>;

/** Makes cards of every element type, with sizes that hurt; the same seed gives the same card. */
export function randomCard(seed: number): RandomCard {
  const maker = new CardMaker(seed);
  return { card: maker.card(), words: maker.words };
}

class CardMaker {
  readonly words = new Map<string, string>();
  private state: number;
  private ids = 0;

  constructor(private readonly seed: number) {
    this.state = (seed * 2_654_435_761) >>> 0 || 1;
  }

  card(): Json {
    const body = this.list('body', this.pick([1, 3, 8, 20, 60]), (path) => this.element(path, 0));
    const actions = this.list('actions', this.pick([0, 1, 3, 7, 30]), (path) => this.action(path, 0));
    return { type: 'AdaptiveCard', version: '1.6', body, actions, lang: this.pick(['nb', 'sv', 'en']) };
  }

  private element(path: string, depth: number): Json {
    const leaf = depth > 2;
    const makers = leaf ? LEAVES : [...LEAVES, ...NESTED];
    const type = this.pick(makers);
    const common = this.chance(0.15) ? { separator: true } : {};
    return { type, ...common, ...this.fill(type, path, depth) };
  }

  private fill(type: string, path: string, depth: number): Json {
    switch (type) {
      case 'TextBlock':
        return { text: this.text(path, this.pick([1, 5, 40, 900])), wrap: true, ...this.look() };
      case 'RichTextBlock':
        return {
          inlines: [this.text(path, 3), { type: 'TextRun', text: this.text(path, 2), weight: 'Bolder' }],
        };
      case 'Image':
        return { url: this.url('png'), altText: this.text(path, 3) };
      case 'ImageSet':
        return {
          images: this.range(3).map(() => ({
            type: 'Image',
            url: this.url('png'),
            altText: this.text(path, 2),
          })),
        };
      case 'FactSet':
        return {
          facts: this.range(this.pick([1, 4, 12, 30])).map(() => ({
            title: this.text(path, 2),
            value: this.text(path, this.pick([2, 60])),
          })),
        };
      case 'Table':
        return this.table(path);
      case 'CodeBlock':
        return { codeSnippet: this.text(path, 12), language: 'TypeScript' };
      case 'Badge':
        return { text: this.text(path, 2) };
      case 'Rating':
        return { value: this.pick([1, 3.5, 5]), max: 5 };
      case 'ProgressBar':
        return { value: this.pick([0, 30, 100]) };
      case 'Icon':
        return { name: 'Calendar' };
      case 'Media':
        return {
          sources: [{ mimeType: 'video/mp4', url: this.url('mp4') }],
          altText: this.text(path, 3),
          poster: this.url('png'),
        };
      case 'Chart.Pie':
      case 'Chart.VerticalBar':
      case 'Chart.Line':
        return this.chart(type, path);
      case 'Container':
        return { items: this.list(`${path}.items`, this.pick([1, 3]), (at) => this.element(at, depth + 1)) };
      case 'ColumnSet':
        return {
          columns: this.list(`${path}.columns`, this.pick([1, 2, 4]), (at) => ({
            type: 'Column',
            items: this.list(`${at}.items`, this.pick([1, 2]), (inner) => this.element(inner, depth + 1)),
          })),
        };
      case 'ActionSet':
        return {
          actions: this.list(`${path}.actions`, this.pick([1, 3, 30]), (at) => this.action(at, depth + 1)),
        };
      default:
        return this.input(type, path);
    }
  }

  private input(type: string, path: string): Json {
    const shared = {
      id: this.id(),
      label: this.text(path, this.pick([2, 30])),
      isRequired: this.chance(0.3),
    };
    switch (type) {
      case 'Input.Number':
        return { ...shared, min: 0, max: 10, ...(this.chance(0.5) ? { value: 3 } : {}) };
      case 'Input.Toggle':
        return { ...shared, title: this.text(path, 3), valueOn: 'yes', valueOff: 'no' };
      case 'Input.ChoiceSet':
        return {
          ...shared,
          isMultiSelect: this.chance(0.4),
          style: this.pick(['compact', 'expanded', 'filtered']),
          choices: this.range(this.pick([1, 4, 12, 120])).map((value) => ({
            title: this.text(path, this.pick([2, 20])),
            value: `v${String(value)}`,
          })),
        };
      case 'Input.Date':
        return { ...shared, min: '2026-01-01', ...(this.chance(0.5) ? { value: '2026-02-01' } : {}) };
      case 'Input.Time':
        return { ...shared, ...(this.chance(0.5) ? { value: '09:30' } : {}) };
      default:
        return { ...shared, isMultiline: this.chance(0.5), placeholder: 'placeholder', maxLength: 100 };
    }
  }

  private action(path: string, depth: number): Json {
    const type = this.pick(depth > 1 ? ACTIONS.slice(0, 3) : ACTIONS);
    const base = { type, title: this.text(path, this.pick([1, 3, 30])) };
    switch (type) {
      case 'Action.OpenUrl':
        return { ...base, url: this.url('html') };
      case 'Action.Execute':
        return { ...base, verb: `verb-${this.id()}`, data: { n: 1 } };
      case 'Action.Submit':
        return { ...base, data: { id: this.id() } };
      case 'Action.ToggleVisibility':
        return { ...base, targetElements: ['nothing'] };
      default:
        return base;
    }
  }

  private table(path: string): Json {
    const columns = this.pick([1, 3, 22]);
    const cell = () => ({ type: 'TableCell', items: [{ type: 'TextBlock', text: this.text(path, 2) }] });
    return {
      columns: this.range(columns).map(() => ({ width: 1 })),
      rows: this.range(this.pick([1, 4, 12])).map(() => ({
        type: 'TableRow',
        cells: this.range(columns).map(cell),
      })),
    };
  }

  private chart(type: string, path: string): Json {
    const points = this.range(this.pick([2, 6, 25])).map((n) => ({ x: this.text(path, 1), y: n + 1 }));
    const slices = points.map(({ x, y }) => ({ legend: x, value: y }));
    const title = this.text(path, 3);
    if (type === 'Chart.Pie') return { title, data: slices };
    if (type === 'Chart.Line') return { title, data: [{ legend: this.text(path, 1), values: points }] };
    return { title, data: points };
  }

  private look(): Json {
    return {
      ...(this.chance(0.2) ? { size: 'Large', weight: 'Bolder' } : {}),
      ...(this.chance(0.1) ? { isSubtle: true } : {}),
      ...(this.chance(0.1) ? { color: 'Attention' } : {}),
    };
  }

  /** Words that stand nowhere else, each noted with its place. */
  private text(path: string, count: number): string {
    return this.range(count)
      .map(() => {
        const word = `w${String(this.words.size)}q`;
        this.words.set(word, path);
        return word;
      })
      .join(this.pick([' ', ' ', '. ', '\n\n']));
  }

  private list(path: string, count: number, make: (path: string) => Json): Json[] {
    return this.range(count).map((index) => make(`${path}[${String(index)}]`));
  }

  private range(count: number): number[] {
    return Array.from({ length: count }, (_, index) => index);
  }

  private id(): string {
    this.ids += 1;
    return `id${String(this.ids)}`;
  }

  private url(ending: string): string {
    return `https://example.org/${this.id()}.${ending}`;
  }

  private chance(share: number): boolean {
    return this.next() < share;
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)] as T;
  }

  /** Mulberry32: small, and good enough to vary cards. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}

const INPUTS = ['Input.Text', 'Input.Number', 'Input.Toggle', 'Input.ChoiceSet', 'Input.Date', 'Input.Time'];
const LEAVES = [
  ...[
    'TextBlock',
    'TextBlock',
    'TextBlock',
    'RichTextBlock',
    'Image',
    'ImageSet',
    'FactSet',
    'Table',
    'CodeBlock',
  ],
  ...['Badge', 'Rating', 'ProgressBar', 'Icon', 'Media', 'Chart.Pie', 'Chart.VerticalBar', 'Chart.Line'],
  ...INPUTS,
];
const NESTED = ['Container', 'ColumnSet', 'ActionSet'];
const ACTIONS = ['Action.OpenUrl', 'Action.Execute', 'Action.Submit', 'Action.ToggleVisibility'];
