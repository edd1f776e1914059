/** Draws words, addresses and choices from a seed; the same seed draws the same. */
export class Draw {
  /** Word → path of the element that shows it. */
  readonly words = new Map<string, string>();
  private state: number;
  private ids = 0;

  constructor(seed: number) {
    this.state = (seed * 2_654_435_761) >>> 0 || 1;
  }

  /** Words that stand nowhere else, each noted with its place. */
  text(path: string, count: number, between = this.pick([' ', ' ', '. ', '\n\n'])): string {
    return this.range(count)
      .map(() => {
        const word = `w${String(this.words.size)}q`;
        this.words.set(word, path);
        return word;
      })
      .join(between);
  }

  list<T>(path: string, count: number, make: (path: string) => T): T[] {
    return this.range(count).map((index) => make(`${path}[${String(index)}]`));
  }

  range(count: number): number[] {
    return Array.from({ length: count }, (_, index) => index);
  }

  id(): string {
    this.ids += 1;
    return `id${String(this.ids)}`;
  }

  url(ending: string): string {
    return `https://example.org/${this.id()}.${ending}`;
  }

  /** Mostly a few, one time in eight more than Slack takes. */
  rarely(few: number, many: number): number {
    return this.chance(0.125) ? many : few;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)] as T;
  }

  /** Mulberry32: small, and good enough to vary cards. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
