import { constants, open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { sync } from '../../../runtime/files.js';
import type { Kept, Write } from './rows.js';
import { damaged } from './synced-file.js';

const place = { table: z.string(), programme: z.string(), id: z.string() };
const recordSchema = z.object({
  seq: z.int().min(1),
  writes: z.array(
    z.union([
      z.object({
        ...place,
        row: z.looseObject({ programme: z.string(), id: z.string() }).nullable(),
      }),
      z.object({ ...place, changed: z.record(z.string(), z.unknown()) }),
    ]),
  ),
});

const lineSchema = z.array(recordSchema);

/** One transaction in the journal. */
export interface JournalRecord {
  readonly seq: number;
  readonly writes: readonly Kept[];
}

/** One transaction for the journal. */
export interface Transacted {
  readonly seq: number;
  readonly writes: readonly Write[];
}

/**
 * A file of transactions, a line for each time that some were written: checksum, space, JSON. Behind the last line there
 * are zeros: space that the file system has given already, so that a write does not change the file's size.
 */
export interface Journal {
  /**
   * Resolves when the records are on the disk, in one sync. When it rejects, none of them counts. One call at a time.
   */
  append(records: readonly Transacted[]): Promise<void>;
  /** Empties the file, once its records are in snapshots. */
  clear(): Promise<void>;
  sizeBytes(): number;
  close(): Promise<void>;
}

/** How long the checksum is, and what follows it before the JSON. */
const SUM_CHARACTERS = 8;
const HEAD_BYTES = SUM_CHARACTERS + 1;

const checksum = (json: Buffer | string) => crc32(json).toString(16).padStart(SUM_CHARACTERS, '0');

function keptOf({ table, programme, id, row, changed }: Write): Kept {
  return changed === undefined ? { table, programme, id, row } : { table, programme, id, changed };
}

/** The line of some records: what is written together is read together, or not at all. */
function lineOf(records: readonly Transacted[]): Buffer {
  const kept = records.map(({ seq, writes }): JournalRecord => ({ seq, writes: writes.map(keptOf) }));
  const bytes = Buffer.from(`${'0'.repeat(SUM_CHARACTERS)} ${JSON.stringify(kept)}\n`);
  bytes.write(checksum(bytes.subarray(HEAD_BYTES, -1)), 0, 'latin1');
  return bytes;
}

function recordsIn(line: string): readonly JournalRecord[] | undefined {
  const json = line.slice(HEAD_BYTES);
  if (checksum(json) !== line.slice(0, SUM_CHARACTERS)) return undefined;
  return lineSchema.parse(JSON.parse(json));
}

/**
 * Reads a journal. A last line that a crash left unfinished was never confirmed to anybody, and is left out.
 * @throws SamlingError `STORE_DAMAGED` when any other line is damaged.
 */
export async function readJournal(
  file: string,
): Promise<{ records: readonly JournalRecord[]; validBytes: number }> {
  const text = withoutZeros(await readFile(file, { flag: 'a+' })).toString('utf8');
  const lines = text.split('\n');
  const records: JournalRecord[] = [];
  let validBytes = 0;
  for (const [index, line] of lines.entries()) {
    if (index === lines.length - 1) break;
    const read = recordsIn(line);
    if (read === undefined) {
      const isLast = index === lines.length - 2 && lines.at(-1) === '';
      if (isLast) break;
      throw damaged(file, `line ${String(index + 1)} has a wrong checksum`);
    }
    records.push(...read);
    validBytes += Buffer.byteLength(line) + 1;
  }
  return { records, validBytes };
}

function withoutZeros(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
}

/** How many zeros are written behind a record that does not fit into those that are there. */
const RESERVED_BYTES = 1024 * 1024;

/**
 * Whether a write may itself wait for the disk (`O_DSYNC`): one call instead of two, a quarter less CPU. On Linux that is
 * as good as `fdatasync`; elsewhere only the latter reaches through the drive's own cache.
 */
const WRITES_SYNC = process.platform === 'linux';

/** Opens a journal for appending after its last valid record. */
export async function openJournal(file: string, validBytes: number): Promise<Journal> {
  const handle = await open(file, WRITES_SYNC ? constants.O_RDWR | constants.O_DSYNC : 'r+');
  await handle.truncate(validBytes);
  await handle.sync();
  await sync(dirname(file));
  return journalOn(handle, validBytes);
}

function journalOn(handle: FileHandle, startBytes: number): Journal {
  let size = startBytes;
  /** How long the file is, with the zeros behind its last line. */
  let reserved = startBytes;
  /** Whether bytes of a failed append may still be in the file after its last good line. */
  let torn = false;

  async function cutTorn(): Promise<void> {
    if (!torn) return;
    await handle.truncate(size);
    await handle.datasync();
    reserved = size;
    torn = false;
  }

  return {
    async append(records) {
      const line = lineOf(records);
      await cutTorn();
      torn = true;
      const isRoom = size + line.length <= reserved;
      const bytes = isRoom ? line : Buffer.concat([line, Buffer.alloc(RESERVED_BYTES)]);
      try {
        await writeAll(handle, bytes, size);
        if (!WRITES_SYNC) await handle.datasync();
      } catch (error) {
        // What cannot be cut now is cut before the next append.
        await cutTorn().catch(() => undefined);
        throw error;
      }
      torn = false;
      reserved = Math.max(reserved, size + bytes.length);
      size += line.length;
    },
    async clear() {
      await handle.truncate(0);
      await handle.sync();
      size = 0;
      reserved = 0;
    },
    sizeBytes: () => size,
    close: () => handle.close(),
  };
}

/** Writes every byte: on a disk that is nearly full, one write may take only some of them. */
async function writeAll(handle: FileHandle, bytes: Buffer, start: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, start + done);
    done += bytesWritten;
  }
}
