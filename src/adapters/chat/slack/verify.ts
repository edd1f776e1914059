import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebRequest } from '../../../runtime/web.js';

/** Slack asks to refuse what is older; what claims to be from the future is as little to be trusted. */
const TOLERANCE_S = 5 * 60;
const SIGNATURE = /^v0=[0-9a-f]{64}$/;
const TIMESTAMP = /^\d{1,12}$/;

/** Whether the headers can be those of a genuine request; looks at no body. */
export function hasPlausibleHeaders({ headers }: Pick<WebRequest, 'headers'>, nowMs: number): boolean {
  const timestamp = headers['x-slack-request-timestamp'] ?? '';
  if (!SIGNATURE.test(headers['x-slack-signature'] ?? '') || !TIMESTAMP.test(timestamp)) return false;
  return Math.abs(nowMs / 1000 - Number(timestamp)) <= TOLERANCE_S;
}

/** Whether the body is what Slack signed (https://docs.slack.dev/authentication/verifying-requests-from-slack). */
export function isSignedBySlack(request: WebRequest, signingSecret: string, nowMs: number): boolean {
  if (!hasPlausibleHeaders(request, nowMs)) return false;
  const { headers, body } = request;
  const expected = sign(signingSecret, headers['x-slack-request-timestamp'] ?? '', body);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(headers['x-slack-signature'] ?? ''));
}

/** The signature of a body, `v0=` and 64 hexadecimal digits. */
export function sign(signingSecret: string, timestamp: string, body: Uint8Array | string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}
