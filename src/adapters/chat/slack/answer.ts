import type { QuickAnswer } from '../../../runtime/quick-request.js';
import { asObject, textIn } from './payload.js';

/** A refusal or a failed call, in the shape of the Web API client's own errors, so that all are understood alike. */
class SlackCallError extends Error {
  readonly code: string;
  readonly data: { readonly error: string } | undefined;
  readonly statusCode: number | undefined;
  /** In seconds. */
  readonly retryAfter: number | undefined;
  readonly original: unknown;

  constructor(
    code: string,
    more: { error?: string; statusCode?: number; retryAfter?: number; original?: unknown } = {},
  ) {
    super(code);
    this.code = code;
    this.data = more.error === undefined ? undefined : { error: more.error };
    this.statusCode = more.statusCode;
    this.retryAfter = more.retryAfter;
    this.original = more.original;
  }
}

/** What is waited when Slack says "too many" without saying how long; its limits are per minute. */
const DEFAULT_RETRY_S = 30;

/**
 * What Slack says first of a message that was taken. The message follows, with all its blocks: of a hundred requests,
 * reading it would cost as much as five. Nor is it kept: what is found in a text holds on to all of that.
 */
const TAKEN = /^\{"ok":true,"channel":"([\w-]+)","ts":"([\d.]+)"[,}]/;
const TAKEN_BYTES = 100;

/**
 * Reads an answer of the Web API to a message; of one that was taken at least its `channel` and `ts`.
 * @throws errors as the Web API client throws them
 */
export async function readAnswer(
  ask: () => Promise<QuickAnswer>,
): Promise<Readonly<Record<string, unknown>>> {
  const { status, headers, bytes } = await ask().catch((original: unknown) => {
    throw new SlackCallError('slack_webapi_request_error', { original });
  });
  if (status === 429) {
    const given = Number(headers['retry-after']);
    const retryAfter = Number.isFinite(given) && given > 0 ? given : DEFAULT_RETRY_S;
    throw new SlackCallError('slack_webapi_rate_limited_error', { retryAfter });
  }
  if (status !== 200) throw new SlackCallError('slack_webapi_http_error', { statusCode: status });
  const taken = TAKEN.exec(bytes.toString('latin1', 0, TAKEN_BYTES));
  if (taken !== null) return { ok: true, channel: taken[1], ts: taken[2] };
  const body = parsed(bytes.toString('utf8'));
  if (body?.['ok'] === true) return body;
  throw new SlackCallError('slack_webapi_platform_error', {
    error: textIn(body, 'error') ?? 'internal_error',
  });
}

/** What is no JSON says nothing of what happened. */
function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
