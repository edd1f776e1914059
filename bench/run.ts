import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `npm run bench -- NAME`: runs one bench in a process of its own and passes its exit status on. */
const folder = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts' && file !== 'support.ts')
  .map((file) => file.replace(/\.ts$/, ''));

const name = process.argv[2];
if (name === undefined || !existsSync(`${folder}${name}.ts`)) {
  process.stderr.write(`Which bench? npm run bench -- ${names.join(' | ')}\n`);
  process.exit(2);
}
const run = spawnSync(
  process.execPath,
  ['--expose-gc', '--import', 'tsx', `${folder}${name}.ts`, ...process.argv.slice(3)],
  { stdio: 'inherit' },
);
process.exit(run.status ?? 1);
