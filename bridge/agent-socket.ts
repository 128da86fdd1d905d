import type { Duplex } from 'node:stream';
import { type ClientOptions, type RawData, WebSocket } from 'ws';
import { type AudioFormat, audioFormat } from '../domain/audio-format.ts';
import type { Problem } from '../domain/evidence.ts';
import { ProviderUnreachable } from '../providers/interface.ts';
import {
  AGENT_AUDIO,
  type AgentFrame,
  parseAgentFrame,
  type SaidFrame,
  type ToolCall,
  toAgent,
} from './agent-frames.ts';
import { AudioCut, agentAudioCutter } from './audio-cutter.ts';
import type { Clock } from './clock.ts';
import type { BridgeCounters } from './counters.ts';
import type { FrameBatcher } from './frame-batcher.ts';
import { FrameWriter } from './frame-writer.ts';
import type { BridgeLimits } from './limits.ts';
import { type BridgeLog, reasonOf } from './log.ts';

/** The agent's announcement at the beginning of the conversation. */
export interface AgentSession {
  conversationId: string;
  /** Formats of the audio to the agent and from it. */
  input: AudioFormat;
  output: AudioFormat;
}

/** End of the agent's side: it closed the conversation, or it failed. */
export type AgentEnd = { how: 'ended' } | { how: 'failed'; problem: Problem };

export interface AgentListener {
  ready(session: AgentSession): void;
  /** Base64 in the session's output format. */
  audio(payload: string, eventId: number): void;
  /**
   * As `audio`, for a listener that can read the message itself: valid base64 between two positions. The listener must not keep the
   * message.
   */
  agentFrame?(message: Buffer, start: number, end: number, eventId: number): void;
  /** Audio up to and including this event must not be played any more. */
  interrupted(eventId: number): void;
  said(turn: SaidFrame): void;
  toolCall(call: ToolCall): void;
  /** The agent has used a tool that is not ours. */
  toolUsed?(name: string): void;
  /** Called once, unless we closed the socket ourselves. */
  ended(end: AgentEnd): void;
}

interface AgentSocketSetup {
  /** Gets a new URL for one conversation. */
  signedUrl(): Promise<string>;
  listener: AgentListener;
  clock: Clock;
  limits: Pick<BridgeLimits, 'agentConnectMs' | 'agentReadyMs' | 'agentBufferBytes' | 'framesPerHeartbeat'>;
  counters: BridgeCounters;
  frameBatching: FrameBatcher;
  log: BridgeLog;
}

type Phase = 'connecting' | 'warm' | 'begun' | 'ready' | 'over';

/** An audio event may hold a whole sentence of 48 kHz PCM. */
const MAX_MESSAGE = 8 * 1024 * 1024;
/** Time for a peer to answer our close, or to end its connection after its own. */
const CLOSE_MS = 2000;
/** `closeTimeout` is not in the library's types yet. */
const SOCKET_OPTIONS: ClientOptions & { closeTimeout: number } = {
  perMessageDeflate: false,
  maxPayload: MAX_MESSAGE,
  followRedirects: false,
  closeTimeout: CLOSE_MS,
};
/** Messages other than audio cannot be dropped: a peer that lets this much pile up behind the audio is disconnected. */
const PILE_BYTES = 256 * 1024;

/**
 * One conversation with an ElevenLabs agent. Connects at once but sends nothing before `begin`: an agent that is initialised while the
 * phone still rings would talk to nobody.
 */
export class AgentSocket {
  readonly #setup: AgentSocketSetup;
  #listener: AgentListener;
  #phase: Phase = 'connecting';
  #socket: WebSocket | undefined;
  /** Writes audio on the connection below the socket. */
  #audio: FrameWriter | undefined;
  readonly #cutter = agentAudioCutter();
  readonly #cut = new AudioCut();
  #opening: string[] | undefined;
  #problem: Problem | undefined;
  #cancelDeadline: () => void;
  #frames = 0;
  #piled = 0;
  #quietRounds = 0;

  constructor(setup: AgentSocketSetup) {
    this.#setup = setup;
    this.#listener = setup.listener;
    this.#cancelDeadline = this.#deadline(setup.limits.agentConnectMs, 'agent_connect_timeout');
    void this.#connect();
  }

  get over(): boolean {
    return this.#phase === 'over';
  }

  /** Hands a waiting socket to the call that was answered. */
  listen(listener: AgentListener): void {
    this.#listener = listener;
  }

  /** Starts the conversation as soon as the socket is open. `context` follows the init message directly. */
  begin(init: Record<string, unknown>, context?: string): void {
    if (this.#opening || this.over) return;
    this.#opening = [toAgent.init(init), ...(context === undefined ? [] : [toAgent.context(context)])];
    if (this.#phase === 'warm') this.#sendOpening();
  }

  /** Base64 in the session's input format. */
  hear(payload: string): void {
    if (!this.#takes()) return;
    this.#audio?.flush();
    this.#socket?.send(toAgent.audio(payload));
  }

  /** As `hear`, for base64 inside Twilio's message. */
  relay(message: Buffer, start: number, end: number): void {
    if (this.#audio && this.#takes()) this.#setup.frameBatching.send(this.#audio, message, start, end);
  }

  /** True when more audio may be sent: an agent that does not read its socket gets no more. */
  #takes(): boolean {
    const { counters, limits } = this.#setup;
    if (this.#phase !== 'ready' || !this.#socket) return false;
    if (this.#socket.bufferedAmount > limits.agentBufferBytes) {
      counters.drop('agent_slow');
      return false;
    }
    counters.frames_to_agent++;
    return true;
  }

  /** Adds background knowledge: the agent neither stops speaking nor answers. */
  inform(text: string): void {
    this.#send(toAgent.context(text));
  }

  answerTool(id: string, result: string, isError: boolean): void {
    this.#send(toAgent.toolResult(id, result, isError));
  }

  /** Ends the conversation from our side. The listener is not called any more. */
  close(): void {
    if (this.#finish()) this.#shut(1000);
  }

  /** Called at a steady pace: ends a socket that was silent for two rounds, or that floods us. */
  heartbeat(): void {
    if (this.over || !this.#socket || this.#socket.readyState !== WebSocket.OPEN) return;
    if (this.#frames > this.#setup.limits.framesPerHeartbeat) {
      this.#fail('agent_flood', 'too many messages');
      return;
    }
    this.#quietRounds = this.#frames > 0 ? 0 : this.#quietRounds + 1;
    this.#frames = 0;
    if (this.#quietRounds > 2) {
      this.#fail('agent_silent', 'the socket answers no ping');
      return;
    }
    this.#socket.ping();
  }

  async #connect(): Promise<void> {
    const { signedUrl, counters, clock } = this.#setup;
    try {
      const began = clock.now();
      await null; // Asynchronous first, so that no failure is reported before the constructor has returned.
      const url = await signedUrl();
      if (this.over) return;
      const socket = new WebSocket(url, SOCKET_OPTIONS);
      counters.agents_opened++;
      this.#socket = socket;
      socket.on('open', () => {
        counters.onAgentConnected(clock.now() - began);
        this.#opened();
      });
      socket.on('upgrade', ({ socket: connection }) => {
        this.#audio = new FrameWriter(connection as Duplex, AGENT_AUDIO, true);
      });
      socket.on('message', (data, isBinary) => this.#message(data, isBinary));
      socket.on('pong', () => this.#frames++);
      socket.on('error', (error) => {
        this.#problem ??= { code: 'agent_socket_error', message: reasonOf(error) };
      });
      socket.on('close', (code, reason) => this.#closed(code, String(reason)));
    } catch (error) {
      if (error instanceof ProviderUnreachable) this.#fail(error.problem.code, error.problem.message);
      else this.#fail('agent_unreachable', reasonOf(error));
    }
  }

  #opened(): void {
    if (this.over) {
      this.#shut(1000);
      return;
    }
    this.#cancelDeadline();
    this.#phase = 'warm';
    if (this.#opening) this.#sendOpening();
  }

  #sendOpening(): void {
    this.#phase = 'begun';
    this.#cancelDeadline = this.#deadline(this.#setup.limits.agentReadyMs, 'agent_init_timeout');
    for (const message of this.#opening ?? []) this.#send(message);
  }

  #message(data: RawData, isBinary: boolean): void {
    if (this.over) return;
    this.#frames++;
    if (this.#listener.agentFrame && !isBinary && this.#cutter.cut(data as Buffer, this.#cut)) {
      const { start, end, eventId } = this.#cut;
      this.#listener.agentFrame(data as Buffer, start, end, Number.isNaN(eventId) ? Number.POSITIVE_INFINITY : eventId);
      return;
    }
    const frame: AgentFrame = isBinary ? { type: 'malformed', problem: 'binary' } : parseAgentFrame(String(data));
    switch (frame.type) {
      case 'audio':
        this.#listener.audio(frame.payload, frame.eventId);
        return;
      case 'ping':
        this.#send(toAgent.pong(frame.eventId));
        return;
      case 'interruption':
        this.#listener.interrupted(frame.eventId);
        return;
      case 'metadata':
        this.#metadata(frame);
        return;
      case 'agent_said':
      case 'agent_corrected':
      case 'user_said':
        this.#listener.said(frame);
        return;
      case 'tool_call':
        this.#listener.toolCall(frame.call);
        return;
      case 'tool_used':
        this.#listener.toolUsed?.(frame.name);
        return;
      case 'error': // The following close ends the conversation; code 1000 is the agreed end at the maximum duration.
        if (frame.code !== 1000) this.#problem = { code: frame.errorType ?? 'agent_error', message: frame.message };
        return;
      case 'malformed':
        this.#setup.counters.drop('malformed');
        this.#setup.log.debug({ problem: frame.problem }, 'could not read a message of the agent');
        return;
      case 'other':
    }
  }

  #metadata(frame: Extract<AgentFrame, { type: 'metadata' }>): void {
    if (this.#phase !== 'begun') return;
    const input = audioFormat(frame.input);
    const output = audioFormat(frame.output);
    if (!input || !output) {
      const name = input ? frame.output : frame.input;
      this.#fail('unsupported_audio_format', `the agent's audio format ${name.slice(0, 40)} cannot be converted`);
      return;
    }
    this.#cancelDeadline();
    this.#phase = 'ready';
    this.#listener.ready({ conversationId: frame.conversationId, input, output });
  }

  #closed(code: number, reason: string): void {
    const wasReady = this.#phase === 'ready';
    const problem = this.#problem;
    if (!this.#finish()) return;
    if (wasReady && !problem && (code === 1000 || code === 1005)) {
      this.#listener.ended({ how: 'ended' });
      return;
    }
    this.#setup.counters.agents_failed++;
    const why = { code: 'agent_closed', message: `the agent's socket closed (${code} ${reason})`.slice(0, 300) };
    this.#listener.ended({ how: 'failed', problem: problem ?? why });
  }

  #fail(code: string, message: string): void {
    if (!this.#finish()) return;
    this.#setup.counters.agents_failed++;
    this.#shut(1000);
    this.#listener.ended({ how: 'failed', problem: { code, message } });
  }

  /** True for the first call only. */
  #finish(): boolean {
    if (this.over) return false;
    this.#phase = 'over';
    if (this.#audio) this.#setup.frameBatching.forget(this.#audio);
    this.#cancelDeadline();
    return true;
  }

  #deadline(ms: number, code: string): () => void {
    return this.#setup.clock.after(ms, () => this.#fail(code, `the agent did not answer within ${ms} ms`));
  }

  #send(message: string): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const slow = this.#socket.bufferedAmount > this.#setup.limits.agentBufferBytes;
    this.#piled = slow ? this.#piled + message.length : 0;
    if (this.#piled > PILE_BYTES) {
      this.#fail('agent_slow', 'the agent does not take what it is sent');
      return;
    }
    this.#audio?.flush();
    this.#socket.send(message);
  }

  #shut(code: number): void {
    const socket = this.#socket;
    if (!socket || socket.readyState === WebSocket.CLOSED) return;
    if (socket.readyState === WebSocket.CONNECTING) {
      socket.terminate();
      return;
    }
    const cancel = this.#setup.clock.after(CLOSE_MS, () => socket.terminate());
    socket.once('close', cancel);
    socket.close(code);
  }
}
