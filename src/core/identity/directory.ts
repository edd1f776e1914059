import { SamlingError } from '../errors.js';
import type { Chat, Recipient } from '../ports/chat.js';
import type { Directory } from '../ports/directory.js';
import type { Programmes } from '../ports/programmes.js';
import type { Tables } from '../ports/store.js';
import { preferredAccount } from './accounts.js';
import { accountId, type Account, type Platform } from './types.js';

export type Chats = Readonly<Partial<Record<Platform, Chat>>>;

export interface AccountDirectoryOptions {
  readonly tables: Tables;
  readonly programmes: Programmes;
  /** The chats of the platforms that are configured. */
  readonly chats: Chats;
}

/** The directory over linked accounts. */
export interface AccountDirectory extends Directory {
  /** Reads who is reached where again; wanted after accounts or preferences have changed. */
  refresh(programme: string): Promise<void>;
}

/** A member's accounts that reach them, as a chat needs them, the one that is used first. */
type Reached = ReadonlyMap<string, readonly Recipient[]>;

/**
 * Creates the directory and reads all accounts. Lanes are the workspaces; a message goes to the chat that its
 * recipient's workspace begins with. Accounts of platforms that are not configured are as good as none.
 */
export async function createAccountDirectory(options: AccountDirectoryOptions): Promise<AccountDirectory> {
  const { tables, programmes, chats } = options;
  const reached = new Map<string, Reached>();
  const known = new Map<string, ReadonlyMap<string, Account>>();
  const refresh = async (programme: string) => {
    const accounts = await tables.accounts.list(programme);
    known.set(programme, new Map(accounts.map((each) => [each.id, each])));
    reached.set(programme, await reachedAccounts(tables, programme, accounts, chats));
  };
  for (const { id } of programmes.all()) await refresh(id);
  const recipientsOf = (programme: string, member: string) => reached.get(programme)?.get(member) ?? [];
  return {
    refresh,
    accountsAt(workspace, user) {
      const id = accountId(workspace, user);
      const found: Account[] = [];
      for (const accounts of known.values()) {
        const account = accounts.get(id);
        if (account !== undefined) found.push(account);
      }
      return found;
    },
    laneOf: (programme, member) => recipientsOf(programme, member)[0]?.workspace,
    async recipientOf(programme, member, lane) {
      // Another process may have linked an account a moment ago.
      if (recipientsOf(programme, member).length === 0) await refresh(programme);
      const recipients = recipientsOf(programme, member);
      return recipients.find((each) => each.workspace === lane) ?? recipients[0];
    },
    chatOf: createChatOf(chats),
  };
}

/** Gives the chat of a lane, the same each time. */
function createChatOf(chats: Chats): Directory['chatOf'] {
  const known = new Map<string, Chat>();
  return (lane) => {
    const platform = platformOf(lane);
    let chat = known.get(platform);
    if (chat === undefined) known.set(platform, (chat = byWorkspace(chats, lane)));
    return chat;
  };
}

const platformOf = (workspace: string) => workspace.slice(0, workspace.indexOf('/'));

function chatFor(chats: Chats, workspace: string): Chat {
  const chat = chats[platformOf(workspace) as Platform];
  if (chat !== undefined) return chat;
  throw new SamlingError('INTERNAL', 'A message is for a chat platform that is not configured.');
}

/** The lane's chat; a member who is not reached there any more may be reached on another platform. */
function byWorkspace(chats: Chats, lane: string): Chat {
  const { platform, pace } = chatFor(chats, lane);
  return {
    platform,
    ...(pace && { pace }),
    send: (to, message, deliveryId) => chatFor(chats, to.workspace).send(to, message, deliveryId),
    update: (to, ref, message) => chatFor(chats, to.workspace).update(to, ref, message),
    remove: (to, ref) => chatFor(chats, to.workspace).remove(to, ref),
    find: (to, deliveryId) => chatFor(chats, to.workspace).find(to, deliveryId),
  };
}

async function reachedAccounts(
  tables: Tables,
  programme: string,
  all: readonly Account[],
  chats: Chats,
): Promise<Reached> {
  const accounts = all.filter((each) => each.state === 'active' && chats[each.platform] !== undefined);
  const ofMember = new Map<string, Account[]>();
  for (const each of accounts) ofMember.set(each.member, [...(ofMember.get(each.member) ?? []), each]);
  const preferences = new Map((await tables.preferences.list(programme)).map((each) => [each.id, each]));
  const reached = new Map<string, readonly Recipient[]>();
  for (const [member, own] of ofMember) {
    const first = preferredAccount(own, preferences.get(member));
    if (first === undefined) continue;
    reached.set(member, [first, ...own.filter((each) => each !== first)].map(recipientAt));
  }
  return reached;
}

function recipientAt({ programme, member, workspace, user, address }: Account): Recipient {
  return { programme, member, workspace, account: { ...address, user } };
}
