import { open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Write } from './rows.js';
import { damaged, syncFolder } from './synced-file.js';

const recordSchema = z.object({
  seq: z.int().min(1),
  writes: z.array(
    z.object({
      table: z.string(),
      programme: z.string(),
      id: z.string(),
      row: z.looseObject({ programme: z.string(), id: z.string() }).nullable(),
    }),
  ),
});

/** One transaction in the journal. */
export interface JournalRecord {
  readonly seq: number;
  readonly writes: readonly Write[];
}

/** An append-only file of transactions, a line each: checksum, space, JSON. */
export interface Journal {
  /** Resolves when the record is on the disk. Records appended while a sync runs share the next. */
  append(record: JournalRecord): Promise<void>;
  /** Empties the file, once its records are in snapshots. */
  clear(): Promise<void>;
  sizeBytes(): number;
  close(): Promise<void>;
}

function lineOf(record: JournalRecord): string {
  const json = JSON.stringify(record);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
}

function recordIn(line: string): JournalRecord | undefined {
  const json = line.slice(9);
  if (crc32(json).toString(16).padStart(8, '0') !== line.slice(0, 8)) return undefined;
  return recordSchema.parse(JSON.parse(json)) as JournalRecord;
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

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Opens a journal for appending after its last valid record. */
export async function openJournal(file: string, validBytes: number): Promise<Journal> {
  const handle = await open(file, 'r+');
  await handle.truncate(validBytes);
  await handle.sync();
  await syncFolder(dirname(file));
  return journalOn(handle, validBytes);
}

function journalOn(handle: FileHandle, startBytes: number): Journal {
  let size = startBytes;
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;

  async function writeGroup(group: readonly Waiting[]): Promise<void> {
    const bytes = Buffer.from(group.map((each) => each.line).join(''));
    try {
      await handle.write(bytes, 0, bytes.length, size);
      await handle.datasync();
      size += bytes.length;
      for (const each of group) each.resolve();
    } catch (error) {
      // What follows in memory builds on what failed: all of it is refused, and the file is as long as before.
      const refused = [...group, ...waiting];
      waiting = [];
      await handle.truncate(size).catch((cause: unknown) => cause);
      for (const each of refused) each.reject(error);
    }
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await writeGroup(group);
    }
    flushing = undefined;
  }

  return {
    append: (record) =>
      new Promise((resolve, reject) => {
        waiting.push({ line: lineOf(record), resolve, reject });
        flushing ??= flush();
      }),
    async clear() {
      await flushing;
      await handle.truncate(0);
      await handle.sync();
      size = 0;
    },
    sizeBytes: () => size,
    async close() {
      await flushing;
      await handle.close();
    },
  };
}
