import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { AudioCut, twilioMediaCutter } from './audio-cutter.ts';
import type { Clock } from './clock.ts';
import type { BridgeCounters } from './counters.ts';
import type { FrameBatcher } from './frame-batcher.ts';
import { FrameWriter } from './frame-writer.ts';
import type { BridgeLimits } from './limits.ts';
import { parseTwilioFrame, twilioWriter } from './twilio-frames.ts';
import type { StreamStart } from './twilio-schemas.ts';

export interface StreamListener {
  /** The callee's 8 kHz mu-law: valid base64 between two positions of a message. The listener must not keep the message. */
  phoneFrame(message: Buffer, start: number, end: number): void;
  /** The same, from a message that had to be parsed. */
  media(payload: string): void;
  mark(name: string): void;
  dtmf(digit: string): void;
  /** Called once. `stopped`: Twilio ended the stream (the call ended); otherwise the socket was lost. */
  closed(how: { stopped: boolean; reason: string }): void;
}

interface StreamSetup {
  clock: Clock;
  limits: Pick<BridgeLimits, 'startMs' | 'twilioBufferBytes' | 'framesPerHeartbeat'>;
  counters: BridgeCounters;
  frameBatching: FrameBatcher;
  /** Decides whether to admit this start. `reason` of a refusal closes the socket. */
  admit(start: StreamStart): Promise<{ ok: true } | { ok: false; reason: string }>;
  /** The stream is open. The returned listener gets the frames that arrived meanwhile. */
  opened(stream: TwilioStream): StreamListener | undefined;
  refused(reason: string): void;
  /** Called when the bridge itself is at fault. The stream is closed. */
  failed(error: unknown): void;
}

/** Frames that may arrive during the check of the token: more than a second of audio. */
const EARLY_FRAMES = 64;
const EARLY_BYTES = 64 * 1024;
/** Maximum of marks and clears behind audio that the peer does not take. */
const PILE_BYTES = 256 * 1024;
const MALFORMED_LIMIT = 50;
const MEASURE_EVERY = 50;
const CLOSE_MS = 2000;

/**
 * One Media Stream, from the upgrade on. Before its token is checked it may send only `connected` and one `start`, in a bounded time;
 * anything else ends it.
 */
export class TwilioStream {
  readonly #socket: WebSocket;
  /** The connection below the socket, for audio. */
  readonly #connection: Duplex;
  readonly #cutter = twilioMediaCutter();
  readonly #cut = new AudioCut();
  readonly #setup: StreamSetup;
  #phase: 'waiting' | 'checking' | 'open' | 'closed' = 'waiting';
  #start: StreamStart | undefined;
  #write: ReturnType<typeof twilioWriter> | undefined;
  #audio: FrameWriter | undefined;
  #listener: StreamListener | undefined;
  #early: string[] = [];
  #earlyBytes = 0;
  #piled = 0;
  #cancelDeadline: () => void;
  #frames = 0;
  #quietRounds = 0;
  #malformed = 0;
  #stopped = false;

  constructor(socket: WebSocket, connection: Duplex, setup: StreamSetup) {
    this.#socket = socket;
    this.#connection = connection;
    this.#setup = setup;
    this.#cancelDeadline = setup.clock.after(setup.limits.startMs, () => this.#refuse(1008, 'no start in time'));
    socket.on('message', (data, isBinary) => this.#message(data, isBinary));
    socket.on('pong', () => this.#frames++);
    // For oversized, non-UTF-8 or broken frames ws closes the socket itself and gives the reason in the close event.
    socket.on('error', () => setup.counters.drop('malformed'));
    socket.on('close', (code) => this.#closed(code));
  }

  get callSid(): string {
    return this.#start?.callSid ?? '';
  }

  /** Time of the answer, ms since 1970; undefined: not known. */
  get answeredAt(): number | undefined {
    return this.#start?.answeredAt;
  }

  get streamSid(): string {
    return this.#start?.streamSid ?? '';
  }

  /** Sends base64 of 8 kHz mu-law, of any length. Twilio buffers it and plays it in order. False: dropped. */
  play(payload: string): boolean {
    if (!this.#takes() || !this.#write) return false;
    this.#audio?.flush();
    this.#socket.send(this.#write.media(payload));
    return true;
  }

  /** As `play`, for base64 inside the agent's message. */
  relay(message: Buffer, start: number, end: number): boolean {
    if (!this.#takes() || !this.#audio) return false;
    this.#setup.frameBatching.send(this.#audio, message, start, end);
    return true;
  }

  /** Twilio returns the mark when everything sent before it was played or cleared. */
  mark(name: string): void {
    if (this.#phase !== 'open' || !this.#write) return;
    this.#audio?.flush();
    this.#tell(this.#write.mark(name));
  }

  /** Drops the audio that Twilio has not played yet. */
  clear(): void {
    if (this.#phase !== 'open' || !this.#write) return;
    this.#audio?.drop();
    this.#tell(this.#write.clear);
  }

  /** Messages other than audio cannot be dropped: a stream that lets them pile up is closed. */
  #tell(message: string): void {
    const slow = this.#socket.bufferedAmount > this.#setup.limits.twilioBufferBytes;
    this.#piled = slow ? this.#piled + message.length : 0;
    if (this.#piled <= PILE_BYTES) {
      this.#socket.send(message);
      return;
    }
    this.#end('too slow');
    this.#socket.terminate();
  }

  /** Ends `<Connect>`: if the call still lives, Twilio continues with the next TwiML verb. */
  close(code: number, reason: string): void {
    if (this.#phase === 'closed') return;
    this.#end(reason);
    this.#shut(code, reason);
  }

  /** Called at a steady pace: ends a socket that was silent for two rounds, or that floods us. */
  heartbeat(): void {
    if (this.#phase !== 'open') return;
    if (this.#frames > this.#setup.limits.framesPerHeartbeat) {
      this.close(1008, 'too many messages');
      return;
    }
    this.#quietRounds = this.#frames > 0 ? 0 : this.#quietRounds + 1;
    this.#frames = 0;
    if (this.#quietRounds > 2) {
      this.#end('half-open');
      this.#socket.terminate();
      return;
    }
    this.#socket.ping();
  }

  /** True when more audio may be sent: a stream that does not read its socket gets no more. */
  #takes(): boolean {
    const { counters, limits } = this.#setup;
    if (this.#phase !== 'open') return false;
    if (this.#socket.bufferedAmount > limits.twilioBufferBytes) {
      counters.drop('twilio_slow');
      return false;
    }
    counters.frames_to_phone++;
    return true;
  }

  #message(data: RawData, isBinary: boolean): void {
    if (this.#phase === 'closed') return;
    this.#frames++;
    if (isBinary) {
      this.#violation(1003, 'binary messages are not accepted');
      return;
    }
    if (this.#phase === 'open' && this.#listener && this.#cutter.cut(data as Buffer, this.#cut)) {
      this.#relay(data as Buffer, this.#listener);
      return;
    }
    const text = String(data);
    if (this.#phase === 'checking') {
      this.#earlyBytes += text.length;
      if (this.#early.length < EARLY_FRAMES && this.#earlyBytes <= EARLY_BYTES) this.#early.push(text);
      else this.#setup.counters.drop('agent_not_ready');
      return;
    }
    const frame = parseTwilioFrame(text);
    if (this.#phase === 'waiting') {
      if (frame.event === 'connected') return;
      if (frame.event === 'start') {
        this.#check(frame.start).catch((error: unknown) => this.#setup.failed(error));
        return;
      }
      const problem = frame.event === 'malformed' ? frame.problem : `${frame.event} before start`;
      this.#refuse(1008, problem);
      return;
    }
    switch (frame.event) {
      case 'media':
        this.#listener?.media(frame.payload);
        return;
      case 'mark':
        this.#listener?.mark(frame.name);
        return;
      case 'dtmf':
        this.#listener?.dtmf(frame.digit);
        return;
      case 'stop':
        this.#stopped = true;
        this.#end('stop');
        this.#shut(1000, 'stop');
        return;
      case 'malformed':
        this.#setup.counters.drop('malformed');
        if (++this.#malformed > MALFORMED_LIMIT) this.#violation(1008, 'too many malformed messages');
        return;
      case 'start': // Twilio never sends a second start.
        this.#violation(1008, 'start twice');
        return;
      case 'connected':
      case 'unknown':
    }
  }

  /** Measures for some frames the time from here to the end of their write. */
  #relay(message: Buffer, listener: StreamListener): void {
    const { counters, clock } = this.#setup;
    const { start, end } = this.#cut;
    const measured = counters.onFrame && this.#frames % MEASURE_EVERY === 0;
    const began = measured ? clock.now() : 0;
    listener.phoneFrame(message, start, end);
    if (measured) counters.onFrame?.(clock.now() - began);
  }

  async #check(start: StreamStart): Promise<void> {
    this.#phase = 'checking';
    const verdict = await this.#setup.admit(start);
    if (this.#phase !== 'checking') return;
    if (!verdict.ok) return this.#refuse(1008, verdict.reason);
    this.#cancelDeadline();
    this.#phase = 'open';
    this.#start = start;
    this.#write = twilioWriter(start.streamSid);
    this.#audio = new FrameWriter(this.#connection, this.#write.envelope, false);
    try {
      this.#listener = this.#setup.opened(this);
    } catch (error) {
      this.close(1011, 'internal error');
      throw error;
    }
    for (const text of this.#early.splice(0)) this.#message(Buffer.from(text), false);
  }

  #violation(code: number, reason: string): void {
    if (this.#phase === 'open') this.close(code, reason);
    else this.#refuse(code, reason);
  }

  #refuse(code: number, reason: string): void {
    if (this.#phase !== 'waiting' && this.#phase !== 'checking') return;
    this.#end(reason);
    this.#shut(code, reason);
  }

  #closed(code: number): void {
    this.#end(`socket closed (${code})`);
  }

  /** Reports the end of this stream, once. */
  #end(reason: string): void {
    if (this.#phase === 'closed') return;
    const wasOpen = this.#phase === 'open';
    this.#phase = 'closed';
    this.#cancelDeadline();
    this.#early = [];
    if (this.#audio) this.#setup.frameBatching.forget(this.#audio);
    if (wasOpen) this.#listener?.closed({ stopped: this.#stopped, reason });
    else this.#setup.refused(reason);
  }

  #shut(code: number, reason: string): void {
    const socket = this.#socket;
    if (socket.readyState === socket.CLOSED) return;
    if (socket.readyState === socket.OPEN) this.#audio?.flush();
    const cancel = this.#setup.clock.after(CLOSE_MS, () => socket.terminate());
    socket.once('close', cancel);
    // A close frame holds at most 123 bytes of reason.
    socket.close(
      code,
      Buffer.from(reason)
        .subarray(0, 120)
        .toString('utf8')
        .replace(/\uFFFD$/, ''),
    );
  }
}
