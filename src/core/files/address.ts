import { Temporal } from 'temporal-polyfill';
import type { Talk } from '../conversation/context.js';
import type { Feed } from '../gatherings/types.js';
import { FILE_HOURS, FILE_KINDS } from './types.js';

/** What lies at a secret address. */
export type Wanted = Pick<Feed, 'what' | 'network' | 'gathering' | 'subject'>;

/** The addresses that a member has. */
export async function ownFeeds({
  tables,
  member,
}: Pick<Talk, 'tables' | 'member'>): Promise<readonly Feed[]> {
  const all = await tables.feeds.list(member.programme);
  return all.filter((each) => each.member === member.id);
}

/** Whether an address gives just this. */
export function isSame(feed: Feed, { what, network, gathering, subject }: Wanted): boolean {
  return (
    feed.what === what && feed.network === network && feed.gathering === gathering && feed.subject === subject
  );
}

/** Whether an address has stopped by itself: those of files do after a day. */
export function isPast({ what, at }: Feed, nowMs: number): boolean {
  const isFile = FILE_KINDS.some((each) => each === what);
  return isFile && nowMs - Temporal.Instant.from(at).epochMilliseconds > FILE_HOURS * 3_600_000;
}

/** Makes an address in the place of the one before, which stops working; those that are past are forgotten. */
export async function newAddress(talk: Talk, wanted: Wanted): Promise<string | undefined> {
  const { tables, member, addresses, at, nowMs } = talk;
  if (addresses === undefined) return undefined;
  const own = await ownFeeds(talk);
  const gone = own.filter((each) => isSame(each, wanted) || isPast(each, nowMs));
  await tables.feeds.remove(
    member.programme,
    gone.map(({ id }) => id),
  );
  const { id, url } = addresses.make(member.programme);
  await tables.feeds.put({ programme: member.programme, id, member: member.id, at, ...wanted });
  return url;
}
