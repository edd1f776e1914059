import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { BlockKitOptions } from '../../../cards/blockkit/index.js';
import type { AdaptiveCardJson } from '../../../core/ports/chat.js';
import type { MessageRef } from '../../../core/ports/outbox.js';
import type { Sealer } from '../../../runtime/sealed.js';

/** What a message or view needs to be answered: the card that it shows, how, and which delivery it is. */
export interface ShownCard {
  readonly card: AdaptiveCardJson;
  readonly options: BlockKitOptions;
  readonly programme?: string | undefined;
  readonly delivery?: string | undefined;
  /** The message that a window was opened from. */
  readonly message?: MessageRef | undefined;
}

/**
 * Carries cards with the messages that show them, sealed: a card comes back as it was sent, only from the person whom
 * it was sent to, and the store holds no copy that could be joined with an anonymous answer. In plain sight is what the
 * message's metadata say anyway: programme and delivery, and which message a window was opened from.
 */
export interface CardBox {
  close(shown: ShownCard, workspace: string, user: string): string;
  /** Undefined for what is not ours, not this person's, or was changed. */
  open(box: unknown, workspace: string, user: string): ShownCard | undefined;
}

/** Far above any card that Samling makes; a card is sealed, so only mistakes could be larger. In pieces of 8 KB. */
const OPENING = { maxOutputLength: 1024 * 1024, chunkSize: 8192 };

/** A window of 8 KB: a card is hardly longer, and zlib's own 256 KB for each call would cost more than the work. */
const SMALL = { level: 4, windowBits: 13, memLevel: 6 };

/** Opened cards that are kept, the last pressed of them: some 10 KB each. */
const MOST_KEPT = 200;

/** What is the same for all who see a card. */
type Common = Pick<ShownCard, 'card' | 'options'>;

/** A common part, sealed, and what stands for it in proofs. */
interface SealedCard {
  readonly options: BlockKitOptions;
  readonly sealed: string;
  readonly mark: string;
}

/** A common part that was opened. */
interface OpenedCard {
  readonly mark: string;
  readonly common: Common;
}

const COMMON_PLACE = 'card';

/** Stands for a common part in proofs. */
const markOf = (sealed: string) => createHash('sha256').update(sealed).digest('base64url');

const placeOf = (workspace: string, user: string, mark: string) => `card/${workspace}/${user}/${mark}`;

/** The three parts of a box, in base64url, which has no full stop. */
function partsOf(box: string): { readonly sealed: string; readonly proof: string; readonly own: string } {
  const first = box.indexOf('.');
  const second = box.indexOf('.', first + 1);
  return { sealed: box.slice(0, first), proof: box.slice(first + 1, second), own: box.slice(second + 1) };
}

/**
 * Creates the box over a sealer. What is the same for all who get a card is pressed together and sealed once; what is a
 * receiver's own stands after it, with a proof that binds it to the card, to them and to their workspace.
 */
export function createCardBox(sealer: Pick<Sealer, 'seal' | 'open' | 'sign' | 'isSigned'>): CardBox {
  const closed = new WeakMap<object, SealedCard>();
  const close = ({ card, options }: Common): SealedCard => {
    const known = closed.get(card);
    if (known?.options === options) return known;
    const sealed = sealer.seal(deflateRawSync(JSON.stringify({ card, options }), SMALL), COMMON_PLACE);
    const made = { options, sealed, mark: markOf(sealed) };
    closed.set(card, made);
    return made;
  };
  // Many press on the same card, and one person often on several of its buttons.
  const opened = new Map<string, OpenedCard>();
  const keep = (sealed: string, card: OpenedCard) => {
    opened.delete(sealed);
    opened.set(sealed, card);
    if (opened.size > MOST_KEPT) opened.delete(opened.keys().next().value ?? '');
  };
  return {
    close(shown, workspace, user) {
      const { programme, delivery, message } = shown;
      const { sealed, mark } = close(shown);
      const own = Buffer.from(JSON.stringify({ programme, delivery, message })).toString('base64url');
      return `${sealed}.${sealer.sign(own, placeOf(workspace, user, mark))}.${own}`;
    },
    open(box, workspace, user) {
      if (typeof box !== 'string') return undefined;
      const { sealed, proof, own } = partsOf(box);
      const known = opened.get(sealed);
      const mark = known?.mark ?? markOf(sealed);
      if (!sealer.isSigned(own, placeOf(workspace, user, mark), proof)) return undefined;
      const common = known?.common ?? openCommon(sealer, sealed);
      if (common === undefined) return undefined;
      keep(sealed, { mark, common });
      const { card, options } = common;
      const { programme, delivery, message } = readOwn(own);
      return { card, options, programme, delivery, ...(message && { message }) };
    },
  };
}

const readOwn = (own: string) =>
  JSON.parse(Buffer.from(own, 'base64url').toString()) as Omit<ShownCard, keyof Common>;

function openCommon(sealer: Pick<Sealer, 'open'>, sealed: string): Common | undefined {
  const bytes = sealer.open(sealed, COMMON_PLACE);
  return bytes && (JSON.parse(inflateRawSync(bytes, OPENING).toString()) as Common);
}
