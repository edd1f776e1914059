import assert from 'node:assert/strict';
import { createMetrics } from '../../../../src/adapters/web/metrics.js';

const request = {
  method: 'GET',
  path: '/metrics',
  query: new URLSearchParams(),
  headers: {},
  body: new Uint8Array(),
};

describe('metrics', () => {
  it('tell depth and age of lanes, outcomes and errors by kind, and times, in the format of Prometheus', async () => {
    const { meter, mount } = createMetrics({
      lanes: () => Promise.resolve(new Map([['slack/T1', 4_000]])),
      depths: () => Promise.resolve(new Map([['slack/T1', 7]])),
      nowMs: () => 10_000,
    });
    const seen = { lane: 'slack/T1', tookMs: 20, mayBeDoubled: false };
    meter.attempt({ ...seen, outcome: 'sent' });
    meter.attempt({ ...seen, outcome: 'retry', reason: 'rate-limited' });
    meter.attempt({ ...seen, outcome: 'sent', mayBeDoubled: true });
    meter.planned(12);
    meter.handled('/slack/events', 200, 3);
    const { body } = await mount.handle(request);
    const text = String(body);
    for (const line of [
      'samling_lane_depth{lane="slack/T1"} 7',
      'samling_lane_oldest_seconds{lane="slack/T1"} 6',
      'samling_deliveries_total{lane="slack/T1",outcome="sent"} 2',
      'samling_delivery_errors_total{platform="slack",reason="rate-limited"} 1',
      'samling_deliveries_possibly_doubled_total 1',
      'samling_planning_seconds_count 1',
      'samling_request_seconds_count{path="/slack/events",status="200"} 1',
    ])
      assert.ok(text.includes(line), line);
  });
});
