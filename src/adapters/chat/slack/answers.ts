/** What is answered to a request of Slack's, whichever way it came. */
export interface Answered {
  readonly status: number;
  /** JSON, such as the errors of a form. */
  readonly body?: unknown;
  /** What is done after the answer, so that Slack's three seconds do not run out over it. */
  readonly after?: () => Promise<void>;
}

export const OK: Answered = { status: 200 };
/** Signed, and yet not what Slack sends. */
export const WRONG: Answered = { status: 400 };
/** Samling is not installed where this comes from. */
export const FORBIDDEN: Answered = { status: 403 };
/** Somebody else is at it; Slack comes again. */
export const LATER: Answered = { status: 503 };
