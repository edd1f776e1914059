import type { VerifiedPerson } from '../core/identity/types.js';
import type { ChatMessage } from '../core/ports/chat.js';
import type { Interaction } from '../core/ports/interaction.js';
import type { Language } from '../core/programme/language.js';

/** Something that a person did in a workspace, verified, in the core's words but for who they are. */
export interface Incoming extends Pick<Interaction, 'id' | 'workspace' | 'event' | 'place' | 'isDialog'> {
  readonly user: string;
  readonly message?: Interaction['message'];
  /** The delivery whose card was pressed, and its programme, as the adapter itself wrote them down. */
  readonly delivery?: string | undefined;
  readonly programme?: string | undefined;
  readonly locale?: Language | undefined;
}

/** What the adapter does now. Replies to members come by the outbox; those to strangers are for it to say. */
export type Heard =
  | { readonly kind: 'member'; readonly replace?: ChatMessage }
  | { readonly kind: 'stranger'; readonly replace?: ChatMessage; readonly say: readonly ChatMessage[] }
  | { readonly kind: 'busy' | 'done-before' };

/** `lookUp` asks the platform who the person is; called only for somebody unknown. */
export type Hear = (incoming: Incoming, lookUp: () => Promise<VerifiedPerson>) => Promise<Heard>;
