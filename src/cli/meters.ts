import { createWebServer } from '../adapters/web/server.js';
import type { Config } from '../config/schema.js';
import type { Clock } from '../core/ports/environment.js';
import type { Store } from '../core/ports/store.js';
import type { Log } from '../runtime/dispatcher.js';
import { allOf, type Meter } from '../runtime/meter.js';

/** What measures, as configured. */
export interface Meters {
  readonly meter: Meter;
  close(): Promise<void>;
}

/** Loads what measures, and nothing where nothing is configured; metrics are served at a port of their own. */
export async function loadMeters(
  config: Pick<Config, 'host' | 'metricsPort' | 'tracesUrl'>,
  { store, clock, log }: { readonly store: Store; readonly clock: Clock; readonly log: Log },
): Promise<Meters | undefined> {
  const meters: Meter[] = [];
  const closing: (() => Promise<unknown>)[] = [];
  if (config.metricsPort !== undefined) {
    const { createMetrics } = await import('../adapters/web/metrics.js');
    const metrics = createMetrics({
      lanes: () => store.outbox.lanes(),
      depths: store.depths,
      nowMs: () => clock.nowMs(),
    });
    meters.push(metrics.meter);
    const server = createWebServer({ mounts: [metrics.mount], log });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(config.metricsPort, config.host, resolve);
    });
    closing.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
  }
  if (config.tracesUrl !== undefined) {
    const { createTraces } = await import('../adapters/web/traces.js');
    const traces = createTraces(config.tracesUrl);
    meters.push(traces.meter);
    // A collector that is away must not keep Samling from stopping.
    closing.push(() => traces.close().catch(() => undefined));
  }
  if (meters.length === 0) return undefined;
  return {
    meter: allOf(meters),
    async close() {
      await Promise.all(closing.map((each) => each()));
    },
  };
}
