#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadBundle } from './cli/code-cache.js';

/**
 * The `samling` command. `samling start` alone runs from one bundle with V8's code cache, so that a server that is
 * restarted is back in a fraction of the time; everything else loads what it needs.
 */
const bundle = fileURLToPath(new URL('start.cjs', import.meta.url));
const [, , command, ...rest] = process.argv;

if (command === 'start' && rest.length === 0 && existsSync(bundle)) {
  const { startCommand } = loadBundle(bundle);
  await startCommand();
} else {
  await import('./cli.js');
}
