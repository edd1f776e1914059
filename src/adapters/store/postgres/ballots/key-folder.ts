import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { destroyKey, KEY_BYTES, readKey } from '../../../../runtime/ballots/key-file.js';
import { absent, sync } from '../../../../runtime/files.js';

/** A key of a round, a file of its own, and when it was made: the file's own time. */
export interface BallotKey {
  readonly id: string;
  readonly key: Buffer;
  readonly madeMs: number;
}

const ID_BYTES = 16;
const ID = /^[0-9a-f]{32}$/;

const unlessThere = (error: unknown): undefined => {
  if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
  throw error;
};

/** A folder of keys; every process that uses the same database must see the same. */
export class KeyFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(name: string, id: string): Promise<BallotKey | undefined> {
    const key = await readKey(this.#file(name, id));
    if (key === undefined) return undefined;
    const found = await stat(this.#file(name, id)).catch(absent);
    return found && { id, key, madeMs: found.mtimeMs };
  }

  /** Makes a key. Resolves when it would survive a power cut. */
  async make(name: string): Promise<BallotKey> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const made = { id: randomBytes(ID_BYTES).toString('hex'), key: randomBytes(KEY_BYTES) };
    const handle = await open(this.#file(name, made.id), 'wx', 0o600);
    const madeMs = await written(handle, made.key).finally(() => handle.close());
    await sync(this.#folder);
    return { ...made, madeMs };
  }

  /** All keys of a round, the oldest first. */
  async list(name: string): Promise<readonly Omit<BallotKey, 'key'>[]> {
    const ids = ((await readdir(this.#folder).catch(absent)) ?? [])
      .filter((file) => file.startsWith(`${name}.`))
      .map((file) => file.slice(name.length + 1))
      .filter((id) => ID.test(id));
    const all = await Promise.all(
      ids.map(async (id) => ({ id, found: await stat(this.#file(name, id)).catch(absent) })),
    );
    return all
      .flatMap(({ id, found }) => (found === undefined ? [] : [{ id, madeMs: found.mtimeMs }]))
      .sort((a, b) => a.madeMs - b.madeMs);
  }

  /** What was sealed with these cannot be read any more. */
  async destroy(name: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) await destroyKey(this.#file(name, id));
    if (ids.length > 0) await sync(this.#folder);
  }

  /**
   * The key of a round's answers in backups, and where the round came from the embedded store also there. One for as
   * long as the round is open; never used in the database.
   */
  archiveKey(name: string): Promise<Buffer | undefined> {
    return readKey(join(this.#folder, name));
  }

  /** Makes the key of a round's answers in backups, where there is none yet. */
  async makeArchiveKey(name: string): Promise<Buffer> {
    const known = await this.archiveKey(name);
    if (known !== undefined) return known;
    const { id, key } = await this.make(name);
    // In one step, so that of two who make one both have the same.
    await link(this.#file(name, id), join(this.#folder, name)).catch(unlessThere);
    await rm(this.#file(name, id));
    await sync(this.#folder);
    return (await this.archiveKey(name)) ?? key;
  }

  /** Destroys all keys of a round. */
  async burn(name: string): Promise<void> {
    const all = await this.list(name);
    await this.destroy(
      name,
      all.map((each) => each.id),
    );
    if (await destroyKey(join(this.#folder, name))) await sync(this.#folder);
  }

  #file(name: string, id: string): string {
    return join(this.#folder, `${name}.${id}`);
  }
}

async function written(handle: FileHandle, key: Buffer): Promise<number> {
  await handle.writeFile(key);
  await handle.sync();
  return (await handle.stat()).mtimeMs;
}
