import { CHARTS, randomChart } from './random-chart.js';

/** A card of markdown within markdown, menus of menus, cards in cards and links that must not pass, and the words in it that a person would see. */
export interface TangledCard {
  readonly card: Record<string, unknown>;
  /** Marked words, each once: in texts, facts, choices, links, titles, alternative texts. */
  readonly words: readonly string[];
  /** The addresses of its links that may pass. */
  readonly links: readonly string[];
  /** What charts say: labels and values that stand together. */
  readonly sayings: readonly string[];
}

type Json = Record<string, unknown>;

/** Everything that draws from one stream of numbers. */
class Dice {
  readonly words: string[] = [];
  readonly links: string[] = [];
  readonly sayings: string[] = [];
  private ids = 0;
  constructor(private state: number) {}

  number(below: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 4294967296) * below);
  }
  chance(share: number): boolean {
    return this.number(1000) < share * 1000;
  }
  pick<T>(from: readonly T[]): T {
    return from[this.number(from.length)]!;
  }
  id(): string {
    this.ids += 1;
    return `id${this.ids}`;
  }
  /** Mostly few, now and then more than Slack takes at once. */
  many<T>(below: number, make: () => T, hostile = 0.05): T[] {
    const count = this.chance(hostile) ? this.number(below * 12) : this.number(below);
    return Array.from({ length: count }, make);
  }
  word(): string {
    const word = `W${this.words.length}Z`;
    this.words.push(word);
    return word;
  }
  title(hostile = 0.05): string {
    return this.some(this.chance(hostile) ? 25 : 1 + this.number(3));
  }
  some(count: number): string {
    return Array.from({ length: count }, () => this.word()).join(' ');
  }
  link(): string {
    const link = `https://x.example/l${this.links.length}/`;
    this.links.push(link);
    return link;
  }
}

const PICTURES = [
  'https://x.example/a.png',
  'data:image/png;base64,AA',
  '/relative.png',
  'javascript:alert(1)',
  '',
];

function markdown(dice: Dice, hostile = 0.03): string {
  const bits: (() => string)[] = [
    () => dice.word(),
    () => `**${dice.word()}**`,
    () => `_${dice.word()}_`,
    () => `[${dice.word()}](${dice.link()})`,
    () => `${dice.word()} & <${dice.word()}>`,
    () => `*${dice.word()}`,
    () => `${dice.word()}_${dice.word()}`,
    () => `\n- ${dice.word()}`,
    () => `\n\n> ${dice.word()}`,
    () => `👨‍👩‍👧‍👦${dice.word()}`,
    () => `\`${dice.word()}\``,
    () => `un**${dice.word()}**able`,
    () => '{{DATE(2026-11-24T10:00:00Z,LONG)}}',
    () => `[${dice.word()}](javascript:alert(1))`,
    () => '"'.repeat(dice.number(9)),
  ];
  const count = dice.chance(hostile) ? dice.number(900) : 1 + dice.number(6);
  return Array.from({ length: count }, () => dice.pick(bits)() + dice.pick([' ', '. '])).join('');
}

function action(dice: Dice, depth: number): Json {
  const more: Json = {
    ...(dice.chance(0.15) && { mode: 'secondary' }),
    ...(dice.chance(0.1) && { style: dice.pick(['positive', 'destructive']) }),
    ...(dice.chance(0.1) && { menuActions: dice.many(4, () => action(dice, 9), 0) }),
    ...(dice.chance(0.05) && { isEnabled: false }),
    ...(dice.chance(0.1) && { tooltip: dice.title() }),
    ...(dice.chance(0.05) && { confirm: confirmation(dice) }),
  };
  const title = dice.title();
  return dice.pick<() => Json>([
    () => ({ type: 'Action.Submit', title, data: { a: 1 }, ...more }),
    () => ({ type: 'Action.Execute', title, verb: 'v', ...more }),
    () => ({ type: 'Action.OpenUrl', title, url: dice.link(), ...more, isEnabled: true }),
    () => ({ type: 'Action.OpenUrl', title, url: dice.pick(PICTURES), ...more }),
    () => ({ type: 'Action.OpenUrlDialog', title, dialogUrl: dice.link(), ...more, isEnabled: true }),
    () => ({ type: 'Action.ToggleVisibility', title, targetElements: ['id1'], ...more }),
    () => ({ type: 'Action.ResetInputs', title, targetInputIds: ['id1'], ...more }),
    () => (depth < 2 ? popover(dice, depth, title, more) : { type: 'Action.Execute', title, ...more }),
    () =>
      depth < 2
        ? {
            type: 'Action.ShowCard',
            id: dice.id(),
            title,
            card: cardOf(dice, depth + 2),
            ...more,
            isEnabled: true,
          }
        : { type: 'Action.Submit', title, ...more },
  ])();
}

function confirmation(dice: Dice): Json {
  return {
    title: dice.title(),
    text: dice.some(dice.chance(0.1) ? 90 : 5),
    confirm: dice.title(),
    deny: dice.title(),
  };
}

function popover(dice: Dice, depth: number, title: string, more: Json = {}): Json {
  const items = dice.many(4, () => element(dice, depth + 2), 0);
  const content = { type: 'Container', items };
  return { type: 'Action.Popover', id: dice.id(), title, content, ...more, isEnabled: true };
}

function select(dice: Dice, depth = 9): Json {
  if (!dice.chance(0.1)) return {};
  const isPopover = depth < 3 && dice.chance(0.5);
  return { selectAction: isPopover ? popover(dice, depth, dice.title()) : action(dice, 9) };
}

function richLabel(dice: Dice): Json {
  return { type: 'RichTextBlock', inlines: [dice.word(), { type: 'TextRun', text: dice.title() }] };
}

function input(dice: Dice): Json {
  const common = {
    id: dice.id(),
    ...(dice.chance(0.85) && { label: dice.chance(0.05) ? richLabel(dice) : dice.title() }),
    isRequired: dice.chance(0.3),
  };
  const hint = (): Json => ({
    ...(dice.chance(0.2) && { placeholder: dice.some(dice.chance(0.2) ? dice.pick([40, 500]) : 3) }),
  });
  const choices = (): Json[] =>
    dice.many(14, () => ({ title: dice.title(0.02), value: dice.chance(0.1) ? 'x'.repeat(200) : dice.id() }));
  return dice.pick<() => Json>([
    () => ({
      ...common,
      type: 'Input.Text',
      value: 'v'.repeat(dice.number(9)),
      isMultiline: dice.chance(0.5),
      ...hint(),
      ...(dice.chance(0.1) && { inlineAction: action(dice, 9) }),
    }),
    () => ({ ...common, type: 'Input.Text', style: 'password' }),
    () => ({
      ...common,
      type: 'Input.Number',
      value: dice.number(99),
      min: dice.number(50),
      max: 60,
      ...hint(),
    }),
    () => ({
      ...common,
      type: 'Input.Date',
      value: dice.pick(['2026-01-31', 'x', '']),
      min: '2026-01-01',
      ...hint(),
    }),
    () => ({ ...common, type: 'Input.Time', value: dice.pick(['08:30', '25:00', '']), ...hint() }),
    () => ({ ...common, type: 'Input.Toggle', title: dice.title() }),
    () => ({
      ...common,
      type: 'Input.ChoiceSet',
      style: dice.pick(['compact', 'expanded', 'filtered']),
      isMultiSelect: dice.chance(0.4),
      choices: choices(),
    }),
    () => ({ ...common, type: 'Input.Rating', max: 5, value: 3 }),
  ])();
}

function block(dice: Dice): Json {
  const picture = (): Json => ({ type: 'Image', url: dice.pick(PICTURES), altText: dice.title() });
  return dice.pick<() => Json>([
    () => ({ type: 'TextBlock', text: markdown(dice) }),
    () => ({ type: 'TextBlock', text: markdown(dice), size: 'large', weight: 'bolder' }),
    () => ({ type: 'TextBlock', text: markdown(dice), isSubtle: true }),
    () => ({
      type: 'RichTextBlock',
      inlines: dice.many(5, () => ({ type: 'TextRun', text: dice.title(), ...select(dice) })),
    }),
    () => ({ ...picture(), size: dice.pick(['small', 'large']), ...select(dice) }),
    () => ({ type: 'ImageSet', imageSize: dice.pick(['small', 'large']), images: dice.many(4, picture) }),
    () => ({ type: 'Media', altText: dice.title(), sources: [{ mimeType: 'video/mp4', url: dice.link() }] }),
    () => ({ type: 'FactSet', facts: dice.many(8, () => ({ title: dice.title(), value: markdown(dice) })) }),
    () => ({ type: 'CodeBlock', codeSnippet: dice.title(0.2), language: 'ts' }),
    () => ({ type: 'Badge', text: dice.title() }),
    () => ({ type: 'ProgressRing', label: dice.title(), value: 40 }),
    () => ({
      type: 'CompoundButton',
      title: dice.title(),
      description: markdown(dice),
      selectAction: action(dice, 9),
    }),
    () => chart(dice),
    () => chart(dice),
    () => ({ type: 'Rating', value: dice.number(60) / 10, max: 5, count: dice.number(2000) }),
    () => ({ type: 'ProgressBar', label: dice.title(), value: dice.number(120) }),
    () => ({ type: 'Icon', name: 'Calendar' }),
    () => input(dice),
  ])();
}

function chart(dice: Dice): Json {
  return randomChart(dice.pick(CHARTS), {
    words: (count) => dice.some(count),
    number: (below) => dice.number(below),
    says: (text) => dice.sayings.push(text),
  });
}

function group(dice: Dice, depth: number): Json {
  const inner = (below: number): Json[] => dice.many(below, () => element(dice, depth + 1), 0.02);
  return dice.pick<() => Json>([
    () => ({ type: 'Container', items: inner(5), ...select(dice, depth) }),
    () => ({
      type: 'ColumnSet',
      columns: dice.many(4, () => ({ type: 'Column', items: inner(3), ...select(dice, depth) }), 0),
      ...select(dice, depth),
    }),
    () => ({ type: 'Carousel', pages: dice.many(4, () => ({ type: 'CarouselPage', items: inner(3) })) }),
    () => ({ type: 'ActionSet', actions: dice.many(6, () => action(dice, depth)) }),
    () => ({
      type: 'Table',
      firstRowAsHeader: dice.chance(0.5),
      rows: dice.many(6, () => ({
        type: 'TableRow',
        cells: dice.many(4, () => ({ type: 'TableCell', items: inner(2), ...select(dice, depth) }), 0.02),
      })),
    }),
    () => ({ type: 'Mystery', fallback: element(dice, depth + 1) }),
  ])();
}

function element(dice: Dice, depth: number): Json {
  const made = depth < 4 && dice.chance(0.4) ? group(dice, depth) : block(dice);
  return { ...made, ...(dice.chance(0.1) && { separator: true }) };
}

function cardOf(dice: Dice, depth: number): Json {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: dice.many(8, () => element(dice, depth + 1)),
    actions: dice.many(4, () => action(dice, depth)),
  };
}

/** The card of a seed; the same seed gives the same card. */
export function tangledCard(seed: number): TangledCard {
  const dice = new Dice(seed >>> 0);
  const card = cardOf(dice, 0);
  return { card, words: dice.words, links: dice.links, sayings: dice.sayings };
}
