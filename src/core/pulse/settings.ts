import { REPEATS, type PulseSettings } from './coordinator-messages.js';
import type { PulseRow } from './types.js';

/** The part of a definition that the form of a new pulse gives. */
export function settled({ role, network, repeat, starts, openDays, time, named }: PulseSettings) {
  const rule = REPEATS[repeat];
  return {
    audience: {
      ...(role === undefined ? {} : { roles: [role] }),
      ...(network === undefined ? {} : { networks: [network] }),
    },
    schedule: {
      starts,
      openDays,
      remindAfterDays: openDays > 2 ? [2] : openDays > 1 ? [1] : [],
      ...(time === undefined || time === '' ? {} : { time }),
      ...(rule === undefined ? {} : { rule }),
    },
    named: named === 'true',
  };
}

const OWN = 'own-';

/** The id of a pulse that asks questions written in chat; the first that no other pulse has. */
export function ownId(starts: string, taken: ReadonlySet<string>): string {
  const first = `${OWN}${starts}`;
  if (!taken.has(first)) return first;
  for (let number = 2; ; number += 1) {
    const id = `${first}-${String(number)}`;
    if (!taken.has(id)) return id;
  }
}

/** Whether a pulse asks questions written in chat. */
export function isOwn({ id }: Pick<PulseRow, 'id'>): boolean {
  return id.startsWith(OWN);
}
