import { build } from 'esbuild';
import { asset } from '../../src/cli/assets.js';

/**
 * Bundles a program once, so that each of many processes starts several times as fast as through tsx. It lies where
 * packages are found from.
 * @returns the file, this process's own; whoever asked for it removes it.
 */
export async function bundle(entry: string, name: string): Promise<string> {
  const outfile = asset('.cache', `${name}-${String(process.pid)}.mjs`);
  await build({
    ...{ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' },
    ...{ target: 'node20', packages: 'external', logLevel: 'warning' },
  });
  return outfile;
}
