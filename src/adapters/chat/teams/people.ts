import type { VerifiedPerson } from '../../../core/identity/types.js';
import type { Recipient } from '../../../core/ports/chat.js';
import type { TeamsActivity } from './activity.js';
import type { Connector } from './connector.js';
import { workspaceOf } from './ids.js';
import { userOf } from './incoming.js';
import { addressOf, type Reference } from './references.js';

/** The reference that an activity gives: only a personal conversation is one to write to. */
export function referenceIn(activity: TeamsActivity): Reference {
  const { serviceUrl, from, conversation } = activity;
  return {
    serviceUrl,
    id: from.id,
    ...(conversation.type === 'personal' ? { conversation: conversation.id } : {}),
  };
}

/** The person of an activity as somebody to send to. */
export function personIn(activity: TeamsActivity, programme = ''): Recipient {
  const account = { ...addressOf(referenceIn(activity)), user: userOf(activity) };
  return { programme, member: '', workspace: workspaceOf(activity.tenant), account };
}

/**
 * Asks Teams who the person of an activity is. An e-mail counts only in a domain of the user name: user names lie in
 * domains that the tenant has proved to be its own, whereas a tenant's administrators may write any e-mail into a profile.
 */
export async function lookUpPerson(activity: TeamsActivity, connector: Connector): Promise<VerifiedPerson> {
  const { serviceUrl, conversation, from, tenant } = activity;
  const person = {
    platform: 'teams' as const,
    workspace: workspaceOf(tenant),
    user: userOf(activity),
    address: addressOf(referenceIn(activity)),
  };
  const answer = await connector.getMember(serviceUrl, conversation.id, from.id);
  if (answer.kind !== 'ok') return person;
  const member = answer.body;
  // A guest of another tenant is not vouched for by this one.
  if (typeof member['tenantId'] === 'string' && member['tenantId'] !== tenant) return person;
  if (from.aadObjectId !== undefined && aadOf(member) !== from.aadObjectId) return person;
  const email = verifiedEmail(text(member, 'userPrincipalName'), text(member, 'email'));
  const name = text(member, 'name');
  return {
    ...person,
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
  };
}

function aadOf(member: Readonly<Record<string, unknown>>): string | undefined {
  return text(member, 'aadObjectId') ?? text(member, 'objectId');
}

function text(member: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = member[key];
  return typeof value === 'string' && value !== '' && value.length <= 320 ? value : undefined;
}

/** Guests' user names (`name_domain#EXT#@…`) say nothing of an address. */
function verifiedEmail(userName: string | undefined, email: string | undefined): string | undefined {
  if (userName === undefined || userName.includes('#EXT#')) return undefined;
  const domain = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return email !== undefined && domain(email) === domain(userName) ? email : userName;
}
