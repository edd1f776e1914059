import { describeFault, SamlingError } from '../core/errors.js';

/**
 * Writes an error for the person at the terminal: the message, then every fault on a line of its own. Errors that
 * Samling does not throw on purpose are shown whole, for they are bugs.
 * @returns the exit status: 1 for wrong input, 70 (`EX_SOFTWARE` of sysexits) for a bug.
 */
export function reportError(error: unknown, write: (text: string) => void): number {
  if (error instanceof SamlingError) {
    write(`${error.code}: ${error.message}\n`);
    for (const fault of error.faults) write(`  ${describeFault(fault)}\n`);
    return 1;
  }
  write(error instanceof Error ? `${error.stack ?? error.message}\n` : `${String(error)}\n`);
  return 70;
}
