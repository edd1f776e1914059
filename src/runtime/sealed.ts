import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { SamlingError } from '../core/errors.js';

/** Closes and opens boxes with keys from the configuration: AES-256-GCM, the key's mark, nonce and tag in front. */
export interface Sealer {
  /** `place` says what the box is for; it opens only for the same. */
  seal(content: string | Uint8Array, place: string): string;
  /** Undefined for what is no box of ours, was changed, belongs elsewhere, or was closed with a key that is gone. */
  open(box: string, place: string): Buffer | undefined;
  /** A short proof that content in plain sight is ours, and for a place: HMAC-SHA-256, cut to 128 bits. */
  sign(content: string, place: string): string;
  /** Whether a proof was made with any of the keys. */
  isSigned(content: string, place: string, proof: string): boolean;
  /** Whether a box was closed with another key than the first, and should be closed anew. */
  isOld(box: string): boolean;
}

const KEY_BYTES = 32;
const MARK_BYTES = 4;
/** 96 bits, what GCM is made for (NIST SP 800-38D, 8.2). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Half of the hash: what NIST SP 800-107, 5.3.4, finds enough for a tag that is checked at once. */
const PROOF_BYTES = 16;
const HEAD_BYTES = MARK_BYTES + NONCE_BYTES + TAG_BYTES;

/**
 * Creates what seals with the first key and opens with any: put a new key in front, and take the old one away when
 * nothing is closed with it any more.
 * @param keys each 32 bytes as base64 or base64url
 * @throws SamlingError `CONFIG_WRONG` for no key, or one that has another length.
 */
export function createSealer(keys: readonly string[]): Sealer {
  const all = keys.map(readKey);
  const [first] = all;
  if (first === undefined) throw new SamlingError('CONFIG_WRONG', 'There is no key in SAMLING_KEYS.');
  const nonces = createNonces();
  const keyOf = (bytes: Buffer) => all.find((key) => key.mark.equals(bytes.subarray(0, MARK_BYTES)));
  return {
    seal(content, place) {
      const nonce = nonces();
      const cipher = createCipheriv('aes-256-gcm', first.closing, nonce).setAAD(Buffer.from(place));
      const closed = [cipher.update(content), cipher.final()];
      return Buffer.concat([first.mark, nonce, cipher.getAuthTag(), ...closed]).toString('base64url');
    },
    open(box, place) {
      const bytes = Buffer.from(box, 'base64url');
      const key = bytes.length < HEAD_BYTES ? undefined : keyOf(bytes);
      if (key === undefined) return undefined;
      const nonce = bytes.subarray(MARK_BYTES, MARK_BYTES + NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key.closing, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(HEAD_BYTES - TAG_BYTES, HEAD_BYTES));
      const opened = decipher.update(bytes.subarray(HEAD_BYTES));
      try {
        return Buffer.concat([opened, decipher.final()]);
      } catch {
        return undefined;
      }
    },
    sign: (content, place) => proofOf(first, content, place),
    isSigned(content, place, proof) {
      // As it is written: of base64url, several spellings can mean the same.
      const given = Buffer.from(proof);
      return all.some((key) => {
        const made = Buffer.from(proofOf(key, content, place));
        return made.length === given.length && timingSafeEqual(made, given);
      });
    },
    isOld: (box) => !Buffer.from(box, 'base64url').subarray(0, MARK_BYTES).equals(first.mark),
  };
}

/** So many nonces are drawn at once: asking the generator costs more than what it gives. */
const NONCES = 256;

/** Creates what gives nonces, each once. */
function createNonces(): () => Buffer {
  let drawn = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at >= drawn.length) {
      drawn = randomBytes(NONCES * NONCE_BYTES);
      at = 0;
    }
    return drawn.subarray(at, (at += NONCE_BYTES));
  };
}

interface Key {
  readonly closing: KeyObject;
  readonly mark: Buffer;
  /** Apart from the key that closes boxes, so that neither says anything of the other. */
  readonly signing: KeyObject;
}

function proofOf({ signing }: Key, content: string, place: string): string {
  const hmac = createHmac('sha256', signing).update(`${String(place.length)}:${place}${content}`);
  return hmac.digest().toString('base64url', 0, PROOF_BYTES);
}

function readKey(text: string): Key {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== KEY_BYTES) {
    throw new SamlingError('CONFIG_WRONG', 'A key in SAMLING_KEYS is not 32 bytes in base64.');
  }
  // A mark tells keys apart and says nothing of them.
  return {
    closing: createSecretKey(bytes),
    mark: createHash('sha256').update('samling-key').update(bytes).digest().subarray(0, MARK_BYTES),
    signing: createSecretKey(createHash('sha256').update('samling-signing').update(bytes).digest()),
  };
}
