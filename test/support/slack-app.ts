import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSamling, type Running } from '../../src/cli/start.js';
import type { Config } from '../../src/config/schema.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import type { Member } from '../../src/core/members/types.js';
import type { Programmes } from '../../src/core/ports/programmes.js';
import type { Programme } from '../../src/core/programme/schema.js';
import { createPerson, startLocalSlack, type AppAddress, type LocalSlack } from '../local/slack/index.js';
import type { LocalWorkspace } from '../local/slack/world.js';
import { createFakeClock, createFakeLog } from './dispatch.js';

/** The given programmes as a port. */
export function programmesOf(...programmes: readonly Programme[]): Programmes {
  return { get: (id) => programmes.find((each) => each.id === id), all: () => programmes };
}

export interface SlackAppOptions {
  readonly programmes: readonly Programme[];
  readonly members: readonly Member[];
  /** The time that Samling sees, and that requests are signed at; default: now. */
  readonly startMs?: number;
  readonly slack?: Parameters<typeof startLocalSlack>[0];
  readonly configOf?: (slack: LocalSlack) => Partial<NonNullable<Config['slack']>>;
  /** Teams besides, for those who are tried together. */
  readonly teams?: NonNullable<Config['teams']>;
  /** Builds the workspaces, and installs Samling where the test wants it from the beginning. */
  readonly build: (slack: LocalSlack) => void;
}

/** Samling as `samling start` runs it, with a Slack on this machine. */
export interface SlackApp {
  readonly slack: LocalSlack;
  readonly running: Running;
  readonly address: AppAddress;
  readonly dataDir: string;
  readonly clock: ReturnType<typeof createFakeClock>;
  readonly log: ReturnType<typeof createFakeLog>;
  /** Installs Samling as an administrator does in a browser; an id of a workspace or of an organisation. */
  install(of: string): Promise<Response>;
  person(workspace: LocalWorkspace, user: string): ReturnType<typeof createPerson>;
  /** Waits until something holds; fails after five seconds. */
  until(holds: () => Promise<boolean> | boolean): Promise<void>;
  /** Sends all that is due, and waits until what was begun has ended. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it all on the loopback address, in a folder of its own. */
export async function startSlackApp(options: SlackAppOptions): Promise<SlackApp> {
  const clock = createFakeClock(options.startMs ?? Date.now());
  const slack = await startLocalSlack({ nowMs: () => clock.nowMs(), ...options.slack });
  options.build(slack);
  const dataDir = await mkdtemp(join(tmpdir(), 'samling-slack-'));
  const store = await openLowdbStore(join(dataDir, 'store'));
  await store.members.put(...options.members);
  await store.close();
  const log = createFakeLog();
  const signingSecret = 'local-signing-secret';
  const config: Config = {
    ...{ dataDir, host: '127.0.0.1', port: 0, mode: 'development', logLevel: 'silent' },
    publicUrl: 'http://127.0.0.1:1',
    keys: [randomBytes(32).toString('base64')],
    slack: {
      ...{ signingSecret, clientId: slack.app.clientId, clientSecret: slack.app.clientSecret },
      ...{ apiUrl: slack.apiUrl, ...options.configOf?.(slack) },
    },
    ...(options.teams === undefined ? {} : { teams: options.teams }),
  };
  const running = await startSamling({ config, log, clock, programmes: programmesOf(...options.programmes) });
  const address: AppAddress = { url: running.url, signingSecret, nowMs: () => clock.nowMs() };
  return {
    ...{ slack, running, address, dataDir, clock, log },
    install: (of) => installSlack(slack, running.url, of),
    person(workspace, user) {
      const found = workspace.users.get(user);
      if (found === undefined) throw new TypeError(user);
      return createPerson(slack, address, workspace, found);
    },
    async until(holds) {
      for (let n = 0; n < 200; n += 1) {
        if (await holds()) return;
        await pause(25);
      }
      throw new TypeError('it did not come to hold');
    },
    async settle() {
      await pause(50);
      await running.samling.tick();
      await running.samling.dispatcher.flush();
    },
    async close() {
      await running.close();
      await slack.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Presses "Add to Slack" and "Allow": to Slack with a state, back with it and a code. */
export async function installSlack(slack: LocalSlack, url: string, of: string): Promise<Response> {
  const begun = await fetch(`${url}/slack/install`, { redirect: 'manual' });
  const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const cookie = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const code = randomBytes(8).toString('hex');
  slack.world.codes.set(code, { of, isOrganisation: !slack.world.workspaces.has(of) });
  return fetch(`${url}/slack/oauth_redirect?${new URLSearchParams({ code, state }).toString()}`, {
    redirect: 'manual',
    headers: { cookie },
  });
}
