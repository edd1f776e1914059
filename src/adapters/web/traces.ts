import { SpanStatusCode } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Meter } from '../../runtime/meter.js';

/** Traces, sent to a collector by OTLP over HTTP: a span for each attempt, plan and request, with nobody's data. */
export function createTraces(url: string): { readonly meter: Meter; readonly close: () => Promise<void> } {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'samling' }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  const tracer = provider.getTracer('samling');
  const span = (
    name: string,
    tookMs: number,
    attributes: Record<string, string | number>,
    isError: boolean,
  ) => {
    const endMs = Date.now();
    const made = tracer.startSpan(name, { startTime: endMs - tookMs, attributes });
    if (isError) made.setStatus({ code: SpanStatusCode.ERROR });
    made.end(endMs);
  };
  return {
    meter: {
      attempt: ({ lane, outcome, reason, tookMs }) =>
        span('deliver', tookMs, { lane, outcome, reason: reason ?? '' }, outcome === 'unreachable'),
      planned: (tookMs) => span('plan', tookMs, {}, false),
      handled: (path, status, tookMs) => span('request', tookMs, { path, status }, status >= 500),
    },
    close: () => provider.shutdown(),
  };
}
