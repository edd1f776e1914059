import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { openPostgresStore } from '../../src/adapters/store/postgres/store.js';
import { asset } from '../../src/cli/assets.js';
import { accountId } from '../../src/core/identity/types.js';
import { noticeSchema } from '../../src/core/notices/definition.js';
import type { Store } from '../../src/core/ports/store.js';
import { bundle } from '../support/bundle.js';
import { postgres } from '../support/postgres.js';
import type { Peaks } from '../support/sending-process.js';
import { memberWith } from '../support/teams-samling.js';

const run = promisify(execFile);
const LANES = 32;
/** As many as may be under way in these lanes at once: 16 in each. */
const FEW = 512;
const MANY = 8_000;
/**
 * Above what FEW take: the list of receivers, which a sending names one by one, takes 1 MB while it is read. All deliveries
 * read at once would take 5 MB more, all written at once 10, and all under way at once, at 9 KB each, 68.
 */
const MOST_MORE_MB = 3;

/** Everybody is an employee, the first of them project leaders; a notice goes to these or to all. */
async function fill(store: Store): Promise<void> {
  const numbers = Array.from({ length: MANY }, (_, nth) => nth);
  const idOf = (nth: number) => `member-${String(nth)}`;
  await store.members.put(
    ...numbers.map((nth) =>
      memberWith(idOf(nth), { roles: nth < FEW ? ['employee', 'project-leader'] : ['employee'] }),
    ),
  );
  await store.accounts.put(
    ...numbers.map((nth) => {
      const [workspace, user] = [`slack/T${String(nth % LANES)}`, `U${String(nth)}`];
      return {
        ...{ programme: 'saman', id: accountId(workspace, user), member: idOf(nth), workspace, user },
        ...{ address: {}, platform: 'slack' as const, state: 'active' as const, at: '2014-01-01T00:00:00Z' },
      };
    }),
  );
  for (const [id, role] of [
    ['warm-up', 'project-leader'],
    ['few', 'project-leader'],
    ['many', 'employee'],
  ] as const) {
    const notice = noticeSchema.parse({
      ...{ id, title: { nb: 'Hei', nn: 'Hei' }, body: { nb: 'Tekst', nn: 'Tekst' } },
      ...{ audience: { roles: [role] }, urgent: true, when: { date: '2014-03-03', time: '09:00' } },
    });
    await store.notices.put({
      ...{ programme: 'saman', id, notice, by: 'console', state: 'draft', version: 1, isTemplate: false },
    });
  }
}

describe(`a process that sends to ${String(MANY)} on PostgreSQL`, function () {
  this.timeout(600_000);
  let program = '';
  let peaks: readonly Peaks[];
  before(async () => {
    const url = await (await postgres()).database();
    const store = await openPostgresStore(url);
    await fill(store);
    await store.close();
    program = await bundle(asset('test', 'support', 'sending-process.ts'), 'sending-process');
    const args = ['--expose-gc', program, url, 'warm-up', 'few', 'many'];
    const { stdout } = await run(process.execPath, args);
    peaks = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Peaks);
    if (process.env['SAMLING_TEST_FIGURES'] !== undefined) console.table(peaks);
  });
  after(() => rm(program, { force: true }));

  for (const [what, of] of [
    ['sends them', 'sendMb'],
    ['puts them into the outbox', 'beginMb'],
    ['counts how far it is', 'countMb'],
  ] as const)
    it(`needs no more memory for it than with ${String(FEW)} while it ${what}`, () => {
      const [, few, many] = peaks;
      assert.deepEqual([few?.sent, many?.sent], [FEW, MANY]);
      const moreMb = (many?.[of] ?? Infinity) - (few?.[of] ?? 0);
      assert.ok(moreMb < MOST_MORE_MB, `${moreMb.toFixed(1)} MB more`);
    });
});
