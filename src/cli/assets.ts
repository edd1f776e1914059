import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SamlingError } from '../core/errors.js';

/** The package's folder: the nearest one above this file that has `locales` and `cards`, in sources as when built. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) || !existsSync(join(folder, 'locales'))) {
    const above = dirname(folder);
    if (above === folder)
      throw new SamlingError('INTERNAL', 'The folders locales and cards are not beside the program.');
    folder = above;
  }
  return folder;
}

/** A file or folder of the package. */
export function asset(...path: string[]): string {
  return join(packageFolder(), ...path);
}
