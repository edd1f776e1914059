import { SamlingError } from '../errors.js';
import type { Chat } from '../ports/chat.js';
import type { Directory } from '../ports/directory.js';
import type { Programmes } from '../ports/programmes.js';
import type { Tables } from '../ports/store.js';
import { preferredAccount } from './accounts.js';
import type { Account, Platform } from './types.js';

export interface AccountDirectoryOptions {
  readonly tables: Tables;
  readonly programmes: Programmes;
  readonly chats: Readonly<Partial<Record<Platform, Chat>>>;
}

/** The directory over linked accounts. */
export interface AccountDirectory extends Directory {
  /** Reads who is reached where again; wanted after accounts or preferences have changed. */
  refresh(programme: string): Promise<void>;
}

/**
 * Creates the directory and reads all accounts. Lanes are the workspaces; a lane's messages go to the chat that its
 * name begins with. Accounts of platforms that are not configured are as good as none.
 */
export async function createAccountDirectory(options: AccountDirectoryOptions): Promise<AccountDirectory> {
  const { tables, programmes, chats } = options;
  const reached = new Map<string, ReadonlyMap<string, Account>>();
  const refresh = async (programme: string) => {
    reached.set(programme, await reachedAccounts(tables, programme, chats));
  };
  for (const { id } of programmes.all()) await refresh(id);
  return {
    refresh,
    laneOf: (programme, member) => reached.get(programme)?.get(member)?.workspace,
    recipientOf: (programme, member) => {
      const account = reached.get(programme)?.get(member);
      if (account === undefined) return Promise.resolve(undefined);
      const { workspace, user, address } = account;
      return Promise.resolve({ programme, member, workspace, account: { ...address, user } });
    },
    chatOf(lane) {
      const chat = chats[lane.slice(0, lane.indexOf('/')) as Platform];
      if (chat !== undefined) return chat;
      throw new SamlingError('INTERNAL', 'A message is for a chat platform that is not configured.');
    },
  };
}

async function reachedAccounts(
  tables: Tables,
  programme: string,
  chats: AccountDirectoryOptions['chats'],
): Promise<ReadonlyMap<string, Account>> {
  const accounts = (await tables.accounts.list(programme)).filter(
    (each) => chats[each.platform] !== undefined,
  );
  const ofMember = new Map<string, Account[]>();
  for (const each of accounts) ofMember.set(each.member, [...(ofMember.get(each.member) ?? []), each]);
  const preferences = new Map((await tables.preferences.list(programme)).map((each) => [each.id, each]));
  const reached = new Map<string, Account>();
  for (const [member, own] of ofMember) {
    const account = preferredAccount(own, preferences.get(member));
    if (account !== undefined) reached.set(member, account);
  }
  return reached;
}
