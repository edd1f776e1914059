import { describeFault, SamlingError } from '../core/errors.js';

/**
 * Writes an error for the person at the terminal: the message, then every fault on a line of its own. What
 * the system refuses is told in words; errors that nobody throws on purpose are shown whole, for they are bugs.
 * @returns the exit status: 1 for wrong input, 70 (`EX_SOFTWARE` of sysexits) for a bug.
 */
export function reportError(error: unknown, write: (text: string) => void): number {
  const told = error instanceof SamlingError ? error : refusalIn(error);
  if (told !== undefined) {
    write(`${told.code}: ${told.message}\n`);
    for (const fault of told.faults) write(`  ${describeFault(fault)}\n`);
    return 1;
  }
  write(error instanceof Error ? `${error.stack ?? error.message}\n` : `${String(error)}\n`);
  return 70;
}

/** What the system says most often of files and ports, in words. */
const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'may not be used by this user',
  EADDRINUSE: 'is taken by another program',
  EADDRNOTAVAIL: 'is no address of this machine',
  EEXIST: 'is there already',
  EISDIR: 'is a folder',
  ENOENT: 'is not there',
  ENOSPC: 'has no space left',
  ENOTDIR: 'is no folder',
  EPERM: 'may not be used by this user',
  EROFS: 'can only be read',
};

/** A refusal of the system, whose file or port somebody has named; undefined for any other error. */
function refusalIn(error: unknown): SamlingError | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  const { code, path, dest, address, port } = error as NodeJS.ErrnoException & Address & { dest?: string };
  const subject = path ?? (address === undefined ? undefined : `${address}:${String(port ?? 0)}`);
  if (code === undefined || subject === undefined) return undefined;
  const named = dest === undefined ? subject : `${subject} or ${dest}`;
  const message = `${named} ${REFUSALS[code] ?? 'cannot be used'} (${code}).`;
  return new SamlingError('SYSTEM_REFUSED', message, { cause: error });
}

interface Address {
  readonly address?: string;
  readonly port?: number;
}
