import { isoInstant } from '../calendar/iso-instant.js';
import { note } from '../audit/audit.js';
import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import { personOf, roleKindsOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Answer } from '../ports/interaction.js';
import type { Tables } from '../ports/store.js';
import type { Programme } from '../programme/schema.js';
import { link, preferredAccount } from './accounts.js';
import { requestMessage } from './stranger.js';
import type { AccessRequest, Account } from './types.js';

function isCoordinator({ state, member }: Talk): boolean {
  return roleKindsOf(state.programme, member).includes('coordinator');
}

/** Requests shown at once; the next come when these are answered. */
const MOST_SHOWN = 5;

/** The requests that wait for an answer, oldest first. */
export async function showRequests(talk: Talk): Promise<Answer> {
  if (!isCoordinator(talk)) return sayOnly('not-allowed');
  const { programme } = talk.state;
  const all = await talk.tables.accessRequests.list(programme.id);
  const open = all.filter((each) => each.state === 'open').sort((a, b) => (a.at < b.at ? -1 : 1));
  if (open.length === 0) return { say: [statement('access-none', 'info')] };
  return { say: open.slice(0, MOST_SHOWN).map((each) => requestMessage(programme, each)) };
}

/** Lets somebody in who asked: makes them a member, links the account, and says so to them. */
export async function admit(
  talk: Talk,
  form: { readonly request: string; readonly organisation: string; readonly roles: string },
): Promise<Answer> {
  if (!isCoordinator(talk)) return sayOnly('not-allowed');
  const { programme } = talk.state;
  const request = await talk.tables.accessRequests.get(programme.id, form.request);
  if (request === undefined) return sayOnly('action-not-understood');
  if (request.state === 'admitted') return { replace: statement('access-admitted', 'done'), say: [] };
  const roles = form.roles.split(',').filter((id) => programme.roles.some((role) => role.id === id));
  const isThere = programme.organisations.some((each) => each.id === form.organisation);
  if (!isThere || roles.length === 0) return sayOnly('action-not-understood');
  const member = await memberFor(talk, request, { organisation: form.organisation, roles });
  await talk.tables.members.put(member);
  await link(talk.tables, programme.id, member.id, personIn(request), talk.nowMs);
  await talk.tables.accessRequests.put({ ...request, state: 'admitted', at: talk.at });
  await note(talk, { right: 'access-decide', act: 'access-admit', subject: member.id });
  const welcome = statement('access-welcome', 'done', { programme: { text: programme.name } });
  return {
    replace: statement('access-admitted', 'done'),
    say: [],
    tell: [{ member: member.id, lane: request.workspace, message: welcome }],
    replan: true,
  };
}

/** A member who left and comes back, or whose address was not verified, stays the same member. */
async function memberFor(
  { tables, state }: Talk,
  request: AccessRequest,
  place: Pick<Member, 'organisation' | 'roles'>,
): Promise<Member> {
  const email = request.email?.trim().toLowerCase();
  const members = await tables.members.list(state.programme.id);
  const known = members.find((each) => email !== undefined && each.email?.trim().toLowerCase() === email);
  if (known !== undefined) return { ...known, ...place, active: true };
  return {
    programme: state.programme.id,
    id: request.member,
    networks: [],
    active: true,
    ...place,
    ...(request.name === undefined ? {} : { name: request.name }),
    ...(email === undefined ? {} : { email }),
  };
}

function personIn({ platform, workspace, user, address }: AccessRequest) {
  return { platform, workspace, user, address };
}

/** Does not let somebody in; they are told so when they write again. */
export async function decline(talk: Talk, form: { readonly request: string }): Promise<Answer> {
  if (!isCoordinator(talk)) return sayOnly('not-allowed');
  const request = await talk.tables.accessRequests.get(talk.state.programme.id, form.request);
  if (request === undefined) return sayOnly('action-not-understood');
  if (request.state === 'admitted') return { replace: statement('access-admitted', 'done'), say: [] };
  await talk.tables.accessRequests.put({ ...request, state: 'declined', at: talk.at });
  await note(talk, { right: 'access-decide', act: 'access-decline', subject: request.member });
  return { replace: statement('access-refused', 'info'), say: [] };
}

/** Where the member wants to be told, of their own accounts. */
export async function setAccount(talk: Talk, form: { readonly account: string }): Promise<Answer> {
  const { tables, member, state } = talk;
  const account = await tables.accounts.get(state.programme.id, form.account);
  if (account?.member !== member.id) return sayOnly('action-not-understood');
  const before = state.preferences.get(member.id) ?? { programme: member.programme, id: member.id };
  await tables.preferences.put({ ...before, account: account.id });
  return { replace: statement('account-set', 'done'), say: [], replan: true };
}

/** Of so many people of one workspace coordinators are told one by one in a day; then once that there are many. */
const MOST_NAMED = 5;
const DAY_MS = 24 * 3_600_000;

/** How many accounts of a workspace were lost within a day. */
function lostIn(accounts: readonly Account[], workspace: string, nowMs: number): number {
  const since = isoInstant(nowMs - DAY_MS);
  return accounts.filter(
    (each) => each.workspace === workspace && each.state === 'unreachable' && each.at > since,
  ).length;
}

/**
 * The member's account does not reach them any more: remembered, and told to the coordinators once. Nothing when
 * that was known, and nothing more where many of one workspace are lost at once.
 */
export async function markUnreachable(
  tables: Tables,
  programme: Programme,
  account: Account,
  reason: string,
  nowMs: number,
): Promise<Answer> {
  const stored = await tables.accounts.get(programme.id, account.id);
  if (stored?.state !== 'active') return { say: [] };
  await tables.accounts.put({ ...stored, state: 'unreachable', reason, at: isoInstant(nowMs) });
  const members = await tables.members.list(programme.id);
  const member = members.find((each) => each.id === account.member && each.active);
  if (member === undefined) return { say: [], replan: true };
  const all = await tables.accounts.list(programme.id);
  const accounts = all.filter((each) => each.member === member.id);
  // Still reached in another workspace: nobody needs to do anything.
  if (preferredAccount(accounts, undefined) !== undefined) return { say: [], replan: true };
  const lost = lostIn(all, account.workspace, nowMs);
  if (lost > MOST_NAMED + 1) return { say: [], replan: true };
  const notice = message('unreachable-notice', {
    member: personOf(programme, member),
    ...(lost > MOST_NAMED && { many: lost }),
  });
  const coordinators = members.filter(
    (each) => each.active && each !== member && roleKindsOf(programme, each).includes('coordinator'),
  );
  return {
    say: [],
    tell: coordinators.map((each) => ({ member: each.id, message: notice })),
    replan: true,
  };
}
