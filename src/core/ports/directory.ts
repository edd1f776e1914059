import type { Account } from '../identity/types.js';
import type { Chat, Recipient } from './chat.js';

/** Which member is reached where. */
export interface Directory {
  /** The lane (the queue of the workspace) of a member; undefined: no account known. */
  laneOf(programme: string, member: string): string | undefined;
  /** `lane`: the one that a message was meant for; another when the member is not reached there any more. */
  recipientOf(programme: string, member: string, lane?: string): Promise<Recipient | undefined>;
  /** Reads who is reached where again, where that can change while the process runs. */
  refresh?(programme: string): Promise<void>;
  /** A person's accounts in a workspace, one in each programme, if they are at hand; whoever is not may still have some. */
  accountsAt?(workspace: string, user: string): readonly Account[];
  /** The chat platform that a lane's messages go to. */
  chatOf(lane: string): Chat;
}
