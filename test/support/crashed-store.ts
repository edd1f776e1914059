import { cp } from 'node:fs/promises';
import { join } from 'node:path';

/** Copies a store's files as they are now, beside it: what a crash at this moment would leave. */
export async function crashedCopy(folder: string, name: string): Promise<string> {
  const copy = join(folder, name);
  await cp(join(folder, 'data'), copy, { recursive: true, filter: (path) => !path.endsWith('lock') });
  return copy;
}
