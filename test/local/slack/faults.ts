/** What a call meets instead of, or besides, being carried out. */
export type Fault =
  | { readonly kind: 'limited'; readonly retryAfterS?: number }
  | { readonly kind: 'status'; readonly status: number; readonly takesEffect: boolean }
  | { readonly kind: 'cut'; readonly takesEffect: boolean }
  | { readonly kind: 'slow'; readonly ms: number }
  /** Is held back until a call that came later took effect and was answered, at most two seconds. */
  | { readonly kind: 'out-of-order' }
  | { readonly kind: 'refused'; readonly word: string };

/** Decides which calls fail; `nth` counts the calls of a method for a channel. */
export type FaultPlan = (call: {
  readonly method: string;
  readonly channel: string;
  readonly nth: number;
}) => Fault | undefined;

/** Faults that are switched on, by method. */
export interface Faults {
  /** The next `times` calls of a method meet the fault. */
  next(method: string, fault: Fault, times?: number): void;
  /** From now on a plan decides. */
  plan(plan: FaultPlan): void;
  take(method: string, channel?: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let waiting: { readonly method: string; readonly fault: Fault; times: number }[] = [];
  let planned: FaultPlan | undefined;
  const counts = new Map<string, number>();
  return {
    next: (method, fault, times = 1) => void waiting.push({ method, fault, times }),
    plan: (plan) => void (planned = plan),
    take(method, channel = '') {
      if (planned !== undefined) {
        const nth = (counts.get(`${method} ${channel}`) ?? 0) + 1;
        counts.set(`${method} ${channel}`, nth);
        return planned({ method, channel, nth });
      }
      const found = waiting.find((each) => each.method === method && each.times > 0);
      if (found === undefined) return undefined;
      found.times -= 1;
      return found.fault;
    },
    clear() {
      waiting = [];
      planned = undefined;
      counts.clear();
    },
  };
}
