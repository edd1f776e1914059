import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { openPostgresStore, type PostgresStore } from '../../src/adapters/store/postgres/store.js';
import { deliveryId } from '../../src/core/notices/ids.js';
import { reportOf } from '../../src/core/notices/report.js';
import { postgres } from '../support/postgres.js';
import { bundleCommand, prepareRound, SENDING, startProcess, type Round } from '../support/shared-round.js';
import { isFullSize } from '../support/size.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const WORKSPACES = 100;
const EACH = isFullSize ? 100 : 20;
const ALL = WORKSPACES * EACH;
/** As many as are killed, with a restart of the database between the first and the second. */
const KILLS_AT = [0.15, 0.55, 0.8];
const RESTART_AT = 0.35;

describe(`three processes on one database, killed in turn while they send ${String(ALL)} messages`, function () {
  this.timeout(900_000);
  const folder = temporaryFolder();
  const children: Awaited<ReturnType<typeof startProcess>>[] = [];
  let url: string;
  let store: PostgresStore;
  let round: Round;
  let command: string;

  before(async () => {
    url = await (await postgres()).database();
    [store, command] = await Promise.all([openPostgresStore(url), bundleCommand()]);
    round = await prepareRound(store, WORKSPACES, EACH);
  });
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await store.close();
    await round.close();
    await rm(command, { force: true });
  });

  const start = async () => void children.push(await startProcess(command, url, folder(), round));
  const sum = () => [...round.got().values()].reduce((all, each) => all + each, 0);
  async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
    while (!(await isSo())) await pause(50);
  }
  const isDone = async () => {
    const sending = await store.sendings.get('saman', SENDING).catch(() => undefined);
    return sending?.state === 'done' && (await store.depths?.())?.size === 0;
  };
  /** Kills the process that was started first, and starts another in its place. */
  async function kill(): Promise<void> {
    const [first] = children.splice(0, 1);
    const gone = once(first!, 'exit');
    first!.kill('SIGKILL');
    await gone;
    await start();
  }

  it('tell everybody, nobody twice in Slack, and report it exactly', async () => {
    await Promise.all([start(), start(), start()]);
    for (const [nth, share] of KILLS_AT.entries()) {
      if (nth === 1) {
        await until(() => sum() >= RESTART_AT * ALL);
        await (await postgres()).restart(1_000);
      }
      await until(() => sum() >= share * ALL);
      await kill();
    }
    await until(isDone);
    const got = round.got();
    const entries = await store.outbox.list(
      'saman',
      round.members.map((member) => deliveryId(SENDING, member)),
    );
    const doubled = entries.filter(
      (entry) => entry?.state.kind === 'sent' && entry.state.mayBeDoubled === true,
    );
    const mayBe = new Set(doubled.map((entry) => entry?.member));
    for (const [member, count] of got) {
      assert.ok(count >= 1, `${member} was forgotten`);
      assert.ok(count === 1 || mayBe.has(member), `${member} was told ${String(count)} times`);
    }
    assert.ok(
      doubled.every((entry) => entry?.lane.startsWith('teams/')),
      'a message in Slack may be doubled',
    );
    const sending = (await store.sendings.get('saman', SENDING))!;
    const report = await reportOf(store, sending);
    assert.equal(report.length, ALL);
    assert.equal(report.filter(({ state }) => state === 'sent').length, ALL);
    assert.equal(sending.shown?.what, `${String(ALL)}/0/0/0`);
  });
});
