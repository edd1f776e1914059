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

/** An append-only file of transactions, a line each: checksum, space, JSON. */
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

function keptOf({ seq, writes }: Transacted): JournalRecord {
  const kept = writes.map(({ row, changed, ...place }): Kept => ({
    ...place,
    ...(changed ? { changed } : { row }),
  }));
  return { seq, writes: kept };
}

/** The bytes of all records, encoded once: the checksums are put in front of what is there already. */
function linesOf(records: readonly Transacted[]): Buffer {
  const place = `${'0'.repeat(SUM_CHARACTERS)} `;
  const bytes = Buffer.from(records.map((record) => `${place}${JSON.stringify(keptOf(record))}\n`).join(''));
  for (let start = 0; start < bytes.length;) {
    // JSON has no line feed of its own.
    const end = bytes.indexOf(0x0a, start);
    bytes.write(checksum(bytes.subarray(start + HEAD_BYTES, end)), start, 'latin1');
    start = end + 1;
  }
  return bytes;
}

function recordIn(line: string): JournalRecord | undefined {
  const json = line.slice(HEAD_BYTES);
  if (checksum(json) !== line.slice(0, SUM_CHARACTERS)) return undefined;
  return recordSchema.parse(JSON.parse(json));
}

/**
 * Reads a journal. A last line that was cut off by a crash was never confirmed to anybody, and is left out.
 * @throws SamlingError `STORE_DAMAGED` when any other line is damaged.
 */
export async function readJournal(
  file: string,
): Promise<{ records: readonly JournalRecord[]; validBytes: number }> {
  const text = await readFile(file, { encoding: 'utf8', flag: 'a+' });
  const lines = text.split('\n');
  const records: JournalRecord[] = [];
  let validBytes = 0;
  for (const [index, line] of lines.entries()) {
    if (index === lines.length - 1) break;
    const record = recordIn(line);
    if (record === undefined) {
      const isLast = index === lines.length - 2 && lines.at(-1) === '';
      if (isLast) break;
      throw damaged(file, `line ${String(index + 1)} has a wrong checksum`);
    }
    records.push(record);
    validBytes += Buffer.byteLength(line) + 1;
  }
  return { records, validBytes };
}

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
  /** Whether bytes of a failed append may still be in the file after its last good record. */
  let torn = false;

  async function cutTorn(): Promise<void> {
    if (!torn) return;
    await handle.truncate(size);
    await handle.datasync();
    torn = false;
  }

  return {
    async append(records) {
      const bytes = linesOf(records);
      await cutTorn();
      torn = true;
      try {
        await writeAll(handle, bytes, size);
        if (!WRITES_SYNC) await handle.datasync();
      } catch (error) {
        // What cannot be cut now is cut before the next append.
        await cutTorn().catch(() => undefined);
        throw error;
      }
      torn = false;
      size += bytes.length;
    },
    async clear() {
      await handle.truncate(0);
      await handle.sync();
      size = 0;
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
