import { WebSocket } from 'ws';
import { until } from './until.ts';

interface TwilioMessage {
  event: string;
  streamSid?: string;
  media?: { payload: string };
  mark?: { name: string };
}

/** One Media Stream, seen from Twilio's side. */
export class FakePhone {
  readonly streamSid: string;
  readonly callSid: string;
  readonly messages: TwilioMessage[] = [];
  /** Marks come back at once; otherwise the test sends them with `echo`. */
  echoes = true;
  /** HTTP status of a refused upgrade. */
  refused: number | undefined;
  closed: { code: number; reason: string } | undefined;
  readonly #socket: WebSocket;
  #sequence = 0;
  #chunk = 0;

  constructor(url: string, callSid = 'CA1', streamSid = 'MZ1') {
    this.callSid = callSid;
    this.streamSid = streamSid;
    this.#socket = new WebSocket(url);
    this.#socket.on('unexpected-response', (_, response) => {
      this.refused = response.statusCode;
      response.resume();
    });
    this.#socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as TwilioMessage;
      this.messages.push(message);
      if (message.event === 'mark' && this.echoes) this.echo(message.mark!.name);
    });
    this.#socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
    });
    this.#socket.on('error', () => {});
  }

  /** Connects and starts as Twilio does. */
  static async start(url: string, token: string, callSid = 'CA1', streamSid = 'MZ1'): Promise<FakePhone> {
    const phone = new FakePhone(url, callSid, streamSid);
    await phone.open();
    phone.send({ event: 'connected', protocol: 'Call', version: '1.0.0' });
    phone.begin({ token });
    return phone;
  }

  async open(): Promise<void> {
    await until('the stream is open', () => this.#socket.readyState !== WebSocket.CONNECTING);
  }

  begin(customParameters: Record<string, string>, mediaFormat: object = {}): void {
    this.send({
      event: 'start',
      start: {
        accountSid: 'AC1',
        streamSid: this.streamSid,
        callSid: this.callSid,
        tracks: ['inbound'],
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1, ...mediaFormat },
        customParameters,
      },
    });
  }

  send(message: object | string | Buffer): void {
    if (typeof message === 'string' || Buffer.isBuffer(message)) {
      this.#socket.send(message);
      return;
    }
    const envelope = (message as { event?: string }).event === 'connected' ? {} : this.#envelope();
    this.#socket.send(JSON.stringify({ ...message, ...envelope }));
  }

  /** 8 kHz mu-law, cut into frames of 20 ms. */
  speak(audio: Buffer): void {
    for (let at = 0; at < audio.length; at += 160) {
      const payload = audio.subarray(at, at + 160).toString('base64');
      const chunk = String(++this.#chunk);
      this.send({ event: 'media', media: { track: 'inbound', chunk, timestamp: String(this.#chunk * 20), payload } });
    }
  }

  echo(name: string): void {
    this.send({ event: 'mark', mark: { name } });
  }

  stop(): void {
    this.send({ event: 'stop', stop: { accountSid: 'AC1', callSid: this.callSid } });
  }

  drop(): void {
    this.#socket.terminate();
  }

  of(event: string): TwilioMessage[] {
    return this.messages.filter((message) => message.event === event);
  }

  /** All audio played to the callee, joined. */
  get heard(): Buffer {
    return Buffer.concat(this.of('media').map((message) => Buffer.from(message.media!.payload, 'base64')));
  }

  async ended(): Promise<{ code: number; reason: string }> {
    await until('the stream is closed', () => this.closed);
    return this.closed!;
  }

  #envelope(): object {
    return { sequenceNumber: String(++this.#sequence), streamSid: this.streamSid };
  }
}
