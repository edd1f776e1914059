import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { loadProgrammes } from '../../../src/adapters/files/programme-files.js';
import { demoPeople } from '../../../src/core/programme/demo-people.js';
import { createPlanner } from '../../../src/runtime/planner.js';
import { createTick, scheduleTick } from '../../../src/runtime/tick.js';
import { createDispatch, createFakeDirectory, createFakeLog } from '../../support/dispatch.js';
import { delivery } from '../../support/delivery.js';
import { createFakeChat } from '../../support/fake-chat.js';

const at = (iso: string) => Date.parse(iso);

describe('a tick', () => {
  const programmes = loadProgrammes('data/programmes');
  const saman = programmes.get('saman');
  assert.ok(saman !== undefined);
  const onlySaman = { get: () => saman, all: () => [saman] };

  async function createWorld() {
    const chat = createFakeChat();
    const dispatch = createDispatch(chat);
    await dispatch.store.members.put(...demoPeople(saman!));
    const planner = createPlanner(dispatch.store, dispatch.directory);
    const tick = createTick({ ...dispatch, programmes: onlySaman, planner });
    return { ...dispatch, chat, planner, tick };
  }

  it('tells what is due, once, however often it runs', async () => {
    const { clock, tick, chat } = await createWorld();
    clock.set(at('2014-01-31T12:00:00Z'));
    await tick();
    const told = chat.posted.length;
    assert.ok(told > 0, 'nobody was told');
    await tick();
    await Promise.all([tick(), tick()]);
    assert.equal(chat.posted.length, told);
  });

  it('reads no members when nothing is due', async () => {
    const { clock, tick, store, planner } = await createWorld();
    clock.set(at('2014-01-31T12:00:00Z'));
    await tick();
    await planner.nextDueMs(saman);
    let lists = 0;
    const list = store.members.list.bind(store.members);
    Object.assign(store.members, { list: (programme: string) => ((lists += 1), list(programme)) });
    clock.set(clock.nowMs() + 1000);
    await tick();
    assert.equal(lists, 0);
  });

  it('finds what is due after a replan although it looked at that time before', async () => {
    const { clock, tick, chat, store, planner } = await createWorld();
    const people = demoPeople(saman);
    await store.members.remove(
      'saman',
      people.map((member) => member.id),
    );
    clock.set(at('2014-01-31T12:00:00Z'));
    await tick();
    assert.deepEqual(chat.postedIds(), []);
    await store.members.put(...people);
    await planner.replan('saman');
    await tick();
    assert.ok(chat.posted.length > 0, 'nobody was told');
  });

  it('goes on with other programmes and with sending when one cannot be planned', async () => {
    const world = await createWorld();
    const planner = { ...world.planner, nextDueMs: () => Promise.reject(new RangeError('secret')) };
    await world.store.outbox.add([delivery('a')]);
    await createTick({ ...world, programmes: onlySaman, planner })();
    assert.deepEqual(world.chat.postedIds(), ['a']);
    assert.ok(world.log.lines.some((line) => line.includes('planning failed')));
    assert.ok(!world.log.lines.some((line) => line.includes('secret')));
  });

  it('that does not wait is over at once, though a lane hangs, and leaves that lane alone', async () => {
    const quick = createFakeChat();
    const stuck = createFakeChat({ behave: () => 'hang' });
    const dispatch = createDispatch(quick, { directory: createFakeDirectory(quick, { stuck }) });
    const planner = createPlanner(dispatch.store, dispatch.directory);
    const nobody = { get: () => undefined, all: () => [] };
    const tick = createTick({ ...dispatch, programmes: nobody, planner, waits: false });
    await dispatch.store.outbox.add([delivery('a', { lane: 'stuck' })]);
    await tick();
    await pause(20);
    await dispatch.store.outbox.add([delivery('b'), delivery('c', { lane: 'stuck' })]);
    await tick();
    await pause(20);
    assert.deepEqual(quick.postedIds(), ['b']);
    assert.equal((await dispatch.store.outbox.list('saman', ['c']))[0]?.state.kind, 'waiting');
  });
});

describe('the schedule', () => {
  it('runs no two ticks at once, survives one that throws, and waits for the running one when stopped', async function () {
    this.timeout(8000);
    const log = createFakeLog();
    let running = 0;
    let most = 0;
    let ended = 0;
    const stop = scheduleTick(
      '* * * * * *',
      async () => {
        running += 1;
        most = Math.max(most, running);
        await pause(1500);
        running -= 1;
        ended += 1;
        if (ended === 1) throw new RangeError('secret');
      },
      log,
    );
    await pause(3600);
    await stop();
    assert.equal(running, 0, 'stopped while a tick ran');
    assert.equal(most, 1);
    assert.ok(ended >= 2, `${ended} ticks`);
    assert.ok(log.lines.some((line) => line.startsWith('error tick failed')));
    assert.ok(!log.lines.some((line) => line.includes('secret')));
  });
});
