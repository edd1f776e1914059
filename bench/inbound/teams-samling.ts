import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createActionTickets } from '../../src/adapters/chat/teams/action-tickets.js';
import { loadProgrammes } from '../../src/adapters/files/programme-files.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import { asset } from '../../src/cli/assets.js';
import { createLog } from '../../src/cli/log.js';
import { accountId } from '../../src/core/identity/types.js';
import { occurrencesOf } from '../../src/core/programme/occurrences.js';
import { memberWith, startTeamsSamling } from '../../test/support/teams-samling.js';
import { platformOf, serveMeasured, type TeamsPerson } from './teams-load.js';

/** Samling with its real store on the disk, its real log, and people who have been told of a deadline. */
const platform = platformOf(process.argv);
const folder = await mkdtemp(join(tmpdir(), 'samling-bench-'));
const store = await openLowdbStore(join(folder, 'store'), { guard: false });
const { people } = platform;
const programme = loadProgrammes(asset('data', 'programmes')).get('saman');
if (programme === undefined) throw new TypeError('there is no programme saman');
const organisations = programme.organisations.filter((each) => each.languages !== undefined);
const deadlines = occurrencesOf(programme).filter((each) => each.kind === 'deadline');
const members = people.map(({ id }, index) =>
  memberWith(id, { organisation: organisations[index % organisations.length]?.id ?? '' }),
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
  return deadlines.map((event) =>
    tickets.write({ verb: 'handed-in', data: { event: event.id }, ...about }, holder),
  );
});
await serveMeasured({
  url: bot.url,
  buttons,
  settle: () => bot.settle(),
  async close() {
    await bot.close();
    await store.close();
    await rm(folder, { recursive: true });
  },
});
