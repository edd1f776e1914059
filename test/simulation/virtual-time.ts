interface Timer {
  readonly id: number;
  readonly atMs: number;
  readonly run: () => void;
}

/**
 * Time that stands still until it is moved; `setTimeout` runs on it while it is in force. It moves only when nothing
 * can run any more without it.
 */
export interface VirtualTime {
  nowMs(): number;
  sleep(ms: number): Promise<void>;
  /** Lets everything run that can before and at an instant, in order; then it is that instant. */
  moveTo(ms: number): Promise<void>;
  /** Gives the process its own timers back. */
  end(): void;
}

const immediate = setImmediate;

/** Creates virtual time and puts it in force. */
export function createVirtualTime(startMs: number): VirtualTime {
  const own = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setImmediate: immediate,
  };
  let soon = 0;
  /** All microtasks, and what was asked for by `setImmediate`, and by that. */
  const breath = async () => {
    do await new Promise<void>((resolve) => immediate(resolve));
    while (soon > 0);
  };
  globalThis.setImmediate = ((run: (...given: unknown[]) => void, ...given: unknown[]) => {
    soon += 1;
    return immediate(() => {
      soon -= 1;
      run(...given);
    });
  }) as typeof setImmediate;
  let now = startMs;
  let last = 0;
  let timers: Timer[] = [];
  const after = (run: () => void, ms = 0) => {
    last += 1;
    const timer = { id: last, atMs: now + Math.max(0, ms), run };
    timers.push(timer);
    // What waits on real time asks to hold no process up.
    return { id: last, unref: () => undefined };
  };
  globalThis.setTimeout = after as unknown as typeof setTimeout;
  globalThis.clearTimeout = ((given: { readonly id: number } | undefined) => {
    timers = timers.filter((each) => each.id !== given?.id);
  }) as unknown as typeof clearTimeout;
  const takeNext = (untilMs: number): Timer | undefined => {
    let next: Timer | undefined;
    for (const each of timers) {
      if (each.atMs > untilMs) continue;
      if (next === undefined || each.atMs < next.atMs || (each.atMs === next.atMs && each.id < next.id))
        next = each;
    }
    timers = next === undefined ? timers : timers.filter((each) => each !== next);
    return next;
  };
  return {
    nowMs: () => now,
    sleep: (ms) => new Promise((resolve) => void after(resolve, ms)),
    async moveTo(ms) {
      for (;;) {
        await breath();
        const next = takeNext(ms);
        if (next === undefined) break;
        now = Math.max(now, next.atMs);
        next.run();
      }
      now = Math.max(now, ms);
    },
    end: () => void Object.assign(globalThis, own),
  };
}
