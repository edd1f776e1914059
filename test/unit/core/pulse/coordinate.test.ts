import assert from 'node:assert/strict';
import type { PulseResult } from '../../../../src/core/pulse/types.js';
import { activeRow, at, memberOf, QUESTIONS, roundOf, saman, seatIn } from '../../../support/pulse-cases.js';
import { pulseWith } from '../../../support/pulse-parts.js';
import { dataOf, pulseTalk, saidBy } from '../../../support/pulse-talk.js';

const people = [memberOf('voss', 'v-1'), memberOf('voss', 'v-2')];
const result = (todo?: PulseResult['todo']): PulseResult => ({
  ...{ programme: saman.id, id: 'naervaer-1' },
  results: { pulse: 'naervaer', number: 1, opened: '2014-03-04', named: false, threshold: 5, cells: [] },
  ...(todo === undefined ? {} : { todo }),
});

describe('a coordinator’s use of pulses', () => {
  let talk: Awaited<ReturnType<typeof pulseTalk>>;
  const round = roundOf(pulseWith());
  beforeEach(async () => {
    talk = await pulseTalk(people);
    talk.moment.ms = at('2014-03-05T10:00');
  });
  afterEach(() => talk.tables.close());
  const detailOf = async () => dataOf((await talk.press('pulse-open', { pulse: 'naervaer' })).say[0]);

  it('is nobody else’s', async () => {
    await talk.tables.pulses.put(activeRow());
    for (const verb of ['pulse-list', 'pulse-new', 'pulse-open', 'pulse-start', 'pulse-results'])
      assert.equal(
        saidBy(await talk.press(verb, { pulse: 'naervaer', round: 'naervaer-1' }, 'v-1')),
        'pulse-coordinators-only',
      );
  });

  it('begins with what there is, and which is open', async () => {
    assert.deepEqual(dataOf((await talk.press('pulse-list')).say[0])['pulses'], []);
    await talk.tables.pulses.put(activeRow(), activeRow({ id: 'annet' }, 'draft'));
    await talk.tables.rounds.put(round, roundOf(pulseWith({ id: 'annet' }), { state: 'closed' }));
    const list = dataOf((await talk.press('pulse-list')).say[0])['pulses'] as {
      id: string;
      isOpen: boolean;
    }[];
    assert.deepEqual(list.map(({ id, isOpen }) => [id, isOpen]).sort(), [
      ['annet', false],
      ['naervaer', true],
    ]);
  });

  it('offers templates, or own questions alone where there are none', async () => {
    assert.ok(dataOf((await talk.press('pulse-new')).say[0])['templates'].length > 3);
    const bare = await pulseTalk(people, false);
    assert.deepEqual(dataOf((await bare.press('pulse-new')).say[0])['templates'], []);
    assert.equal(
      saidBy(await bare.press('pulse-make', { template: 'naervaer', starts: '2014-03-06' })),
      'pulse-gone',
    );
    await bare.tables.close();
  });

  it('makes a draft of a template for whom and when it was asked', async () => {
    const form = { template: 'naervaer', starts: '2014-03-06', time: '', openDays: '1', network: '' };
    const made = await talk.press('pulse-make', { ...form, role: 'everybody' });
    const { id, state, audience, next, open, last } = dataOf(made.replace);
    assert.deepEqual(
      [id, state, audience, next, open, last],
      ['naervaer-2014-03-06', 'draft', 3, '2014-03-06', undefined, undefined],
    );
    const [row] = await talk.tables.pulses.list(saman.id);
    assert.deepEqual([row!.pulse.audience, row!.pulse.schedule.time], [{}, '09:30']);
    assert.deepEqual(row!.pulse.schedule.remindAfterDays, []);
    const wrong = await talk.press('pulse-make', { ...form, openDays: '99' });
    assert.equal(wrong.say[0]?.template, 'pulse-faults');
  });

  it('starts it only while it is right', async () => {
    await talk.tables.pulses.put(activeRow({ title: { nn: 'Nærvær' } }, 'draft'));
    assert.equal(
      dataOf((await talk.press('pulse-start', { pulse: 'naervaer' })).say[0])['faults'].length,
      1,
      'the coordinator reads bokmål',
    );
    await talk.tables.pulses.put(activeRow({}, 'draft'));
    const started = await talk.press('pulse-start', { pulse: 'naervaer' });
    assert.equal(dataOf(started.replace)['state'], 'active');
    assert.equal(started.replan, true);
    const stopped = await talk.press('pulse-stop', { pulse: 'naervaer' });
    assert.equal(dataOf(stopped.replace)['state'], 'stopped');
    assert.equal(saidBy(await talk.press('pulse-start', { pulse: 'gone' })), 'pulse-gone');
  });

  it('shows how far a round is, then the latest that has closed', async () => {
    await talk.tables.pulses.put(activeRow());
    const before = roundOf(pulseWith(), {
      id: 'naervaer-0',
      number: 0,
      state: 'closed',
      opened: '2014-02-04',
    });
    const first = { ...before, id: 'naervaer-00', number: -1, opened: '2014-01-07' };
    await talk.tables.rounds.put(round, first, before);
    await talk.tables.seats.put(
      seatIn(round, people[0]!, true),
      seatIn(round, people[1]!),
      seatIn(before, people[0]!, true),
    );
    assert.deepEqual((await detailOf())['open'], {
      round: 'naervaer-1',
      asked: 2,
      answered: 1,
      closes: '2014-03-11',
    });
    assert.deepEqual((await detailOf())['last'], { round: 'naervaer-0', opened: '2014-02-04' });
    talk.moment.ms = round.closesMs;
    const { open, last, next, state } = await detailOf();
    assert.equal(open, undefined, 'its time is over, and it is being counted');
    assert.deepEqual([last.round, next, state], ['naervaer-1', undefined, 'over']);
  });

  it('extends and closes a round, until it has closed', async () => {
    await talk.tables.pulses.put(activeRow());
    await talk.tables.rounds.put(round);
    const longer = await talk.press('pulse-extend', { round: round.id });
    assert.equal(dataOf(longer.replace)['open'].closes, '2014-03-13');
    const closed = await talk.press('pulse-close', { round: round.id });
    assert.equal(closed.replan, true);
    const { last, next } = dataOf(closed.replace);
    assert.deepEqual([last.round, next], [round.id, undefined], 'no round of today is still to come');
    await talk.tables.rounds.put({ ...round, state: 'closed' });
    for (const verb of ['pulse-extend', 'pulse-close'])
      assert.equal(saidBy(await talk.press(verb, { round: round.id })), 'pulse-closed');
    assert.equal(saidBy(await talk.press('pulse-close', { round: 'gone' })), 'pulse-gone');
  });

  it('closes a round whose pulse is gone, and shows nothing of it', async () => {
    await talk.tables.rounds.put(round);
    const { replace, replan } = await talk.press('pulse-close', { round: round.id });
    assert.deepEqual([replace, replan], [undefined, true]);
  });

  it('asks again what was asked, unless it is wrong by now', async () => {
    await talk.tables.pulses.put(activeRow({}, 'stopped'));
    const again = await talk.press('pulse-repeat', { pulse: 'naervaer' });
    assert.deepEqual(
      [dataOf(again.replace)['state'], dataOf(again.replace)['next']],
      ['active', '2014-03-06'],
    );
    await talk.tables.pulses.put(activeRow({ title: { sv: 'Närvaro' } }, 'stopped'));
    assert.equal((await talk.press('pulse-repeat', { pulse: 'naervaer' })).say[0]?.template, 'pulse-faults');
  });

  it('tells everybody who was asked what is done about it', async () => {
    await talk.tables.rounds.put(round);
    await talk.tables.seats.put(
      seatIn(round, people[0]!),
      seatIn(roundOf(pulseWith(), { id: 'x-1' }), people[1]!),
    );
    for (const verb of ['pulse-results', 'pulse-todo', 'pulse-todo-send'])
      assert.equal(saidBy(await talk.press(verb, { round: round.id, todo: 'x' })), 'pulse-no-result', verb);
    await talk.tables.pulseResults.put(result());
    assert.equal(dataOf((await talk.press('pulse-todo', { round: round.id })).say[0])['todo'], undefined);
    const said = await talk.press('pulse-todo-send', { round: round.id, todo: 'Kortare møte' });
    assert.deepEqual(
      said.tell?.map((each) => each.member),
      ['v-1'],
    );
    assert.equal(
      dataOf((await talk.press('pulse-todo', { round: round.id })).say[0])['todo'],
      'Kortare møte',
    );
    assert.equal((await talk.press('pulse-results', { round: round.id })).say[0]?.template, 'pulse-result');
    await talk.tables.pulseResults.put(result({ nn: 'Kortare møte' }));
    assert.equal(dataOf((await talk.press('pulse-todo', { round: round.id })).say[0])['todo'], undefined);
  });
});

describe('a preview', () => {
  const questions = [QUESTIONS.scale, QUESTIONS['yes-no']];
  let talk: Awaited<ReturnType<typeof pulseTalk>>;
  before(async () => {
    talk = await pulseTalk(people);
    await talk.tables.pulses.put(activeRow({ questions }, 'draft'));
  });
  after(() => talk.tables.close());

  it('goes from question to question in its language, to the end, and keeps nothing', async () => {
    const shown = await talk.press('pulse-preview', { pulse: 'naervaer', language: 'da' });
    const { round, token, preview, inLanguage } = dataOf(shown.say[0]);
    assert.deepEqual([round, token, preview, inLanguage], ['preview/naervaer', '', true, 'da']);
    const press = (verb: string, question: number) =>
      talk.press(verb, { round, token, question, value: '1', inLanguage: 'da' });
    const second = dataOf((await press('pulse-answer', 0)).replace);
    assert.deepEqual([second['number'], second['inLanguage']], [2, 'da']);
    assert.equal((await press('pulse-answer', 1)).replace?.template, 'pulse-thanks');
    assert.equal(dataOf((await press('pulse-show', 0)).replace)['number'], 1);
    const plain = await talk.press('pulse-show', { round, token, question: 0 });
    assert.equal(dataOf(plain.replace)['inLanguage'], undefined);
    assert.deepEqual(await talk.tables.seats.list(saman.id), []);
  });

  it('of nothing, or a ballot that is none, is not understood; one that renews itself stays as it is', async () => {
    for (const round of ['preview/gone', 'naervaer-1'])
      assert.equal(
        saidBy(await talk.press('pulse-answer', { round, token: '', question: 0 })),
        'action-not-understood',
      );
    assert.deepEqual(
      await talk.press('pulse-refresh', { round: 'preview/naervaer', token: '', question: 0 }),
      { say: [] },
    );
  });
});
