/** What a call meets instead of, or besides, being carried out. */
export type Fault =
  | { readonly kind: 'limited'; readonly retryAfterS?: number }
  | { readonly kind: 'status'; readonly status: number; readonly takesEffect: boolean }
  | { readonly kind: 'cut'; readonly takesEffect: boolean }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'refused'; readonly word: string };

/** Faults that are switched on, by method. */
export interface Faults {
  /** The next `times` calls of a method meet the fault. */
  next(method: string, fault: Fault, times?: number): void;
  take(method: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let waiting: { readonly method: string; readonly fault: Fault; times: number }[] = [];
  return {
    next: (method, fault, times = 1) => void waiting.push({ method, fault, times }),
    take(method) {
      const found = waiting.find((each) => each.method === method && each.times > 0);
      if (found === undefined) return undefined;
      found.times -= 1;
      return found.fault;
    },
    clear: () => void (waiting = []),
  };
}
