import type { FindOutcome, SendOutcome } from '../../../core/ports/chat.js';

/** What the Bot Connector answered. */
export type ConnectorAnswer =
  | { readonly kind: 'ok'; readonly body: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code?: string;
      readonly retryAfterMs?: number;
    }
  /** Nothing left this machine. */
  | { readonly kind: 'not-sent'; readonly reason: string }
  /** No answer came: it may have taken effect. */
  | { readonly kind: 'lost'; readonly reason: string };

/** Waited after a refusal that does not say how long. */
const RETRY_MS = 2_000;
/** Nobody is made to wait longer by a header. */
const LONGEST_RETRY_MS = 15 * 60_000;

/** Statuses that Microsoft's "Rate limiting" says to wait on, and that say that nothing was done. */
const WAIT: ReadonlySet<number> = new Set([412, 429]);
/** 403 blocked or uninstalled, 404 no such conversation or message, 400 ids of no meaning: trying again does not help. */
const GONE: ReadonlySet<number> = new Set([400, 403, 404, 405, 410]);

/**
 * What an answer of the Bot Connector, or its absence, means for a message. A server error may have come after the
 * message took effect, those of a gateway on the way (502 to 504) too; so may a lost answer: they are all `unknown`.
 * @param nth how often in a row the conversation was refused: it is waited for longer and longer.
 */
export function outcomeOf(
  answer: Exclude<ConnectorAnswer, { kind: 'ok' }>,
  jitter: () => number,
  nth = 1,
): Exclude<SendOutcome, { kind: 'sent' }> {
  if (answer.kind === 'lost') return { kind: 'unknown', reason: answer.reason };
  if (answer.kind === 'not-sent') return { ...retry(undefined, answer.reason, jitter), holds: 'lane' };
  const { status, code, retryAfterMs } = answer;
  const reason = code === undefined ? String(status) : `${String(status)} ${code}`;
  if (status === 413) return { kind: 'unreachable', reason: 'message-too-large' };
  if (status === 429) return { ...retry(retryAfterMs, reason, jitter), holds: 'lane' };
  if (WAIT.has(status)) return retry(retryAfterMs ?? RETRY_MS * 2 ** (nth - 1), reason, jitter);
  // The token was refused: it is fetched anew for the next attempt.
  if (status === 401) return retry(retryAfterMs, reason, jitter);
  if (GONE.has(status)) return { kind: 'unreachable', reason };
  if (retryAfterMs === undefined) return { kind: 'unknown', reason };
  return { kind: 'unknown', reason, afterMs: retry(retryAfterMs, reason, jitter).afterMs };
}

/** Conversations whose refusals are counted; then it begins anew. */
const MOST_REFUSED = 10_000;

/** Counts how often in a row each conversation was not ready. */
export function createRefusals(): {
  readonly count: (conversation: string, answer: ConnectorAnswer) => number;
} {
  const counts = new Map<string, number>();
  return {
    count(conversation, answer) {
      if (answer.kind !== 'refused' || answer.status !== 412) {
        counts.delete(conversation);
        return 1;
      }
      if (counts.size >= MOST_REFUSED) counts.clear();
      const nth = (counts.get(conversation) ?? 0) + 1;
      counts.set(conversation, nth);
      return nth;
    },
  };
}

/** How long a message that may have arrived waits for a platform that does not answer. */
const UNWELL_MS = 15_000;

/**
 * What an answer to a question means for a message that may have arrived: that it may be repeated, or, while the
 * platform answers nobody, not yet. It is repeated once only, so not into the same trouble.
 */
export function foundOf(answer: ConnectorAnswer, jitter: () => number): FindOutcome {
  if (answer.kind === 'ok') return 'cannot-tell';
  const isUnwell = answer.kind !== 'refused' || answer.status === 429 || answer.status > 500;
  if (!isUnwell) return 'cannot-tell';
  const waitMs = answer.kind === 'refused' ? answer.retryAfterMs : undefined;
  return retry(waitMs ?? UNWELL_MS, 'unwell', jitter);
}

function retry(
  afterMs: number | undefined,
  reason: string,
  jitter: () => number,
): SendOutcome & { kind: 'retry' } {
  const waitMs = Math.min(LONGEST_RETRY_MS, afterMs ?? RETRY_MS);
  // Jitter only adds: nobody comes back before they were told to.
  return { kind: 'retry', afterMs: Math.ceil(waitMs * (1 + jitter() / 4)), reason };
}

/** Reads `Retry-After`: seconds or an HTTP date. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(header)) return Math.ceil(Number(header) * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
