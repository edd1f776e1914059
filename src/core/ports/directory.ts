import type { Chat, Recipient } from './chat.js';

/** Which member is reached where. */
export interface Directory {
  /** The lane (the queue of the workspace) of a member; undefined: no account known. */
  laneOf(programme: string, member: string): string | undefined;
  recipientOf(programme: string, member: string): Promise<Recipient | undefined>;
  /** Reads who is reached where again, where that can change while the process runs. */
  refresh?(programme: string): Promise<void>;
  /** The chat platform that a lane's messages go to. */
  chatOf(lane: string): Chat;
}
