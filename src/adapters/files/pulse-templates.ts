import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SamlingError, type Fault } from '../../core/errors.js';
import { checkTemplate } from '../../core/pulse/check.js';
import type { PulseTemplate } from '../../core/pulse/definition.js';
import { parseJson } from './json-file.js';

/**
 * Reads and checks every pulse template of a folder, by id.
 * @throws SamlingError `PULSE_WRONG` with all faults of all files.
 */
export function loadPulseTemplates(folder: string): ReadonlyMap<string, PulseTemplate> {
  const faults: Fault[] = [];
  const templates = new Map<string, PulseTemplate>();
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    const read = parseJson(file, readFileSync(join(folder, file), 'utf8'));
    if ('fault' in read) {
      faults.push(read.fault);
      continue;
    }
    const checked = checkTemplate(file, read.json, basename(file, '.json'));
    faults.push(...checked.faults);
    if (checked.template !== undefined) templates.set(checked.template.id, checked.template);
  }
  if (faults.length > 0) throw new SamlingError('PULSE_WRONG', 'Pulse templates are wrong.', { faults });
  return templates;
}
