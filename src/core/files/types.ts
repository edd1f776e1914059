/** Files that are given out as they are at the moment: of what, and what `subject` is. */
export const FILE_KINDS = [
  /** Who has a notice; a sending's id. */
  'notice-report',
  /** What was done by those who may do what others may not. */
  'audit',
  /** How far the organisations are with a deadline; its id. */
  'deadline-status',
  /** What a pulse gave; a round's id. */
  'pulse-results',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** How long the address of such a file works, in hours: enough to fetch it, too short to lie about. */
export const FILE_HOURS = 24;
