import type { Command } from 'commander';
import { loadConfig } from '../config/load.js';
import { SamlingError } from '../core/errors.js';
import type { Summary } from '../runtime/archive/summary.js';
import { print } from './terminal.js';

/** Adds `samling backup`, `restore` and `migrate`. */
export function addStoreCommands(program: Command): void {
  const write = (text: string) => print(`${text}\n`);
  program
    .command('backup <file>')
    .description('Write everything that is stored into a new file, as it is now; Samling may run meanwhile.')
    .action(async (file: string) => {
      const { backup } = await import('./move-store.js');
      const { tables, boxes } = await backup(loadConfig(), file);
      write(`Wrote ${said(tables)} to ${file}, and the answers of ${rounds(boxes)}, sealed.`);
    });
  program
    .command('restore <file>')
    .description('Fill an empty store from a backup: all of it, or nothing.')
    .option('--without-open-answers', 'go on when the keys of open rounds are gone; all answer anew', false)
    .action(async (file: string, options: { withoutOpenAnswers: boolean }) => {
      const { restore } = await import('./move-store.js');
      const { tables, boxes, without } = await restore(loadConfig(), file, options);
      write(`Restored ${said(tables)}, and the answers of ${rounds(boxes)}.`);
      if (without.length > 0) write(`Without answers, to be given anew: ${without.join(', ')}.`);
    });
  program
    .command('migrate')
    .description('Move the embedded store into an empty PostgreSQL database; Samling must not run.')
    .requiredOption('--to <url>', 'database, such as postgres://samling@127.0.0.1/samling')
    .action(async ({ to }: { to: string }) => {
      if (!/^postgres(ql)?:\/\//.test(to))
        throw new SamlingError('ARGUMENT_WRONG', '--to: expected an address that begins with postgres://.');
      const { migrateStore } = await import('./move-store.js');
      const { tables, wasThere } = await migrateStore(loadConfig(), to);
      write(wasThere ? `${said(tables)} are there already, and the same.` : `Moved ${said(tables)}.`);
      write('Set DATABASE_URL before you start Samling again.');
    });
}

function said(tables: Summary): string {
  const all = Object.values(tables);
  const rows = all.reduce((sum, { count }) => sum + count, 0);
  return `${String(rows)} rows of ${String(all.length)} tables`;
}

const rounds = (count: number) => (count === 1 ? '1 open round' : `${String(count)} open rounds`);
