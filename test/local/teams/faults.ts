/** What the local Bot Connector does with one request instead of answering it at once. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string; readonly code?: string }
  /** Takes effect, then fails. */
  | { readonly kind: 'status-after'; readonly status: number }
  | { readonly kind: 'slow'; readonly ms: number }
  /** Holds it back until a request that came later took effect and was answered, at most two seconds. */
  | { readonly kind: 'out-of-order' }
  /** Cuts the connection, before or after taking effect. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' };

/** Decides which requests fail. */
export type FaultPlan = (request: {
  readonly method: string;
  readonly path: string;
  readonly nth: number;
}) => Fault | undefined;
