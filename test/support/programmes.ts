import { readFileSync } from 'node:fs';
import { checkProgramme } from '../../src/core/programme/check.js';
import type { Programme } from '../../src/core/programme/schema.js';

/** The text of a shipped programme file, parsed and free to be changed. */
export function rawProgramme(id: string): Record<string, any> {
  const path = new URL(`../../data/programmes/${id}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, any>;
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
