import WebSocket from 'ws';
import { RATE } from '../audio/formats.ts';
import { decodeMulaw } from '../audio/mulaw.ts';
import type { PhoneCall } from '../call.ts';
import type { World } from '../world.ts';
import { type Callee, calleeOf } from './callee.ts';
import { frameClock } from './frame-clock.ts';
import { Playback } from './playback.ts';

/** Time after which an ordered cut happens, at natural pace. */
const DROP_MS = 3000;

/** An open Media Stream, from Twilio's side. */
export class MediaStream {
  private readonly world: World;
  private readonly call: PhoneCall;
  private readonly socket: WebSocket;
  private readonly sid: string;
  private readonly parameters: Record<string, string>;
  private readonly playback: Playback;
  private sequence = 0;
  private chunk = 0;

  constructor(world: World, call: PhoneCall, socket: WebSocket, sid: string, parameters: Record<string, string>) {
    this.world = world;
    this.call = call;
    this.socket = socket;
    this.sid = sid;
    this.parameters = parameters;
    this.playback = new Playback((name) => this.send({ event: 'mark', mark: { name } }));
  }

  run(): Promise<void> {
    const { call, world, socket } = this;
    const callee = calleeOf(world, call);
    const { twilioSid } = world.account;
    this.socket.send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }));
    this.send({
      event: 'start',
      start: {
        accountSid: twilioSid,
        streamSid: this.sid,
        callSid: call.sid,
        tracks: ['inbound'],
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: RATE, channels: 1 },
        customParameters: this.parameters,
      },
    });
    callee.open();
    const dropAfter = this.dropAfter();
    const frame = (): boolean => {
      if (dropAfter !== undefined && this.chunk * 20 >= dropAfter) {
        call.drops++;
        socket.terminate();
        return false;
      }
      this.exchange(callee);
      return true;
    };
    frameClock.add(frame);
    return new Promise((resolve) => {
      const stop = call.onDisturbed(() => {
        this.send({ event: 'stop', stop: { accountSid: twilioSid, callSid: call.sid } });
        socket.close(1000);
        finish();
      });
      const finish = (): void => {
        frameClock.remove(frame);
        stop();
        resolve();
      };
      socket.on('message', (data, isBinary) => this.receive(data as Buffer, isBinary));
      socket.on('error', (error) => world.note(call.to, `31921: the stream broke: ${error.message}`));
      socket.once('close', finish);
    });
  }

  /** Milliseconds after which the scenario cuts this stream. */
  private dropAfter(): number | undefined {
    const scenario = this.world.scenario(this.call.to);
    if (scenario.used.stream_drops >= scenario.stream_drops) return undefined;
    scenario.used.stream_drops++;
    return DROP_MS / this.world.paceOf(scenario).pace;
  }

  private exchange(callee: Callee): void {
    const { recorded, record, answered } = this.call;
    // Where there is nothing to play, the agent is silent, or its words are late on a busy machine. The callee's ear waits a little for them.
    const heard = this.playback.frame();
    const at = Date.now() - answered!.getTime();
    if (heard) {
      callee.hear(heard);
      if (record) recorded.caller.add(at, decodeMulaw(heard));
    }
    const said = callee.frame();
    if (record) recorded.callee.add(at, decodeMulaw(said));
    const timestamp = String(this.chunk++ * 20);
    this.send({
      event: 'media',
      media: { track: 'inbound', chunk: String(this.chunk), timestamp, payload: Buffer.from(said).toString('base64') },
    });
  }

  private send(message: Record<string, unknown>): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    this.sequence++;
    this.socket.send(JSON.stringify({ ...message, sequenceNumber: String(this.sequence), streamSid: this.sid }));
  }

  private receive(data: Buffer, isBinary: boolean): void {
    const problem = isBinary ? 'a binary message' : this.obey(data.toString('utf8'));
    if (problem) this.world.note(this.call.to, `31951: ${problem}`);
  }

  /** Executes a message. Returns the fault in it, if any. */
  private obey(text: string): string | undefined {
    let message: {
      event?: unknown;
      streamSid?: unknown;
      media?: { payload?: unknown };
      mark?: { name?: unknown };
    } | null;
    try {
      message = JSON.parse(text);
    } catch {
      return 'a message is not JSON';
    }
    if (typeof message !== 'object' || message === null) return 'a message is no JSON object';
    if (message.streamSid !== this.sid) return `${String(message.event)} with another streamSid`;
    switch (message.event) {
      case 'clear':
        this.call.clears++;
        this.playback.clear();
        return undefined;
      case 'mark': {
        const name = message.mark?.name;
        if (typeof name !== 'string' || !name) return 'a mark without a name';
        this.call.marks++;
        this.playback.mark(name);
        return undefined;
      }
      case 'media': {
        const payload = message.media?.payload;
        const bytes = Buffer.from(typeof payload === 'string' ? payload : '', 'base64');
        if (bytes.length === 0) return 'media without a base64 payload';
        this.playback.sound(bytes);
        return undefined;
      }
      default:
        return `unknown event ${JSON.stringify(message.event)}`;
    }
  }
}
