import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Received {
  method: string;
  path: string;
  url: string;
  headers: IncomingMessage['headers'];
  text: string;
  form: Record<string, string>;
}

/** A stand-in for the product: keeps the webhooks it gets, answers as told, takes media streams. */
export class Product {
  readonly received: Received[] = [];
  answer: (request: Received) => { status?: number; body?: string; type?: string } = () => ({});
  onStream: (socket: WebSocket, request: IncomingMessage) => void = (socket) => socket.close();
  private readonly waiting: (() => void)[] = [];
  private readonly server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const received: Received = {
      method: request.method ?? '',
      path: (request.url ?? '').split('?')[0]!,
      url: this.url + request.url,
      headers: request.headers,
      text,
      form: Object.fromEntries(new URLSearchParams(text)),
    };
    this.received.push(received);
    const { status = 200, body = '{"accepted":true}', type = 'application/json' } = this.answer(received);
    response.writeHead(status, { 'content-type': type }).end(body);
    this.wake();
  });
  private readonly sockets = new WebSocketServer({ server: this.server });

  static async start(): Promise<Product> {
    const product = new Product();
    product.sockets.on('connection', (socket, request) => product.onStream(socket, request));
    product.server.listen(0, '127.0.0.1');
    await once(product.server, 'listening');
    return product;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  of(path: string): Received[] {
    return this.received.filter((request) => request.path === path);
  }

  /** Waits until as many requests for a path have come. */
  async until(path: string, count = 1): Promise<Received[]> {
    while (this.of(path).length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.of(path);
  }

  wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

export const TWIML = '/webhook/voice/outbound';
export const STATUS = '/webhook/voice/status';
export const REPORT = '/api/elevenlabs/tools/report_result';
export const POST_CALL = '/api/elevenlabs/post-call';

export const variables = (callId: string, bookingId = callId.replace(/\.\d+$/, '')): Record<string, string> => ({
  booking_id: bookingId,
  call_id: callId,
  service_type: 'dentista',
  preferred_date: 'mañana',
  preferred_time: 'por la tarde',
  user_name: 'Mauro',
  special_requests: '',
  business_date: '2026-12-01',
  business_weekday: 'martes',
  business_time: '10:05',
  acceptable: '',
  callback_reason: '',
  order_date: '2026-11-30',
  order_weekday: 'lunes',
  preferred_day: '2026-12-01',
  preferred_weekday: 'martes',
  next_days: 'hoy martes 2026-12-01; mañana miércoles 2026-12-02',
  hold_seconds: '180',
  keys_tool: 'press_keys',
});
