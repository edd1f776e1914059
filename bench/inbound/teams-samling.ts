import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createActionTickets } from '../../src/adapters/chat/teams/action-tickets.js';
import type { TeamsChat } from '../../src/adapters/chat/teams/outbound.js';
import { loadProgrammes } from '../../src/adapters/files/programme-files.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import { createRenderer } from '../../src/cards/index.js';
import { asset } from '../../src/cli/assets.js';
import { createLog } from '../../src/cli/log.js';
import { SERVING } from '../../src/cli/open-store.js';
import { accountId } from '../../src/core/identity/types.js';
import { matchesAudience } from '../../src/core/members/member-view.js';
import { occurrencesOf } from '../../src/core/programme/occurrences.js';
import { createTranslators } from '../../src/i18n/index.js';
import { memberWith, startTeamsSamling } from '../../test/support/teams-samling.js';
import { platformOf, serveMeasured, type TeamsPerson } from './teams-load.js';
import { ticketsOf } from '../../test/local/teams/tickets.js';

/** Samling with its real store on the disk, its real log, and people who have been told of a deadline. */
const platform = platformOf(process.argv);
const folder = await mkdtemp(join(tmpdir(), 'samling-bench-'));
const store = await openLowdbStore(join(folder, 'store'), SERVING);
const { people } = platform;
const programme = loadProgrammes(asset('data', 'programmes')).get('saman');
if (programme === undefined) throw new TypeError('there is no programme saman');
const organisations = programme.organisations.filter((each) => each.languages !== undefined);
const members = people.map(({ id }, index) =>
  memberWith(id, { organisation: organisations[index % organisations.length]?.id ?? '' }),
);
/** Those that concern everybody here: who presses a button that does not concern them is told so in a message. */
const deadlines = occurrencesOf(programme).filter(
  ({ kind, audience }) =>
    kind === 'deadline' && members.every((each) => matchesAudience(programme, each, audience)),
);
const place = (person: TeamsPerson) => ({ workspace: `teams/${person.tenant}`, user: person.user });
await store.accounts.put(
  ...people.map((person) => ({
    ...place(person),
    programme: 'saman',
    id: accountId(place(person).workspace, person.user),
    member: person.id,
    platform: 'teams' as const,
    address: { serviceUrl: platform.serviceUrl, id: person.mri, conversation: person.conversation },
    state: 'active' as const,
    at: '2013-11-20T00:00:00Z',
  })),
);
const bot = await startTeamsSamling(
  { connector: { serviceUrl: platform.serviceUrl }, issuer: platform } as never,
  { members, programme, store, clock: { nowMs: () => Date.now() }, log: createLog('info') },
);
const tickets = createActionTickets(bot.sealer);
const buttons = people.map((person) => {
  const about = { programme: 'saman', delivery: `nudge/arsrapport-2013/T-7/${person.id}` };
  const holder = accountId(place(person).workspace, person.user);
  const deeds = deadlines.map((event) => ({ verb: 'handed-in', data: { event: event.id } }));
  return ticketsOf(tickets, deeds, about, holder);
});
const renderer = createRenderer({
  cardsDir: asset('cards'),
  translators: createTranslators(asset('locales')),
});
const [deadline] = deadlines;
/** The card after the press; the answer to the press carries it too, so it is made once for both. */
const handedIn = renderer.render(
  {
    template: 'nudge',
    data: {
      items: [
        {
          ...{
            event: deadline?.id ?? '',
            kind: 'deadline',
            title: deadline?.title ?? '',
            status: 'handed-in',
          },
          ...{ starts: '2014-02-01', daysLeft: 7, organisation: 'Voss', why: {} },
          ...{ canHandIn: true, snoozeChoices: [] },
        },
      ],
    },
  },
  { language: 'nb', programme },
);
const chat = bot.platform.chat as TeamsChat;
const card = JSON.stringify(handedIn.card);
await serveMeasured({
  url: bot.url,
  buttons,
  settle: () => bot.settle(),
  /** The change of the card for good by itself, as it follows each press. */
  async update(count) {
    const one = async (index: number) => {
      const person = people[index % people.length]!;
      const { workspace, user } = place(person);
      const { serviceUrl } = platform;
      const { mri: id, conversation } = person;
      const account = { user, serviceUrl, id, conversation };
      const to = { programme: 'saman', member: person.id, workspace, account };
      await chat.replace(to, { conversation, activity: '1' }, handedIn, card);
    };
    for (let at = 0; at < count; at += 16)
      await Promise.all(Array.from({ length: Math.min(16, count - at) }, (_, n) => one(at + n)));
  },
  async close() {
    await bot.close();
    await store.close();
    await rm(folder, { recursive: true });
  },
});
