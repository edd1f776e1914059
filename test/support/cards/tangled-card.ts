/** A card of markdown within markdown, menus of menus, cards in cards and links that must not pass, and the words in it that a person would see. */
export interface TangledCard {
  readonly card: Record<string, unknown>;
  /** Marked words, each once: in texts, facts, choices, links, titles, alternative texts. */
  readonly words: readonly string[];
  /** The addresses of its links that may pass. */
  readonly links: readonly string[];
}

type Json = Record<string, unknown>;

/** Everything that draws from one stream of numbers. */
class Dice {
  readonly words: string[] = [];
  readonly links: string[] = [];
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
    return Array.from({ length: this.chance(hostile) ? 25 : 1 + this.number(3) }, () => this.word()).join(
      ' ',
    );
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
  };
  const title = dice.title();
  return dice.pick<() => Json>([
    () => ({ type: 'Action.Submit', title, data: { a: 1 }, ...more }),
    () => ({ type: 'Action.Execute', title, verb: 'v', ...more }),
    () => ({ type: 'Action.OpenUrl', title, url: dice.link(), ...more, isEnabled: true }),
    () => ({ type: 'Action.OpenUrl', title, url: dice.pick(PICTURES), ...more }),
    () => ({ type: 'Action.ToggleVisibility', title, targetElements: ['id1'], ...more }),
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

function select(dice: Dice): Json {
  return dice.chance(0.1) ? { selectAction: action(dice, 9) } : {};
}

function input(dice: Dice): Json {
  const common = {
    id: dice.id(),
    ...(dice.chance(0.85) && { label: dice.title() }),
    isRequired: dice.chance(0.3),
  };
  const choices = (): Json[] =>
    dice.many(14, () => ({ title: dice.title(0.02), value: dice.chance(0.1) ? 'x'.repeat(200) : dice.id() }));
  return dice.pick<() => Json>([
    () => ({
      ...common,
      type: 'Input.Text',
      value: 'v'.repeat(dice.number(9)),
      isMultiline: dice.chance(0.5),
    }),
    () => ({ ...common, type: 'Input.Text', style: 'password' }),
    () => ({ ...common, type: 'Input.Number', value: dice.number(99), min: dice.number(50), max: 60 }),
    () => ({ ...common, type: 'Input.Date', value: dice.pick(['2026-01-31', 'x', '']), min: '2026-01-01' }),
    () => ({ ...common, type: 'Input.Time', value: dice.pick(['08:30', '25:00', '']) }),
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
  const points = (): Json[] => dice.many(8, () => ({ legend: dice.word(), value: dice.number(9) }));
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
    () => ({
      type: dice.pick(['Chart.Pie', 'Chart.Donut', 'Chart.VerticalBar']),
      title: dice.title(0),
      data: points(),
    }),
    () => ({
      type: 'Chart.Line',
      title: dice.title(0),
      data: dice.many(3, () => ({ legend: dice.word(), values: [{ x: 'a', y: 1 }] })),
    }),
    () => input(dice),
  ])();
}

function group(dice: Dice, depth: number): Json {
  const inner = (below: number): Json[] => dice.many(below, () => element(dice, depth + 1), 0.02);
  return dice.pick<() => Json>([
    () => ({ type: 'Container', items: inner(5), ...select(dice) }),
    () => ({
      type: 'ColumnSet',
      columns: dice.many(4, () => ({ type: 'Column', items: inner(3), ...select(dice) }), 0),
      ...select(dice),
    }),
    () => ({ type: 'Carousel', pages: dice.many(4, () => ({ type: 'CarouselPage', items: inner(3) })) }),
    () => ({ type: 'ActionSet', actions: dice.many(6, () => action(dice, depth)) }),
    () => ({
      type: 'Table',
      firstRowAsHeader: dice.chance(0.5),
      rows: dice.many(6, () => ({ cells: dice.many(4, () => ({ items: inner(2) }), 0.02) })),
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
  return { card, words: dice.words, links: dice.links };
}
