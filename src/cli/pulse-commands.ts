import type { Command } from 'commander';
import { loadConfig } from '../config/load.js';
import { SamlingError } from '../core/errors.js';
import type { Programme } from '../core/programme/schema.js';
import { formatIn } from './file-format.js';
import { openStore } from './open-store.js';
import * as pulse from './pulse.js';
import { print } from './terminal.js';

interface Options {
  readonly programme: string;
  readonly language?: string;
}

/** Adds `samling pulse …`: what coordinators do in chat, for scripts. */
export function addPulseCommands(program: Command, programmeOf: (id: string) => Programme): void {
  const group = program
    .command('pulse')
    .description('Short anonymous surveys; the same as coordinators have in chat.');
  const write = print;
  const run = async (options: Options, work: (command: pulse.PulseCommand) => Promise<void>) => {
    const programme = programmeOf(options.programme);
    const language = pulse.languageArgument(options.language, programme);
    const store = await openStore(loadConfig());
    try {
      await work({ programme, store, language, nowMs: Date.now(), write });
    } finally {
      await store.close();
    }
  };
  const add = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .requiredOption('--programme <id>', 'programme, such as saman')
      .option('--language <code>', "sv, nb, nn, da or en; default: the programme's first");
  addMaking(add, run);
  add('templates', 'List the shipped templates.').action((options: Options) => {
    pulse.listTemplates({
      language: pulse.languageArgument(options.language, programmeOf(options.programme)),
      write,
    });
  });
  addFollowing(add, run);
}

type Add = (name: string, description: string) => Command;
type Run = (options: Options, work: (command: pulse.PulseCommand) => Promise<void>) => Promise<void>;

function addMaking(add: Add, run: Run): void {
  add('make <what>', 'Make a draft of a template, or of a JSON file with a whole definition.')
    .option('--starts <date>', 'first day, for a template')
    .action((what: string, options: Options & { starts?: string }) =>
      run(options, (command) => pulse.makePulse(command, what, options.starts)),
    );
  add('preview <pulse>', 'Show the questions in a language, and what is wrong with them.').action(
    (id: string, options: Options) => run(options, (command) => pulse.previewPulse(command, id)),
  );
  const changes = {
    start: 'Send its rounds.',
    stop: 'Open no more rounds.',
    repeat: 'Ask the same once more.',
  };
  for (const [what, description] of Object.entries(changes)) {
    add(`${what} <pulse>`, description).action((id: string, options: Options) =>
      run(options, (command) => pulse.changePulse(command, what as keyof typeof changes, id)),
    );
  }
}

function addFollowing(add: Add, run: Run): void {
  add('list', 'List pulses and rounds, and how many have answered.').action((options: Options) =>
    run(options, pulse.listPulses),
  );
  add('extend <round>', 'Keep an open round open longer.')
    .option('--days <number>', 'how many days', '2')
    .action((id: string, options: Options & { days: string }) =>
      run(options, (command) => pulse.changeRound(command, id, { days: daysIn(options.days) })),
    );
  add('close <round>', 'Close an open round now; it is counted when Samling runs.').action(
    (id: string, options: Options) => run(options, (command) => pulse.changeRound(command, id, 'close')),
  );
  add('results <round>', 'Show what a closed round gave.')
    .option('--format <format>', 'text, csv or xlsx', 'text')
    .option('--out <file>', 'write csv or xlsx to this file')
    .action((id: string, options: Options & { format: string; out?: string }) =>
      run(options, (command) => pulse.printResults(command, id, formatIn(options.format), options.out)),
    );
}

function daysIn(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 30) return days;
  throw new SamlingError('ARGUMENT_WRONG', `--days: found ${text}, expected a number from 1 to 30.`);
}
