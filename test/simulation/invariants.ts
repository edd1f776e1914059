import { occurrencesOf } from '../../src/core/programme/occurrences.js';
import type { OutboxEntry } from '../../src/core/ports/outbox.js';
import type { Habits } from './habits.js';
import { accounts, END_MS, IDS, members, programmes } from './small-world.js';
import { nameOf } from './platforms.js';
import type { World } from './simulate-year.js';

/** What does not hold at the end of a year, a sentence each. */
export async function faultsIn(world: World, habits: Habits): Promise<readonly string[]> {
  const entries = await everyDelivery(world);
  return [
    ...toldTwice(world),
    ...notTold(world, entries),
    ...(await forgotten(world)),
    ...(await lost(world, habits)),
    ...revealed(world, habits),
    ...crossed(world),
    ...outOfOrder(world, habits),
  ];
}

async function everyDelivery({ store }: World): Promise<readonly OutboxEntry[]> {
  const found = new Map<string, OutboxEntry>();
  for (const { programme, id } of members) {
    for (const entry of await store.outbox.ofMember(programme, id, 10_000))
      found.set(`${programme}/${entry.id}`, entry);
  }
  return [...found.values()];
}

/** Told once: no delivery arrives twice, but for what was in flight where the platform cannot tell; no two say the same. */
function toldTwice({ platforms }: World): string[] {
  const byDelivery = new Map<string, number>();
  const said = new Map<string, string>();
  const faults: string[] = [];
  for (const { to, delivery, card, atMs } of platforms.posted) {
    const name = nameOf(to, delivery);
    const times = (byDelivery.get(name) ?? 0) + 1;
    byDelivery.set(name, times);
    const allowed = to.workspace.startsWith('teams') ? 1 + (platforms.excuses.get(name) ?? 0) : 1;
    if (times > allowed)
      faults.push(`told twice: ${name}, ${String(times)} times, ${String(allowed)} allowed`);
    if (delivery.startsWith('reply/')) continue;
    const day = new Date(atMs).toISOString().slice(0, 10);
    const text = `${to.programme}/${to.member}/${day}/${JSON.stringify(card)}`;
    const before = said.get(text);
    if (before !== undefined && before !== delivery)
      faults.push(`told twice on ${day}: ${name} says what ${before} says`);
    said.set(text, delivery);
  }
  return faults;
}

/** What counts as sent has arrived, and nothing that is due is left lying. */
function notTold({ platforms }: World, entries: readonly OutboxEntry[]): string[] {
  const arrived = new Set(
    platforms.posted.map(({ to, delivery }) => `${to.programme}/${to.member}/${delivery}`),
  );
  return entries.flatMap(({ programme, member, id, state, notBeforeMs }) => {
    const name = `${programme}/${member}/${id}`;
    if (state.kind === 'sent') return arrived.has(name) ? [] : [`forgotten: ${name} counts as sent`];
    const isOpen = state.kind === 'waiting' || state.kind === 'leased';
    return isOpen && notBeforeMs < END_MS - 86_400_000 ? [`forgotten: ${name} is left ${state.kind}`] : [];
  });
}

/** Nobody is forgotten: each event was told to each of its audience before it was over, unless they had settled it. */
async function forgotten({ platforms, store }: World): Promise<string[]> {
  const faults: string[] = [];
  for (const programme of programmes) {
    for (const event of occurrencesOf(programme)) {
      const endMs = Date.parse(`${event.ends}T23:00:00Z`);
      for (const member of members.filter((each) => each.programme === programme.id)) {
        if (event.audience.roles?.some((role) => member.roles.includes(role)) !== true) continue;
        const { id, organisation } = member;
        const told = platforms.posted.some(
          ({ to, atMs, card }) =>
            to.programme === programme.id &&
            to.member === id &&
            atMs < endMs &&
            JSON.stringify(card).includes(event.title as string),
        );
        if (told) continue;
        const isSettled =
          (await store.submissions.get(programme.id, `${event.id}/${organisation}`)) !== undefined ||
          (await store.handovers.get(programme.id, `${event.id}/${id}`)) !== undefined;
        if (!isSettled) faults.push(`forgotten: ${programme.id}/${id} of ${event.id}`);
      }
    }
  }
  return faults;
}

/** No confirmed answer is lost: its row is there, and of answers to a pulse as many as were counted. */
async function lost({ store, box }: World, { confirmed }: Habits): Promise<string[]> {
  const faults: string[] = [];
  const answered = new Map<string, Set<string>>();
  for (const [id, { programme, table, row, member }] of confirmed) {
    const found = await store[table].get(programme, row);
    if (table !== 'seats') {
      if (found === undefined) faults.push(`lost: ${id}, ${table} ${programme}/${row}`);
      continue;
    }
    // What comes after the end of a round is answered so, and counts no more.
    if (found === undefined || !('answered' in found) || !found.answered) continue;
    const round = `${programme}/${row.slice(0, row.lastIndexOf('/'))}`;
    answered.set(round, new Set([...(answered.get(round) ?? []), member]));
  }
  for (const [round, people] of answered) {
    const counted = box.counted.get(round) ?? 0;
    if (counted < people.size)
      faults.push(`lost: ${round} has ${String(counted)} answers of ${String(people.size)} people`);
  }
  return faults;
}

/** No anonymity is broken: no ballot's token was ever stored, and no result of so few is shown. */
function revealed({ disk }: World, { tokens }: Habits): string[] {
  const written = disk.written();
  const faults: string[] = [];
  for (const token of tokens) {
    if (written.some((row) => row.includes(token))) faults.push(`revealed: ${token} is stored`);
  }
  if (written.some((row) => row.includes('"verdict":"shown"')))
    faults.push('revealed: a result of few people');
  return faults;
}

/** No border is crossed: each message is of its receiver's programme and goes to the receiver's own workspace. */
function crossed({ platforms }: World): string[] {
  return platforms.posted.flatMap(({ to, delivery, card }) => {
    const account = accounts.find((each) => each.programme === to.programme && each.member === to.member);
    const name = `${to.programme}/${to.member}/${delivery}`;
    const text = JSON.stringify(card);
    const others = IDS.filter((id) => id !== to.programme && text.includes(`(${id})`));
    const isAtHome = account?.workspace === to.workspace && account.user === to.account['user'];
    return isAtHome && others.length === 0 ? [] : [`border crossed: ${name} in ${to.workspace}`];
  });
}

/** Order is kept within a conversation: replies come in the order in which what they answer was handled. */
function outOfOrder({ platforms, processes, crashes }: World, { heard }: Habits): string[] {
  // A lease that a crash left runs out later than the next reply is due, and two processes share no conversation.
  if (processes.length > 1 || crashes > 0) return [];
  const faults: string[] = [];
  for (const [key, events] of heard) {
    const seen = new Set<string>();
    const order = platforms.posted.flatMap(({ to, delivery }) => {
      const event = /^reply\/(text-\d+)\//.exec(delivery)?.[1];
      if (event === undefined || `${to.programme}/${to.member}` !== key || seen.has(event)) return [];
      seen.add(event);
      return [event];
    });
    const wanted = events.filter((each) => seen.has(each));
    if (order.join() !== wanted.join())
      faults.push(`out of order: ${key}: ${order.join()} for ${wanted.join()}`);
  }
  return faults;
}
