import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { CountedAnswer } from '../../core/ports/ballots.js';
import { shuffled } from './hashes.js';

/** An answer, and the hashes of the events that put it in, of 16 hexadecimal digits, the latest last. */
export interface KeptAnswer extends CountedAnswer {
  readonly events?: readonly string[];
}

/** One answer and the hash it lies under, in hexadecimal. */
export interface Entry {
  readonly hash: string;
  readonly answer: KeptAnswer;
}

/** 96 bits, what GCM is made for (NIST SP 800-38D, 8.2). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HASH_BYTES = 16;
const COUNT_BYTES = 4;
const LENGTH_BYTES = 2;
/** Before an entry's body. */
const HEAD_BYTES = HASH_BYTES + LENGTH_BYTES;

const EVENTS = /.{16}/g;
const valueSchema = z.union([z.number(), z.array(z.number()), z.string()]);
const answerSchema = z.union([
  z.tuple([z.int(), z.int(), valueSchema]),
  z.tuple([z.int(), z.int(), valueSchema, z.hex()]),
]);

/** An answer as text. */
export function bodyOf({ question, group, value, events }: KeptAnswer): string {
  if (events === undefined) return JSON.stringify([question, group, value]);
  return JSON.stringify([question, group, value, events.join('')]);
}

/** @throws ZodError, SyntaxError when it is not what `bodyOf` made. */
export function answerIn(body: string): KeptAnswer {
  const [question, group, value, digits] = answerSchema.parse(JSON.parse(body));
  if (digits === undefined) return { question, group, value };
  return { question, group, value, events: digits.match(EVENTS) ?? [] };
}

/** How many bytes `pack` needs for bodies. */
export function neededBytes(bodies: Iterable<Buffer>): number {
  let bytes = COUNT_BYTES;
  for (const body of bodies) bytes += HEAD_BYTES + body.length;
  return bytes;
}

const LEAST_BYTES = 4096;

/** Boxes have a size of two to a power, so that it says next to nothing of what is in them. */
export const roomFor = (bytes: number): number => Math.max(LEAST_BYTES, 2 ** Math.ceil(Math.log2(bytes)));

/**
 * Packs all answers of a round into one piece of `bytes`, in an order that chance picks anew each time, filled up with
 * zeros.
 * @param bodies by hash
 */
export function pack(bodies: ReadonlyMap<string, Buffer>, bytes: number): Buffer {
  const packed = Buffer.alloc(bytes);
  let at = packed.writeUInt32BE(bodies.size, 0);
  for (const [hash, body] of shuffled([...bodies])) {
    at += packed.write(hash, at, HASH_BYTES, 'hex');
    at = packed.writeUInt16BE(body.length, at);
    at += body.copy(packed, at);
  }
  return packed;
}

/** What `pack` has packed, by hash. */
export function unpack(packed: Buffer): Map<string, Buffer> {
  const bodies = new Map<string, Buffer>();
  let at = COUNT_BYTES;
  for (let left = packed.readUInt32BE(0); left > 0; left -= 1) {
    const start = at + HEAD_BYTES;
    const end = start + packed.readUInt16BE(at + HASH_BYTES);
    bodies.set(packed.toString('hex', at, at + HASH_BYTES), packed.subarray(start, end));
    at = end;
  }
  return bodies;
}

/** Closes by AES-256-GCM: nonce, tag, and what was to be closed. What is `about` must be said again to open it. */
export function seal(key: Buffer, about: string, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
  const closed = cipher.update(plain);
  // GCM holds nothing back: all came out at once.
  cipher.final();
  return Buffer.concat([nonce, cipher.getAuthTag(), closed]);
}

/** @returns undefined when the key is another, or the bytes are not what `seal` gave. */
export function unseal(key: Buffer, about: string, sealed: Buffer): Buffer | undefined {
  const start = NONCE_BYTES + TAG_BYTES;
  if (sealed.length < start) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(NONCE_BYTES, start));
  const plain = decipher.update(sealed.subarray(start));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return plain;
}
