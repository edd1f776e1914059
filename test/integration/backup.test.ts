import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { backup, restore } from '../../src/cli/move-store.js';
import { ballotFolders, storeFolder } from '../../src/config/load.js';
import {
  box,
  fillPlace,
  KINDS,
  MEMBERS,
  openPlace,
  seenIn,
  tokenOf,
  type StorePlace,
} from '../support/store-places.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const kinds = Object.entries(KINDS);

describe('backup and restore', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const file = () => join(folder(), 'backup');

  /** An empty place on the same machine: another store, the same keys. */
  async function placeWithKeysOf(kind: string, from: StorePlace): Promise<StorePlace> {
    const place = await KINDS[kind]!(join(folder(), 'target'));
    await cp(ballotFolders(from).keysFolder, ballotFolders(place).keysFolder, { recursive: true });
    return place;
  }

  async function filled(kind: string): Promise<StorePlace> {
    const place = await KINDS[kind]!(join(folder(), 'source'));
    const open = await openPlace(place);
    await fillPlace(open);
    await open.close();
    return place;
  }

  async function seenAt(place: StorePlace): Promise<unknown> {
    const open = await openPlace(place);
    return seenIn(open).finally(() => open.close());
  }

  for (const [from] of kinds)
    for (const [to] of kinds)
      it(`brings everything from ${from} to ${to}, while it is in use`, async () => {
        const source = await KINDS[from]!(join(folder(), 'source'));
        const open = await openPlace(source);
        await fillPlace(open);
        await backup(source, file());
        const before = await seenIn(open);
        await open.close();
        const target = await placeWithKeysOf(to, source);
        const { boxes, without } = await restore(target, file());
        assert.deepEqual([boxes, without], [1, []]);
        assert.deepEqual(await seenAt(target), before);
      });

  for (const [kind, create] of kinds) {
    describe(kind, () => {
      it('restores into an empty store only', async () => {
        const place = await filled(kind);
        await backup(place, file());
        const before = await seenAt(place);
        await assert.rejects(restore(place, file()), { code: 'STORE_NOT_EMPTY' });
        assert.deepEqual(await seenAt(place), before);
      });

      it('refuses a damaged backup, says why, and leaves the store empty', async () => {
        const place = await filled(kind);
        await backup(place, file());
        const target = await placeWithKeysOf(kind, place);
        const whole = await readFile(file());
        const lines = gunzipSync(whole).toString().split('\n');
        const without = (index: number) => gzipSync(lines.filter((_, each) => each !== index).join('\n'));
        const changed = gzipSync(lines.join('\n').replace('"voss-7"', '"voss-8"'));
        const damages: [Buffer, RegExp][] = [
          [Buffer.from('nothing of ours'), /cannot be unpacked/],
          [gzipSync('{"samling":"export","version":1}\n'), /no backup of Samling/],
          [gzipSync('{"samling":"backup","version":99}\n'), /newer version/],
          [whole.subarray(0, whole.length / 2), /ends too early|its end is missing/],
          [without(lines.length - 2), /its end is missing/],
          [without(1), /answers of open rounds are missing/],
          [without(lines.length - 3), /the rows of .* are not those/],
          [changed, /the rows of \w+ are not those/],
          [gzipSync(lines.toSpliced(3, 0, 'what').join('\n')), /line 4 is not JSON/],
          [gzipSync(lines.toSpliced(3, 0, '{"table":1}').join('\n')), /line 4 is not what/],
          [gzipSync([...lines.slice(0, -1), lines[5], ''].join('\n')), /after its end/],
        ];
        for (const [bytes, says] of damages) {
          await writeFile(file(), bytes);
          await assert.rejects(restore(target, file()), { code: 'BACKUP_DAMAGED', message: says });
        }
        await writeFile(file(), whole);
        await restore(target, file());
        assert.deepEqual(await seenAt(target), await seenAt(place));
      });

      it('replaces no file, and leaves none behind when it fails', async () => {
        const place = await filled(kind);
        await writeFile(file(), 'precious');
        await assert.rejects(backup(place, file()), { code: 'ARGUMENT_WRONG' });
        assert.equal(await readFile(file(), 'utf8'), 'precious');
        await rm(ballotFolders(place).keysFolder, { recursive: true });
        await assert.rejects(backup(place, join(folder(), 'other')), { code: 'BALLOT_KEY_MISSING' });
        assert.deepEqual(
          (await readdir(folder())).filter((name) => name.startsWith('other')),
          [],
        );
        const left = await readdir(place.dataDir).catch(() => []);
        assert.deepEqual(
          left.filter((name) => name.startsWith('.')),
          [],
        );
      });

      it('without the keys of an open round, refuses; or goes on, and lets everybody answer anew', async () => {
        const place = await filled(kind);
        await backup(place, file());
        const target = await create(join(folder(), 'elsewhere'));
        await assert.rejects(restore(target, file()), { code: 'BALLOT_KEY_MISSING' });
        const { without } = await restore(target, file(), { withoutOpenAnswers: true });
        assert.deepEqual(without, [`${box.programme}/${box.round}`]);
        const open = await openPlace(target);
        const seats = await open.store.seats.list('saman');
        assert.equal(seats.length, MEMBERS);
        assert.ok(seats.every((seat) => !seat.answered && seat.ballot !== undefined));
        await open.ballots.cast(box, tokenOf(1), { question: 0, group: 0, value: 2 });
        assert.equal((await open.ballots.count(box)).length, 1);
        await open.close();
      });

      it('holds no key, no token and no readable answer, and cannot be opened once the round was burned', async () => {
        const place = await filled(kind);
        const { keysFolder } = ballotFolders(place);
        await backup(place, file());
        const text = gunzipSync(await readFile(file())).toString('latin1');
        for (const name of await readdir(keysFolder)) {
          const key = await readFile(join(keysFolder, name));
          for (const form of ['latin1', 'hex', 'base64'] as const)
            assert.ok(!text.includes(key.toString(form)));
        }
        assert.ok(!text.includes('Tekst nummer') && !text.includes(tokenOf(1)));
        assert.equal((await stat(file())).mode & 0o077, 0, 'others may not read it');
        const open = await openPlace(place);
        await open.ballots.burn(box);
        await open.close();
        assert.deepEqual(await readdir(keysFolder), []);
        const target = await placeWithKeysOf(kind, place);
        await assert.rejects(restore(target, file()), { code: 'BALLOT_KEY_MISSING' });
      });
    });
  }

  it('into the embedded store can be repeated after it was broken off', async () => {
    const source = await filled('embedded');
    await backup(source, file());
    const target = await placeWithKeysOf('embedded', source);
    // As a restore leaves it that was killed before its last step: boxes are there, and rows beside the store.
    await cp(ballotFolders(source).folder, ballotFolders(target).folder, { recursive: true });
    await assert.rejects(restore(target, file()), { code: 'STORE_NOT_EMPTY' });
    await cp(storeFolder(source), `${storeFolder(target)}.restoring`, { recursive: true });
    await restore(target, file());
    assert.deepEqual(await seenAt(target), await seenAt(source));
  });

  it('of the embedded store is of one moment, while another process writes and folds', async () => {
    const source = { dataDir: join(folder(), 'source') };
    const program = join(import.meta.dirname, '../support/store-writer.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', program, storeFolder(source), '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    const answered = new Map<string, number>();
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const [, name, number] = /^(\w) (\d+)$/.exec(line) ?? [];
      if (name !== undefined) answered.set(name, Number(number));
    });
    while (answered.size < 4) await pause(10);
    const wrote: ReadonlyMap<string, number>[] = [];
    for (let run = 0; run < 8; run += 1) {
      wrote.push(new Map(answered));
      await backup(source, `${file()}-${String(run)}`);
      await pause(Math.random() * 40);
    }
    child.kill('SIGKILL');
    await ended;
    for (const [run, before] of wrote.entries()) {
      const target = { dataDir: join(folder(), `target-${String(run)}`) };
      await restore(target, `${file()}-${String(run)}`);
      const there = await openPlace(target);
      for (const [name, number] of before) {
        const one = Number((await there.store.settings.get('saman', `${name}-1`))?.value);
        const two = Number((await there.store.settings.get('uso4', `${name}-2`))?.value);
        assert.equal(one, two, 'half a transaction is in the backup');
        assert.ok(one >= number, `${name}: ${String(number)} was answered before, ${String(one)} is there`);
      }
      await there.close();
    }
    assert.ok(wrote.at(-1)!.get('a')! > wrote[0]!.get('a')!, 'nothing was written meanwhile');
  });

  for (const [kind] of kinds)
    it(`of ${kind} has an answer for everybody who has answered, while they answer`, async () => {
      const source = await filled(kind);
      const open = await openPlace(source);
      const turn = { isOver: false };
      let last = 0;
      const seat = (id: string) => ({
        programme: 'saman',
        id,
        round: box.round,
        member: id,
        group: 0,
        answered: true,
      });
      const answering = (async () => {
        for (; !turn.isOver; last += 1) {
          const [id, token] = [`more/${String(last)}`, `more-${String(last)}`];
          await open.ballots.cast(box, token, { question: 0, group: 0, value: 1 });
          await open.store.seats.put({ ...seat(id), ballot: await open.ballots.mark(box, token) });
        }
      })();
      for (let run = 0; run < 3; run += 1) {
        const before = last;
        await backup(source, `${file()}-${String(run)}`);
        const target = await KINDS[kind]!(join(folder(), `target-${String(run)}`));
        await cp(ballotFolders(source).keysFolder, ballotFolders(target).keysFolder, { recursive: true });
        await restore(target, `${file()}-${String(run)}`);
        const there = await openPlace(target);
        const seats = (await there.store.seats.list('saman')).filter((each) => each.id.startsWith('more/'));
        assert.ok(seats.length >= before);
        for (const { id } of seats)
          assert.equal(await there.ballots.find(box, id.replace('/', '-'), 0), 1, `answer ${id}`);
        await there.close();
        while (last < before + 10) await pause(5);
      }
      turn.isOver = true;
      await answering;
      await open.close();
    });
});
