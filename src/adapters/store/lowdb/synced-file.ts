import { open, rename, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Adapter } from 'lowdb';
import { z } from 'zod';
import { SamlingError } from '../../../core/errors.js';
import { absent, sync } from '../../../runtime/files.js';

const snapshotSchema = z.object({
  seq: z.int().min(0),
  rows: z.array(z.looseObject({ programme: z.string(), id: z.string() })),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** How a snapshot lies on the disk; the checksum is of the snapshot's own JSON. */
const fileSchema = z.object({ checksum: z.int(), snapshot: snapshotSchema });

/** Says of a damaged file which one it is and how to go on. */
export function damaged(file: string, found: string, cause?: unknown): SamlingError {
  return new SamlingError(
    'STORE_DAMAGED',
    `The store's file ${file} is damaged: ${found}. Nothing was changed. Stop Samling, put the data folder of your last ` +
      'backup in its place (the whole folder, not this file alone), and start again.',
    { cause },
  );
}

/** So much of a snapshot is encoded at once; in between others have their turn. */
const PART_BYTES = 1024 * 1024;

/** A snapshot's JSON, as `JSON.stringify` would give it, in parts. */
function* partsOf({ seq, rows }: Snapshot): Generator<Buffer> {
  let part = `{"seq":${String(seq)},"rows":[`;
  for (const [index, row] of rows.entries()) {
    part += `${index === 0 ? '' : ','}${JSON.stringify(row)}`;
    if (part.length < PART_BYTES) continue;
    yield Buffer.from(part);
    part = '';
  }
  yield Buffer.from(`${part}]}`);
}

/** What stands before a snapshot; as long whatever the checksum, since that is known last. */
const headOf = (checksum: number) => `{"checksum":${String(checksum).padStart(10)},"snapshot":`;

/** A lowdb adapter that syncs file and folder before it answers, and replaces the file in one step. */
export class SyncedFile implements Adapter<Snapshot> {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** @throws SamlingError `STORE_DAMAGED` when the file is there but is not a snapshot. */
  async read(): Promise<Snapshot | null> {
    const text = await readFile(this.#file, 'utf8').catch(absent);
    if (text === undefined) return null;
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (cause) {
      throw damaged(this.#file, 'it is not JSON', cause);
    }
    const parsed = fileSchema.safeParse(json);
    if (!parsed.success) throw damaged(this.#file, 'it is not a snapshot', parsed.error);
    // Of what was read, not of what was parsed: the schema may order keys in another way.
    const { snapshot } = json as { snapshot: Snapshot };
    if (crc32(JSON.stringify(snapshot)) !== parsed.data.checksum)
      throw damaged(this.#file, 'its checksum is wrong');
    return snapshot;
  }

  async write(data: Snapshot): Promise<void> {
    const temporary = `${this.#file}.new`;
    const handle = await open(temporary, 'w', 0o600);
    try {
      let checksum = 0;
      await handle.appendFile(headOf(checksum));
      for (const part of partsOf(data)) {
        checksum = crc32(part, checksum);
        await handle.appendFile(part);
      }
      await handle.appendFile('}');
      await handle.write(headOf(checksum), 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, this.#file);
    await sync(dirname(this.#file));
  }
}
