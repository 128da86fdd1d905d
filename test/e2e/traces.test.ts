import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { type OtlpReceiver, otlpReceiver, type SeenSpan } from '../support/otlp.ts';
import { type Receiver, receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';
import { claimOf } from './support/claim.ts';
import { bookingBody, ONLY_BRIDGE } from './support/client.ts';
import { ownPort } from './support/own-port.ts';
import { CALLBACK_SECRET } from './support/shared-system.ts';
import { runSystem } from './support/system.ts';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

const env: Record<string, string> = { CALLBACK_SECRET };
let seen: OtlpReceiver;
let collector: ChildProcess | undefined;
let client: Receiver;
const config = join(tmpdir(), `vocero-otelcol-${process.pid}.yaml`);

/** A real OpenTelemetry Collector before our receiver, where OTELCOL names its program. */
async function collectorBefore(url: string): Promise<string> {
  const program = process.env.OTELCOL;
  if (!program) return url;
  const port = await ownPort();
  writeFileSync(
    config,
    `receivers: { otlp: { protocols: { http: { endpoint: "127.0.0.1:${port}" } } } }
exporters: { otlphttp: { endpoint: "${url}" } }
service:
  telemetry: { metrics: { level: none } }
  pipelines: { traces: { receivers: [otlp], exporters: [otlphttp] } }
`,
  );
  collector = spawn(program, ['--config', `file:${config}`], { stdio: 'ignore' });
  const at = `http://127.0.0.1:${port}`;
  await until(
    () =>
      fetch(at).then(
        () => true,
        () => false,
      ),
    20_000,
    'the collector',
  );
  return at;
}

beforeAll(async () => {
  [seen, client] = await Promise.all([otlpReceiver(), receiver(CALLBACK_SECRET)]);
  env.OTEL_EXPORTER_OTLP_ENDPOINT = await collectorBefore(seen.url);
}, 60_000);

const system = runSystem({ env });

afterAll(async () => {
  collector?.kill();
  await Promise.all([seen?.close(), client?.close()]);
  rmSync(config, { force: true });
}, 60_000);

const claim = claimOf(system.tail);
const named = (spans: SeenSpan[], name: string): SeenSpan[] => spans.filter((span) => span.name === name);

claim('a booking’s trace tells its whole story, and nothing that was said', async () => {
  const phone = '+541143213534';
  const wish = { ...ONLY_BRIDGE, callback_url: `${client.url}/told`, metadata: { order: 'order-4711' } };
  const { body } = await system.client.send('POST', '/v1/bookings', bookingBody(phone, wish), {
    traceparent: TRACEPARENT,
  });
  const accepted = body as { id: string };
  const { outcome, attempts } = await system.client.final(accepted.id);
  expect(outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
  await until(() => client.heard(accepted.id).length > 0, 30_000, 'the callback');
  const own = () => seen.spans().filter((span) => span.attributes['vocero.booking.id'] === accepted.id);
  const wanted = ['accepted', 'booking', 'concluded', 'dialed', 'rang', 'reported', 'streamed', 'talked', 'told'];
  const names = () => [...new Set(own().map(({ name }) => name))].filter((name) => wanted.includes(name)).sort();
  await until(() => names().length === wanted.length, 40_000, `the spans, of which came: ${names()}`);

  const spans = own();
  const traceId = createHash('sha256').update(accepted.id).digest('hex').slice(0, 32);
  expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
  const [whole] = named(spans, 'booking');
  expect(whole).toMatchObject({ parent: '', attributes: { 'vocero.result': 'confirmed' } });
  expect(named(spans, 'accepted')[0]!.links).toEqual([
    { traceId: TRACEPARENT.slice(3, 35), spanId: TRACEPARENT.slice(36, 52) },
  ]);
  const [rang] = named(spans, 'rang');
  const [talked] = named(spans, 'talked');
  const [streamed] = named(spans, 'streamed');
  expect(rang!.to).toBe(talked!.from);
  expect(talked!.to).toBeGreaterThan(talked!.from);
  expect(talked!.events.map(({ name }) => name)).toEqual(['agent_first_words', 'business_first_words']);
  expect(streamed!.parent).toBe(talked!.spanId);
  expect(streamed!.events.map(({ name }) => name)).toEqual(expect.arrayContaining(['agent_first_audio', 'turn']));
  for (const span of spans) expect([whole!.spanId, talked!.spanId, '']).toContain(span.parent);
  expect(named(spans, 'told')[0]!.attributes).toMatchObject({ 'http.response.status_code': 200 });

  const bytes = seen.bytes().toString('latin1');
  const turns = await system.client.transcript(accepted.id);
  const words = turns.map(({ message }) => Buffer.from(message).toString('latin1'));
  const digits = phone.slice(1);
  const secrets = [
    'Clínica',
    'Dental',
    'Mauro',
    'dentista',
    'order-4711',
    client.url,
    '/told',
    outcome!.confirmed_date!,
  ];
  const inClear = [
    ...words,
    digits,
    digits.slice(4),
    attempts[0]!.call_sid!,
    ...secrets.map((one) => Buffer.from(one).toString('latin1')),
  ];
  expect(words.length).toBeGreaterThan(2);
  expect(inClear.filter((secret) => bytes.includes(secret))).toEqual([]);
  expect(bytes).toContain(accepted.id);
});
