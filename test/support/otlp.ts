import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

type Value = string | number | boolean;

export interface SeenSpan {
  service: string;
  traceId: string;
  spanId: string;
  /** Empty: it has no parent. */
  parent: string;
  name: string;
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  attributes: Record<string, Value>;
  events: { name: string; at: number; attributes: Record<string, Value> }[];
  links: { traceId: string; spanId: string }[];
  failed: boolean;
}

export interface OtlpReceiver {
  url: string;
  spans(): SeenSpan[];
  /** Everything that came, as it came. */
  bytes(): Buffer;
  headers(): Record<string, unknown>[];
  close(): Promise<void>;
}

/** A collector of traces over OTLP/HTTP with protobuf, as far as the tests need one. */
export async function otlpReceiver(): Promise<OtlpReceiver> {
  const bodies: Buffer[] = [];
  const headers: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const whole = Buffer.concat(pieces);
      const known = request.method === 'POST' && request.url === '/v1/traces';
      if (known) {
        headers.push(request.headers);
        bodies.push(request.headers['content-encoding'] === 'gzip' ? gunzipSync(whole) : whole);
      }
      response.writeHead(known ? 200 : 404, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => bodies.flatMap(spansIn),
    bytes: () => Buffer.concat(bodies),
    headers: () => headers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Field = bigint | Buffer;
type Message = Map<number, Field[]>;

/** A protobuf message: its fields by number. */
function read(bytes: Buffer): Message {
  const fields: Message = new Map();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Buffer => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const field = [() => varint(), () => take(8), () => take(Number(varint())), undefined, undefined, () => take(4)][
      tag & 7
    ];
    if (!field) throw new Error(`unknown wire type ${tag & 7}`);
    const number = tag >> 3;
    fields.set(number, [...(fields.get(number) ?? []), field()]);
  }
  return fields;
}

const all = (message: Message, field: number): Buffer[] => (message.get(field) ?? []) as Buffer[];
const bytesOf = (message: Message, field: number): Buffer => all(message, field)[0] ?? Buffer.alloc(0);
const text = (message: Message, field: number): string => bytesOf(message, field).toString();
const hex = (message: Message, field: number): string => bytesOf(message, field).toString('hex');
const ms = (message: Message, field: number): number => Number(bytesOf(message, field).readBigUInt64LE() / 1_000_000n);

function anyValue(value: Message): Value {
  if (value.has(1)) return text(value, 1);
  if (value.has(2)) return value.get(2)![0] === 1n;
  if (value.has(3)) return Number(value.get(3)![0]);
  return bytesOf(value, 4).readDoubleLE();
}

const attributesIn = (message: Message, field: number): Record<string, Value> =>
  Object.fromEntries(
    all(message, field)
      .map(read)
      .map((pair) => [text(pair, 1), anyValue(read(bytesOf(pair, 2)))]),
  );

function spansIn(body: Buffer): SeenSpan[] {
  return all(read(body), 1)
    .map(read)
    .flatMap((of) => {
      const { 'service.name': service } = attributesIn(read(bytesOf(of, 1)), 1);
      const spans = all(of, 2)
        .map(read)
        .flatMap((scope) => all(scope, 2).map(read));
      return spans.map((span) => ({ service: String(service), ...spanIn(span) }));
    });
}

const spanIn = (span: Message): Omit<SeenSpan, 'service'> => ({
  traceId: hex(span, 1),
  spanId: hex(span, 2),
  parent: hex(span, 4),
  name: text(span, 5),
  from: ms(span, 7),
  to: ms(span, 8),
  attributes: attributesIn(span, 9),
  events: all(span, 11)
    .map(read)
    .map((event) => ({ name: text(event, 2), at: ms(event, 1), attributes: attributesIn(event, 3) })),
  links: all(span, 13)
    .map(read)
    .map((link) => ({ traceId: hex(link, 1), spanId: hex(link, 2) })),
  failed: read(bytesOf(span, 15)).get(3)?.[0] === 2n,
});
