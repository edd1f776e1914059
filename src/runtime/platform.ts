import type { Platform, VerifiedPerson } from '../core/identity/types.js';
import type { Chat } from '../core/ports/chat.js';
import type { Clock } from '../core/ports/environment.js';
import type { Programmes } from '../core/ports/programmes.js';
import type { Store } from '../core/ports/store.js';
import type { Log } from './dispatcher.js';
import type { Hear } from './heard.js';
import type { HomeOf, ShowOf } from './home.js';
import type { Sealer } from './sealed.js';
import type { WebMount } from './web.js';
import type { Render } from './render.js';

/** What a chat platform is made from. */
export interface PlatformParts {
  readonly store: Store;
  readonly programmes: Programmes;
  readonly clock: Clock;
  readonly log: Log;
  readonly sealer: Sealer;
  readonly render: Render;
}

/** What a platform hands its events to; there once the platform's chat is. */
export interface PlatformHub {
  readonly hear: Hear;
  /** Links a person whom the platform vouches for to the members with their address; false when there is none. */
  readonly link: (person: VerifiedPerson) => Promise<boolean>;
  /** Sends what is due, without waiting for it. */
  readonly dispatch: () => void;
  /** A member's own page; undefined for somebody unknown. */
  readonly home: HomeOf;
  /** What a member asks to see, without saying it in the conversation. */
  readonly show: ShowOf;
  /** A person cannot be reached in a workspace any more: remembered, and told to the coordinators once. */
  readonly personGone: (workspace: string, user: string, reason: string) => Promise<void>;
  /** Samling was installed in a workspace, or removed from it. */
  readonly workspaceChanged: (workspace: string, state: 'active' | 'removed') => Promise<void>;
}

/** A chat platform: sends by `chat`, and after `connect` hears by its mounts. */
export interface ChatPlatform {
  readonly platform: Platform;
  readonly chat: Chat;
  connect(hub: PlatformHub): PlatformConnection;
}

export interface PlatformConnection {
  readonly mounts: readonly WebMount[];
  /** Begins what does not come by HTTP. */
  start(): Promise<void>;
  /** Ends it, and waits for what is under way. */
  stop(): Promise<void>;
}

/** What a check of the set-up found: one line, and what to do when it is wrong. */
export interface Finding {
  readonly what: string;
  readonly isOk: boolean;
  readonly says: string;
  readonly todo?: string;
}
