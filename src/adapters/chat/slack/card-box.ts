import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { BlockKitOptions } from '../../../cards/blockkit/index.js';
import type { AdaptiveCardJson } from '../../../core/ports/chat.js';
import type { Sealer } from '../../../runtime/sealed.js';

/** What a message or view needs to be answered: the card that it shows, how, and which delivery it is. */
export interface ShownCard {
  readonly card: AdaptiveCardJson;
  readonly options: BlockKitOptions;
  readonly programme?: string;
  readonly delivery?: string;
}

/**
 * Carries cards with the messages that show them, sealed: a card comes back as it was sent, only from the person whom
 * it was sent to, and the store holds no copy that could be joined with an anonymous answer.
 */
export interface CardBox {
  close(shown: ShownCard, workspace: string, user: string): string;
  /** Undefined for what is not ours, not this person's, or was changed. */
  open(box: unknown, workspace: string, user: string): ShownCard | undefined;
}

/** Far above any card that Samling makes; a box is sealed, so only mistakes could be larger. In pieces of 8 KB. */
const OPENING = { maxOutputLength: 1024 * 1024, chunkSize: 8192 };

/** A window of 8 KB: a card is hardly longer, and zlib's own 256 KB for each call would cost more than the work. */
const SMALL = { level: 4, windowBits: 13, memLevel: 6 };

/** Creates the box over a sealer. */
export function createCardBox(sealer: Sealer): CardBox {
  const place = (workspace: string, user: string) => `card/${workspace}/${user}`;
  return {
    close: (shown, workspace, user) =>
      sealer.seal(deflateRawSync(JSON.stringify(shown), SMALL), place(workspace, user)),
    open(box, workspace, user) {
      if (typeof box !== 'string') return undefined;
      const opened = sealer.open(box, place(workspace, user));
      if (opened === undefined) return undefined;
      return JSON.parse(inflateRawSync(opened, OPENING).toString()) as ShownCard;
    },
  };
}
