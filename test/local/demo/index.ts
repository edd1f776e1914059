import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { loadProgrammes } from '../../../src/adapters/files/programme-files.js';
import { openLowdbStore } from '../../../src/adapters/store/lowdb/persistence.js';
import { asset } from '../../../src/cli/assets.js';
import { demoStartMs } from '../../../src/cli/demo-clock.js';
import type { DemoPlatforms, DemoPlatformsOptions } from '../../../src/cli/demo-platforms.js';
import { startSamling, type Running } from '../../../src/cli/start.js';
import type { Config } from '../../../src/config/schema.js';
import { SamlingError } from '../../../src/core/errors.js';
import type { Member } from '../../../src/core/members/types.js';
import { demoPeople } from '../../../src/core/programme/demo-people.js';
import type { Programme } from '../../../src/core/programme/schema.js';
import { installSlack, programmesOf } from '../../support/slack-app.js';
import { teamsApp } from '../../support/teams-samling.js';
import { addWorkspace, createPerson, startLocalSlack, type LocalSlack } from '../slack/index.js';
import { activities, startLocalTeams, type LocalTeams } from '../teams/index.js';
import { createPage } from './page.js';
import type { DemoPerson } from './person.js';
import { slackPerson } from './slack-person.js';
import { teamsPerson } from './teams-person.js';

/** A workspace or tenant for each of so many organisations, on each platform. */
const ORGANISATIONS = 3;
const SIGNING_SECRET = 'local-signing-secret';
/** Installing looks people up; on a slow machine this takes a second. */
const LINKED_WITHIN_MS = 20_000;
/** How far the clock goes by itself for what waits for its turn. */
const SETTLED_WITHIN_MS = 60_000;
/** "Forward" looks no further than this. */
const HORIZON_MS = 3 * 366 * 86_400_000;

interface Place {
  readonly id: string;
  readonly platform: 'slack' | 'teams';
  readonly members: readonly Member[];
}

interface Platforms {
  readonly slack?: LocalSlack;
  readonly teams?: LocalTeams;
}

/** Starts local platforms with members of the programme in them, and Samling as `samling start` does, installed there. */
export async function startDemoPlatforms(options: DemoPlatformsOptions): Promise<DemoPlatforms> {
  const programme = loadProgrammes(asset('data', 'programmes')).get('saman');
  if (programme === undefined) throw new SamlingError('PROGRAMME_UNKNOWN', 'There is no programme "saman".');
  const moment = { ms: demoStartMs(programme) };
  const clock = { nowMs: () => moment.ms };
  const places = placesOf(programme, options);
  const local: Platforms = {
    ...(options.slack && { slack: await startLocalSlack({ hasRates: false, ...clock }) }),
    ...(options.teams && { teams: await startLocalTeams({ limits: false, ...clock }) }),
  };
  const dataDir = await mkdtemp(join(tmpdir(), 'samling-platforms-'));
  const store = await openLowdbStore(join(dataDir, 'store'));
  await store.members.put(...places.flatMap((place) => place.members));
  await store.close();
  const config = configOf(dataDir, local);
  const running = await startSamling({
    config,
    log: options.log,
    clock,
    programmes: programmesOf(programme),
  });
  const people = await settleIn(local, running, places, clock);
  const time = timeOf(running, programme, moment, () => total(people));
  const servers: Server[] = [];
  const urls: Partial<Record<'slack' | 'teams', string>> = {};
  for (const platform of ['slack', 'teams'] as const) {
    if (local[platform] === undefined) continue;
    const own = people.filter((each) => each.platform === platform);
    const server = createPage({ platform, people: own, ...clock, ...time });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    urls[platform] = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  }
  return {
    urls,
    async close() {
      for (const server of servers) server.close().closeAllConnections();
      await running.close();
      await Promise.all([local.slack?.close(), local.teams?.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Organisations that take part, in turn on each platform; the secretariat is on the first. */
function placesOf(programme: Programme, options: DemoPlatformsOptions): readonly Place[] {
  const kinds = new Map(programme.roles.map((role) => [role.id, role.kind]));
  const platforms = (['slack', 'teams'] as const).filter((each) => options[each]);
  const byOrganisation = new Map<string, Member[]>();
  for (const member of demoPeople(programme)) {
    // A workspace full of employees shows no more than their leaders do.
    if (kinds.get(member.roles[0] ?? '') === 'employee') continue;
    const { organisation, id } = member;
    const with_ = { ...member, email: `${id}@${organisation}.example` };
    byOrganisation.set(organisation, [...(byOrganisation.get(organisation) ?? []), with_]);
  }
  const [home, ...others] = [...byOrganisation];
  const chosen = others
    .filter(([id]) => programme.organisations.find((each) => each.id === id)?.languages !== undefined)
    .slice(0, ORGANISATIONS * platforms.length);
  return [...(home === undefined ? [] : [home]), ...chosen].map(([id, members], index) => ({
    ...{ id, members },
    platform: platforms[index % platforms.length] ?? 'slack',
  }));
}

function configOf(dataDir: string, { slack, teams }: Platforms): Config {
  return {
    ...{ dataDir, host: '127.0.0.1', port: 0, mode: 'development', logLevel: 'warn' },
    publicUrl: 'http://127.0.0.1:1',
    keys: [randomBytes(32).toString('base64')],
    ...(slack && {
      slack: {
        ...{ signingSecret: SIGNING_SECRET, apiUrl: slack.apiUrl },
        ...{ clientId: slack.app.clientId, clientSecret: slack.app.clientSecret },
      },
    }),
    ...(teams && { teams: teamsApp(teams) }),
  };
}

/** Puts the people into their workspaces and tenants, and installs Samling there as an administrator does. */
async function settleIn(
  { slack, teams }: Platforms,
  running: Running,
  places: readonly Place[],
  clock: { readonly nowMs: () => number },
): Promise<readonly DemoPerson[]> {
  const { url, store } = running;
  const address = { url, signingSecret: SIGNING_SECRET, ...clock };
  const people: DemoPerson[] = [];
  for (const { id, platform, members } of places) {
    if (platform === 'slack' && slack !== undefined) {
      const users = members.map((each) => ({ id: userOf(each), name: each.id, email: each.email ?? '' }));
      const workspace = addWorkspace(slack, `T${id.toUpperCase()}`, users);
      await installSlack(slack, url, workspace.id);
      for (const [index, user] of users.entries())
        people.push(
          slackPerson(
            members[index]?.id ?? '',
            id,
            createPerson(slack, address, workspace, user),
            workspace.views,
          ),
        );
    } else if (teams !== undefined) {
      const bot = `${url}/api/messages`;
      for (const { id: name, email = '' } of members) {
        const person = teams.person(id, name, { email, userPrincipalName: email });
        await teams.post(bot, activities.install(teams.origin(person), 'add'));
        people.push(teamsPerson(name, teams, bot, person));
      }
    }
  }
  for (let waited = 0; waited < LINKED_WITHIN_MS; waited += 50) {
    if ((await store.accounts.list('saman')).length >= people.length) break;
    await pause(50);
  }
  return people;
}

const userOf = ({ id }: Member) => `U${id.replaceAll('-', '').toUpperCase()}`;

const total = (people: readonly DemoPerson[]) =>
  people.reduce((sum, each) => sum + each.messages().length, 0);

/** Goes from one due instant to the next until somebody is told something. */
function timeOf(
  { samling, store }: Running,
  programme: Programme,
  moment: { ms: number },
  received: () => number,
) {
  const send = async () => {
    await samling.tick();
    await samling.dispatcher.flush();
  };
  const waiting = async () => [...(await store.outbox.lanes()).values()];
  const settle = async () => {
    await pause(50);
    await send();
    // A platform takes so many messages a second: an answer that waits for its turn comes a little later.
    const until = moment.ms + SETTLED_WITHIN_MS;
    for (let due = Math.min(...(await waiting())); due <= until; due = Math.min(...(await waiting()))) {
      moment.ms = Math.max(moment.ms + 1, due);
      await send();
    }
  };
  return {
    settle,
    async next() {
      const before = received();
      const horizon = moment.ms + HORIZON_MS;
      while (moment.ms <= horizon && received() === before) {
        const planned = await samling.planner.nextDueMs(programme);
        const due = [...(planned === undefined ? [] : [planned]), ...(await waiting())];
        if (due.length === 0) return;
        moment.ms = Math.max(moment.ms, Math.min(...due));
        await send();
      }
    },
  };
}
