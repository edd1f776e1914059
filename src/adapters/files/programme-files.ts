import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SamlingError, type Fault } from '../../core/errors.js';
import type { Programmes } from '../../core/ports/programmes.js';
import { checkProgramme } from '../../core/programme/check.js';
import type { Programme } from '../../core/programme/schema.js';

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
  const text = readFileSync(file, 'utf8');
  const source = basename(file);
  try {
    return checkProgramme(source, JSON.parse(text) as unknown, basename(file, '.json'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const expected = `JSON (${error.message})`;
    return { faults: [{ source, path: placeOf(error, text), found: 'what is not JSON', expected }] };
  }
}

/** Line and column of a syntax error, from the position that V8 gives. */
function placeOf(error: SyntaxError, text: string): string {
  const position = Number(/position (\d+)/.exec(error.message)?.[1] ?? text.length);
  const before = text.slice(0, position).split('\n');
  return `line ${String(before.length)}, column ${String((before.at(-1)?.length ?? 0) + 1)}`;
}
