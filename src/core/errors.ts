/**
 * Every code that Samling's errors carry. `docs/errors.md` describes each one; a test holds both together.
 */
export const ERROR_CODES = [
  'ARGUMENT_WRONG',
  'BACKUP_DAMAGED',
  'BALLOT_KEY_MISSING',
  'CARD_TEMPLATE_WRONG',
  'CHAT_REFUSED',
  'CONFIG_WRONG',
  'FAQ_FILE_WRONG',
  'INTERNAL',
  'LOCALE_WRONG',
  'NOTICE_UNKNOWN',
  'NOTICE_WRONG',
  'NOT_ALLOWED',
  'PEOPLE_FILE_WRONG',
  'PROGRAMME_FILE_WRONG',
  'PROGRAMME_UNKNOWN',
  'PULSE_UNKNOWN',
  'PULSE_WRONG',
  'STORE_DAMAGED',
  'STORE_LOCKED',
  'STORE_NOT_EMPTY',
  'STORE_WRITE_FAILED',
  'SYSTEM_REFUSED',
  'TEAMS_TOKEN_REFUSED',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One thing that is wrong with an input: where, what was found, what was expected. */
export interface Fault {
  /** File name, or another word for the input ("environment"). */
  readonly source: string;
  /** Path inside the source, such as `gatherings[3].starts` or `line 12, column "role"`. */
  readonly path: string;
  readonly found: string;
  readonly expected: string;
}

export interface SamlingErrorOptions {
  readonly cause?: unknown;
  /** Whether the same call may succeed later without anybody changing anything. Default false. */
  readonly retryable?: boolean;
  readonly faults?: readonly Fault[];
}

/** The base of all errors that Samling throws on purpose. */
export class SamlingError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly faults: readonly Fault[];

  constructor(code: ErrorCode, message: string, options: SamlingErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SamlingError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.faults = options.faults ?? [];
  }
}

/** Writes one fault as one line: `file: path: found …, expected …`. */
export function describeFault(fault: Fault): string {
  return `${fault.source}: ${fault.path}: found ${fault.found}, expected ${fault.expected}`;
}
