import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { BlockKitOptions } from '../../../cards/blockkit/index.js';
import type { AdaptiveCardJson } from '../../../core/ports/chat.js';
import type { MessageRef } from '../../../core/ports/outbox.js';
import type { Sealer } from '../../../runtime/sealed.js';

/** What a message or view needs to be answered: the card that it shows, how, and which delivery it is. */
export interface ShownCard {
  readonly card: AdaptiveCardJson;
  readonly options: BlockKitOptions;
  readonly programme?: string;
  readonly delivery?: string;
  /** The message that a window was opened from. */
  readonly message?: MessageRef;
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

/** How long the pressed part is, in front of it. */
const LENGTH_BYTES = 4;
/** A window of 8 KB: a card is hardly longer, and zlib's own 256 KB for each call would cost more than the work. */
const SMALL = { level: 4, windowBits: 13, memLevel: 6 };

/** Opened cards that are kept, the last pressed of them: some 10 KB each. */
const MOST_KEPT = 200;

/** What is the same for all who see a card. */
type Pressed = Pick<ShownCard, 'card' | 'options'>;

/** Creates the box over a sealer. */
export function createCardBox(sealer: Sealer): CardBox {
  // A card that goes to many is pressed together once; what differs from one to the next stands after it.
  const pressed = new WeakMap<object, { readonly options: BlockKitOptions; readonly bytes: Buffer }>();
  const press = ({ card, options }: ShownCard): Buffer => {
    const known = pressed.get(card);
    if (known?.options === options) return known.bytes;
    const deflated = deflateRawSync(JSON.stringify({ card, options }), SMALL);
    const head = Buffer.alloc(LENGTH_BYTES);
    head.writeUInt32BE(deflated.length);
    const bytes = Buffer.concat([head, deflated]);
    pressed.set(card, { options, bytes });
    return bytes;
  };
  // Many press on the same card, and one person often on several of its buttons.
  const unpressed = new Map<string, Pressed>();
  const unpress = (bytes: Buffer): Pressed => {
    const key = bytes.toString('latin1');
    let common = unpressed.get(key);
    if (common === undefined) common = JSON.parse(inflateRawSync(bytes, OPENING).toString()) as Pressed;
    else unpressed.delete(key);
    unpressed.set(key, common);
    if (unpressed.size > MOST_KEPT) unpressed.delete(unpressed.keys().next().value ?? '');
    return common;
  };
  const place = (workspace: string, user: string) => `card/${workspace}/${user}`;
  return {
    close(shown, workspace, user) {
      const { programme, delivery, message } = shown;
      const own = Buffer.from(JSON.stringify({ programme, delivery, message }));
      return sealer.seal(Buffer.concat([press(shown), own]), place(workspace, user));
    },
    open(box, workspace, user) {
      if (typeof box !== 'string') return undefined;
      const opened = sealer.open(box, place(workspace, user));
      if (opened === undefined) return undefined;
      const end = LENGTH_BYTES + opened.readUInt32BE(0);
      const own = opened.subarray(end).toString();
      return { ...unpress(opened.subarray(LENGTH_BYTES, end)), ...JSON.parse(own) } as ShownCard;
    },
  };
}
