import assert from 'node:assert/strict';
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { openPostgresBallotBox } from '../../src/adapters/store/postgres/ballots/ballot-box.js';
import { backup, restore } from '../../src/cli/move-store.js';
import { ballotFolders } from '../../src/config/load.js';
import type { BallotBox } from '../../src/core/ports/ballots.js';
import { boxName } from '../../src/runtime/ballots/hashes.js';
import { unpack, unseal } from '../../src/runtime/ballots/packed.js';
import { postgres } from '../support/postgres.js';
import { promises } from '../support/promises.js';
import { box as key, fillPlace, KINDS, openPlace } from '../support/store-places.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const { keeps, areKept } = promises(17, 19);
const ROUNDS = 12;
const ANSWERS = 20;
/** Longer than any run of bytes that two random pieces of this size have in common. */
const RUN_BYTES = 8;

interface Version {
  readonly key_id: string;
  readonly sealed: Buffer;
}

describe('the promises of docs/anonymity.md about databases and backups', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let url: string;
  let client: pg.Client;
  let box: BallotBox | undefined;

  beforeEach(async () => {
    url = await (await postgres()).database();
    client = new pg.Client(url);
    await client.connect();
  });
  afterEach(async () => {
    await box?.close();
    box = undefined;
    await client.end();
  });

  const keysFolder = () => join(folder(), 'keys');
  const keysIn = async () =>
    Promise.all(
      (await readdir(keysFolder())).map((name) =>
        readFile(join(keysFolder(), name)).catch(() => Buffer.alloc(32)),
      ),
    );

  /** Keeps every state that a box ever had, as the log of a database does. */
  async function rememberAll(): Promise<void> {
    await client.query(`CREATE TABLE remembered (nth serial, key_id text, sealed bytea);
      CREATE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO remembered (key_id, sealed) VALUES (NEW.key_id, NEW.sealed); RETURN NEW; END $$;
      CREATE TRIGGER remember AFTER INSERT OR UPDATE ON samling.ballots
        FOR EACH ROW EXECUTE FUNCTION remember()`);
  }
  const remembered = async () => (await client.query<Version>('SELECT * FROM remembered ORDER BY nth')).rows;

  keeps(17, async () => {
    box = await openPostgresBallotBox(url, { keysFolder: keysFolder() });
    await rememberAll();
    const places: number[] = [];
    for (let index = 0; index < ROUNDS; index += 1) {
      const round = { ...key, round: `r-${String(index)}` };
      for (let nth = 0; nth < ANSWERS; nth += 1)
        await box.cast(round, `t-${String(nth)}`, { question: 0, group: 0, value: nth });
      const { rows } = await client.query<Version>('SELECT * FROM samling.ballots WHERE round = $1', [
        round.round,
      ]);
      assert.equal(rows.length, 1);
      const secret = await readFile(join(keysFolder(), `${boxName(round)}.${rows[0]!.key_id}`));
      const bodies = [...unpack(unseal(secret, boxName(round), rows[0]!.sealed)!).values()];
      places.push(bodies.findIndex((body) => body.toString() === `[0,0,${String(ANSWERS - 1)}]`));
    }
    // All of it changes each time, whatever changed.
    const states = await remembered();
    for (const [nth, { sealed }] of states.entries()) {
      const before = states[nth - 1]?.sealed;
      if (before?.length !== sealed.length) continue;
      for (let at = 0; at + RUN_BYTES <= sealed.length; at += RUN_BYTES)
        assert.ok(!sealed.subarray(at, at + RUN_BYTES).equals(before.subarray(at, at + RUN_BYTES)));
    }
    // The last answer is at no place of its own; that all lie at one by chance happens once in 20^11.
    assert.ok(new Set(places).size > 1);
  });

  keeps(18, async () => {
    box = await openPostgresBallotBox(url, { keysFolder: keysFolder(), keyMs: 20, keptMs: 20 });
    await rememberAll();
    for (let nth = 0; nth < 6; nth += 1)
      await box.cast(key, `t-${String(nth)}`, { question: 0, group: 0, value: nth });
    const opened = async () => {
      const keys = await keysIn();
      return (await remembered()).map(({ sealed }) =>
        keys.some((secret) => unseal(secret, boxName(key), sealed) !== undefined),
      );
    };
    const isOnlyLast = (all: readonly boolean[]) => all.at(-1) === true && !all.slice(0, -1).includes(true);
    const end = Date.now() + 20_000;
    while (!isOnlyLast(await opened())) {
      assert.ok(Date.now() < end, 'former states can still be opened');
      await pause(20);
    }
    const all = Buffer.concat((await remembered()).map((each) => each.sealed));
    for (const secret of await keysIn()) assert.ok(!all.includes(secret));
    assert.equal((await box.count(key)).length, 6);
  });

  keeps(19, async () => {
    for (const [kind, create] of Object.entries(KINDS)) {
      const place = await create(join(folder(), kind));
      const open = await openPlace(place);
      await fillPlace(open);
      const file = join(folder(), `${kind}.gz`);
      await backup(place, file);
      const text = gunzipSync(await readFile(file)).toString('latin1');
      const keys = ballotFolders(place).keysFolder;
      const names = await readdir(keys);
      assert.ok(names.length > 0);
      for (const name of names) {
        const secret = await readFile(join(keys, name));
        for (const form of ['latin1', 'hex', 'base64'] as const)
          assert.ok(!text.includes(secret.toString(form)));
      }
      assert.ok(!text.includes('Tekst nummer'));
      await open.ballots.burn(key);
      await open.close();
      const other = await create(join(folder(), `${kind}-other`));
      await mkdir(ballotFolders(other).keysFolder, { recursive: true });
      await cp(keys, ballotFolders(other).keysFolder, { recursive: true });
      await assert.rejects(restore(other, file), { code: 'BALLOT_KEY_MISSING' });
    }
  });

  areKept();
});
