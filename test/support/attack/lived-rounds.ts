import { randomInt } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { openBallotBox } from '../../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { openLowdbStore } from '../../../src/adapters/store/lowdb/persistence.js';
import { backup } from '../../../src/cli/move-store.js';
import { ballotFolders, storeFolder } from '../../../src/config/load.js';
import type { BallotBox } from '../../../src/core/ports/ballots.js';
import type { Json } from '../../../src/core/ports/outbox.js';
import { LANGUAGES } from '../../../src/core/programme/language.js';
import { activeRow, at, memberOf, saman } from '../pulse-cases.js';
import { buttonData, pulseParts, type PulseParts } from '../pulse-parts.js';
import { shuffled } from './chance.js';

/** Every member of a round answers something else: six of ten low. */
const CHOICES = [0, 1, 2, 4, 5, 6, 7, 8, 9, 10];
const MEMBERS = CHOICES.length;
const LOW = 6;
const numbers = CHOICES.map((_, index) => index);
const all = saman.organisations.map(({ id }) => id).slice(2, 22);

/** What a member truly answered: places in the choices, and in the texts. */
export interface Truth {
  readonly choice: number;
  readonly text: number;
}

/** A fault put in on purpose: the product around a ballot box, or an interaction, that gives something away. */
export interface Leak {
  readonly name: string;
  readonly ballots?: (box: BallotBox, world: LeakWorld) => BallotBox;
  /** Nobody changes their mind, so that what gives little away is found in fewer rounds. */
  readonly isSteady?: boolean;
  /** Called at each press, with the event's id. */
  readonly pressed?: (world: LeakWorld, event: string) => Promise<unknown>;
}

/** What a leak can write to. */
export interface LeakWorld {
  readonly logged: string[];
  readonly parts: () => PulseParts;
  readonly pressing: () => { readonly member: string; readonly language: number };
}

/** Rounds that a whole Samling has lived, and where everything of it lies. */
export interface Lived {
  readonly folder: string;
  readonly rounds: ReadonlyMap<string, ReadonlyMap<string, Truth>>;
  readonly hasFollowUps: boolean;
  readonly logged: readonly string[];
  readonly copies: readonly string[];
  readonly backups: readonly string[];
  readonly parts: PulseParts;
}

const QUESTIONS = [
  { id: 'tilra', kind: 'recommend', text: 'Ville du tilrådd oss?' },
  { id: 'kvifor', kind: 'text', text: 'Hva var galt?', after: { question: 'tilra', when: 'low' } },
  { id: 'meir', kind: 'text', text: 'Hva mer?' },
];

/** The text that a member writes, all in one language. */
export const textOf = (text: number) => `Vi har ikke noe mer å si om ${String(text)}`;

/** Lives rounds in a folder, one for each organisation: real store and ballot box on files, outbox, dispatcher, log. */
export async function live(
  folder: string,
  leak: Leak,
  hasFollowUps: boolean,
  rounds = all.length,
): Promise<Lived> {
  const place = { dataDir: join(folder, 'data') };
  const organisations = all.slice(0, rounds);
  const members = organisations.flatMap((organisation) =>
    numbers.map((index) =>
      memberOf(organisation, `${organisation}-${String(index)}`, {
        language: LANGUAGES[randomInt(LANGUAGES.length)]!,
      }),
    ),
  );
  const logged: string[] = [];
  let pressing = members[0]!;
  const world: LeakWorld = {
    logged,
    parts: () => parts,
    pressing: () => ({ member: pressing.id, language: LANGUAGES.indexOf(pressing.language!) }),
  };
  const box = openBallotBox(ballotFolders(place));
  const parts = await pulseParts(saman, members, at('2014-03-03T09:00'), {
    store: await openLowdbStore(storeFolder(place)),
    ballots: leak.ballots?.(box, world) ?? box,
    logged,
  });
  const questions = hasFollowUps ? QUESTIONS : QUESTIONS.filter((each) => each.id !== 'kvifor');
  for (const id of organisations)
    await parts.store.pulses.put(activeRow({ id, questions, audience: { organisations: [id] } }));
  await parts.samling.planner.replan(saman.id);
  await parts.advance(at('2014-03-04T10:00'));
  const cards = new Map(
    parts.got.map(({ member, message }) => [member, buttonData(message.card, 'pulse-answer')!]),
  );
  const copies: string[] = [];
  const backups: string[] = [];
  const copy = async () => {
    copies.push(join(folder, `copy-${String(copies.length)}`));
    await cp(place.dataDir, copies.at(-1)!, { recursive: true });
  };
  const save = async () => {
    backups.push(join(folder, `backup-${String(backups.length)}`));
    await backup(place, backups.at(-1)!);
  };
  const truths = new Map<string, Map<string, Truth>>();
  const mid = Math.floor(organisations.length / 2);
  for (const [index, organisation] of organisations.entries()) {
    const own = members.filter((each) => each.organisation === organisation);
    const [choices, texts] = [shuffled(numbers), shuffled(numbers)];
    const truth = new Map(own.map(({ id }, nth) => [id, { choice: choices[nth]!, text: texts[nth]! }]));
    truths.set(`${organisation}-1`, truth);
    const half = randomInt(2, MEMBERS - 1);
    for (const [nth, member] of shuffled(own).entries()) {
      pressing = member;
      const press = async (question: number, entered: Record<string, Json>) => {
        const event = `event-${organisation}-${String(randomInt(2 ** 40))}`;
        // People take their time, and so the moments tell them apart.
        parts.moment.ms += randomInt(500, 20_000);
        await leak.pressed?.(world, event);
        await parts.press(
          member.id,
          'pulse-answer',
          { ...cards.get(member.id)!, question, ...entered },
          event,
        );
      };
      await answer(press, truth.get(member.id)!, hasFollowUps, leak.isSteady !== true && randomInt(3) === 0);
      if (nth === half && index === mid) await save();
      if (nth === half && index % 5 === 0) await copy();
    }
  }
  await copy();
  await save();
  return { folder, rounds: truths, hasFollowUps, logged, copies, backups, parts };
}

/** One member answers; every third changes their mind. */
async function answer(
  press: (question: number, entered: Record<string, Json>) => Promise<void>,
  { choice, text }: Truth,
  hasFollowUps: boolean,
  isChanged: boolean,
): Promise<void> {
  if (isChanged) await press(0, { value: String(CHOICES[randomInt(MEMBERS)]!) });
  await press(0, { value: String(CHOICES[choice]!) });
  if (hasFollowUps && choice < LOW) await press(1, { text: 'Vi har ikke tid' });
  await press(hasFollowUps ? 2 : 1, { text: textOf(text) });
}

/** The place of a choice or a text among all, by what lies in the box. */
export function placeOf(
  value: unknown,
): { readonly of: 'choice' | 'text'; readonly place: number } | undefined {
  if (typeof value === 'number') return { of: 'choice', place: CHOICES.indexOf(value) };
  const number = /om (\d+)$/.exec(String(value))?.[1];
  return number === undefined ? undefined : { of: 'text', place: Number(number) };
}
