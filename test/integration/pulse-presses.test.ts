import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { accountId, type Account } from '../../src/core/identity/types.js';
import type { Member } from '../../src/core/members/types.js';
import { activeRow, at, memberOf, saman } from '../support/pulse-cases.js';
import { buttonData, pulseParts, type Got, type PulseParts } from '../support/pulse-parts.js';

const MEMBERS = 2_500;
const PRESSES = 4 * MEMBERS;
const key = { programme: saman.id, round: 'naervaer-1' };
const SLACK = 'slack/T0VOSS';
const TEAMS = 'teams/tenant-voss';

const members: readonly Member[] = Array.from({ length: MEMBERS }, (_, index) =>
  memberOf('voss', `member-${String(index)}`),
);
/** Every second member has an account in a second workspace. */
const hasTwo = (index: number) => index % 2 === 0;

const accountOf = ({ id: member }: Member, workspace: string): Account => ({
  ...{ programme: saman.id, id: accountId(workspace, member), member, workspace, user: member },
  ...{ platform: workspace.startsWith('slack') ? 'slack' : 'teams', address: {} },
  ...{ state: 'active', at: '2014-03-01T08:00:00Z' },
});

interface Press {
  readonly card: Got;
  readonly event: string;
  readonly value: number;
}

/** Asked in one workspace; who has two is reminded in the other, by a card with another token. */
async function cardsOf(parts: PulseParts): Promise<ReadonlyMap<string, readonly Got[]>> {
  await parts.store.pulses.put(activeRow());
  await parts.samling.planner.replan(saman.id);
  await parts.advance(at('2014-03-04T10:00'));
  const where = new Map(parts.got.map(({ member, workspace }) => [member, workspace]));
  const moved = members.filter((_, index) => hasTwo(index));
  await parts.store.preferences.put(
    ...moved.map(({ id }) => {
      const other = where.get(id) === SLACK ? TEAMS : SLACK;
      return { programme: saman.id, id, account: accountId(other, id) };
    }),
  );
  await parts.samling.planner.replan(saman.id);
  await parts.advance(at('2014-03-07T10:00'));
  const cards = parts.got.filter((each) => each.delivery.startsWith('pulse/'));
  return new Map(members.map(({ id }) => [id, cards.filter((each) => each.member === id)]));
}

/** Two answers from cards that chance picks, and two of the same or other devices; one event comes twice. */
function pressesOn(cards: readonly Got[]): readonly Press[] {
  const presses = Array.from({ length: 3 }, (_, index): Press => {
    const card = cards[randomInt(cards.length)]!;
    return { card, event: `${card.member}-${String(index)}`, value: 1 + randomInt(5) };
  });
  // The repeated one comes at any time after the first.
  const twice = randomInt(3);
  return presses.toSpliced(twice + 1 + randomInt(3 - twice), 0, presses[twice]!);
}

describe('ten thousand presses at once', () => {
  it('give one ballot each: doubled events, two devices, two workspaces, changed minds', async function () {
    this.timeout(180_000);
    const accounts = members.flatMap((member, index) => [
      accountOf(member, index % 3 === 0 ? SLACK : TEAMS),
      ...(hasTwo(index) ? [accountOf(member, index % 3 === 0 ? TEAMS : SLACK)] : []),
    ]);
    const parts = await pulseParts(saman, members, at('2014-03-03T09:00'), { accounts });
    const cards = await cardsOf(parts);
    for (const [index, { id }] of members.entries()) {
      const places = new Set(cards.get(id)!.map((each) => each.workspace));
      assert.equal(places.size, hasTwo(index) ? 2 : 1, `${id} has cards in ${[...places].join()}`);
      assert.ok(cards.get(id)!.length === 2, 'asked once and reminded once');
    }
    const presses = new Map(members.map(({ id }) => [id, pressesOn(cards.get(id)!)]));
    // Of each member one after another, of all members at once and mixed.
    const kinds: string[] = [];
    const rows = [0, 1, 2, 3].flatMap((nth) => members.map(({ id }) => presses.get(id)![nth]!));
    await Promise.all(
      rows.map(async ({ card, event, value }) => {
        const data = buttonData(card.message.card, 'pulse-answer', String(value))!;
        const { kind } = await parts.press(card.member, 'pulse-answer', data, event, card.workspace);
        kinds.push(kind);
      }),
    );
    assert.equal(kinds.length, PRESSES);
    assert.equal(kinds.filter((kind) => kind === 'handled').length, 3 * MEMBERS, 'each event once');
    const expected = new Map<number, number>();
    for (const { id } of members) {
      const own = presses.get(id)!;
      const [{ card: holder }] = own as [Press];
      const events = own.filter(
        ({ event }, index) => own.findIndex((each) => each.event === event) === index,
      );
      const last = events.findLast(({ card }) => card === holder)!.value;
      for (const card of cards.get(id)!) {
        const { token } = buttonData(card.message.card, 'pulse-answer')!;
        const found = await parts.ballots.find(key, token as string, 0);
        assert.equal(found, card === holder ? last : undefined, `${id}: ${card.workspace}`);
      }
      expected.set(last, (expected.get(last) ?? 0) + 1);
    }
    const counted = new Map<number, number>();
    for (const { value } of await parts.ballots.count(key))
      counted.set(Number(value), (counted.get(Number(value)) ?? 0) + 1);
    assert.deepEqual([...counted].sort(), [...expected].sort());
    assert.equal(
      [...counted.values()].reduce((sum, each) => sum + each, 0),
      MEMBERS,
    );
    await parts.advance(at('2014-03-12T12:00'));
    const result = await parts.store.pulseResults.get(saman.id, key.round);
    assert.equal(result!.results.cells[0]!.answered, MEMBERS);
    assert.deepEqual(
      result!.results.cells[0]!.questions[0]!.counts,
      [1, 2, 3, 4, 5].map((value) => expected.get(value) ?? 0),
    );
    await parts.close();
  });
});
