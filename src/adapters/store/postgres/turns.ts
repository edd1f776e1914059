/** Lets those who want the same go one after another. */
export interface Turns {
  /** Resolves when everybody who asked for it before has given it back. @returns what gives it back. */
  take(name: string): Promise<() => void>;
}

/** Creates turns, first come, first served. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    async take(name) {
      const before = last.get(name);
      let give: () => void = () => undefined;
      const mine = new Promise<void>((resolve) => (give = resolve));
      last.set(name, mine);
      await before;
      return () => {
        if (last.get(name) === mine) last.delete(name);
        give();
      };
    },
  };
}
