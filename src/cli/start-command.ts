import { loadConfig } from '../config/load.js';
import { createLog } from './log.js';
import { reportError } from './report-error.js';
import { startSamling } from './start.js';
import { print, printError } from './terminal.js';

/** Docker's patience is 10 s. */
const LONGEST_STOP_MS = 9_500;

/** `samling start`: starts with what is configured, and stops cleanly when it is told to. */
export async function startCommand(): Promise<void> {
  try {
    const config = loadConfig();
    const running = await startSamling({ config, log: createLog(config.logLevel) });
    print(`Samling listens on ${running.url}.\n`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        // Whatever hangs must not outlast the patience of Docker and systemd; leases say what was under way.
        setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
        void running.close().then(() => process.exit(0));
      });
    }
  } catch (error) {
    process.exitCode = reportError(error, printError);
  }
}

/** Loads the code of every platform, so that a code cache holds it. */
export async function warm(): Promise<void> {
  await Promise.all([
    import('../adapters/chat/slack/index.js'),
    import('../adapters/chat/slack/client.js'),
    import('../adapters/chat/teams/index.js'),
  ]);
}
