import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { loadConfig } from '../config/load.js';
import type { Platform } from '../core/identity/types.js';
import type { Programme } from '../core/programme/schema.js';
import { createTranslators } from '../i18n/index.js';
import { asset } from './assets.js';
import { formatIn } from './file-format.js';
import * as notice from './notice.js';
import { openStore } from './open-store.js';
import { languageArgument } from './pulse.js';
import { print } from './terminal.js';

interface Options {
  readonly programme: string;
  readonly by: string;
  readonly language?: string;
}

type Run = (options: Options, work: (command: notice.NoticeCommand) => Promise<void>) => Promise<void>;
type Add = (name: string, description: string) => Command;

/** Adds `samling notice …`: what coordinators do with notices in chat, for files and scripts. */
export function addNoticeCommands(program: Command, programmeOf: (id: string) => Programme): void {
  const group = program
    .command('notice')
    .description(
      "Notices to many, with receipts; the same as coordinators have in chat, with one's own rights.",
    );
  const add: Add = (name, description) =>
    group
      .command(name)
      .description(description)
      .requiredOption('--programme <id>', 'programme, such as saman')
      .requiredOption('--by <member>', 'id or e-mail address of the member in whose name it is done')
      .option('--language <code>', "sv, nb, nn, da or en; default: the programme's first");
  const run: Run = (options, work) => runWith(programmeOf(options.programme), options, work);
  addMaking(add, run);
  addSending(add, run);
}

async function runWith(
  programme: Programme,
  options: Options,
  work: (command: notice.NoticeCommand) => Promise<void>,
): Promise<void> {
  const language = languageArgument(options.language, programme);
  const config = loadConfig();
  const platforms = (['slack', 'teams'] as const).filter(
    (each): each is Platform => config[each] !== undefined,
  );
  const store = await openStore(config);
  try {
    await work({
      programme,
      store,
      platforms,
      language,
      by: options.by,
      nowMs: Date.now(),
      id: `command/${randomUUID()}`,
      say: createTranslators(asset('locales'))(language, programme.country).t,
      write: print,
    });
  } finally {
    await store.close();
  }
}

function addMaking(add: Add, run: Run): void {
  add('make <file>', 'Make a draft of a JSON file; one that has been sent is corrected for everybody.')
    .option('--dry-run', 'only say what is wrong, and how many would get it', false)
    .action((file: string, options: Options & { dryRun: boolean }) =>
      run(options, (command) => notice.makeNotice(command, file, options.dryRun)),
    );
  add('list', 'List notices and how far they are.').action((options: Options) =>
    run(options, notice.listNotices),
  );
  add('show <notice>', 'Show to whom a notice goes or went, and how far it is.').action(
    (id: string, options: Options) => run(options, (command) => notice.showNotice(command, id)),
  );
  add('preview <notice>', 'Show the text of a language, or what a platform gets.')
    .option('--platform <platform>', 'slack or teams: print the blocks or the card as JSON')
    .action((id: string, options: Options & { platform?: string }) =>
      run(options, (command) => notice.previewNotice(command, id, options.platform)),
    );
}

const CHANGES: Readonly<Record<notice.NoticeChange, string>> = {
  send: 'Send it, at once or at its time.',
  pause: 'Stop on the way, for now.',
  resume: 'Go on.',
  retry: 'Try again for those who did not get it.',
  cancel: 'Send it to nobody more.',
  recall: 'Take it back from everybody.',
};

function addSending(add: Add, run: Run): void {
  for (const what of notice.NOTICE_CHANGES) {
    add(`${what} <notice>`, CHANGES[what]).action((id: string, options: Options) =>
      run(options, (command) => notice.changeNotice(command, what, id)),
    );
  }
  add('report <notice>', 'Show who would get it, or who has it, has read it and comes.')
    .option('--format <format>', 'text, csv or xlsx', 'text')
    .option('--out <file>', 'write csv or xlsx to this file')
    .action((id: string, options: Options & { format: string; out?: string }) =>
      run(options, (command) => notice.reportNotice(command, id, formatIn(options.format), options.out)),
    );
}
