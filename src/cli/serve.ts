import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createWebServer } from '../adapters/web/server.js';
import type { Config } from '../config/schema.js';
import type { BallotBox } from '../core/ports/ballots.js';
import type { Clock } from '../core/ports/environment.js';
import type { Programmes } from '../core/ports/programmes.js';
import type { Store } from '../core/ports/store.js';
import type { Samling } from '../main.js';
import { errorPart, type Log } from '../runtime/dispatcher.js';
import type { ChatPlatform, PlatformConnection } from '../runtime/platform.js';
import { scheduleTick } from '../runtime/tick.js';
import type { WebMount } from '../runtime/web.js';
import type { Joined } from './join-others.js';
import type { Meters } from './meters.js';
import { createReadiness } from './readiness.js';

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

export interface ServeParts {
  readonly config: Config;
  readonly log: Log;
  readonly samling: Samling;
  readonly store: Store;
  readonly ballots: BallotBox;
  readonly platforms: readonly ChatPlatform[];
  readonly programmes: Programmes;
  readonly clock: Clock;
  /** What lies at addresses that people are told. */
  readonly pages: readonly WebMount[];
  readonly meters: Meters | undefined;
  readonly join: () => Promise<Joined>;
}

/** Serves requests and lets the clock tick. */
export async function serve(parts: ServeParts): Promise<{ url: string; close(): Promise<void> }> {
  const { config, log, samling, store, platforms, clock, pages, meters } = parts;
  const connections = platforms.map((each) => each.connect(samling.hub));
  const mounts = [...connections.flatMap((each) => each.mounts), ...pages];
  const server = createWebServer({
    mounts,
    log,
    isReady: createReadiness(store, clock),
    ...(meters && { onHandled: meters.meter.handled }),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(config.port, config.host, resolve);
  });
  // Whoever has knocked meanwhile is answered before the rest begins.
  await new Promise((resolve) => setImmediate(resolve));
  for (const each of connections) await each.start();
  const joined = await parts.join();
  const stopTick = scheduleTick(TICK, joined.tick, log);
  const forget = forgetClaims(parts);
  samling.hub.dispatch();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${config.host}:${String(port)}`,
    close: () => stop({ ...parts, server, connections, stopTick, forget, joined }),
  };
}

function forgetClaims({ store, clock, log }: ServeParts): NodeJS.Timeout {
  return setInterval(() => {
    store.claims
      .forget(clock.nowMs() - CLAIMS_KEPT_MS)
      .catch((error: unknown) => log.error(errorPart(error), 'forgetting claims failed'));
  }, HOUR_MS);
}

interface StopParts extends ServeParts {
  readonly server: ReturnType<typeof createWebServer>;
  readonly connections: readonly PlatformConnection[];
  readonly stopTick: () => Promise<void>;
  readonly forget: NodeJS.Timeout;
  readonly joined: Joined;
}

async function stop(parts: StopParts): Promise<void> {
  clearInterval(parts.forget);
  const closed = new Promise((resolve) => parts.server.close(resolve));
  parts.server.closeIdleConnections();
  await parts.stopTick();
  await Promise.race([parts.samling.dispatcher.stop(), pause(IN_FLIGHT_MS)]);
  await parts.joined.stop();
  await Promise.all(parts.connections.map((each) => each.stop()));
  parts.server.closeAllConnections();
  await closed;
  await parts.meters?.close();
  await parts.ballots.close();
  await parts.store.close();
}
