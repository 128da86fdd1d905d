import { connect, type Socket } from 'node:net';
import { machineTime } from '../clock.ts';
import { callIdOf, callSidOf, streamSidOf, tokenOf } from './call-names.ts';
import { payloadAfter } from './payload.ts';
import { FRAME_MS, StampReader, stampedFrame } from './stamped-audio.ts';
import { WebSocketPeer } from './websocket-peer.ts';

/** Over a minute of frames: what has not come back by then is lost. */
const REMEMBERED = 4096;
const PAYLOAD = Buffer.from('"payload"');

/** What is counted of one call. */
export interface CallCount {
  sent: number;
  received: number;
  /** Frames that came back a second time, and those that belong to another call. */
  repeated: number;
  strange: number;
}

/** One Media Stream from Twilio's side, as cheap as it can be: a frame goes out as one string, and comes back unparsed. */
export class PhoneCall {
  readonly #n: number;
  readonly #socket: Socket;
  readonly #peer: WebSocketPeer;
  /** Told of each counted frame that came back, how many milliseconds it was away. */
  readonly #arrived: (roundTrip: number) => void;
  readonly #sentAt = new Float64Array(REMEMBERED).fill(-1);
  readonly #beforeSequence = '{"event":"media","sequenceNumber":"';
  readonly #beforeChunk: string;
  readonly #up = Promise.withResolvers<void>();
  #talking = false;
  #chunk = 0;
  #countFrom = Number.POSITIVE_INFINITY;
  #countTo = Number.POSITIVE_INFINITY;
  #count: CallCount = { sent: 0, received: 0, repeated: 0, strange: 0 };
  #hungUp = false;

  constructor(n: number, port: number, arrived: (roundTrip: number) => void) {
    this.#n = n;
    this.#arrived = arrived;
    this.#beforeChunk = `","streamSid":"${streamSidOf(n)}","media":{"track":"inbound","chunk":"`;
    this.#socket = connect(port, '127.0.0.1');
    this.#up.promise.catch(() => {});
    const failed = (error: Error): void => this.#up.reject(new Error(`call ${n}: ${error.message}`));
    const stamps = new StampReader((call, sequence) => this.#came(call, sequence));
    this.#peer = new WebSocketPeer(this.#socket, 'client', {
      opened: () => this.#begin(),
      text(buffer, start, end) {
        const payload = payloadAfter(PAYLOAD, buffer, start, end);
        if (payload) stamps.read(buffer, payload.from, payload.to);
      },
      failed,
    });
    this.#socket.on('error', failed);
    this.#socket.on('close', () => {
      this.#talking = false;
      failed(new Error('the subject closed the stream'));
    });
    this.#peer.ask(`/ws/media-stream/${callIdOf(n)}`);
  }

  /** Resolves when the agent's first answer was heard. */
  up(): Promise<void> {
    return this.#up.promise;
  }

  /** The subject gave the call up. */
  get broken(): boolean {
    return this.#socket.destroyed && !this.#hungUp;
  }

  /** Sends the next 20 ms. */
  speak(): void {
    if (!this.#talking) return;
    const chunk = ++this.#chunk;
    const text = `${this.#beforeSequence}${chunk + 1}${this.#beforeChunk}${chunk}","timestamp":"${chunk * FRAME_MS}","payload":"${stampedFrame(this.#n, chunk)}"}}`;
    this.#sentAt[chunk % REMEMBERED] = machineTime();
    this.#peer.write(this.#peer.frame(text));
  }

  beginCount(): void {
    this.#countFrom = this.#chunk + 1;
  }

  endCount(): void {
    this.#countTo = this.#chunk;
  }

  count(): CallCount {
    return { ...this.#count, sent: this.#countTo - this.#countFrom + 1 };
  }

  hangUp(): void {
    this.#hungUp = true;
    this.#talking = false;
    const stop = { accountSid: 'AC0', callSid: callSidOf(this.#n) };
    this.#say({ event: 'stop', sequenceNumber: String(this.#chunk + 2), streamSid: streamSidOf(this.#n), stop });
    this.#socket.end();
  }

  drop(): void {
    this.#hungUp = true;
    this.#socket.destroy();
  }

  #begin(): void {
    const streamSid = streamSidOf(this.#n);
    this.#say({ event: 'connected', protocol: 'Call', version: '1.0.0' });
    this.#say({
      event: 'start',
      sequenceNumber: '1',
      streamSid,
      start: {
        accountSid: 'AC0',
        streamSid,
        callSid: callSidOf(this.#n),
        tracks: ['inbound'],
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
        customParameters: { token: tokenOf(this.#n) },
      },
    });
    this.#talking = true;
  }

  #came(call: number, sequence: number): void {
    const slot = sequence % REMEMBERED;
    const sentAt = this.#sentAt[slot]!;
    if (call !== this.#n || sequence > this.#chunk || sequence <= this.#chunk - REMEMBERED) {
      this.#count.strange++;
      return;
    }
    if (sentAt < 0) {
      this.#count.repeated++;
      return;
    }
    this.#sentAt[slot] = -1;
    this.#up.resolve();
    if (sequence < this.#countFrom || sequence > this.#countTo) return;
    this.#count.received++;
    this.#arrived(machineTime() - sentAt);
  }

  #say(message: object): void {
    this.#peer.write(this.#peer.frame(JSON.stringify(message)));
  }
}
