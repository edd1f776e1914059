import type { VerifiedPerson } from '../../../core/identity/types.js';
import type { SlackClient } from './client.js';
import { failureOf } from './errors.js';
import { slackIdOf } from './ids.js';
import { asObject, objectIn, textIn } from './payload.js';

/** Asks Slack who a person is. */
export async function lookUpPerson(
  client: SlackClient,
  workspace: string,
  user: string,
): Promise<VerifiedPerson> {
  const unknown: VerifiedPerson = { platform: 'slack', workspace, user, address: {} };
  try {
    const answer = await client.call(workspace, (web, token) =>
      web.users.info({ token, user, include_locale: true }),
    );
    return personFrom(answer.user, workspace) ?? unknown;
  } catch (error) {
    // Nobody of whom Slack tells anything: a stranger.
    const failure = failureOf(error);
    if (failure?.kind === 'refused' && failure.word.startsWith('user')) return unknown;
    throw error;
  }
}

/**
 * A person as Slack tells of them. The address counts only from Slack itself, only if nobody says that it is
 * unconfirmed, and never for bots, those who left, and strangers.
 */
export function personFrom(user: unknown, workspace: string): VerifiedPerson | undefined {
  const found = asObject(user);
  const id = textIn(found, 'id');
  if (id === undefined) return undefined;
  const profile = objectIn(found, 'profile');
  const email = textIn(profile, 'email');
  const name = textIn(profile, 'real_name') ?? textIn(found, 'real_name');
  const isVerified = found?.['is_email_confirmed'] !== false && !isOutsider(found, workspace);
  return {
    platform: 'slack',
    workspace,
    user: id,
    address: {},
    ...(email !== undefined && isVerified ? { email } : {}),
    ...(name === undefined ? {} : { name }),
  };
}

/** Bots, those who left, and strangers from another workspace, whose own workspace would have to vouch for them. */
function isOutsider(found: ReturnType<typeof asObject>, workspace: string): boolean {
  if (found?.['is_bot'] === true || found?.['deleted'] === true || found?.['is_stranger'] === true)
    return true;
  const own = slackIdOf(workspace);
  // Whoever shares a channel with an organisation is seen there too, with an address that others vouch for.
  const home = own.startsWith('E')
    ? textIn(objectIn(found, 'enterprise_user'), 'enterprise_id')
    : textIn(found, 'team_id');
  return home !== own;
}
