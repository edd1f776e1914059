import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { SamlingError } from '../../core/errors.js';
import { absent, sync } from '../files.js';
import { differenceOf, Summing, type Summary } from './summary.js';
import type { SealedBox, StoredRow, StoreReader } from './types.js';

/** What a backup holds. */
export interface Contents {
  readonly tables: Summary;
  /** How many open rounds' answers are in it. */
  readonly boxes: number;
}

/** A line of a backup that is something. */
export type Item = { readonly box: SealedBox } | { readonly row: StoredRow };

const VERSION = 1;
/** Lines go through the compressor in pieces of this size. */
const PIECE_LENGTH = 64 * 1024;

const headSchema = z.strictObject({ samling: z.literal('backup'), version: z.int() });
const boxSchema = z.strictObject({
  box: z.strictObject({ programme: z.string(), round: z.string(), sealed: z.base64() }),
});
const rowSchema = z.strictObject({
  table: z.string(),
  row: z.looseObject({ programme: z.string(), id: z.string() }),
});
const endSchema = z.strictObject({
  end: z.strictObject({
    tables: z.record(z.string(), z.strictObject({ count: z.int(), hash: z.string() })),
    boxes: z.int(),
    sha256: z.string(),
  }),
});
const lineSchema = z.union([rowSchema, boxSchema, endSchema]);

/**
 * Writes a store into a file, whole or not at all: gzipped lines of JSON, the last of which says how many rows each
 * table has, a hash of them, and a hash of all lines before.
 * @throws SamlingError `ARGUMENT_WRONG` when the file is there already.
 */
export async function writeArchive(file: string, reader: StoreReader): Promise<Contents> {
  if ((await stat(file).catch(absent)) !== undefined)
    throw new SamlingError('ARGUMENT_WRONG', `${file} is there already; a backup replaces nothing.`);
  const part = `${file}.part`;
  let contents: Contents = { tables: {}, boxes: 0 };
  try {
    const pieces = Readable.from(piecesOf(reader, (all) => (contents = all)));
    await pipeline(pieces, createGzip(), createWriteStream(part, { mode: 0o600 }));
    await sync(part);
    await rename(part, file);
    await sync(dirname(file));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return contents;
}

async function* piecesOf(reader: StoreReader, onEnd: (contents: Contents) => void): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const summing = new Summing();
  let [piece, boxes] = ['', 0];
  const add = (value: unknown) => (piece += `${JSON.stringify(value)}\n`);
  const take = () => {
    const taken = piece;
    hash.update(taken);
    piece = '';
    return taken;
  };
  add({ samling: 'backup', version: VERSION });
  for await (const { sealed, ...box } of reader.boxes()) {
    boxes += 1;
    add({ box: { ...box, sealed: sealed.toString('base64') } });
    yield take();
  }
  for await (const row of reader.rows()) {
    summing.add(row);
    add({ table: row.table, row: stored(row) });
    if (piece.length >= PIECE_LENGTH) yield take();
  }
  yield take();
  const contents = { tables: summing.summary(), boxes };
  onEnd(contents);
  yield `${JSON.stringify({ end: { ...contents, sha256: hash.digest('hex') } })}\n`;
}

/** Every row carries its programme and id itself. */
function stored({ programme, id, row }: StoredRow): StoredRow['row'] {
  if (row.programme === programme && row.id === id) return row;
  throw new SamlingError(
    'STORE_DAMAGED',
    `A row of ${programme} says that it is another; nothing was written.`,
  );
}

function damagedFile(file: string, found: string, cause?: unknown): SamlingError {
  const message = `The backup ${file} is damaged: ${found}. Nothing was changed. Take another.`;
  return new SamlingError('BACKUP_DAMAGED', message, { cause });
}

/**
 * Reads a backup, and ends only when all of it was as it was written.
 * @throws SamlingError `BACKUP_DAMAGED` that says what is wrong, `ARGUMENT_WRONG` when there is no such file.
 */
export async function* readArchive(file: string): AsyncGenerator<Item> {
  await stat(file).catch((cause: unknown) => {
    throw new SamlingError('ARGUMENT_WRONG', `There is no file ${file}.`, { cause });
  });
  const hash = createHash('sha256');
  const summing = new Summing();
  let [number, boxes] = [0, 0];
  let end: z.infer<typeof endSchema>['end'] | undefined;
  for await (const line of linesOf(file)) {
    number += 1;
    if (end !== undefined) throw damagedFile(file, 'something comes after its end');
    const value = valueIn(file, number, line);
    if (value !== undefined && 'end' in value) end = value.end;
    else hash.update(`${line}\n`);
    if (value !== undefined && 'box' in value) {
      boxes += 1;
      yield { box: { ...value.box, sealed: Buffer.from(value.box.sealed, 'base64') } };
    }
    if (value !== undefined && 'row' in value) {
      const { table, row } = value;
      const item = { table, programme: row.programme, id: row.id, row };
      summing.add(item);
      yield { row: item };
    }
  }
  if (end === undefined) throw damagedFile(file, 'its end is missing');
  const table = differenceOf(summing.summary(), end.tables);
  if (table !== undefined) throw damagedFile(file, `the rows of ${table} are not those that were written`);
  if (boxes !== end.boxes) throw damagedFile(file, 'answers of open rounds are missing');
  if (hash.digest('hex') !== end.sha256) throw damagedFile(file, 'its checksum is wrong');
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const text = createGunzip();
  // What goes wrong in reading or unpacking ends the text early, and is told below.
  let failure: unknown;
  const unpacked = pipeline(createReadStream(file), text).catch((error: unknown) => (failure = error));
  try {
    for await (const line of createInterface({ input: text, crlfDelay: Infinity })) yield line;
  } catch (error) {
    failure ??= error;
  } finally {
    text.destroy();
    await unpacked;
  }
  if (failure !== undefined) throw damagedFile(file, 'it cannot be unpacked, or ends too early', failure);
}

function valueIn(file: string, number: number, line: string): z.infer<typeof lineSchema> | undefined {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (cause) {
    throw damagedFile(file, `line ${String(number)} is not JSON`, cause);
  }
  if (number === 1) {
    const head = headSchema.safeParse(json);
    if (!head.success) throw damagedFile(file, 'it is no backup of Samling', head.error);
    if (head.data.version > VERSION) throw damagedFile(file, 'a newer version of Samling wrote it');
    return undefined;
  }
  const parsed = lineSchema.safeParse(json);
  if (!parsed.success)
    throw damagedFile(file, `line ${String(number)} is not what it should be`, parsed.error);
  // What was read, not what was parsed: the schema may order keys in another way.
  return json as z.infer<typeof lineSchema>;
}
