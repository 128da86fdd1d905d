import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { TracingConfig } from '../../config/config.ts';
import { startTracing } from '../../processes/start-tracing.ts';
import { isTracing, recordSpan } from '../../tracing/span.ts';
import { clientSpan } from '../../tracing/traceparent.ts';
import { type OtlpReceiver, otlpReceiver } from '../support/otlp.ts';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const log = pino({ level: 'silent' });
let collector: OtlpReceiver;

beforeEach(async () => {
  collector = await otlpReceiver();
});

afterEach(() => collector.close());

const begin = (more: Partial<TracingConfig> = {}) => {
  const protocol = 'http/protobuf' as const;
  const tracing = { endpoint: collector.url, protocol, headers: {}, resourceAttributes: {}, share: 1, ...more };
  return startTracing({ tracing }, 'worker', log);
};

describe('the export of traces', () => {
  it('gives every process the same trace, the same ids and the same parents', async () => {
    for (let process = 0; process < 2; process++) {
      const stop = await begin();
      recordSpan({ bookingId: 'bk_abcd', name: 'booking', from: 1_000, to: 9_000 });
      recordSpan({ bookingId: 'bk_abcd', name: 'rang', key: 'bk_abcd.1', from: 2_000, to: 3_000 });
      recordSpan({
        bookingId: 'bk_abcd',
        name: 'streamed',
        key: 'bk_abcd.1/MZ1',
        under: { name: 'rang', key: 'bk_abcd.1' },
        from: 2_500,
        to: 2_600,
        events: [{ name: 'turn', at: 2_550, attributes: { 'vocero.turn.delay_ms': 12 } }],
        failed: 'lost',
      });
      await stop();
      expect(isTracing()).toBe(false);
    }
    const spans = collector.spans();
    expect(spans).toHaveLength(6);
    const [whole, rang, streamed] = spans;
    expect(spans.slice(3)).toEqual(spans.slice(0, 3));
    const traceId = createHash('sha256').update('bk_abcd').digest('hex').slice(0, 32);
    expect(spans.map((span) => span.traceId)).toEqual(Array(6).fill(traceId));
    expect(whole).toMatchObject({ parent: '', service: 'vocero-worker', from: 1_000, to: 9_000, failed: false });
    expect(rang).toMatchObject({ parent: whole!.spanId, attributes: { 'vocero.booking.id': 'bk_abcd' } });
    expect(streamed).toMatchObject({ parent: rang!.spanId, failed: true });
    expect(streamed!.events).toEqual([{ name: 'turn', at: 2_550, attributes: { 'vocero.turn.delay_ms': 12 } }]);
  });

  it('links the client’s trace', async () => {
    const stop = await begin();
    recordSpan({ bookingId: 'bk_abcd', name: 'accepted', from: 1, to: 2, link: clientSpan(TRACEPARENT) });
    await stop();
    expect(collector.spans()[0]!.links).toEqual([
      { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' },
    ]);
  });

  it('sends headers, names the service as it is asked to, and exports the share of traces that is asked for', async () => {
    const stop = await begin({
      headers: { 'x-tenant': 'one' },
      serviceName: 'bookings',
      resourceAttributes: { 'deployment.environment': 'test' },
      share: 0.5,
    });
    for (let n = 0; n < 400; n++) recordSpan({ bookingId: `bk_${n}`, name: 'booking', from: 1, to: 2 });
    await stop();
    const spans = collector.spans();
    expect(spans.length).toBeGreaterThan(140);
    expect(spans.length).toBeLessThan(260);
    expect(spans[0]!.service).toBe('bookings');
    expect(collector.headers()[0]).toMatchObject({ 'x-tenant': 'one', 'content-type': 'application/x-protobuf' });
  });

  it('stops in time though the collector is away', async () => {
    const stop = await begin({ endpoint: 'http://127.0.0.1:1' });
    recordSpan({ bookingId: 'bk_abcd', name: 'booking', from: 1, to: 2 });
    const began = performance.now();
    await stop();
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('does nothing without a collector', async () => {
    const stop = await startTracing({}, 'worker', log);
    expect(isTracing()).toBe(false);
    recordSpan({ bookingId: 'bk_abcd', name: 'booking', from: 1, to: 2 });
    await stop();
    expect(collector.bytes()).toHaveLength(0);
  });
});

describe('the client’s span', () => {
  it.each([
    undefined,
    '',
    'nonsense',
    'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
    '00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01',
  ])('is nobody’s in %p', (header) => {
    expect(clientSpan(header)).toBeUndefined();
  });

  it('may be of a later version of the standard', () => {
    expect(clientSpan(`01${TRACEPARENT.slice(2)}-more`)).toMatchObject({ spanId: '00f067aa0ba902b7', traceFlags: 1 });
  });
});
