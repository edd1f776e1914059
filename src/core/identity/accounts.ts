import { isoInstant } from '../calendar/iso-instant.js';
import type { Preferences } from '../members/types.js';
import type { Programmes } from '../ports/programmes.js';
import type { Tables } from '../ports/store.js';
import { accountId, type Account, type VerifiedPerson } from './types.js';

/** The accounts of a person in a workspace: one in each programme that knows them, in the programmes' order. */
export async function accountsOf(
  tables: Tables,
  programmes: Programmes,
  workspace: string,
  user: string,
): Promise<readonly Account[]> {
  const id = accountId(workspace, user);
  const found = await Promise.all(
    programmes.all().map(({ id: programme }) => tables.accounts.get(programme, id)),
  );
  return found.filter((account) => account !== undefined);
}

/**
 * Links a person to every active member that has the person's verified e-mail. Idempotent; a link that is there stays,
 * so that an address that moved to somebody else takes nobody's place.
 */
export async function linkByEmail(
  tables: Tables,
  programmes: Programmes,
  person: VerifiedPerson,
  nowMs: number,
): Promise<readonly Account[]> {
  const email = person.email?.trim().toLowerCase();
  if (email === undefined || email === '') return [];
  const linked: Account[] = [];
  for (const { id: programme } of programmes.all()) {
    const members = await tables.members.list(programme);
    // Two members with one address: nobody can say which, so neither is linked.
    const matches = members.filter((each) => each.active && each.email?.trim().toLowerCase() === email);
    const [member] = matches;
    if (member === undefined || matches.length > 1) continue;
    linked.push(await link(tables, programme, member.id, person, nowMs));
  }
  return linked;
}

/** Links a person to a member, unless the account is linked already. */
export async function link(
  tables: Tables,
  programme: string,
  member: string,
  person: VerifiedPerson,
  nowMs: number,
): Promise<Account> {
  const id = accountId(person.workspace, person.user);
  const known = await tables.accounts.get(programme, id);
  if (known !== undefined) return known;
  const { platform, workspace, user, address } = person;
  const row: Account = {
    programme,
    id,
    member,
    platform,
    workspace,
    user,
    address,
    state: 'active',
    at: isoInstant(nowMs),
  };
  await tables.accounts.put(row);
  return row;
}

/** Of a member's accounts the one that is used: where they prefer, else the one linked first; none unreachable. */
export function preferredAccount(
  accounts: readonly Account[],
  preferences: Preferences | undefined,
): Account | undefined {
  const active = accounts.filter((each) => each.state === 'active');
  const preferred = active.find((each) => each.id === preferences?.account);
  return preferred ?? active.toSorted((a, b) => compare(a.at, b.at) || compare(a.id, b.id))[0];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
