import { Temporal } from 'temporal-polyfill';
import { isQuietTime } from '../../src/core/calendar/quiet-hours.js';
import { occurrencesOf } from '../../src/core/programme/occurrences.js';
import type { OutboxEntry } from '../../src/core/ports/outbox.js';
import type { Habits } from './habits.js';
import { accounts, END_MS, IDS, members, noticeTitle, programmes } from './small-world.js';
import { nameOf } from './platforms.js';
import type { World } from './world.js';
import { answersLost, overridden, revealed, votedTwice } from './answer-invariants.js';

/** Kinds of deliveries that Samling plans by itself. */
const OWN_ACCORD = new Set(['nudges', 'digest', 'pulse', 'pulse-result', 'notice', 'gap']);

/** What does not hold at the end of a year, a sentence each. */
export async function faultsIn(world: World, habits: Habits): Promise<readonly string[]> {
  const entries = await everyDelivery(world);
  const lost = lostTwice(entries);
  return [
    ...toldTwice(world, lost),
    ...itemsToldTwice(world),
    ...notTold(world, entries),
    ...(await forgotten(world, lost)),
    ...missed(world, lost),
    ...untimely(world),
    ...(await answersLost(world, habits)),
    ...(await overridden(world, habits)),
    ...votedTwice(world, habits),
    ...revealed(world, habits),
    ...crossed(world),
    ...handledTwice(world),
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

/**
 * Deliveries given up after their repeat, because the platform answered neither and cannot tell: the store says so of
 * them, and nobody knows whether they came.
 */
function lostTwice(entries: readonly OutboxEntry[]): ReadonlyMap<string, OutboxEntry> {
  const lost = entries.filter(
    ({ state }) => state.kind === 'unreachable' && state.reason === 'answer-lost-twice',
  );
  return new Map(lost.map((each) => [`${each.programme}/${each.member}/${each.id}`, each]));
}

/**
 * Told once: no delivery arrives twice, but for what was in flight where the platform cannot tell; no two say the same,
 * unless nobody knows of the first whether it came.
 */
function toldTwice({ platforms }: World, lost: ReadonlyMap<string, OutboxEntry>): string[] {
  const byDelivery = new Map<string, number>();
  const said = new Map<string, string>();
  const faults: string[] = [];
  for (const { to, delivery, text, atMs } of platforms.posted) {
    const name = nameOf(to, delivery);
    const times = (byDelivery.get(name) ?? 0) + 1;
    byDelivery.set(name, times);
    const allowed = to.workspace.startsWith('teams') ? 1 + (platforms.excuses.get(name) ?? 0) : 1;
    if (times > allowed)
      faults.push(`told twice: ${name}, ${String(times)} times, ${String(allowed)} allowed`);
    if (delivery.startsWith('reply/')) continue;
    const day = new Date(atMs).toISOString().slice(0, 10);
    const what = `${to.programme}/${to.member}/${day}/${text}`;
    const before = said.get(what);
    if (before !== undefined && before !== delivery && !lost.has(nameOf(to, before)))
      faults.push(`told twice on ${day}: ${name} says what ${before} says`);
    said.set(what, delivery);
  }
  return faults;
}

/** What one reminder tells is told by no other one. */
function itemsToldTwice({ planned, platforms }: World): string[] {
  const arrived = new Set(platforms.posted.map(({ to, delivery }) => nameOf(to, delivery)));
  const told = new Map<string, string>();
  const faults: string[] = [];
  for (const delivery of planned.filter((each) => each.kind === 'nudges' || each.kind === 'digest')) {
    if (!arrived.has(nameOf(delivery, delivery.id))) continue;
    for (const item of delivery.items) {
      const name = `${delivery.programme}/${item}`;
      const before = told.get(name);
      if (before !== undefined && before !== delivery.id)
        faults.push(`told twice: ${name} by ${before} and ${delivery.id}`);
      told.set(name, delivery.id);
    }
  }
  return faults;
}

/** What counts as sent has arrived, and nothing that is due is left lying. */
function notTold({ platforms }: World, entries: readonly OutboxEntry[]): string[] {
  const arrived = new Set(
    platforms.posted.map(({ to, delivery }) => `${to.programme}/${to.member}/${delivery}`),
  );
  return entries.flatMap(({ programme, member, id, state, notBeforeMs, data }) => {
    const name = `${programme}/${member}/${id}`;
    // What changes a message is none of its own.
    const isAmendment = typeof data === 'object' && data !== null && 'amends' in data;
    if (state.kind === 'sent' && isAmendment) return [];
    if (state.kind === 'sent') return arrived.has(name) ? [] : [`forgotten: ${name} counts as sent`];
    const isOpen = state.kind === 'waiting' || state.kind === 'leased';
    return isOpen && notBeforeMs < END_MS - 86_400_000 ? [`forgotten: ${name} is left ${state.kind}`] : [];
  });
}

/**
 * Nobody is forgotten: each event was told to each of its audience before it was over, unless they had settled it, or
 * the store says that nobody knows.
 */
async function forgotten(
  { platforms, store }: World,
  lost: ReadonlyMap<string, OutboxEntry>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const programme of programmes) {
    for (const event of occurrencesOf(programme)) {
      const endMs = Date.parse(`${event.ends}T23:00:00Z`);
      for (const member of members.filter((each) => each.programme === programme.id)) {
        if (event.audience.roles?.some((role) => member.roles.includes(role)) !== true) continue;
        const { id, organisation } = member;
        const told = platforms.posted.some(
          ({ to, atMs, text }) =>
            to.programme === programme.id &&
            to.member === id &&
            atMs < endMs &&
            text.includes(event.title as string),
        );
        const isLost = [...lost.values()].some(
          (each) =>
            each.programme === programme.id &&
            each.items.some((item) => item.startsWith(`nudge/${event.id}/`) && item.endsWith(`/${id}`)),
        );
        if (told || isLost) continue;
        const isSettled =
          (await store.submissions.get(programme.id, `${event.id}/${organisation}`)) !== undefined ||
          (await store.handovers.get(programme.id, `${event.id}/${id}`)) !== undefined;
        if (!isSettled) faults.push(`forgotten: ${programme.id}/${id} of ${event.id}`);
      }
    }
  }
  return faults;
}

/** A notice is told to everybody, or its report says of whom nobody knows. */
function missed({ platforms }: World, lost: ReadonlyMap<string, OutboxEntry>): string[] {
  return members.flatMap(({ programme, id }) => {
    const title = noticeTitle(programme);
    const mine = platforms.posted.filter(({ to }) => to.programme === programme && to.member === id);
    const isTold = mine.some(({ text }) => text.includes(title));
    const isReported = lost.has(`${programme}/${id}/notice/nytt/1/${id}`);
    return isTold || isReported ? [] : [`forgotten: ${programme}/${id} of the notice`];
  });
}

/** No border is crossed: each message is of its receiver's programme and goes to the receiver's own workspace. */
function crossed({ platforms }: World): string[] {
  return platforms.posted.flatMap(({ to, delivery, text }) => {
    const account = accounts.find((each) => each.programme === to.programme && each.member === to.member);
    const name = `${to.programme}/${to.member}/${delivery}`;
    const others = IDS.filter((id) => id !== to.programme && text.includes(`(${id})`));
    const isAtHome = account?.workspace === to.workspace && account.user === to.account['user'];
    return isAtHome && others.length === 0 ? [] : [`border crossed: ${name} in ${to.workspace}`];
  });
}

/** Nobody is told of Samling's own accord at night or on a day off, whatever the clocks were changed to. */
function untimely({ planned }: World): string[] {
  return planned.flatMap(({ programme, id, kind, notBeforeMs }) => {
    const rules = programmes.find((each) => each.id === programme);
    if (rules === undefined || !OWN_ACCORD.has(kind)) return [];
    const at = Temporal.Instant.fromEpochMilliseconds(notBeforeMs).toZonedDateTimeISO(rules.zone);
    const time = at.toPlainTime().toString().slice(0, 5);
    const isQuiet = isQuietTime(time, rules.policy.quietHours) || at.dayOfWeek > 5;
    return isQuiet ? [`untimely: ${programme}/${id} on day ${String(at.dayOfWeek)} at ${time}`] : [];
  });
}

/** An event is handled once, however often it comes. */
function handledTwice({ handled }: World): string[] {
  return [...handled].flatMap(([event, times]) =>
    times > 1 ? [`handled twice: ${event}, ${String(times)} times`] : [],
  );
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
