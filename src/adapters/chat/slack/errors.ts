import type { SendOutcome } from '../../../core/ports/chat.js';
import { NOT_BEGUN } from '../../../runtime/quick-request.js';
import { asObject, objectIn, textIn } from './payload.js';

/** What Slack answered to a call, as far as it matters. */
export type Failure =
  /** Slack refused, with a word of its own. */
  | { readonly kind: 'refused'; readonly word: string }
  | { readonly kind: 'limited'; readonly afterMs: number }
  /** Certainly nothing has happened: there was no connection. */
  | { readonly kind: 'not-reached' }
  /** No answer, or none that says whether anything has happened. */
  | { readonly kind: 'lost'; readonly what: string };

const RETRY_MS = 30_000;

/** What a thrown error of the Web API client says; undefined for what is no error of the call. */
export function failureOf(error: unknown): Failure | undefined {
  const thrown = asObject(error);
  switch (textIn(thrown, 'code')) {
    case 'slack_webapi_platform_error': {
      const word = textIn(objectIn(thrown, 'data'), 'error') ?? 'unknown_error';
      if (word === 'ratelimited' || word === 'rate_limited') return { kind: 'limited', afterMs: RETRY_MS };
      return UNSURE.has(word) ? { kind: 'lost', what: word } : { kind: 'refused', word };
    }
    case 'slack_webapi_rate_limited_error':
      return { kind: 'limited', afterMs: Number(thrown?.['retryAfter']) * 1000 };
    case 'slack_webapi_http_error': {
      const status = Number(thrown?.['statusCode']);
      // A refusal by status says that nothing was done; a failure of the server does not.
      return status < 500 ? { kind: 'not-reached' } : { kind: 'lost', what: `status-${String(status)}` };
    }
    case 'slack_webapi_request_error': {
      const original = asObject(thrown?.['original']);
      const cause = textIn(original, 'code') ?? textIn(objectIn(original, 'cause'), 'code') ?? '';
      return NOT_BEGUN.has(cause) ? { kind: 'not-reached' } : { kind: 'lost', what: 'no-answer' };
    }
    default:
      return undefined;
  }
}

/** Words with which Slack says that something went wrong on its side, and not how far it came. */
const UNSURE = new Set([
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);

/** The person, or the way to them, is not there. */
const PERSON_GONE = new Set([
  'channel_not_found',
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'is_archived',
  'not_in_channel',
  'cannot_dm_bot',
  'messages_tab_disabled',
  'restricted_action',
  'message_not_found',
  'cant_update_message',
  'access_denied',
  'invalid_users',
]);

/** The whole workspace does not let Samling in any more. */
const WORKSPACE_GONE = new Set([
  'account_inactive',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'team_access_not_granted',
  'org_login_required',
  'invalid_refresh_token',
  'team_disabled',
]);

/** Whether a refusal means that the workspace has removed Samling or locked it out. */
export function isWorkspaceGone(failure: Failure): boolean {
  return failure.kind === 'refused' && WORKSPACE_GONE.has(failure.word);
}

/** A refused token that a fresh one may replace. */
export function isTokenOld(failure: Failure): boolean {
  return failure.kind === 'refused' && (failure.word === 'token_expired' || failure.word === 'invalid_auth');
}

/** What a failure means for a message; undefined for a refusal that is a mistake of ours. */
export function outcomeOf(failure: Failure): Exclude<SendOutcome, { kind: 'sent' }> | undefined {
  switch (failure.kind) {
    case 'limited':
      return { kind: 'retry', afterMs: failure.afterMs, reason: 'rate-limited' };
    case 'not-reached':
      return { kind: 'retry', afterMs: RETRY_MS, reason: 'not-reached' };
    case 'lost':
      return { kind: 'unknown', reason: failure.what };
    case 'refused':
      return PERSON_GONE.has(failure.word) || isWorkspaceGone(failure)
        ? { kind: 'unreachable', reason: failure.word }
        : undefined;
  }
}
