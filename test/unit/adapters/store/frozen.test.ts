import assert from 'node:assert/strict';
import { copyFile, link, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freeze, type Holding } from '../../../../src/adapters/store/lowdb/archive/frozen.js';
import { openLowdbStore } from '../../../../src/adapters/store/lowdb/persistence.js';
import type { Store } from '../../../../src/core/ports/store.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

/** Written together in each transaction, and folded into a file each. */
const PROGRAMMES = ['saman', 'uso4', 'kraft'];

describe('a store of which hold is taken while it is folded', () => {
  const folder = temporaryFolder();
  const data = () => join(folder(), 'data');
  let store: Store;
  beforeEach(async () => {
    store = await openLowdbStore(data(), { foldAtBytes: 1 });
    await write('1');
  });
  afterEach(() => store.close());

  /** Resolves when that is folded. */
  async function write(value: string): Promise<void> {
    await store.transact((tables) =>
      tables.settings.put(...PROGRAMMES.map((programme) => ({ programme, id: 'a', value }))),
    );
    while ((await stat(join(data(), 'journal'))).size > 0) await pause(1);
  }

  /** Takes hold of it, and writes once before the n-th file, where the journal is the first. */
  async function takenWhileWritten(nth: number) {
    let step = 0;
    const then = (take: Holding['link']) => async (from: string, to: string) => {
      step += 1;
      if (step === nth) await write('2');
      await take(from, to);
    };
    const frozen = await freeze(data(), { copyFile: then(copyFile), link: then(link) });
    const copy = await openLowdbStore(frozen.folder);
    const rows = await Promise.all(PROGRAMMES.map((programme) => copy.settings.get(programme, 'a')));
    await copy.close();
    await frozen.thaw();
    return { values: rows.map((row) => row?.value), steps: step };
  }

  for (let nth = 1; nth <= 1 + PROGRAMMES.length; nth += 1)
    it(`has no transaction by half when the fold falls before the file ${String(nth)}`, async () => {
      const { values, steps } = await takenWhileWritten(nth);
      assert.deepEqual(values, ['2', '2', '2']);
      assert.equal(steps, 2 * (1 + PROGRAMMES.length), 'it began anew');
    });

  it('has no journal of two times, when it is emptied and written on while it is copied', async () => {
    await store.close();
    store = await openLowdbStore(data());
    const journal = join(data(), 'journal');
    const linesAfter = async (...values: string[]) => {
      for (const value of values) await store.settings.put({ programme: 'saman', id: 'a', value });
      return (await readFile(journal, 'utf8')).split('\n').slice(0, -1);
    };
    const before = await linesAfter('2', '3');
    await store.close();
    store = await openLowdbStore(data());
    const after = await linesAfter('4', '5');
    // As it is after a fold has written its snapshots and before it empties the journal.
    const write = (file: string, ...lines: (string | undefined)[]) =>
      writeFile(file, lines.join('\n') + '\n');
    await write(journal, ...before);
    let step = 0;
    const torn: Holding['copyFile'] = async (from, to) => {
      if ((step += 1) > 1) return copyFile(from, to);
      await write(journal, ...after);
      await write(to, before[0], after[1]);
    };
    const frozen = await freeze(data(), { copyFile: torn, link });
    const values = frozen.records.flatMap(({ writes }) =>
      writes.map((kept) => 'row' in kept && kept.row?.['value' as 'id']),
    );
    await frozen.thaw();
    assert.deepEqual([values, step], [['4', '5'], 2]);
  });

  it('is taken hold of at once when there is no fold', async () => {
    const { values, steps } = await takenWhileWritten(0);
    assert.deepEqual([values, steps], [['1', '1', '1'], 1 + PROGRAMMES.length]);
  });
});
