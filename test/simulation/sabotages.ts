import type { Outbox } from '../../src/core/ports/outbox.js';
import type { Store, Tables } from '../../src/core/ports/store.js';
import type { Sabotage } from './world.js';

/** Changes the tables of a store, inside its transactions as outside. */
function tables(change: (tables: Tables) => Partial<Tables>): (store: Store) => Store {
  return (store) => {
    const known = new WeakMap<Tables, Tables>();
    const changed = (before: Tables): Tables => {
      let after = known.get(before);
      if (after === undefined) known.set(before, (after = { ...before, ...change(before) }));
      return after;
    };
    return {
      ...store,
      ...change(store),
      transact: (work) => store.transact((inner) => work(changed(inner))),
    };
  };
}

/** Changes the outbox. */
const outbox = (change: (outbox: Outbox) => Partial<Outbox>) =>
  tables((before) => ({ outbox: { ...before.outbox, ...change(before.outbox) } }));

const nothing = () => Promise.resolve();

/** The store answers that a delivery is leased for long, and gives it to the next who asks a second later. */
const shortLease: Sabotage = {
  name: 'a lease that runs out while it is needed',
  found: 'told twice',
  store: outbox((own) => ({
    async lease(lane, nowMs, leaseMs, limit) {
      const entries = await own.lease(lane, nowMs, 1_000, limit);
      return entries.map((each) => ({
        ...each,
        state: { ...each.state, untilMs: nowMs + leaseMs } as typeof each.state,
      }));
    },
  })),
};

const endlessLease: Sabotage = {
  name: 'a lease that never runs out',
  found: 'forgotten',
  store: outbox((own) => ({
    lease: (lane, nowMs, leaseMs, limit) => own.lease(lane, nowMs, leaseMs * 1e6, limit),
  })),
};

let made = 0;
const uniqueNoMore = (what: string) => `${what}/${String((made += 1))}`;

const idNotUnique: Sabotage = {
  name: 'ids of deliveries that do not follow from what they say',
  found: 'told twice',
  store: outbox((own) => ({
    taken: (programme, items) => own.taken(programme, items).then(() => new Set<string>()),
    add: (deliveries) =>
      own.add(
        deliveries.map((each) => ({
          ...each,
          id: uniqueNoMore(each.id),
          items: each.items.map(uniqueNoMore),
        })),
      ),
  })),
};

const itemsTwice: Sabotage = {
  name: 'items that are told again under another delivery',
  found: 'told twice',
  store: outbox((own) => ({
    taken: (programme, items) => own.taken(programme, items).then(() => new Set<string>()),
    add: (deliveries) =>
      own.add(deliveries.map((each) => ({ ...each, items: each.items.map(uniqueNoMore) }))),
  })),
};

const markedBefore: Sabotage = {
  name: 'a delivery that counts as sent before it is',
  found: 'forgotten',
  store: outbox((own) => ({
    async lease(lane, nowMs, leaseMs, limit) {
      const entries = await own.lease(lane, nowMs, leaseMs, limit);
      for (const { programme, id } of entries)
        await own.settle(programme, id, { kind: 'sent', ref: {} }, nowMs);
      return entries;
    },
  })),
};

const settleForgotten: Sabotage = {
  name: 'a delivery that is sent and now and then not settled',
  found: 'told twice',
  store: outbox((own) => ({
    // Not a divisor of a lease: the next time it is settled.
    settle: (programme, id, settlement, nowMs) =>
      settlement.kind === 'sent' && nowMs % 7 === 0
        ? nothing()
        : own.settle(programme, id, settlement, nowMs),
  })),
};

const claimNotKept: Sabotage = {
  name: 'an event that is not known again',
  found: 'handled twice',
  store: tables(() => ({
    claims: {
      claim: () => Promise.resolve('mine' as const),
      done: nothing,
      forget: () => Promise.resolve(0),
    },
  })),
};

const notFound: Sabotage = {
  name: 'a repeated send that does not look first',
  found: 'told twice',
  chat: (chat) => ({
    ...chat,
    find: (to, delivery) =>
      chat.platform === 'slack' ? Promise.resolve('not-sent') : chat.find(to, delivery),
  }),
};

const earlyAnswer: Sabotage = {
  name: 'a write that is answered before it is durable',
  found: 'told twice',
  from: 10,
  disk: (disk) => void (disk.answersEarly = true),
};

const fullDiskHidden: Sabotage = {
  name: 'a full disk that nobody is told of',
  found: 'told twice',
  from: 42,
  disk: (disk) => void (disk.hidesFull = true),
};

const halfDone: Sabotage = {
  name: 'a transaction whose writes are not kept together',
  found: 'lost',
  from: 6,
  store: (store) => ({ ...store, transact: (work) => work(store) }),
};

const tokenStored: Sabotage = {
  name: "a ballot's token in the place of its mark",
  found: 'revealed',
  ballots: (box) => ({ ...box, mark: (_key, token) => Promise.resolve(token) }),
};

const votedTwice: Sabotage = {
  name: 'an answer that is counted beside the one that it replaces',
  found: 'voted twice',
  ballots: (box) => ({
    ...box,
    cast: (key, token, answer) => box.cast(key, uniqueNoMore(token), answer),
  }),
};

const lanesMixed: Sabotage = {
  name: "a lane that sends into another one's workspace",
  found: 'border crossed',
  directory: (directory) => ({
    ...directory,
    async recipientOf(programme, member, lane) {
      const to = await directory.recipientOf(programme, member, lane);
      return to && { ...to, workspace: 'slack/T1' };
    },
  }),
};

const programmesMixed: Sabotage = {
  name: "a member who is reached as another programme's",
  found: 'border crossed',
  directory: (directory) => ({
    ...directory,
    recipientOf: (_programme, member, lane) => directory.recipientOf('north', member, lane),
  }),
};

const snoozeLost: Sabotage = {
  name: 'a snooze that is confirmed and not kept',
  found: 'lost',
  store: tables(({ snoozes }) => ({ snoozes: { ...snoozes, put: nothing } })),
};

const orderLost: Sabotage = {
  name: 'the newest of a lane first',
  found: 'out of order',
  from: 5,
  store: outbox((own) => ({
    lease: async (...given) =>
      (await own.lease(...given)).toReversed().map((each) => ({ ...each, order: -each.order })),
  })),
};

const endlessSummer: Sabotage = {
  name: 'a programme that has summer time all year round',
  found: 'untimely',
  programme: (programme) => ({ ...programme, zone: 'Etc/GMT-2' }),
};

/** Faults of every kind that the simulation is there to find. */
export const SABOTAGES: readonly Sabotage[] = [
  ...[shortLease, endlessLease, idNotUnique, itemsTwice, markedBefore, settleForgotten, claimNotKept],
  ...[notFound, earlyAnswer, fullDiskHidden, halfDone, tokenStored, votedTwice, lanesMixed],
  ...[programmesMixed, snoozeLost, orderLost, endlessSummer],
];
