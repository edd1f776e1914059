import { createHash } from 'node:crypto';

/** The id of a member that does not show the e-mail address: the same address gives the same id. */
export function idOfEmail(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('base64url').slice(0, 16);
}
