import { link, open, readFile, rm } from 'node:fs/promises';
import { SamlingError } from '../../../core/errors.js';

/** Who has the lock. The start time tells a process from a later one that got the same id. */
interface Holder {
  readonly pid: number;
  /** Where the system tells it (Linux), in clock ticks since it booted. */
  readonly started?: string;
}

/** Locks that this process has. */
const ours = new Set<string>();

/** When a process started; undefined where the system does not say. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  // Field 22; the second, in brackets, may hold spaces. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

async function runs({ pid, started }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return started === undefined || started === (await startOf(pid));
}

/** Makes the lock file with its text in one step: nobody ever sees it empty. Answers whether it did. */
async function create(file: string, holder: Holder): Promise<boolean> {
  const own = `${file}.${String(holder.pid)}`;
  const handle = await open(own, 'w', 0o600);
  try {
    await handle.writeFile([holder.pid, holder.started ?? ''].join(' '));
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

async function holderOf(file: string): Promise<Holder | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const [pid = '', started = ''] = text.trim().split(' ');
  if (!/^\d+$/.test(pid)) return undefined;
  return started === '' ? { pid: Number(pid) } : { pid: Number(pid), started };
}

function locked(file: string, pid: number): SamlingError {
  const message =
    `Another Samling (process ${String(pid)}) has the store open: ${file} says so. Stop it first; one process at a ` +
    'time can use the embedded store.';
  return new SamlingError('STORE_LOCKED', message);
}

/**
 * Takes the store's lock for this process and gives back what releases it. A lock whose process is gone is taken over.
 * @throws SamlingError `STORE_LOCKED` while another process, or this one, has it.
 */
export async function takeLock(file: string): Promise<() => Promise<void>> {
  if (ours.has(file)) throw locked(file, process.pid);
  ours.add(file);
  try {
    await take(file);
  } catch (error) {
    ours.delete(file);
    throw error;
  }
  return async () => {
    await rm(file, { force: true });
    ours.delete(file);
  };
}

async function take(file: string): Promise<void> {
  const started = await startOf(process.pid);
  const me: Holder = started === undefined ? { pid: process.pid } : { pid: process.pid, started };
  if (await create(file, me)) return;
  const holder = await holderOf(file);
  if (holder !== undefined && holder.pid !== process.pid && (await runs(holder)))
    throw locked(file, holder.pid);
  await rm(file, { force: true });
  if (await create(file, me)) return;
  const message = `Another Samling took the store at this moment: ${file}. Try again.`;
  throw new SamlingError('STORE_LOCKED', message, { retryable: true });
}
