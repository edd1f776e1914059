import { randomBytes } from 'node:crypto';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SamlingError } from '../../../../core/errors.js';
import type { BallotBox, BoxKey } from '../../../../core/ports/ballots.js';
import { boxName, markOf } from '../../../../runtime/ballots/hashes.js';
import { destroyKey, KEY_BYTES, readKey } from '../../../../runtime/ballots/key-file.js';
import { absent, sync } from '../../../../runtime/files.js';
import { openRoundBox, type RoundBox } from './box.js';

export interface BallotBoxOptions {
  /** Where the sealed answers lie; part of the data folder and of its backups. */
  readonly folder: string;
  /** Where the keys of open rounds lie; never in the data folder, never in a backup. */
  readonly keysFolder: string;
}

/**
 * Opens the ballot boxes: for each round files of sealed slots, and a key of its own that is burned with the box when
 * the round closes. One process at a time, the one that has the store's lock.
 */
export function openBallotBox({ folder, keysFolder }: BallotBoxOptions): BallotBox {
  const boxes = new Map<string, Promise<RoundBox>>();
  const boxOf = (key: BoxKey): Promise<RoundBox> => {
    const name = boxName(key);
    let box = boxes.get(name);
    if (box === undefined) {
      box = openBox(folder, keysFolder, name);
      boxes.set(name, box);
      box.catch(() => boxes.delete(name));
    }
    return box;
  };
  return {
    mark: (key, token) => Promise.resolve(markOf(boxName(key), token)),
    cast: async (key, token, answer, event) =>
      (await boxOf(key)).change(token, answer.question, answer, event),
    knows: async (key, token, question, event) => (await boxOf(key)).knows(token, question, event),
    async withdraw(key, token, question) {
      const box = await boxOf(key);
      if (box.find(token, question) !== undefined) await box.change(token, question);
    },
    find: async (key, token, question) => (await boxOf(key)).find(token, question)?.value,
    count: async (key) => (await boxOf(key)).count(),
    prepare: async (key, expected) => (await boxOf(key)).reserve(expected),
    async burn(key) {
      const name = boxName(key);
      const box = await boxes.get(name);
      boxes.delete(name);
      await box?.close();
      await burnFiles(folder, keysFolder, name);
    },
    async close() {
      const all = [...boxes.values()];
      boxes.clear();
      for (const box of all) await (await box).close();
    },
  };
}

async function openBox(folder: string, keysFolder: string, name: string): Promise<RoundBox> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await mkdir(keysFolder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  const key = (await readKey(join(keysFolder, name))) ?? (await makeKey(keysFolder, name, file));
  return openRoundBox(file, name, key);
}

/** Makes the key of a new round. Answers without their key are of no use to anybody, and are not written over. */
async function makeKey(keysFolder: string, name: string, file: string): Promise<Buffer> {
  const there = await stat(`${file}.choices`).catch(absent);
  if (there !== undefined) {
    throw new SamlingError(
      'BALLOT_KEY_MISSING',
      `The key ${join(keysFolder, name)} of an open round is gone: its answers cannot be read. Put the keys folder back, ` +
        `or remove ${file}.choices and ${file}.texts and start the round anew.`,
    );
  }
  const key = randomBytes(KEY_BYTES);
  const handle = await open(join(keysFolder, name), 'w', 0o600);
  try {
    await handle.writeFile(key);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await sync(keysFolder);
  return key;
}

/** The key first: from then on nothing can be read, whatever happens to the rest. */
async function burnFiles(folder: string, keysFolder: string, name: string): Promise<void> {
  if (await destroyKey(join(keysFolder, name))) await sync(keysFolder);
  for (const kind of ['choices', 'texts']) await rm(join(folder, `${name}.${kind}`), { force: true });
}
