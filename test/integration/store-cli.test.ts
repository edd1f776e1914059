import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { ballotFolders } from '../../src/config/load.js';
import { postgres } from '../support/postgres.js';
import { fillPlace, openPlace, seenIn, type StorePlace } from '../support/store-places.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const program = join(import.meta.dirname, '../../src/cli.ts');

describe('samling backup, restore and migrate', function () {
  this.timeout(240_000);
  const folder = temporaryFolder();

  async function samling(place: StorePlace, ...words: string[]) {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, ['--import', 'tsx', program, ...words], {
      env: { PATH, SAMLING_DATA_DIR: place.dataDir, DATABASE_URL: place.databaseUrl ?? '' },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
    const [status] = (await once(child, 'close')) as [number];
    return { status, said };
  }

  it('bring a store from files to files and to a database, and say what they did', async () => {
    const source = { dataDir: join(folder(), 'data') };
    const open = await openPlace(source);
    await fillPlace(open);
    const seen = await seenIn(open);
    const file = join(folder(), 'backup.gz');

    const wrote = await samling(source, 'backup', file);
    await open.close();
    assert.match(
      wrote.said,
      /^Wrote \d+ rows of \d+ tables to .*, and the answers of 1 open round, sealed\.\n$/,
    );
    assert.equal(wrote.status, 0);

    const target = { dataDir: join(folder(), 'other') };
    await cp(ballotFolders(source).keysFolder, ballotFolders(target).keysFolder, { recursive: true });
    assert.match((await samling(target, 'restore', file)).said, /^Restored \d+ rows/);
    const again = await samling(target, 'restore', file);
    assert.deepEqual([again.status, again.said.split(':')[0]], [1, 'STORE_NOT_EMPTY']);

    const databaseUrl = await (await postgres()).database();
    const moved = await samling(source, 'migrate', '--to', databaseUrl);
    assert.match(moved.said, /^Moved \d+ rows of \d+ tables\.\nSet DATABASE_URL/);
    assert.ok(!moved.said.includes(databaseUrl), 'a password is not printed');
    for (const place of [target, { ...source, databaseUrl }]) {
      const there = await openPlace(place);
      assert.deepEqual(await seenIn(there), seen);
      await there.close();
    }
  });

  it('refuse what cannot be', async () => {
    const place = { dataDir: join(folder(), 'nothing') };
    const all = await Promise.all([
      samling(place, 'backup', join(folder(), 'x.gz')),
      samling(place, 'restore', join(folder(), 'none.gz')),
      samling(place, 'migrate', '--to', 'mysql://somewhere'),
    ]);
    for (const { status, said } of all) assert.deepEqual([status, said.split(':')[0]], [1, 'ARGUMENT_WRONG']);
  });
});
