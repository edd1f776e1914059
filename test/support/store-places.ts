import { join } from 'node:path';
import { openBallotBox } from '../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import { openPostgresBallotBox } from '../../src/adapters/store/postgres/ballots/ballot-box.js';
import { openPostgresStore } from '../../src/adapters/store/postgres/store.js';
import { ballotFolders, storeFolder } from '../../src/config/load.js';
import type { BallotBox } from '../../src/core/ports/ballots.js';
import type { Store } from '../../src/core/ports/store.js';
import { delivery } from './delivery.js';
import { postgres } from './postgres.js';
import { memberOf, roundOf, saman, seatIn } from './pulse-cases.js';
import { pulseWith } from './pulse-parts.js';

/** What the commands are configured with. */
export interface StorePlace {
  readonly dataDir: string;
  readonly databaseUrl?: string;
}

/** A store and its ballots, open. */
export interface OpenPlace {
  readonly store: Store;
  readonly ballots: BallotBox;
  close(): Promise<void>;
}

/** Kinds of stores, each with a way to make an empty one; keys lie in one folder beside `data`, as for one machine. */
export const KINDS: Readonly<Record<string, (folder: string) => Promise<StorePlace>>> = {
  embedded: (folder) => Promise.resolve({ dataDir: join(folder, 'data') }),
  PostgreSQL: async (folder) => ({
    dataDir: join(folder, 'data'),
    databaseUrl: await (await postgres()).database(),
  }),
};

export async function openPlace(place: StorePlace): Promise<OpenPlace> {
  const folders = ballotFolders(place);
  const { databaseUrl: url } = place;
  const store = await (url === undefined ? openLowdbStore(storeFolder(place)) : openPostgresStore(url));
  const ballots = await (url === undefined
    ? Promise.resolve(openBallotBox(folders))
    : openPostgresBallotBox(url, folders));
  return {
    store,
    ballots,
    close: async () => {
      await ballots.close();
      await store.close();
    },
  };
}

/** The open round that `fillPlace` makes. */
export const round = roundOf(pulseWith());
export const box = { programme: round.programme, round: round.id };
export const MEMBERS = 40;
const members = Array.from({ length: MEMBERS }, (_, index) => memberOf('voss', `voss-${String(index)}`));
/** What a member has answered. */
export const valueOf = (index: number): number | string =>
  index % 4 === 0 ? `Tekst nummer ${String(index)}, blåbær` : index % 5;
export const tokenOf = (index: number): string => `token-of-member-${String(index).padStart(7, '0')}`;

/** Something of every kind that a store can hold: rows, deliveries in each state, claims, an open round. */
export async function fillPlace({ store, ballots }: OpenPlace): Promise<void> {
  await store.members.put(...members);
  await store.settings.put({ programme: 'saman', id: 'clock "å"/1', value: 'x' });
  await store.settings.put({ programme: 'uso4', id: 'clock', value: '9' });
  await store.rounds.put(round, { ...round, id: 'closed-1', state: 'closed' });
  await fillOutbox(store);
  await store.claims.claim('saman', 'done/1', 5, 1_000);
  await store.claims.done('saman', 'done/1');
  await store.claims.claim('saman', 'busy', 5, 1_000);
  await ballots.prepare(box, 100);
  for (const [index, member] of members.entries()) {
    const ballot = await ballots.mark(box, tokenOf(index));
    await ballots.cast(box, tokenOf(index), { question: 0, group: 0, value: valueOf(index) });
    await store.seats.put({ ...seatIn(round, member, true), ballot });
  }
}

async function fillOutbox({ outbox }: Store): Promise<void> {
  const kinds = ['waiting', 'leased', 'sent', 'dropped', 'unreachable', 'again'];
  await outbox.add(
    kinds.map((id, index) => delivery(id, { lane: id, notBeforeMs: index, data: { z: 1, a: [id] } })),
  );
  for (const lane of kinds.slice(1)) await outbox.lease(lane, 1_000, 30_000, 1);
  await outbox.settle('saman', 'sent', { kind: 'sent', ref: { ts: '1.5', channel: 'D1' } }, 1_001);
  await outbox.settle('saman', 'dropped', { kind: 'dropped', reason: 'handed-in' }, 1_001);
  await outbox.settle('saman', 'unreachable', { kind: 'unreachable', reason: 'blocked' }, 1_001);
  await outbox.settle('saman', 'again', { kind: 'retry', notBeforeMs: 5_000 }, 1_001);
  await outbox.add([delivery('elsewhere', { programme: saman.id === 'uso4' ? 'saman' : 'uso4' })]);
}

/** What can be seen of a store from outside, for comparing. */
export async function seenIn({ store, ballots }: OpenPlace): Promise<unknown> {
  const ids = ['waiting', 'leased', 'sent', 'dropped', 'unreachable', 'again'];
  const answers = await ballots.count(box);
  const own = [];
  for (let index = 0; index < MEMBERS; index += 1) own.push(await ballots.find(box, tokenOf(index), 0));
  return {
    members: await store.members.list('saman'),
    settings: [await store.settings.list('saman'), await store.settings.list('uso4')],
    rounds: await store.rounds.list('saman'),
    seats: await store.seats.list('saman'),
    outbox: await store.outbox.list('saman', ids),
    elsewhere: await store.outbox.list('uso4', ['elsewhere']),
    lanes: [...(await store.outbox.lanes())].sort(),
    taken: [
      ...(await store.outbox.taken(
        'saman',
        [...ids, 'x'].map((id) => `item/${id}`),
      )),
    ].sort(),
    claims: [
      await store.claims.claim('saman', 'done/1', 9, 1_000),
      await store.claims.claim('saman', 'busy', 9, 1_000),
    ],
    answers: answers.map((each) => JSON.stringify(each)).sort(),
    own,
  };
}
