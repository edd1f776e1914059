import assert from 'node:assert/strict';
import { constants, open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import sinon from 'sinon';
import { openLowdbStore } from '../../../../src/adapters/store/lowdb/persistence.js';
import { SamlingError } from '../../../../src/core/errors.js';
import type { Store } from '../../../../src/core/ports/store.js';
import { delivery } from '../../../support/delivery.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const setting = (id: string, value: string) => ({ programme: 'saman', id, value });
const isWriteFailed = (error: unknown) =>
  error instanceof SamlingError && error.code === 'STORE_WRITE_FAILED' && error.retryable;
const diskFull = () => Object.assign(new RangeError('no space left'), { code: 'ENOSPC' });

type WriteArguments = [bytes: Buffer, offset: number, length: number, position: number];
type WriteBytes = (this: FileHandle, ...args: WriteArguments) => ReturnType<FileHandle['write']>;
/** The real write behind a stub. */
const writeOf = (stub: { wrappedMethod: unknown }) => stub.wrappedMethod as WriteBytes;

/** Where the journal waits for the disk: in the write itself, or in a call of its own after it. */
const SYNCING = process.platform === 'linux' ? 'write' : 'datasync';
/** Lets the journal's bytes reach the file, and what waits for the disk end as `failing` does. */
function failSyncs(handles: FileHandle, failing: () => Promise<never>): { restore(): void } {
  if (SYNCING === 'datasync') return sinon.stub(handles, 'datasync').callsFake(failing);
  const write = sinon.stub(handles, 'write').callsFake(async function (this: FileHandle, ...args: unknown[]) {
    await writeOf(write).call(this, ...(args as WriteArguments));
    return failing();
  });
  return write;
}

describe('lowdb store on a disk that fails', () => {
  const folder = temporaryFolder();
  let store: Store;
  /** What every file handle inherits from. */
  let handles: FileHandle;
  beforeEach(async () => {
    const probe = await open(join(folder(), 'probe'), 'w');
    handles = Object.getPrototypeOf(probe) as FileHandle;
    await probe.close();
    store = await openLowdbStore(join(folder(), 'data'));
    await store.settings.put(setting('a', 'before'));
  });
  afterEach(async () => {
    sinon.restore();
    await store.close();
  });
  const reopened = async () => {
    await store.close();
    store = await openLowdbStore(join(folder(), 'data'));
    return new Map((await store.settings.list('saman')).map((row) => [row.id, row.value]));
  };

  it('gives a delivery out once, after what became of it was taken back', async () => {
    await store.outbox.add([delivery('a'), delivery('b')]);
    await store.outbox.lease('lane', 0, 1000, 2);
    const sync = failSyncs(handles, () => Promise.reject(diskFull()));
    await assert.rejects(
      store.outbox.settle('saman', 'a', { kind: 'retry', notBeforeMs: 1000 }, 1),
      isWriteFailed,
    );
    await assert.rejects(store.outbox.settle('saman', 'b', { kind: 'sent', ref: {} }, 1), isWriteFailed);
    sync.restore();
    const leased = await store.outbox.lease('lane', 2000, 1000, 9);
    assert.deepEqual(leased.map(({ id }) => id).sort(), ['a', 'b']);
  });

  it('says so, keeps memory as it was, and works again when the disk does', async () => {
    const sync = failSyncs(handles, () => Promise.reject(diskFull()));
    await assert.rejects(store.settings.put(setting('a', 'after')), isWriteFailed);
    assert.equal((await store.settings.get('saman', 'a'))?.value, 'before');
    sync.restore();
    await store.settings.put(setting('b', 'later'));
    assert.deepEqual(
      await reopened(),
      new Map([
        ['a', 'before'],
        ['b', 'later'],
      ]),
    );
  });

  it('puts an outbox entry back into its lane when its lease could not be written', async () => {
    await store.outbox.add([delivery('d1')]);
    const sync = failSyncs(handles, () => Promise.reject(diskFull()));
    await assert.rejects(store.outbox.lease('lane', 0, 1000, 1), isWriteFailed);
    sync.restore();
    assert.equal((await store.outbox.lease('lane', 0, 1000, 1)).length, 1);
  });

  it('takes back whatever was built on the change that failed, also by a transaction half-way', async () => {
    let fail: (error: unknown) => void = () => undefined;
    const failure = new Promise<never>((_, reject) => (fail = reject));
    failure.catch(() => undefined);
    const sync = failSyncs(handles, () => failure);
    const first = store.settings.put(setting('a', 'first'));
    await turn();
    const second = store.transact(async (tables) => {
      const seen = (await tables.settings.get('saman', 'a'))?.value ?? '';
      await tables.settings.put(setting('a', `${seen}+second`));
      fail(diskFull());
      await turn();
      await turn();
      await tables.settings.put(setting('b', 'second'));
    });
    const outcome = assert.rejects(second, isWriteFailed);
    await assert.rejects(first, isWriteFailed);
    await outcome;
    sync.restore();
    assert.equal((await store.settings.get('saman', 'a'))?.value, 'before');
    assert.equal(await store.settings.get('saman', 'b'), undefined);
    assert.deepEqual(await reopened(), new Map([['a', 'before']]));
  });

  it('never answers a read with what is taken back afterwards', async () => {
    let fail: (error: unknown) => void = () => undefined;
    const failure = new Promise<never>((_, reject) => (fail = reject));
    failure.catch(() => undefined);
    const sync = failSyncs(handles, () => failure);
    const write = assert.rejects(store.settings.put(setting('a', 'after')), isWriteFailed);
    const read = store.settings.get('saman', 'a');
    await turn();
    fail(diskFull());
    await write;
    sync.restore();
    assert.equal((await read)?.value, 'before');
  });

  it('leaves no half-written record behind, however little of it the disk took', async () => {
    const write = sinon.stub(handles, 'write').callsFake(async function (
      this: FileHandle,
      ...args: unknown[]
    ) {
      const [bytes, offset, , position] = args as WriteArguments;
      if (offset > 20) throw diskFull();
      return await writeOf(write).call(this, bytes, offset, 15, position);
    });
    const cut = sinon.stub(handles, 'truncate').rejects(diskFull());
    await assert.rejects(store.settings.put(setting('a', 'x'.repeat(200))), isWriteFailed);
    write.restore();
    await assert.rejects(
      store.settings.put(setting('a', 'y')),
      isWriteFailed,
      'not while the rest cannot be cut',
    );
    cut.restore();
    await store.settings.put(setting('b', 'z'));
    assert.deepEqual(
      await reopened(),
      new Map([
        ['a', 'before'],
        ['b', 'z'],
      ]),
    );
  });

  it('writes all of a record that the disk takes in pieces', async () => {
    const write = sinon.stub(handles, 'write').callsFake(function (this: FileHandle, ...args: unknown[]) {
      const [bytes, offset, length, position] = args as WriteArguments;
      return writeOf(write).call(this, bytes, offset, Math.min(length, 7), position);
    });
    await store.settings.put(setting('b', 'x'.repeat(100)));
    write.restore();
    assert.equal((await reopened()).get('b'), 'x'.repeat(100));
  });

  it('waits for the disk before it answers', async () => {
    const write = sinon.spy(handles, 'write');
    const sync = sinon.spy(handles, 'datasync');
    await store.settings.put(setting('b', 'later'));
    if (SYNCING === 'datasync') {
      assert.ok(sync.calledAfter(write));
      return;
    }
    const { fd } = write.firstCall.thisValue as FileHandle;
    const info = await readFile(`/proc/self/fdinfo/${String(fd)}`, 'utf8');
    const flags = Number.parseInt(/^flags:\s*(\d+)/m.exec(info)?.[1] ?? '0', 8);
    assert.equal(flags & constants.O_DSYNC, constants.O_DSYNC, info);
  });

  it('shares one sync among writers who wait', async () => {
    const sync = sinon.spy(handles, SYNCING);
    await Promise.all(Array.from({ length: 100 }, (_, n) => store.settings.put(setting(`s${n}`, ''))));
    assert.ok(sync.callCount < 20, `${sync.callCount} syncs`);
  });
});
