import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createKnowledge } from '../adapters/files/faq-files.js';
import { loadProgrammes } from '../adapters/files/programme-files.js';
import { loadVocabulary } from '../adapters/files/vocabulary.js';
import { loadPulseTemplates } from '../adapters/files/pulse-templates.js';
import { calendarMount, calendarUrlOf } from '../adapters/web/calendar-mount.js';
import { createSecretAddresses, feedMount } from '../adapters/web/feed-mount.js';
import { createWebServer } from '../adapters/web/server.js';
import { createRenderer } from '../cards/index.js';
import type { Config } from '../config/schema.js';
import { SamlingError } from '../core/errors.js';
import { createAccountDirectory, type Chats } from '../core/identity/directory.js';
import type { BallotBox } from '../core/ports/ballots.js';
import type { Clock } from '../core/ports/environment.js';
import type { Programmes } from '../core/ports/programmes.js';
import type { Store } from '../core/ports/store.js';
import { createTranslators } from '../i18n/index.js';
import { createSamling, type Samling } from '../main.js';
import type { Log } from '../runtime/dispatcher.js';
import type { ChatPlatform, PlatformConnection, PlatformParts } from '../runtime/platform.js';
import { createSealer } from '../runtime/sealed.js';
import { scheduleTick } from '../runtime/tick.js';
import type { WebMount } from '../runtime/web.js';
import { asset } from './assets.js';
import { feedParts } from './feed-parts.js';
import { loadMeters, type Meters } from './meters.js';
import { openStoreAndBallots } from './open-store.js';
import { loadPlatforms } from './platforms.js';
import { createReadiness } from './readiness.js';

export interface StartOptions {
  readonly config: Config;
  readonly log: Log;
  readonly clock?: Clock;
  /** Instead of those of the configuration's folder. */
  readonly programmes?: Programmes;
}

export interface Running {
  readonly url: string;
  readonly samling: Samling;
  readonly store: Store;
  readonly chats: Chats;
  /** Stops taking requests, lets what is under way end, and closes the store. */
  close(): Promise<void>;
}

/** Looks for what is due this often; what an answer causes is sent at once. */
const TICK = '*/10 * * * * *';
/**
 * What is being sent when Samling is told to stop may end within this; whatever does not is looked for, or repeated,
 * once its lease runs out. With the rest it must stay below the 10 s that Docker and systemd wait.
 */
const IN_FLIGHT_MS = 7_000;
const HOUR_MS = 3_600_000;
/** Platforms repeat an event for minutes; two days are far more. */
const CLAIMS_KEPT_MS = 48 * HOUR_MS;

/**
 * Starts Samling with the platforms that are configured.
 * @throws SamlingError `CONFIG_WRONG` when none is.
 */
export async function startSamling(options: StartOptions): Promise<Running> {
  const { config, log } = options;
  const clock = options.clock ?? { nowMs: () => Date.now() };
  const programmes =
    options.programmes ?? loadProgrammes(config.programmesDir ?? asset('data', 'programmes'));
  const { store, ballots } = await openStoreAndBallots(config, { guard: false });
  try {
    const translators = createTranslators(asset('locales'), true);
    const renderer = createRenderer({ cardsDir: asset('cards'), ...{ translators } });
    const render: PlatformParts['render'] = (message, context) => renderer.render(message, context);
    const sealer = createSealer(config.keys);
    const platforms = await loadPlatforms(
      config,
      { store, programmes, clock, log, sealer, render },
      translators,
    );
    if (platforms.length === 0) throw new SamlingError('CONFIG_WRONG', 'No chat platform is configured.');
    const chats = chatsOf(platforms);
    const meters = await loadMeters(config, { store, clock, log });
    const directory = await createAccountDirectory({ tables: store, programmes, chats });
    const samling = createSamling({
      ...{ programmes, store, ballots, directory, renderer, clock, log },
      pulseTemplates: loadPulseTemplates(asset('data', 'pulses')),
      vocabulary: loadVocabulary(asset('data', 'conversation', 'commands.json')),
      knowledge: createKnowledge(asset('data', 'faq')),
      waits: false,
      ...(meters && { meter: meters.meter }),
      ...addressesOf(config.publicUrl),
    });
    const feeds = feedMount({ programmes, store, clock, ...feedParts(translators) });
    return await serve({ options, samling, store, ballots, platforms, programmes, clock, feeds, meters });
  } catch (error) {
    await ballots.close();
    await store.close();
    throw error;
  }
}

/** Addresses that people are told; none without a public one of one's own. */
function addressesOf(publicUrl: string | undefined) {
  if (publicUrl === undefined) return {};
  return { calendarUrl: calendarUrlOf(publicUrl), addresses: createSecretAddresses(publicUrl) };
}

function chatsOf(platforms: readonly ChatPlatform[]): Chats {
  return Object.fromEntries(platforms.map(({ platform, chat }) => [platform, chat]));
}

interface Parts {
  readonly options: StartOptions;
  readonly samling: Samling;
  readonly store: Store;
  readonly ballots: BallotBox;
  readonly platforms: readonly ChatPlatform[];
  readonly programmes: Programmes;
  readonly clock: Clock;
  readonly feeds: WebMount;
  readonly meters: Meters | undefined;
}

async function serve({
  options,
  samling,
  store,
  ballots,
  platforms,
  programmes,
  clock,
  feeds,
  meters,
}: Parts): Promise<Running> {
  const { config, log } = options;
  const connections = platforms.map((each) => each.connect(samling.hub));
  const mounts = [...connections.flatMap((each) => each.mounts), calendarMount(programmes, store), feeds];
  const server = createWebServer({
    ...{ mounts, log },
    isReady: createReadiness(store, clock),
    ...(meters && { onHandled: meters.meter.handled }),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(config.port, config.host, resolve);
  });
  for (const each of connections) await each.start();
  const stopTick = scheduleTick(TICK, samling.tick, log);
  const forget = setInterval(() => {
    store.claims
      .forget(clock.nowMs() - CLAIMS_KEPT_MS)
      .catch((error: unknown) => log.error({ error: String(error) }, 'forgetting claims failed'));
  }, HOUR_MS);
  samling.hub.dispatch();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${config.host}:${String(port)}`,
    samling,
    store,
    chats: chatsOf(platforms),
    close: () => stop({ server, connections, store, ballots, stopTick, forget, meters, samling }),
  };
}

async function stop(parts: {
  readonly server: ReturnType<typeof createWebServer>;
  readonly connections: readonly PlatformConnection[];
  readonly store: Store;
  readonly ballots: BallotBox;
  readonly stopTick: () => Promise<void>;
  readonly forget: NodeJS.Timeout;
  readonly meters: Meters | undefined;
  readonly samling: Samling;
}): Promise<void> {
  clearInterval(parts.forget);
  const closed = new Promise((resolve) => parts.server.close(resolve));
  parts.server.closeIdleConnections();
  await parts.stopTick();
  await Promise.race([parts.samling.dispatcher.stop(), pause(IN_FLIGHT_MS)]);
  await Promise.all(parts.connections.map((each) => each.stop()));
  parts.server.closeAllConnections();
  await closed;
  await parts.meters?.close();
  await parts.ballots.close();
  await parts.store.close();
}
