import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SamlingError, type Fault } from '../../core/errors.js';
import type { Programmes } from '../../core/ports/programmes.js';
import { checkProgramme } from '../../core/programme/check.js';
import type { Programme } from '../../core/programme/schema.js';
import { parseJson } from './json-file.js';

/**
 * Reads and checks every `*.json` of a folder.
 * @throws SamlingError `PROGRAMME_FILE_WRONG` with all faults of all files, or when there are none.
 */
export function loadProgrammes(folder: string): Programmes {
  const faults: Fault[] = [];
  const programmes = new Map<string, Programme>();
  for (const file of filesIn(folder)) {
    const checked = checkFile(join(folder, file));
    faults.push(...checked.faults);
    if (checked.programme !== undefined) programmes.set(checked.programme.id, checked.programme);
  }
  if (faults.length > 0) {
    throw new SamlingError(
      'PROGRAMME_FILE_WRONG',
      `Programme files are wrong (${String(faults.length)} faults).`,
      { faults },
    );
  }
  return { get: (id) => programmes.get(id), all: () => [...programmes.values()] };
}

function filesIn(folder: string): readonly string[] {
  const files = (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith('.json'));
  if (files.length > 0) return files;
  const found = existsSync(folder) ? 'a folder without any' : 'no folder';
  const faults = [{ source: folder, path: '(folder)', found, expected: 'programme files (*.json)' }];
  throw new SamlingError('PROGRAMME_FILE_WRONG', 'There are no programme files.', { faults });
}

function checkFile(file: string) {
  const source = basename(file);
  const read = parseJson(source, readFileSync(file, 'utf8'));
  if ('fault' in read) return { faults: [read.fault] };
  return checkProgramme(source, read.json, basename(file, '.json'));
}
