import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Meter } from '../../runtime/meter.js';
import type { WebMount } from '../../runtime/web.js';

export interface MetricsOptions {
  /** Lanes with something to do, and when the first of each is due. */
  readonly lanes: () => Promise<ReadonlyMap<string, number>>;
  /** How many deliveries wait in each lane, where the store says. */
  readonly depths?: (() => Promise<ReadonlyMap<string, number>>) | undefined;
  readonly nowMs: () => number;
}

/** In seconds: a send takes tens of milliseconds, a platform that suffers seconds. */
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Metrics in Prometheus' text format, at `/metrics`. Labels are workspaces, outcomes and paths, never people. */
export function createMetrics(options: MetricsOptions): { readonly meter: Meter; readonly mount: WebMount } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  laneGauges(registry, options);
  const mount: WebMount = {
    path: '/metrics',
    methods: ['GET'],
    handle: async () => ({
      status: 200,
      headers: { 'content-type': registry.contentType },
      body: await registry.metrics(),
    }),
  };
  return { meter: meterOn(registry), mount };
}

function meterOn(registry: Registry): Meter {
  const registers = [registry];
  const deliveries = new Counter({
    name: 'samling_deliveries_total',
    help: 'Attempts at deliveries, by what became of them',
    registers,
    labelNames: ['lane', 'outcome'],
  });
  const errors = new Counter({
    name: 'samling_delivery_errors_total',
    help: 'Attempts that did not succeed, by reason',
    registers,
    labelNames: ['platform', 'reason'],
  });
  const doubled = new Counter({
    name: 'samling_deliveries_possibly_doubled_total',
    help: 'Messages repeated after a lost answer, where the platform cannot say whether the first arrived',
    registers,
  });
  const timeOf = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Histogram({ name, help, labelNames: [...labelNames], buckets: BUCKETS_S, registers });
  const sending = timeOf('samling_delivery_seconds', 'From lease to settlement', ['platform']);
  const planning = timeOf('samling_planning_seconds', 'Planning a programme');
  const handling = timeOf('samling_request_seconds', 'Answering a request', ['path', 'status']);
  return {
    attempt({ lane, outcome, reason, tookMs, mayBeDoubled }) {
      const platform = lane.slice(0, lane.indexOf('/'));
      deliveries.inc({ lane, outcome });
      if (reason !== undefined) errors.inc({ platform, reason });
      if (mayBeDoubled) doubled.inc();
      sending.observe({ platform }, tookMs / 1000);
    },
    planned: (tookMs) => planning.observe(tookMs / 1000),
    handled: (path, status, tookMs) => handling.observe({ path, status }, tookMs / 1000),
  };
}

function laneGauges(registry: Registry, { lanes, depths, nowMs }: MetricsOptions): void {
  const shared = { labelNames: ['lane'], registers: [registry] };
  new Gauge({
    name: 'samling_lane_oldest_seconds',
    help: 'How long the first of a lane has been due',
    ...shared,
    async collect() {
      this.reset();
      const now = nowMs();
      for (const [lane, dueMs] of await lanes()) this.set({ lane }, Math.max(0, now - dueMs) / 1000);
    },
  });
  if (depths === undefined) return;
  new Gauge({
    name: 'samling_lane_depth',
    help: 'Deliveries of a lane that are not settled',
    ...shared,
    async collect() {
      this.reset();
      for (const [lane, count] of await depths()) this.set({ lane }, count);
    },
  });
}
