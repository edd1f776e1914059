import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { destroyKey, KEY_BYTES, readKey } from '../../../../src/runtime/ballots/key-file.js';
import { seal, unseal } from '../../../../src/runtime/ballots/packed.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

describe('the key of a round', () => {
  const folder = temporaryFolder();
  const file = () => join(folder(), 'key');

  it('is written over before its file is removed', async () => {
    await writeFile(file(), randomBytes(KEY_BYTES));
    const other = join(folder(), 'other-name');
    await link(file(), other);
    assert.equal(await destroyKey(file()), true);
    await assert.rejects(stat(file()), { code: 'ENOENT' });
    assert.deepEqual(await readFile(other), Buffer.alloc(KEY_BYTES));
  });

  it('is destroyed already when it is not there', async () => {
    assert.equal(await destroyKey(file()), false);
  });

  it('is not taken for destroyed when it could not be', async () => {
    await mkdir(file());
    await assert.rejects(destroyKey(file()), { code: 'EISDIR' });
  });

  it('is none when it is not whole', async () => {
    assert.equal(await readKey(file()), undefined);
    await writeFile(file(), randomBytes(KEY_BYTES - 1));
    assert.equal(await readKey(file()), undefined);
  });
});

describe('a sealed box', () => {
  const key = randomBytes(KEY_BYTES);

  it('opens with its key and for what it is about', () => {
    const sealed = seal(key, 'round', Buffer.from('answers'));
    assert.equal(unseal(key, 'round', sealed)?.toString(), 'answers');
    assert.equal(unseal(key, 'another', sealed), undefined);
  });

  it('does not open when it was cut off, wherever', () => {
    const sealed = seal(key, 'round', Buffer.from('answers'));
    for (let length = 0; length < sealed.length; length += 1)
      assert.equal(unseal(key, 'round', sealed.subarray(0, length)), undefined, String(length));
  });
});
