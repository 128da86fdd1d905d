import { PHONE_AUDIO } from '../domain/audio-format.ts';
import type { Problem } from '../domain/evidence.ts';
import type { SaidFrame, ToolCall } from './agent-frames.ts';
import type { AgentEnd, AgentListener, AgentSession, AgentSocket } from './agent-socket.ts';
import { bytesBetween } from './audio-cutter.ts';
import type { CallRecorder } from './call-recorder.ts';
import type { Clock } from './clock.ts';
import { base64Bytes } from './codec/base64.ts';
import { type Converter, converter } from './codec/convert.ts';
import type { BridgeCounters } from './counters.ts';
import { FirstWords } from './first-words.ts';
import type { BridgeLimits } from './limits.ts';
import { Opening } from './opening.ts';
import { Playout } from './playout.ts';
import { TalkTimes } from './talk-times.ts';
import type { StreamListener, TwilioStream } from './twilio-stream.ts';

/** End of a session between stream and agent. */
export type SessionEnd =
  | { how: 'hung_up' | 'agent_ended' | 'lost' | 'taken_over' | 'released' | 'handed_over' }
  | { how: 'agent_failed'; problem: Problem };

/** The call of a session. */
export interface SessionCall {
  readonly callId: string;
  /** The agent's report of this call was accepted. */
  readonly reported: boolean;
  /** The callee has heard the agent's first words, in this or an earlier session. */
  readonly opened: boolean;
  openingHeard(): void;
  joined(session: AgentSession): void;
  said(turn: SaidFrame): void;
  /** The agent was interrupted: this part (0 to 1) of its utterance was heard. */
  cutOff(heard: number): void;
  toolCall(call: ToolCall, agent: AgentSocket): void;
  toolUsed(name: string): void;
  /** Asks Twilio to end the call. Resolves when Twilio has answered, or after a bound. Never rejects. */
  endCall(callSid: string): Promise<void>;
  /** Called once. */
  sessionEnded(end: SessionEnd): void;
}

interface SessionSetup {
  stream: TwilioStream;
  agent: AgentSocket;
  call: SessionCall;
  recorder: CallRecorder | undefined;
  /** Of the call's first stream: how its first words are to begin. */
  first?: { sinceAnswerMs: number; helloMs: number } | undefined;
  clock: Clock;
  limits: Pick<BridgeLimits, 'earlyAudioMs' | 'playoutAheadMs' | 'goodbyeMs' | 'goodbyeMaxMs'>;
  counters: BridgeCounters;
}

/** After these ends another session may continue the talk. */
const GOES_ON: readonly SessionEnd['how'][] = ['lost', 'taken_over', 'handed_over', 'agent_failed'];

/** Bytes of phone audio per millisecond. */
const PER_MS = 8;
const GOODBYE = 'goodbye';
/** An agent that sends more than this while it waits has sent all of its first words. */
const HELD_CHARS = 2 * 1024 * 1024;
/** Event id of audio that is not the agent's. */
const OWN_AUDIO = -1;

/**
 * Joins one Twilio stream to one agent conversation: audio both ways, interruptions, the goodbye. Ends once, however many parts break, and
 * in whichever order. Has no state elsewhere.
 */
export class StreamSession implements AgentListener, StreamListener {
  readonly #setup: SessionSetup;
  #phase: 'waiting' | 'talking' | 'goodbye' | 'hanging_up' | 'over' = 'waiting';
  #toAgent: Converter | undefined;
  #toPhone: Converter | undefined;
  #early: string[] = [];
  #earlyBytes = 0;
  readonly #playout: Playout;
  /** Undefined: an earlier session's opening was heard. */
  readonly #opening: Opening | undefined;
  readonly #first: FirstWords | undefined;
  readonly #times: TalkTimes;
  /** Words of the agent that wait until the callee has said hello. */
  #held: (() => void)[] = [];
  #heldChars = 0;
  /** The last event whose audio must not be played. */
  #voidThrough = -1;
  #cancelGoodbye = (): void => {};

  constructor(setup: SessionSetup) {
    this.#setup = setup;
    this.#playout = new Playout(setup.clock);
    const { clock, counters, first } = setup;
    const times = new TalkTimes(clock, (ms) => counters.onTurn(ms));
    this.#times = times;
    if (first) {
      const heard = (ms: number): void => {
        counters.onFirstWords(ms);
        times.firstAudio(ms);
      };
      this.#first = new FirstWords({ clock, ...first, heard, go: () => this.#release() });
    }
    if (setup.call.opened) return;
    this.#opening = new Opening({
      clock: setup.clock,
      mark: (name) => setup.stream.mark(name),
      heard: () => setup.call.openingHeard(),
    });
  }

  get callSid(): string {
    return this.#setup.stream.callSid;
  }

  // ---- from Twilio

  media(payload: string): void {
    const message = Buffer.from(payload, 'latin1');
    this.phoneFrame(message, 0, message.length);
  }

  phoneFrame(message: Buffer, start: number, end: number): void {
    const { recorder, agent } = this.#setup;
    recorder?.business(message, start, end);
    if (this.#first?.waits) this.#first.callee(message.toString('latin1', start, end));
    if (this.#phase === 'waiting') this.#keep(message.toString('latin1', start, end));
    else if (this.#phase !== 'talking') return;
    else if (!this.#toAgent) agent.relay(message, start, end);
    else this.#hear(message.toString('latin1', start, end));
  }

  mark(name: string): void {
    if (name === GOODBYE) {
      if (this.#phase === 'goodbye') void this.#hangUp();
      return;
    }
    this.#playout.mark(name);
    this.#opening?.mark(name);
  }

  dtmf(digit: string): void {
    this.#setup.agent.inform(`The business pressed the key ${digit} on its phone.`);
  }

  closed({ stopped }: { stopped: boolean }): void {
    if (stopped) {
      this.#end({ how: 'hung_up' });
      return;
    }
    // The agent has finished: the stream is not needed any more, but the leg may still be up.
    if (this.#phase === 'goodbye') return void this.#hangUp();
    if (this.#phase !== 'hanging_up') this.#end({ how: 'lost' });
  }

  // ---- from the agent

  ready(session: AgentSession): void {
    if (this.#phase !== 'waiting') return;
    this.#phase = 'talking';
    this.#toAgent = converter(PHONE_AUDIO, session.input);
    this.#toPhone = converter(session.output, PHONE_AUDIO);
    this.#setup.call.joined(session);
    for (const payload of this.#early.splice(0)) this.#hear(payload);
  }

  #hear(payload: string): void {
    const heard = this.#toAgent?.convert(Buffer.from(payload, 'base64')).toString('base64') ?? payload;
    if (heard !== '') this.#setup.agent.hear(heard);
  }

  audio(payload: string, eventId: number): void {
    const message = Buffer.from(payload, 'latin1');
    this.agentFrame(message, 0, message.length, eventId);
  }

  agentFrame(message: Buffer, start: number, end: number, eventId: number): void {
    const { counters, limits, recorder, stream } = this.#setup;
    if (this.#phase !== 'talking') return;
    if (this.#first?.waits) {
      const payload = message.toString('latin1', start, end);
      this.#hold(() => this.audio(payload, eventId), payload.length);
      return;
    }
    if (eventId <= this.#voidThrough) {
      counters.drop('interrupted');
      return;
    }
    if (this.#playout.left > limits.playoutAheadMs) {
      counters.drop('too_far_ahead');
      this.#opening?.end();
      return;
    }
    let bytes: number;
    let passed: boolean;
    if (this.#toPhone) {
      const audio = this.#toPhone.convert(Buffer.from(message.toString('latin1', start, end), 'base64'));
      bytes = audio.length;
      if (bytes === 0) return;
      passed = stream.play(audio.toString('base64'));
      if (passed) recorder?.agentAudio(audio);
    } else {
      bytes = bytesBetween(message, start, end);
      passed = stream.relay(message, start, end);
      if (passed) recorder?.agent(message, start, end);
    }
    if (!passed) {
      this.#opening?.end();
      return;
    }
    this.#playout.add(bytes, eventId);
    this.#first?.spoken();
    this.#times.agentAudio();
    this.#opening?.played();
    const mark = this.#playout.dueMark();
    if (mark !== undefined) stream.mark(mark);
  }

  /** Plays our own 8 kHz mu-law after the agent's speech. False: it was dropped. */
  playAudio(audio: Buffer): boolean {
    const { recorder, stream } = this.#setup;
    if (this.#phase !== 'talking' || !stream.play(audio.toString('base64'))) return false;
    recorder?.agentAudio(audio);
    this.#playout.add(audio.length, OWN_AUDIO);
    return true;
  }

  interrupted(eventId: number): void {
    const { call, counters, recorder, stream } = this.#setup;
    counters.interruptions++;
    this.#times.interrupted();
    const waited = this.#first?.waits === true;
    this.#opening?.end();
    stream.clear();
    this.#voidThrough = Math.max(this.#voidThrough, eventId);
    recorder?.clear();
    // Nothing of what waited was heard.
    this.#first?.go();
    const heard = waited ? 0 : this.#playout.clear();
    if (heard !== undefined) call.cutOff(heard);
  }

  said(turn: SaidFrame): void {
    // Words that wait are not said yet.
    if (this.#first?.waits && turn.type !== 'user_said') {
      this.#hold(() => this.said(turn), turn.text.length);
      return;
    }
    if (turn.type === 'agent_said') this.#opening?.announced();
    else if (turn.type === 'user_said') this.#times.businessSaid();
    this.#setup.call.said(turn);
  }

  toolCall(call: ToolCall): void {
    this.#setup.call.toolCall(call, this.#setup.agent);
  }

  toolUsed(name: string): void {
    this.#setup.call.toolUsed(name);
  }

  ended(end: AgentEnd): void {
    // After the result a new agent would only ask everything again: the talk is over.
    if (end.how === 'failed' && !(this.#setup.call.reported && this.#phase === 'talking')) {
      this.#end({ how: 'agent_failed', problem: end.problem });
      return;
    }
    if (this.#phase !== 'talking') return;
    this.#first?.go();
    this.#phase = 'goodbye';
    const { clock, limits, stream } = this.#setup;
    if (!this.#playout.began) return void this.#hangUp();
    stream.mark(GOODBYE);
    const bound = Math.min(this.#playout.left + limits.goodbyeMs, limits.goodbyeMaxMs);
    this.#cancelGoodbye = clock.after(bound, () => void this.#hangUp());
  }

  // ---- from the call

  /** Ends the session for a reason of the call. */
  end(how: 'taken_over' | 'released' | 'handed_over'): void {
    this.#end({ how });
  }

  /** Adds background knowledge for the agent. */
  inform(text: string): void {
    if (this.#phase === 'talking') this.#setup.agent.inform(text);
  }

  /** Ends the call although the agent goes on. */
  hangUp(): void {
    void this.#hangUp();
  }

  heartbeat(): void {
    this.#setup.stream.heartbeat();
    this.#setup.agent.heartbeat();
  }

  /** The stream is lost to this session: the unplayed part of the agent's words was not said. */
  cutOff(): void {
    const { heard } = this.#playout;
    if (heard !== undefined) this.#setup.call.cutOff(heard);
  }

  /** Holds words of the agent back, in their order. */
  #hold(pass: () => void, chars: number): void {
    this.#held.push(pass);
    this.#heldChars += chars;
    if (this.#heldChars > HELD_CHARS) this.#first?.go();
  }

  #release(): void {
    for (const pass of this.#held.splice(0)) pass();
  }

  #keep(payload: string): void {
    const { limits, counters } = this.#setup;
    this.#early.push(payload);
    this.#earlyBytes += base64Bytes(payload);
    while (this.#earlyBytes > limits.earlyAudioMs * PER_MS && this.#early.length > 0) {
      this.#earlyBytes -= base64Bytes(this.#early.shift()!);
      counters.drop('agent_not_ready');
    }
  }

  /** Ends the call first, so that Twilio does not continue with the TwiML that would bring the stream back. */
  async #hangUp(): Promise<void> {
    if (this.#phase !== 'goodbye' && this.#phase !== 'talking') return;
    this.#phase = 'hanging_up';
    this.#cancelGoodbye();
    await this.#setup.call.endCall(this.callSid);
    this.#end({ how: 'agent_ended' });
  }

  #end(end: SessionEnd): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    this.#cancelGoodbye();
    this.#first?.end();
    this.#held = [];
    this.#opening?.end();
    if (GOES_ON.includes(end.how)) this.cutOff();
    this.#early = [];
    this.#setup.agent.close();
    this.#setup.stream.close(end.how === 'handed_over' ? 1001 : 1000, end.how);
    this.#times.end(this.#setup.call.callId, this.#setup.stream.streamSid, end.how);
    this.#setup.call.sessionEnded(end);
  }
}
