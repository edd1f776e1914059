import { open } from 'node:fs/promises';

/** For `catch`: undefined for what is not there. @throws whatever else went wrong. */
export function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}

/** Syncs a file, or a folder, so that what was made or renamed in it is still there after a power cut. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}
