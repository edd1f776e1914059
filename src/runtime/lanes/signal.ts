/** Something that happens again and again, and is waited for. */
export interface Signal {
  /** It happens: all who wait go on. */
  readonly give: () => void;
  /** Resolves the next time that it happens. */
  readonly given: () => Promise<void>;
}

/** Creates a signal. Whoever begins to wait after it was given waits for the next. */
export function createSignal(): Signal {
  let give: () => void = () => undefined;
  let waiting: Promise<void> | undefined;
  return {
    give: () => give(),
    given() {
      waiting ??= new Promise<void>((resolve) => {
        give = () => {
          waiting = undefined;
          resolve();
        };
      });
      return waiting;
    },
  };
}
