import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBallotBox } from '../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import type { Json } from '../../src/core/ports/outbox.js';
import { activeRow, at, memberOf, saman } from './pulse-cases.js';
import { buttonData, pulseParts } from './pulse-parts.js';

/**
 * A whole Samling whose members answer, each again and again, until it is killed. Says `try <member> <value>` before
 * each press and `ok <member> <value>` once it was answered. The first process of a folder sends the cards and ends.
 */
const [folder = '', wanted = '0'] = process.argv.slice(2);
const cards = join(folder, 'cards.json');
const AT_ONCE = 8;

const members = Array.from({ length: Number(wanted) }, (_, index) => memberOf('voss', `m-${String(index)}`));
const isFirst = !existsSync(cards);
const parts = await pulseParts(saman, members, at(isFirst ? '2014-03-03T09:00' : '2014-03-04T10:00'), {
  store: await openLowdbStore(join(folder, 'data')),
  ballots: openBallotBox({ folder: join(folder, 'data', 'ballots'), keysFolder: join(folder, 'keys') }),
});

if (isFirst) {
  await parts.store.pulses.put(activeRow());
  await parts.samling.planner.replan(saman.id);
  await parts.advance(at('2014-03-04T09:30'));
  const data = parts.got.map(({ member, message }) => [member, buttonData(message.card, 'pulse-answer')]);
  writeFileSync(cards, JSON.stringify(Object.fromEntries(data)));
  await parts.close();
} else {
  const data = JSON.parse(readFileSync(cards, 'utf8')) as Record<string, Record<string, Json>>;
  process.stdout.write('ready\n');
  let presses = 0;
  const answer = async (own: readonly string[]): Promise<never> => {
    for (;;) {
      const member = own[Math.floor(Math.random() * own.length)]!;
      const value = String(1 + Math.floor(Math.random() * 5));
      process.stdout.write(`try ${member} ${value}\n`);
      const event = `${String(process.pid)}-${String((presses += 1))}`;
      const { kind } = await parts.press(member, 'pulse-answer', { ...data[member], value }, event);
      if (kind === 'handled') process.stdout.write(`ok ${member} ${value}\n`);
    }
  };
  const own = (nth: number) => members.map(({ id }) => id).filter((_, index) => index % AT_ONCE === nth);
  await Promise.all(Array.from({ length: AT_ONCE }, (_, nth) => answer(own(nth))));
}
