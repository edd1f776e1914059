import { fileURLToPath } from 'node:url';
import { writeCodeCache } from './code-cache.js';

/** The last step of a build: writes the code cache of the bundle beside this file. */
await writeCodeCache(fileURLToPath(new URL('start.cjs', import.meta.url)));
