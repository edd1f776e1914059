import assert from 'node:assert/strict';
import type { AnswerValue, Ballots } from '../../../../src/core/ports/ballots.js';
import type { Interaction, Message } from '../../../../src/core/ports/interaction.js';
import type { Json } from '../../../../src/core/ports/outbox.js';
import {
  ballotRoundOf,
  castAnswer,
  isConfirmed,
  enterIn,
  firstCard,
  takesAnswers,
  type Seated,
} from '../../../../src/core/pulse/answering.js';
import type { Pulse } from '../../../../src/core/pulse/definition.js';
import type { Seat } from '../../../../src/core/pulse/types.js';
import { createMemoryStore } from '../../../../src/adapters/store/lowdb/memory.js';
import { at, memberOf, QUESTIONS, roundOf, saman, seatIn } from '../../../support/pulse-cases.js';
import { pulseWith } from '../../../support/pulse-parts.js';

const NOW = at('2014-03-05T10:00');
const member = memberOf('voss', 'm-1');
const why = { ...QUESTIONS.text, id: 'why', after: { question: 'scale', when: 'low' } };
const three = pulseWith({ questions: [QUESTIONS.scale, why, QUESTIONS['yes-no']] });

/** A ballot box that keeps everything in a map, and one seat that presses change. */
function setUp(definition: Pulse = three, change: Partial<Seated> = {}, programmes = true) {
  const round = roundOf(definition);
  const found: { -readonly [K in keyof Seated]: Seated[K] } = {
    ...{ round, seat: seatIn(round, member), row: member },
    ...change,
  };
  const box = new Map<string, AnswerValue>();
  const presses = new Set<string>();
  const ballots: Ballots = {
    mark: (_, token) => Promise.resolve(`mark of ${token}`),
    find: (_, token, question) => Promise.resolve(box.get(`${token}/${String(question)}`)),
    knows: (_, token, _question, event) => Promise.resolve(presses.has(`${token} ${event}`)),
    cast(_, token, { question, value }, event) {
      if (event !== undefined && presses.has(`${token} ${event}`)) return Promise.resolve(false);
      presses.add(`${token} ${String(event)}`);
      box.set(`${token}/${String(question)}`, value);
      return Promise.resolve(true);
    },
    withdraw: (_, token, question) => Promise.resolve(void box.delete(`${token}/${String(question)}`)),
  };
  const claims: (Seat | undefined)[] = [];
  const deps = {
    ballots,
    enter: (_p: string, _r: string, _m: string, claim: (now: Seated) => Seat | undefined) => {
      const seat = claim(found);
      claims.push(seat);
      if (seat !== undefined) found.seat = seat;
      return Promise.resolve({ ...found });
    },
    programmes: { get: () => (programmes ? saman : undefined), all: () => [saman] },
  };
  let events = 0;
  const cast = (event: string, verb: string, data: Record<string, Json>, nowMs = NOW) =>
    castAnswer(deps, { ...interaction(verb, { round: round.id, ...data }), id: event }, nowMs);
  const press = async (verb: string, data: Record<string, Json>, nowMs = NOW) => {
    const done = await cast(`event-${String((events += 1))}`, verb, data, nowMs);
    if (done.seat !== undefined) found.seat = done.seat;
    return done.answer;
  };
  const answer = (question: number, value: string | { readonly text: string }, token = 'a') =>
    press('pulse-answer', { token, question, ...(typeof value === 'string' ? { value } : value) });
  return { box, presses, claims, found, cast, press, answer };
}

function interaction(verb: string, data: Readonly<Record<string, Json>>): Interaction {
  const event = { kind: 'action', verb, data } as const;
  return { id: 'e', programme: saman.id, member: member.id, workspace: 'lane', event };
}

const dataOf = (message: Message | undefined) => (message?.data ?? {}) as Record<string, any>;
const saidBy = ({ say }: { say: readonly Message[] }) => dataOf(say[0])['key'] as string | undefined;

describe('a press on a ballot', () => {
  it('is one of a ballot’s verbs that names its round', () => {
    assert.equal(ballotRoundOf(interaction('pulse-answer', { round: 'r-1' })), 'r-1');
    assert.equal(ballotRoundOf(interaction('pulse-answer', { round: 7 })), undefined);
    assert.equal(ballotRoundOf(interaction('handed-in', { round: 'r-1' })), undefined);
    const text: Interaction = { ...interaction('', {}), event: { kind: 'text', text: 'hei' } };
    assert.equal(ballotRoundOf(text), undefined);
  });

  it('keeps the answer, says that the member has answered, and goes on to the next question', async () => {
    const { box, found, answer } = setUp();
    const next = await answer(0, '4');
    assert.deepEqual([...box], [['a/0', 4]]);
    assert.equal(found.seat?.answered, true);
    assert.equal(found.seat.ballot, 'mark of a');
    assert.equal(next.replace?.template, 'pulse-question');
    assert.equal(dataOf(next.replace)['question'].place, 2, 'the follow-up is for low answers');
    assert.equal((await answer(2, '1')).replace?.template, 'pulse-thanks');
  });

  it('asks a follow-up after a low answer, and takes its answer back when the other changes', async () => {
    const { box, answer } = setUp();
    assert.equal(dataOf((await answer(0, '1')).replace)['question'].place, 1);
    await answer(1, { text: 'Lange møte' });
    assert.equal(box.get('a/1'), 'Lange møte');
    const changed = await answer(0, '5');
    assert.deepEqual([...box], [['a/0', 5]]);
    assert.equal(dataOf(changed.replace)['question'].place, 2);
  });

  it('takes back all that hung on an answer, also what followed a follow-up', async () => {
    const again = { ...QUESTIONS.text, id: 'again', after: { question: 'liked', when: 'high' } };
    const liked = { ...QUESTIONS['yes-no'], id: 'liked', after: { question: 'scale', when: 'low' } };
    const { box, answer } = setUp(pulseWith({ questions: [QUESTIONS.scale, liked, again] }));
    await answer(0, '1');
    assert.equal(dataOf((await answer(1, '1')).replace)['question'].place, 2);
    await answer(2, { text: 'Meir av det' });
    assert.equal(box.size, 3);
    assert.equal((await answer(0, '4')).replace?.template, 'pulse-thanks');
    assert.deepEqual([...box.keys()], ['a/0']);
  });

  it('writes the seat once: a changed answer does not', async () => {
    const { found, answer } = setUp();
    await answer(0, '4');
    const before = found.seat;
    await answer(0, '5');
    assert.equal(found.seat, before);
  });

  it('that is no answer says so and claims nothing', async () => {
    const { box, claims, answer } = setUp();
    const wrong = await answer(0, '9');
    assert.equal(dataOf(wrong.replace)['wrong'], true);
    assert.deepEqual([...box], []);
    assert.deepEqual(claims, [undefined]);
  });

  it('shows another question of the ballot, answered or not, without claiming it', async () => {
    const { claims, press, answer } = setUp();
    const show = (question: number) => press('pulse-show', { token: 'a', question });
    assert.equal(dataOf((await show(2)).replace)['answered'], false);
    await answer(2, '1');
    assert.equal(dataOf((await show(2)).replace)['answered'], true);
    assert.equal(dataOf((await show(1)).replace)['of'], 1, 'a follow-up that is not asked stands alone');
    assert.equal(claims.filter((each) => each !== undefined).length, 1);
  });

  it('of another card is refused once a card has the ballot, and so is one without a token', async () => {
    const { box, press, answer } = setUp();
    assert.equal(saidBy(await answer(0, '3', '')), 'pulse-other-card');
    await answer(0, '4', 'a');
    assert.equal(saidBy(await answer(0, '1', 'b')), 'pulse-other-card');
    assert.equal(saidBy(await press('pulse-show', { token: 'b', question: 0 })), 'pulse-other-card');
    assert.deepEqual([...box], [['a/0', 4]]);
  });

  it('that comes twice changes nothing the second time, whatever was pressed between', async () => {
    const { box, found, presses, cast, answer } = setUp();
    const data = { token: 'a', question: 0, value: '1' };
    const first = await cast('twice', 'pulse-answer', data);
    assert.equal(first.press, 'kept');
    const again = await cast('twice', 'pulse-answer', data);
    assert.equal(
      again.press,
      'known',
      'a process died before the seat was marked, or another is about to mark it',
    );
    const { seats } = createMemoryStore();
    assert.equal(await isConfirmed({ seats }, again), false);
    await seats.put(again.seat!);
    assert.equal(await isConfirmed({ seats }, again), true);
    assert.equal(again.seat?.answered, true);
    found.seat = again.seat;
    await answer(0, '5');
    const last = await cast('twice', 'pulse-answer', data);
    assert.deepEqual(last, { answer: { say: [] }, press: 'done' });
    assert.deepEqual([...box], [['a/0', 5]]);
    assert.deepEqual([...presses], ['a twice', 'a event-1'], 'under the token, which nobody else has');
  });

  it('leaves no claim in the store when it is taken or only looks, and one when it is refused', async () => {
    const { cast } = setUp();
    const kept = async (verb: string, data: Record<string, Json>) => (await cast('e', verb, data)).press;
    assert.equal(await kept('pulse-answer', { token: 'a', question: 0, value: '9' }), 'kept');
    assert.equal(await kept('pulse-show', { token: 'a', question: 0 }), 'kept');
    assert.equal(await kept('pulse-refresh', { token: 'a', question: 7 }), 'kept');
    assert.equal(await kept('pulse-answer', { token: '', question: 0, value: '1' }), 'claim');
    const named = setUp({ ...three, named: true });
    const { press } = await named.cast('e', 'pulse-answer', { token: '', question: 0, value: '1' });
    assert.equal(press, 'claim');
    assert.equal(named.presses.size, 0);
  });

  it('after closing says so, whatever it carries', async () => {
    const { press } = setUp();
    const late = await press('pulse-answer', { token: 'a', question: 0, value: '1' }, at('2014-03-11T16:00'));
    assert.equal(dataOf(late.replace)['key'], 'pulse-closed');
    const counting = setUp(three, { round: { ...roundOf(three), state: 'closing' } });
    assert.equal(dataOf((await counting.answer(0, '1')).replace)['key'], 'pulse-closed');
    assert.deepEqual(counting.claims, [undefined]);
    assert.ok(takesAnswers(roundOf(three), NOW));
  });

  it('of somebody who was not asked, on a question that was not, or of no round, is told so', async () => {
    assert.equal(saidBy(await setUp(three, { seat: undefined }).answer(0, '1')), 'pulse-not-asked');
    assert.equal(saidBy(await setUp(three, { round: undefined }).answer(0, '1')), 'action-not-understood');
    const { answer, press } = setUp(three, { round: { ...roundOf(three), questions: [0] } });
    assert.equal(saidBy(await answer(2, '1')), 'action-not-understood');
    assert.equal(saidBy(await press('pulse-answer', { token: 5 })), 'action-not-understood');
    assert.equal(saidBy(await press('handed-in', {})), 'action-not-understood');
    const deps = {
      enter: () => Promise.reject(new TypeError('entered')),
      ballots: {} as Ballots,
      programmes: { get: () => saman, all: () => [] },
    };
    const text: Interaction = { ...interaction('', {}), event: { kind: 'text', text: 'hei' } };
    assert.equal(saidBy((await castAnswer(deps, text, NOW)).answer), 'action-not-understood');
  });

  it('tells the closing day in the member’s zone, or the programme’s, or UTC', async () => {
    const late = { ...roundOf(three), closesMs: Date.parse('2014-03-11T23:30:00Z') };
    const closes = async (change: Partial<Seated>, programmes = true) =>
      dataOf((await setUp(three, { round: late, ...change }, programmes).answer(0, '4')).replace)['closes'];
    assert.equal(await closes({ row: memberOf('voss', 'm-1', { zone: 'America/New_York' }) }), '2014-03-11');
    assert.equal(await closes({ row: undefined }), '2014-03-12');
    assert.equal(await closes({}, false), '2014-03-11');
  });
});

describe('a card that renews itself', () => {
  const renew = { token: 'a', question: 0 };

  it('shows what has been answered since, and that the round has closed; it says nothing besides', async () => {
    const { press, answer } = setUp();
    assert.equal(dataOf((await press('pulse-refresh', renew)).replace)['answered'], false);
    await answer(0, '4');
    assert.equal(dataOf((await press('pulse-refresh', renew)).replace)['answered'], true);
    const closed = await press('pulse-refresh', renew, at('2014-03-11T16:00'));
    assert.equal(dataOf(closed.replace)['key'], 'pulse-closed');
    const other = await press('pulse-refresh', { token: 'b', question: 0 });
    assert.deepEqual(other, { say: [] });
  });

  it('stays the last one where it was the last one', async () => {
    const { press } = setUp();
    const { replace } = await press('pulse-refresh', { ...renew, done: true });
    assert.equal(replace?.template, 'pulse-thanks');
  });
});

describe('a named ballot', () => {
  const named = { ...three, named: true };

  it('keeps its answers with the seat, changed or taken back, and needs no token', async () => {
    const { box, found, answer, press } = setUp(named);
    await answer(0, '1', '');
    await answer(1, { text: 'Lange møte' }, '');
    assert.deepEqual(found.seat?.answers, { 0: 1, 1: 'Lange møte' });
    await answer(0, '5', 'of any card');
    assert.deepEqual(found.seat.answers, { 0: 5 });
    assert.equal(found.seat.ballot, undefined);
    assert.equal(box.size, 0);
    assert.equal(dataOf((await press('pulse-show', { token: '', question: 0 })).replace)['answered'], true);
  });

  it('takes back what was never given without a fault', async () => {
    const { found, answer } = setUp(named);
    await answer(0, '4', '');
    assert.deepEqual(found.seat?.answers, { 0: 4 });
  });
});

describe('the first card of a ballot', () => {
  const first = (definition: Pulse, questions?: readonly number[]) => {
    const round = { ...roundOf(definition), ...(questions && { questions }) };
    return dataOf(firstCard({ round, token: 't', again: false, zone: 'Europe/Oslo' }));
  };

  it('asks the first question that follows no other, and counts only those', () => {
    assert.equal(first(three)['question'].place, 0);
    assert.equal(first(three)['of'], 2);
    assert.equal(first(three, [2])['question'].place, 2);
    const round = { ...roundOf(three), questions: [] };
    assert.equal(firstCard({ round, token: 't', again: false, zone: 'Europe/Oslo' }), undefined);
  });
});

describe('entering a round', () => {
  it('reads round, seat and member at one moment, and keeps what is claimed', async () => {
    const store = createMemoryStore();
    const round = roundOf(three);
    await store.rounds.put(round);
    await store.seats.put(seatIn(round, member));
    await store.members.put(member);
    const enter = enterIn((work) => store.transact(work));
    const read = await enter(saman.id, round.id, member.id, () => undefined);
    assert.deepEqual(read, { round, seat: seatIn(round, member), row: member });
    const { seat } = await enter(saman.id, round.id, member.id, (found) => ({ ...found.seat!, ballot: 'x' }));
    assert.deepEqual(await store.seats.get(saman.id, seat!.id), { ...seatIn(round, member), ballot: 'x' });
    await store.close();
  });
});
