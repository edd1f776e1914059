import { Draw } from './draw.js';
import { CHARTS, randomChart } from './random-chart.js';

/** A random card, and which words a reader of it sees, by the place where they stand. */
export interface RandomCard {
  readonly card: Record<string, unknown>;
  /** Word → path of the element that shows it. */
  readonly words: ReadonlyMap<string, string>;
  /** What charts say: labels and values that stand together. */
  readonly sayings: readonly string[];
  /** The last word of a fact's title and the first of its value: the one follows the other. */
  readonly pairs: readonly (readonly [string, string])[];
  /** The ids of the cards and popovers in it that can be opened. */
  readonly opens: readonly string[];
}

type Json = Record<string, unknown>;

/** Makes cards of every element type, with sizes that hurt; the same seed gives the same card. */
export function randomCard(seed: number): RandomCard {
  const maker = new CardMaker(seed);
  return {
    card: maker.card(),
    words: maker.words,
    sayings: maker.sayings,
    pairs: maker.pairs,
    opens: maker.opens,
  };
}

class CardMaker extends Draw {
  readonly sayings: string[] = [];
  readonly pairs: (readonly [string, string])[] = [];
  readonly opens: string[] = [];

  card(): Json {
    const body = this.list('body', this.chance(0.06) ? 50 : this.pick([1, 2, 3, 5, 8, 12]), (path) =>
      this.element(path, 0),
    );
    const actions = this.list('actions', this.rarely(this.pick([0, 1, 3, 7]), 30), (path) =>
      this.action(path, 0),
    );
    return { type: 'AdaptiveCard', version: '1.6', body, actions, lang: this.pick(['nb', 'sv', 'en']) };
  }

  private element(path: string, depth: number): Json {
    const leaf = depth > 2;
    const makers = leaf ? LEAVES : [...LEAVES, ...NESTED];
    const type = this.pick(makers);
    const common = this.chance(0.15) ? { separator: true } : {};
    const made = CHARTS.includes(type) ? this.chart(type, path) : this.fill(type, path, depth);
    return { type, ...common, ...made };
  }

  private fill(type: string, path: string, depth: number): Json {
    switch (type) {
      case 'TextBlock':
        return {
          text: this.text(path, this.pick([1, 5, 40, this.rarely(80, 900)])),
          wrap: true,
          ...this.look(),
        };
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
          facts: this.range(this.pick([1, 4, 12, 30])).map(() => this.fact(path)),
        };
      case 'Table':
        return this.table(path);
      case 'CodeBlock':
        return { codeSnippet: this.text(path, 12), language: 'TypeScript' };
      case 'Badge':
        return { text: this.text(path, this.rarely(2, 400)) };
      case 'Rating':
        return { value: this.pick([1, 3.5, 5]), max: 5, count: this.pick([undefined, 1200]) };
      case 'ProgressBar':
      case 'ProgressRing':
        return { value: this.pick([0, 30, 100, undefined]), label: this.text(path, this.rarely(2, 600)) };
      case 'CompoundButton':
        return {
          title: this.text(path, this.pick([2, 30])),
          badge: this.text(path, 1),
          description: this.text(path, this.rarely(5, 500)),
          selectAction: this.action(`${path}.selectAction`, 9),
        };
      case 'Icon':
        return { name: 'Calendar' };
      case 'Media':
        return {
          sources: [{ mimeType: 'video/mp4', url: this.url('mp4') }],
          altText: this.text(path, 3),
          poster: this.url('png'),
          captionSources: this.range(this.pick([0, 1, 20])).map(() => ({
            label: this.text(path, 1),
            url: this.url('vtt'),
          })),
        };
      case 'Container':
        return { items: this.list(`${path}.items`, this.pick([1, 3]), (at) => this.element(at, depth + 1)) };
      case 'ColumnSet':
        return {
          columns: this.list(`${path}.columns`, this.pick([1, 2, 4]), (at) => ({
            type: 'Column',
            items: this.list(`${at}.items`, this.pick([1, 2]), (inner) => this.element(inner, depth + 1)),
          })),
        };
      case 'Carousel':
        return {
          pages: this.list(`${path}.pages`, this.rarely(3, 14), (at) => ({
            type: 'CarouselPage',
            items: this.list(`${at}.items`, this.pick([1, 3]), (inner) => this.element(inner, depth + 2)),
          })),
        };
      case 'ActionSet':
        return {
          actions: this.list(`${path}.actions`, this.rarely(3, 30), (at) => this.action(at, depth + 1)),
        };
      default:
        return this.input(type, path);
    }
  }

  private fact(path: string): Json {
    const [first, last, value] = [1, 1, this.pick([2, 60])].map((count) => this.text(path, count));
    this.pairs.push([last!, /^\w+/.exec(value!)![0]]);
    return { title: `${first!} ${last!}`, value };
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
      case 'Input.Rating':
        return { ...shared, max: this.pick([5, 10, 40]), allowHalfSteps: this.chance(0.3) };
      case 'Input.Date':
        return { ...shared, min: '2026-01-01', ...(this.chance(0.5) ? { value: '2026-02-01' } : {}) };
      case 'Input.Time':
        return { ...shared, ...(this.chance(0.5) ? { value: '09:30' } : {}) };
      case 'Input.Text':
        return {
          ...shared,
          isMultiline: this.chance(0.5),
          placeholder: this.text(path, this.pick([2, 60])),
          maxLength: 100,
        };
      default:
        throw new Error(`No maker for ${type}.`);
    }
  }

  private action(path: string, depth: number): Json {
    const type = this.pick(depth > 1 ? ACTIONS : [...ACTIONS, ...OPENING]);
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
      case 'Action.OpenUrlDialog':
        return { ...base, dialogUrl: this.url('html') };
      case 'Action.ShowCard': {
        const at = `${path}.card`;
        const body = this.list(`${at}.body`, this.pick([1, 3]), (inner) => this.element(inner, depth + 2));
        return { ...base, id: this.opening(), card: { type: 'AdaptiveCard', body } };
      }
      case 'Action.Popover': {
        const at = `${path}.content`;
        const items = this.list(`${at}.items`, this.pick([1, 3]), (inner) => this.element(inner, depth + 2));
        return { ...base, id: this.opening(), content: { type: 'Container', items } };
      }
      case 'Action.ResetInputs':
        return { ...base, targetInputIds: ['id1'] };
      default:
        throw new Error(`No maker for ${type}.`);
    }
  }

  private opening(): string {
    const id = this.id();
    this.opens.push(id);
    return id;
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
    return randomChart(type, {
      words: (count) => this.text(path, count, ' '),
      number: (below) => Math.floor(this.next() * below),
      says: (text) => this.sayings.push(text),
    });
  }

  private look(): Json {
    return {
      ...(this.chance(0.2) ? { size: 'Large', weight: 'Bolder' } : {}),
      ...(this.chance(0.1) ? { isSubtle: true } : {}),
      ...(this.chance(0.1) ? { color: 'Attention' } : {}),
    };
  }
}

const INPUTS = [
  ...['Input.Text', 'Input.Number', 'Input.Toggle', 'Input.ChoiceSet'],
  ...['Input.Date', 'Input.Time', 'Input.Rating'],
];
const LEAVES = [
  ...['TextBlock', 'TextBlock', 'TextBlock', 'RichTextBlock', 'Image', 'ImageSet', 'FactSet', 'Table'],
  ...['CodeBlock', 'Badge', 'Rating', 'ProgressBar', 'ProgressRing', 'Icon', 'Media', 'CompoundButton'],
  ...CHARTS,
  ...INPUTS,
];
const NESTED = ['Container', 'ColumnSet', 'Carousel', 'ActionSet'];
const ACTIONS = [
  ...['Action.OpenUrl', 'Action.OpenUrlDialog', 'Action.Execute', 'Action.Submit'],
  ...['Action.ToggleVisibility', 'Action.ResetInputs'],
];
const OPENING = ['Action.ShowCard', 'Action.Popover'];
