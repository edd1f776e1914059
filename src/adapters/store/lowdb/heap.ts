/** A binary heap: the least element first. */
export class Heap<T> {
  readonly #values: T[] = [];
  readonly #before: (a: T, b: T) => boolean;

  /** `before(a, b)`: whether `a` comes before `b`. */
  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  push(value: T): void {
    this.#values.push(value);
    for (let index = this.#values.length - 1; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  peek(): T | undefined {
    return this.#values[0];
  }

  pop(): T | undefined {
    this.#swap(0, this.#values.length - 1);
    const value = this.#values.pop();
    for (let index = 0; ;) {
      let least = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < this.#values.length && this.#isBefore(child, least)) least = child;
      }
      if (least === index) return value;
      this.#swap(index, least);
      index = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    return this.#before(this.#values[a] as T, this.#values[b] as T);
  }

  #swap(a: number, b: number): void {
    if (a === b || b < 0) return;
    const value = this.#values[a] as T;
    this.#values[a] = this.#values[b] as T;
    this.#values[b] = value;
  }
}
