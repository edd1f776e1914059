import { open, mkdir, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoxKey } from '../../../../core/ports/ballots.js';
import { SamlingError } from '../../../../core/errors.js';
import { boxName } from '../../../../runtime/ballots/hashes.js';
import {
  answerIn,
  bodyOf,
  neededBytes,
  pack,
  roomFor,
  seal,
  unpack,
  unseal,
} from '../../../../runtime/ballots/packed.js';
import { readKey } from '../../../../runtime/ballots/key-file.js';
import { absent } from '../../../../runtime/files.js';
import type { BallotBoxOptions } from './ballot-box.js';
import { LARGE_BYTES, openRoundFiles, SMALL_BYTES } from './box.js';
import { openSlot } from './slot-codec.js';

const KINDS = [
  ['choices', SMALL_BYTES],
  ['texts', LARGE_BYTES],
] as const;

/** The rounds that have files in a folder. */
export async function boxesIn(folder: string): Promise<readonly BoxKey[]> {
  const names = ((await readdir(folder).catch(absent)) ?? []).filter((name) => name.endsWith('.choices'));
  return names.map((name) => {
    const [programme = '', ...round] = decodeURIComponent(name.slice(0, -'.choices'.length)).split('@');
    return { programme, round: round.join('@') };
  });
}

/**
 * All answers of a round, packed and sealed with its key, while another process may put in more.
 * @returns undefined when the box was burned meanwhile.
 * @throws SamlingError `BALLOT_KEY_MISSING`
 */
export async function sealedBox(box: BoxKey, options: BallotBoxOptions): Promise<Buffer | undefined> {
  const name = boxName(box);
  const key = await readKey(join(options.keysFolder, name));
  const bodies = new Map<string, Buffer>();
  for (const [kind, slotBytes] of KINDS) {
    const handle = await open(join(options.folder, `${name}.${kind}`), 'r').catch(absent);
    if (handle === undefined) return undefined;
    if (key === undefined) {
      await handle.close();
      throw keyMissing(box);
    }
    const slots = await settledSlots(handle, slotBytes).finally(() => handle.close());
    for (const slot of slots) {
      const entry = openSlot(key, slot);
      if (entry !== undefined) bodies.set(entry.hash, Buffer.from(bodyOf(entry.answer)));
    }
  }
  return key && seal(key, name, pack(bodies, roomFor(neededBytes(bodies.values()))));
}

/** Slots each as it was read twice the same: one that was caught half-written is read again. */
async function settledSlots(handle: FileHandle, slotBytes: number): Promise<readonly Buffer[]> {
  const { size } = await handle.stat();
  const read = async () => {
    const bytes = Buffer.alloc(size);
    await handle.read(bytes, 0, size, 0);
    return bytes;
  };
  const settled = new Map<number, Buffer>();
  const count = Math.floor(size / slotBytes);
  let before = await read();
  while (settled.size < count) {
    const now = await read();
    for (let slot = 0; slot < count; slot += 1) {
      if (settled.has(slot)) continue;
      const bytes = now.subarray(slot * slotBytes, (slot + 1) * slotBytes);
      if (bytes.equals(before.subarray(slot * slotBytes, (slot + 1) * slotBytes))) settled.set(slot, bytes);
    }
    before = now;
  }
  return [...settled.values()];
}

/**
 * Puts the answers of a packed and sealed box into new files.
 * @throws SamlingError `BALLOT_KEY_MISSING` when the round's key is not there or is another.
 */
export async function fillBox(box: BoxKey, sealed: Buffer, options: BallotBoxOptions): Promise<void> {
  const name = boxName(box);
  const key = await readKey(join(options.keysFolder, name));
  const packed = key && unseal(key, name, sealed);
  if (key === undefined || packed === undefined) throw keyMissing(box);
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const { small, large } = await openRoundFiles(join(options.folder, name), key);
  const changes = [...unpack(packed)].map(([hash, body]) => ({ hash, answer: answerIn(body.toString()) }));
  try {
    await small.apply(changes.filter(({ answer }) => typeof answer.value !== 'string'));
    await large.apply(changes.filter(({ answer }) => typeof answer.value === 'string'));
  } finally {
    await small.close();
    await large.close();
  }
}

function keyMissing({ programme, round }: BoxKey): SamlingError {
  return new SamlingError(
    'BALLOT_KEY_MISSING',
    `The key of the open round ${round} of ${programme} is not in the keys folder: its answers cannot be read. ` +
      'Put the keys folder back.',
  );
}
