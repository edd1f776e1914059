import { randomFillSync, randomInt } from 'node:crypto';
import { futimesSync, writeSync } from 'node:fs';
import { open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Change } from '../../../../runtime/ballots/events.js';
import type { Entry, KeptAnswer } from '../../../../runtime/ballots/packed.js';
import { absent, sync } from '../../../../runtime/files.js';
import { damaged } from '../synced-file.js';
import { openSlot, sealSlot } from './slot-codec.js';

/** A file of slots of one size; each answer lies in a slot that chance has picked. */
export interface SlotFile {
  readonly find: (hash: string) => KeptAnswer | undefined;
  values(): Iterable<KeptAnswer>;
  /** Resolves when all the changes are on the disk; when it rejects, memory has none of them. One call at a time. */
  apply(changes: readonly Change[]): Promise<void>;
  /** Makes room for so many answers. */
  reserve(count: number): Promise<void>;
  /** Lets the file say that it was written at a time. */
  stamp(time: Date): void;
  close(): Promise<void>;
}

const LEAST_SLOTS = 256;
/** Fuller, chance takes too long to find a free slot; the file is then laid out anew, all of it shuffled. */
const MOST_FULL = 0.7;

interface State {
  handle: FileHandle;
  capacity: number;
  readonly slots: Map<string, number>;
  readonly taken: Set<number>;
  readonly answers: Map<string, KeptAnswer>;
}

/**
 * Opens a file of slots, or makes it.
 * @throws SamlingError `STORE_DAMAGED` when its length is no whole number of slots.
 */
export async function openSlotFile(
  file: string,
  key: Buffer,
  slotBytes: number,
  leastSlots = LEAST_SLOTS,
): Promise<SlotFile> {
  const bytes = await readFile(file).catch(absent);
  if (bytes !== undefined && bytes.length % slotBytes !== 0) throw damaged(file, 'its length is wrong');
  const entries = bytes === undefined ? [] : entriesIn(bytes, key, slotBytes);
  const state: State =
    bytes === undefined
      ? await layOut(file, key, slotBytes, [], leastSlots)
      : stateOf(await open(file, 'r+'), bytes.length / slotBytes, entries);
  return slotFileOn(state, file, key, slotBytes);
}

type Placed = Entry & { readonly slot: number };

function entriesIn(bytes: Buffer, key: Buffer, slotBytes: number): readonly Placed[] {
  const found: Placed[] = [];
  for (let slot = 0; slot * slotBytes < bytes.length; slot += 1) {
    const entry = openSlot(key, bytes.subarray(slot * slotBytes, (slot + 1) * slotBytes));
    if (entry !== undefined) found.push({ ...entry, slot });
  }
  return found;
}

function stateOf(handle: FileHandle, capacity: number, placed: readonly Placed[]): State {
  return {
    handle,
    capacity,
    slots: new Map(placed.map((each) => [each.hash, each.slot])),
    taken: new Set(placed.map((each) => each.slot)),
    answers: new Map(placed.map((each) => [each.hash, each.answer])),
  };
}

/** Writes a whole file: random bytes, and the entries in slots that chance picks. */
async function layOut(
  file: string,
  key: Buffer,
  slotBytes: number,
  entries: readonly Entry[],
  capacity: number,
): Promise<State> {
  const bytes = randomFillSync(Buffer.allocUnsafe(capacity * slotBytes));
  const taken = new Set<number>();
  const placed = entries.map((entry) => {
    const slot = freeSlot(taken, capacity);
    sealSlot(key, entry, slotBytes).copy(bytes, slot * slotBytes);
    return { ...entry, slot };
  });
  const temporary = `${file}.new`;
  const handle = await open(temporary, 'w+', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
    await rename(temporary, file);
    await sync(dirname(file));
  } catch (error) {
    await handle.close();
    throw error;
  }
  return stateOf(handle, capacity, placed);
}

/** A free slot by chance; marks it taken. */
function freeSlot(taken: Set<number>, capacity: number): number {
  for (;;) {
    const slot = randomInt(capacity);
    if (taken.has(slot)) continue;
    taken.add(slot);
    return slot;
  }
}

function slotFileOn(first: State, file: string, key: Buffer, slotBytes: number): SlotFile {
  let state = first;
  async function reserve(count: number): Promise<void> {
    if (count <= state.capacity * MOST_FULL) return;
    const capacity = Math.max(2 * state.capacity, Math.ceil(count / MOST_FULL));
    const entries = [...state.answers].map(([hash, answer]) => ({ hash, answer }));
    const before = state.handle;
    state = await layOut(file, key, slotBytes, entries, capacity);
    await before.close();
  }
  return {
    find: (hash) => state.answers.get(hash),
    values: () => state.answers.values(),
    reserve,
    async apply(changes) {
      await reserve(state.answers.size + changes.length);
      await write(state, changes, key, slotBytes);
    },
    stamp(time) {
      try {
        futimesSync(state.handle.fd, time, time);
      } catch {
        // A file system that takes no times; the answers are on the disk.
      }
    },
    close: () => state.handle.close(),
  };
}

async function write(
  state: State,
  changes: readonly Change[],
  key: Buffer,
  slotBytes: number,
): Promise<void> {
  const fresh = new Map<string, number>();
  try {
    for (const { hash, answer } of changes) {
      const known = state.slots.get(hash) ?? fresh.get(hash);
      if (known === undefined && answer === undefined) continue;
      const slot = known ?? freeSlot(state.taken, state.capacity);
      if (known === undefined) fresh.set(hash, slot);
      const bytes =
        answer === undefined
          ? randomFillSync(Buffer.alloc(slotBytes))
          : sealSlot(key, { hash, answer }, slotBytes);
      // Into the page cache only; the sync below is what waits for the disk.
      for (let done = 0; done < slotBytes;)
        done += writeSync(state.handle.fd, bytes, done, slotBytes - done, slot * slotBytes + done);
    }
    await state.handle.datasync();
  } catch (error) {
    for (const slot of fresh.values()) state.taken.delete(slot);
    throw error;
  }
  for (const [hash, slot] of fresh) state.slots.set(hash, slot);
  for (const { hash, answer } of changes) remember(state, hash, answer);
}

function remember(state: State, hash: string, answer: KeptAnswer | undefined): void {
  if (answer !== undefined) {
    state.answers.set(hash, answer);
    return;
  }
  const slot = state.slots.get(hash);
  if (slot !== undefined) state.taken.delete(slot);
  state.slots.delete(hash);
  state.answers.delete(hash);
}
