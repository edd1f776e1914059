import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { CountedAnswer } from '../../../../core/ports/ballots.js';

/** 96 bits, what GCM is made for (NIST SP 800-38D, 8.2). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HASH_BYTES = 16;
const LENGTH_BYTES = 2;
const HEAD_BYTES = NONCE_BYTES + TAG_BYTES;

/** One answer and the hash it lies under, in hexadecimal. */
export interface Entry {
  readonly hash: string;
  readonly answer: CountedAnswer;
}

const answerSchema = z.tuple([z.int(), z.int(), z.union([z.number(), z.array(z.number()), z.string()])]);

function bodyOf({ question, group, value }: CountedAnswer): Buffer {
  return Buffer.from(JSON.stringify([question, group, value]));
}

/**
 * Closes an answer into a slot: nonce, tag, and, under AES-256-GCM, length, hash, answer and padding. Every slot of a
 * file has the same size, and a free one is random bytes: without the key they look alike.
 */
export function sealSlot(key: Buffer, entry: Entry, slotBytes: number): Buffer {
  const plain = Buffer.alloc(slotBytes - HEAD_BYTES);
  const body = bodyOf(entry.answer);
  plain.writeUInt16BE(body.length, 0);
  plain.write(entry.hash, LENGTH_BYTES, HASH_BYTES, 'hex');
  body.copy(plain, LENGTH_BYTES + HASH_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const closed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), closed]);
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
  const [question, group, value] = answerSchema.parse(JSON.parse(body));
  return { hash: plain.toString('hex', LENGTH_BYTES, start), answer: { question, group, value } };
}
