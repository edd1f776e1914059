import { readFileSync } from 'node:fs';
import { asset } from '../../src/cli/assets.js';
import { checkProgramme } from '../../src/core/programme/check.js';
import type { Programme } from '../../src/core/programme/schema.js';

/** The text of a shipped programme file, parsed and free to be changed. */
export function rawProgramme(id: string): Record<string, any> {
  return JSON.parse(readFileSync(asset('data', 'programmes', `${id}.json`), 'utf8')) as Record<string, any>;
}

/** A shipped programme, after a change. */
export function programmeWith(
  id: string,
  change: (raw: Record<string, any>) => void = () => undefined,
): Programme {
  const raw = rawProgramme(id);
  change(raw);
  const checked = checkProgramme(`${id}.json`, raw);
  if (checked.programme === undefined) throw new TypeError(JSON.stringify(checked.faults));
  return checked.programme;
}

/** A shipped programme without dates, so that nothing is planned but what a test puts there. */
export const noGatherings = (id: string): Programme =>
  programmeWith(id, (raw) => Object.assign(raw, { gatherings: [], deadlines: [] }));
