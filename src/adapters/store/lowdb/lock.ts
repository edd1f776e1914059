import { open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { SamlingError } from '../../../core/errors.js';

/** Whether a process with this id runs. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function create(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
}

async function holderOf(file: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return Number.parseInt(text, 10);
}

/**
 * Takes the store's lock for this process and gives back what releases it. A lock whose process is gone is taken over.
 * @throws SamlingError `STORE_LOCKED` while another process has it.
 */
export async function takeLock(file: string): Promise<() => Promise<void>> {
  let handle = await create(file);
  if (handle === undefined) {
    const pid = await holderOf(file);
    if (Number.isInteger(pid) && pid !== process.pid && runs(pid)) {
      throw new SamlingError(
        'STORE_LOCKED',
        `Another Samling (process ${String(pid)}) has the store open: ${file} says so. Stop it first; one process at a ` +
          'time can use the embedded store.',
      );
    }
    await rm(file, { force: true });
    handle = await create(file);
  }
  if (handle === undefined) {
    throw new SamlingError(
      'STORE_LOCKED',
      `Another Samling took the store at this moment: ${file}. Try again.`,
      {
        retryable: true,
      },
    );
  }
  await handle.writeFile(String(process.pid));
  await handle.sync();
  await handle.close();
  return () => rm(file, { force: true });
}
