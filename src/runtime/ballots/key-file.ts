import { open, readFile, rm } from 'node:fs/promises';
import { absent } from '../files.js';

/** Keys of rounds are for AES-256. */
export const KEY_BYTES = 32;

/** The key in a file; undefined when it is not there, or not a whole one. */
export async function readKey(file: string): Promise<Buffer | undefined> {
  const bytes = await readFile(file).catch(absent);
  return bytes?.length === KEY_BYTES ? bytes : undefined;
}

/**
 * Destroys a key: its bytes are written over before the file is removed. A key that is not there is destroyed.
 * @returns whether it was there
 */
export async function destroyKey(file: string): Promise<boolean> {
  const handle = await open(file, 'r+').catch(absent);
  if (handle === undefined) return false;
  try {
    await handle.write(Buffer.alloc(KEY_BYTES), 0, KEY_BYTES, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rm(file, { force: true });
  return true;
}
