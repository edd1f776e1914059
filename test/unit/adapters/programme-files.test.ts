import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadProgrammes } from '../../../src/adapters/files/programme-files.js';
import { SamlingError } from '../../../src/core/errors.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('a folder of programme files', () => {
  const folder = temporaryFolder();
  const faultsOf = (path: string) => {
    try {
      loadProgrammes(path);
    } catch (error) {
      if (error instanceof SamlingError && error.code === 'PROGRAMME_FILE_WRONG') return error.faults;
      throw error;
    }
    return [];
  };

  it('that is not there, or has none in it, is a fault that names it', async () => {
    await writeFile(join(folder(), 'notes.txt'), '');
    const expected = 'programme files (*.json)';
    for (const [source, found] of [
      [folder(), 'a folder without any'],
      [join(folder(), 'gone'), 'no folder'],
    ] as const)
      assert.deepEqual(faultsOf(source), [{ source, path: '(folder)', found, expected }]);
  });

  it('says line and column of what is not JSON', async () => {
    await writeFile(join(folder(), 'a.json'), '\uFEFF{\n  "id": oops\n}');
    const [fault] = faultsOf(folder());
    assert.deepEqual(
      [fault?.source, fault?.path, fault?.found],
      ['a.json', 'line 2, column 9', 'what is not JSON'],
    );
  });
});
