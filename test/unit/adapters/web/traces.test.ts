import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTraces } from '../../../../src/adapters/web/traces.js';

interface Exported {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly name: string;
        readonly attributes: readonly { readonly key: string; readonly value: object }[];
        readonly status: { readonly code: number };
        readonly startTimeUnixNano: string;
        readonly endTimeUnixNano: string;
      }[];
    }[];
  }[];
}

describe('traces', () => {
  it('are spans of deliveries, plans and requests at an OpenTelemetry collector, with nobody in them', async () => {
    const bodies: string[] = [];
    const paths: string[] = [];
    const collector = createServer((request, response) => {
      paths.push(request.url ?? '');
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        bodies.push(body);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => collector.once('listening', resolve));
    const { port } = collector.address() as AddressInfo;
    const { meter, close } = createTraces(`http://127.0.0.1:${String(port)}/v1/traces`);
    meter.attempt({ lane: 'teams/voss', outcome: 'sent', tookMs: 40, mayBeDoubled: false });
    meter.attempt({
      lane: 'slack/T1',
      outcome: 'unreachable',
      reason: '403',
      tookMs: 9,
      mayBeDoubled: false,
    });
    meter.planned(12);
    meter.handled('/api/messages', 503, 3);
    await close();
    collector.closeAllConnections();
    collector.close();
    const spans = bodies
      .map((body) => JSON.parse(body) as Exported)
      .flatMap(({ resourceSpans }) => resourceSpans.flatMap((each) => each.scopeSpans))
      .flatMap((each) => each.spans);
    const tookMs = (span: (typeof spans)[number]) =>
      Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6;
    assert.deepEqual(
      spans.map((span) => [span.name, tookMs(span), span.status.code === 2]),
      [
        ['deliver', 40, false],
        ['deliver', 9, true],
        ['plan', 12, false],
        ['request', 3, true],
      ],
    );
    assert.deepEqual([...new Set(spans.flatMap((span) => span.attributes.map(({ key }) => key)))].sort(), [
      'lane',
      'outcome',
      'path',
      'reason',
      'status',
    ]);
    assert.deepEqual([...new Set(paths)], ['/v1/traces']);
  });
});
