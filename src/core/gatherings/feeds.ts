import type { z } from 'zod';
import { note } from '../audit/audit.js';
import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import type { MessageData } from '../messages/schemas.js';
import type { Answer } from '../ports/interaction.js';
import { given } from '../programme/occurrences.js';
import { may } from '../rights/rights.js';
import { gatheringOf } from './answers.js';
import { calendarNetworks } from './calendar.js';
import { maySee } from './may.js';
import type { gatheringActions } from './messages.js';
import { gatheringData } from './rsvp.js';
import { isSame, newAddress, ownFeeds, type Wanted } from '../files/address.js';

type Data<V extends keyof typeof gatheringActions> = z.infer<(typeof gatheringActions)[V]>;
/** Which calendars one may have an address of, and which have one. */
export async function showFeeds(talk: Talk): Promise<Answer> {
  const { programme } = talk.state;
  const feeds = await ownFeeds(talk);
  const networks = calendarNetworks(programme, talk.member).map((id) => ({
    what: 'network' as const,
    network: id,
    title: programme.networks.find((each) => each.id === id)?.name ?? id,
  }));
  const wanted = [
    { what: 'own' as const },
    ...networks,
    { what: 'programme' as const, title: programme.name },
  ];
  const calendars: MessageData<'calendars'>['calendars'] = wanted.map((each) => {
    const since = feeds.find((feed) => isSame(feed, each))?.at.slice(0, 10);
    return { ...each, ...given({ since }) };
  });
  return { say: [message('calendars', { calendars })] };
}

function mayHave({ state, member }: Talk, { what, network = '' }: Data<'calendar-make'>): boolean {
  if (!may(state.programme, member, 'feed-own', { member: member.id })) return false;
  return what !== 'network' || calendarNetworks(state.programme, member).includes(network);
}

/** A new address of a calendar; it is shown this once, since the store does not know it. */
export async function makeFeed(talk: Talk, data: Data<'calendar-make'>): Promise<Answer> {
  if (!mayHave(talk, data)) return sayOnly('calendar-not-allowed');
  const { what, network } = data;
  const wanted: Wanted = what === 'network' ? { what, ...given({ network }) } : { what };
  const url = await newAddress(talk, wanted);
  if (url === undefined) return sayOnly('calendar-no-address');
  await note(talk, { right: 'feed-own', act: 'calendar-make', subject: network ?? what });
  return { say: [message('calendar-address', { urls: [`${url}.ics`] })] };
}

/** Ends an address. */
export async function stopFeed(talk: Talk, data: Data<'calendar-stop'>): Promise<Answer> {
  const { what, network } = data;
  const feeds = (await ownFeeds(talk)).filter((each) => isSame(each, { what, ...given({ network }) }));
  await talk.tables.feeds.remove(
    talk.member.programme,
    feeds.map(({ id }) => id),
  );
  await note(talk, { right: 'feed-own', act: 'calendar-stop', subject: network ?? what });
  return { replace: statement('calendar-stopped', 'done'), say: [] };
}

/** An address at which the list of who comes lies as a file, until the gathering is over. */
export async function askFile(talk: Talk, { event }: Data<'gathering-file'>): Promise<Answer> {
  const gathering = gatheringOf(talk.state.programme, event);
  if (gathering === undefined) return sayOnly('unknown-event');
  if (!maySee(talk, gathering)) return sayOnly('gathering-not-allowed');
  const url = await newAddress(talk, { what: 'matrix', gathering: event });
  if (url === undefined) return sayOnly('calendar-no-address');
  await note(talk, { right: 'gathering-see', act: 'gathering-file', subject: event });
  const urls = [`${url}.xlsx`, `${url}.csv`];
  return { say: [message('calendar-address', { urls, gathering: gatheringData(gathering) })] };
}
