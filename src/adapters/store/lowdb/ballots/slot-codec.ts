import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { answerIn, bodyOf, type Entry } from '../../../../runtime/ballots/packed.js';

/** 96 bits, what GCM is made for (NIST SP 800-38D, 8.2). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HASH_BYTES = 16;
const LENGTH_BYTES = 2;
const HEAD_BYTES = NONCE_BYTES + TAG_BYTES;
/** What a slot holds besides an answer. */
export const OVERHEAD_BYTES = HEAD_BYTES + LENGTH_BYTES + HASH_BYTES;

/** Random bytes are asked of the system for so many nonces at once: asked for each, they cost more than the cipher. */
const pool = Buffer.alloc(1024 * NONCE_BYTES);
let used = pool.length;

function nextNonce(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += NONCE_BYTES;
  return pool.subarray(used - NONCE_BYTES, used);
}

/**
 * Closes an answer into a slot: nonce, tag, and, under AES-256-GCM, length, hash, answer and padding. Every slot of a
 * file has the same size, and a free one is random bytes: without the key they look alike.
 */
export function sealSlot(key: Buffer, entry: Entry, slotBytes: number): Buffer {
  // The cipher takes this in before it returns, so one buffer of each size serves all slots.
  const plain = scratchOf(slotBytes - HEAD_BYTES).fill(0);
  const length = plain.write(bodyOf(entry.answer), LENGTH_BYTES + HASH_BYTES);
  plain.writeUInt16BE(length, 0);
  plain.write(entry.hash, LENGTH_BYTES, HASH_BYTES, 'hex');
  const nonce = nextNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  // GCM holds nothing back: all comes out at once.
  const closed = cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, cipher.getAuthTag(), closed], slotBytes);
}

const scratch = new Map<number, Buffer>();

function scratchOf(bytes: number): Buffer {
  let buffer = scratch.get(bytes);
  if (buffer === undefined) scratch.set(bytes, (buffer = Buffer.alloc(bytes)));
  return buffer;
}

/** Opens a slot; undefined when it is free. */
export function openSlot(key: Buffer, slot: Buffer): Entry | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, slot.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(slot.subarray(NONCE_BYTES, HEAD_BYTES));
  const plain = decipher.update(slot.subarray(HEAD_BYTES));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  const start = LENGTH_BYTES + HASH_BYTES;
  const body = plain.subarray(start, start + plain.readUInt16BE(0)).toString();
  return { hash: plain.toString('hex', LENGTH_BYTES, start), answer: answerIn(body) };
}
