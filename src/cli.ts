#!/usr/bin/env node
import { Argument, Command } from 'commander';
import { loadProgrammes } from './adapters/files/programme-files.js';
import { ask } from './cli/ask.js';
import { asset } from './cli/assets.js';
import { printCard } from './cli/card.js';
import { startDemo } from './cli/demo.js';
import { startPlatforms } from './cli/demo-platforms.js';
import { importPeople } from './cli/import-people.js';
import { createLog } from './cli/log.js';
import { portIn } from './cli/port.js';
import { previewText, storedState } from './cli/preview.js';
import { openStore } from './cli/open-store.js';
import type { TeamsPackageOptions } from './cli/manifest-teams.js';
import { addNoticeCommands } from './cli/notice-commands.js';
import { addPulseCommands } from './cli/pulse-commands.js';
import { addStoreCommands } from './cli/store-commands.js';
import { reportError } from './cli/report-error.js';
import { print, printError } from './cli/terminal.js';
import { loadConfig } from './config/load.js';
import { SamlingError } from './core/errors.js';
import { FAQ_FILE_KINDS, faqJsonSchema, type FaqFileKind } from './core/faq/json-schema.js';
import { noticeJsonSchema } from './core/notices/json-schema.js';
import { programmeJsonSchema } from './core/programme/json-schema.js';
import type { Programme } from './core/programme/schema.js';

const program = new Command('samling')
  .description('The assistant of Nordic network programmes.')
  .showHelpAfterError();

function programmeOf(id: string): Programme {
  const programmes = loadProgrammes(loadConfig().programmesDir ?? asset('data', 'programmes'));
  const found = programmes.get(id);
  if (found !== undefined) return found;
  const ids = programmes.all().map((each) => each.id);
  throw new SamlingError('PROGRAMME_UNKNOWN', `There is no programme "${id}"; there are ${ids.join(', ')}.`);
}

program
  .command('demo')
  .description('Start the playground: be any member of any demo programme, in a browser, without an account.')
  .option('--port <number>', 'port to listen on; 0 takes a free one')
  .option('--folder <path>', 'keep what happens in this folder; default: a temporary one')
  .option('--slack', 'with a Slack on this machine, and Samling installed in it', false)
  .option('--teams', 'with a Teams on this machine, and Samling installed in it', false)
  .action(async (options: { port?: string; folder?: string; slack: boolean; teams: boolean }) => {
    const config = loadConfig();
    const demo = await startDemo({
      port: options.port === undefined ? config.port : portIn(options.port),
      host: config.host,
      mode: config.mode,
      log: createLog('warn'),
      ...(options.folder === undefined ? {} : { folder: options.folder }),
    });
    print(`Samling's playground: ${demo.url}\n`);
    const platforms =
      options.slack || options.teams
        ? await startPlatforms({ slack: options.slack, teams: options.teams, log: createLog('warn') })
        : undefined;
    for (const [platform, url] of Object.entries(platforms?.urls ?? {}))
      print(`What people get in the ${platform} of this machine: ${url}\n`);
    print('Stop it with Ctrl+C.\n');
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const closed = () => Promise.all([demo.close(), platforms?.close()]);
      process.once(signal, () => void closed().then(() => process.exit(0)));
    }
  });

program
  .command('start')
  .description('Start Samling with the chat platforms that are configured.')
  .action(async () => {
    const { startCommand } = await import('./cli/start-command.js');
    await startCommand();
  });

const manifest = program.command('manifest').description('Write what a platform wants to know of the app.');

manifest
  .command('slack')
  .description("Print the Slack app's manifest, from the configuration, for api.slack.com/apps.")
  .option('--explain', 'say what each scope and event is used for', false)
  .action(async (options: { explain: boolean }) => {
    const { manifestText } = await import('./cli/manifest-slack.js');
    print(manifestText(loadConfig(), options.explain));
  });

manifest
  .command('teams [file]')
  .description('Write the Teams app package, from the configuration: manifest, icons and texts in a zip.')
  .option('--developer <name>', 'who runs Samling, at most 32 characters; default: Samling')
  .option('--website <url>', 'page about them, https; default: the public address')
  .option('--privacy <url>', 'privacy statement, https; default: the same')
  .option('--terms <url>', 'terms of use, https; default: the same')
  .option('--app-version <version>', 'of the package; a new one wants a higher version; default: 1.0.0')
  .action(async (file: string | undefined, options: TeamsPackageOptions) => {
    const { writeTeamsPackage } = await import('./cli/manifest-teams.js');
    writeTeamsPackage(file ?? 'samling-teams.zip', loadConfig(), options, print);
  });

program
  .command('doctor')
  .description('Check configuration, address, store and credentials; say in a line each what to do.')
  .action(async () => {
    const { doctor } = await import('./cli/doctor.js');
    if (!(await doctor(print))) process.exitCode = 1;
  });

program
  .command('preview')
  .description('Show who would be told what, when, in which language and why, if nobody handed anything in.')
  .requiredOption('--programme <id>', 'programme, such as saman')
  .requiredOption('--from <date>', 'first day, such as 2013-10-01')
  .requiredOption('--to <date>', 'last day, such as 2014-03-01')
  .option('--json', 'as JSON, one object for each nudge', false)
  .option('--demo', 'with the demo people, also when people were imported', false)
  .action(async (options: { programme: string; from: string; to: string; json: boolean; demo: boolean }) => {
    const programme = programmeOf(options.programme);
    const state = options.demo ? undefined : await storedState(loadConfig(), programme);
    print(previewText({ ...options, programme, ...(state === undefined ? {} : { state }) }));
  });

program
  .command('import')
  .description('Bring in data from files.')
  .command('people <file>')
  .description(
    'Import members from a CSV file, as spreadsheets export it. All of it takes effect, or nothing.',
  )
  .requiredOption('--programme <id>', 'programme, such as saman')
  .option('--dry-run', 'only say what would be added, changed and deactivated', false)
  .option('--yes', 'agree to deactivating more than half of the members', false)
  .action(async (file: string, options: { programme: string; dryRun: boolean; yes: boolean }) => {
    const programme = programmeOf(options.programme);
    const store = await openStore(loadConfig());
    try {
      await importPeople({ ...options, file, programme, store, write: print });
    } finally {
      await store.close();
    }
  });

addPulseCommands(program, programmeOf);
addStoreCommands(program);
addNoticeCommands(program, programmeOf);

program
  .command('schema')
  .description('Print the JSON Schema of programme, notice or FAQ files, for editors.')
  .addArgument(
    new Argument('[kind]', 'kind of file')
      .choices(['programme', 'notice', ...FAQ_FILE_KINDS])
      .default('programme'),
  )
  .action((kind: 'programme' | 'notice' | FaqFileKind) => {
    if (kind === 'programme') print(programmeJsonSchema());
    else print(kind === 'notice' ? noticeJsonSchema() : faqJsonSchema(kind));
  });

program
  .command('ask [question]')
  .description('Answer a question from the articles of a programme, or every line of a file of questions.')
  .requiredOption('--programme <id>', 'programme, such as saman')
  .option('--locale <language>', "the asker's stored language; default: the programme's first")
  .option('--file <path>', 'questions, one JSON object a line: {"q": "…", "lang": "nb"}')
  .option('--json', 'as JSON, one object for each question', false)
  .action(
    async (
      question: string | undefined,
      options: { programme: string; locale?: string; file?: string; json: boolean },
    ) => {
      await ask({
        ...options,
        programme: programmeOf(options.programme),
        folder: asset('data', 'faq'),
        ...(question === undefined ? {} : { question }),
        write: print,
      });
    },
  );

program
  .command('card <file>')
  .description(
    'Print an Adaptive Card as a platform gets it; what could not be carried over, on standard error.',
  )
  .option('--data <file>', 'fill the card, a template, with this JSON')
  .option('--to <platform>', 'slack or teams', 'slack')
  .option('--surface <surface>', 'message, modal or home', 'message')
  .option('--locale <tag>', 'language of dates, numbers and small words; default: that of the card')
  .action(async (file: string, options: { data?: string; to: string; surface: string; locale?: string }) => {
    await printCard({
      file,
      ...options,
      out: print,
      err: printError,
    });
  });

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportError(error, printError);
}
