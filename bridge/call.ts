import type { CallOrder } from '../domain/call-order.ts';
import type { BridgeEvidence, Problem } from '../domain/evidence.ts';
import { WAIT_TOOL } from '../domain/line-tools.ts';
import { warmRingSeconds } from '../domain/policy.ts';
import { hasWords } from '../providers/transcript.ts';
import type { StoredTurn } from '../records/ports/events.ts';
import type { SaidFrame, ToolCall } from './agent-frames.ts';
import { type AgentEnd, type AgentListener, type AgentSession, AgentSocket } from './agent-socket.ts';
import { AgentTools } from './agent-tools.ts';
import type { BridgeContext } from './context.ts';
import { endCallInTime } from './end-call.ts';
import { helloMs, sinceAnswer } from './first-words.ts';
import { HoldWatch, WAITED_LONG } from './hold-watch.ts';
import { ofCall, reasonOf } from './log.ts';
import { openingOf, type PastTalk } from './resume.ts';
import { type SessionCall, type SessionEnd, StreamSession } from './session.ts';
import { Talk } from './talk.ts';
import type { StreamListener, TwilioStream } from './twilio-stream.ts';
import { waitingListener } from './waiting-listener.ts';

/**
 * One attempt on the bridge: an agent that waits while the phone rings, then one stream after the other, each joined to an agent, and one
 * talk over all of them.
 */
export class BridgedCall implements SessionCall {
  readonly callId: string;
  readonly #context: BridgeContext;
  readonly #order: CallOrder;
  #prior: StoredTurn[];
  #opened: boolean;
  /** Number of turns that the agent of this stream has announced. */
  #announced = 0;
  /** Called once, when no state of this call is needed any more. */
  readonly #forget: () => void;
  /** Called after each stream of this call. */
  readonly #idle: () => void;
  #warm: AgentSocket | undefined;
  #cancelWarm = (): void => {};
  #cancelKeep = (): void => {};
  #session: StreamSession | undefined;
  #agentSession: AgentSession | undefined;
  #talk: Talk | undefined;
  #streamSid = '';
  /** Epoch of this call's newest stream here. A newer one elsewhere ends the rest of the call here. */
  #epoch = 0;
  #rival = 0;
  #streams = 0;
  #agents = 0;
  readonly #tools: AgentTools;
  readonly #hold: HoldWatch;
  #done = false;
  #concluded: Promise<void> = Promise.resolve();
  #gone = false;

  constructor(setup: {
    context: BridgeContext;
    callId: string;
    order: CallOrder;
    past: PastTalk;
    forget(): void;
    idle(): void;
  }) {
    this.#context = setup.context;
    this.callId = setup.callId;
    this.#order = setup.order;
    this.#prior = setup.past.turns;
    this.#opened = setup.past.opened;
    this.#forget = setup.forget;
    this.#idle = setup.idle;
    this.#tools = new AgentTools({
      callId: setup.callId,
      context: setup.context,
      conversationId: () => this.#agentSession?.conversationId,
      play: (audio) => this.#session?.playAudio(audio) ?? false,
      pressed: (keys) => this.#talk?.acted({ keys }),
    });
    this.#hold = new HoldWatch({
      clock: setup.context.clock,
      holdMs: setup.context.limits.holdMs,
      onHold: (n) => {
        this.#talk?.acted({ on_hold: true });
        this.#event('on_hold', `${this.#streamSid}:${n}`, {});
      },
      back: (n) => this.#event('off_hold', `${this.#streamSid}:${n}`, {}),
      tooLong: () => this.#session?.inform(WAITED_LONG),
      giveUp: () => this.#session?.hangUp(),
    });
  }

  get reported(): boolean {
    return this.#tools.reported;
  }

  get opened(): boolean {
    return this.#opened;
  }

  get live(): boolean {
    return this.#session !== undefined;
  }

  // ---- while the phone rings

  warmUp(): void {
    const { limits, clock } = this.#context;
    if (this.#warm || this.#streams > 0 || this.#done) return;
    this.#cancelWarm();
    if (limits.warmAgent) this.#warm = this.#openAgent(waitingListener((end) => this.#warmEnded(end)));
    const keep = warmRingSeconds(this.#order) * 1000 + limits.warmExtraMs;
    this.#cancelWarm = clock.after(keep, () => {
      this.#closeWarm();
      if (this.#streams === 0) this.#forget();
    });
  }

  /** True when another process may have hosted the talk since this call's last stream here. */
  mayHaveMoved(epoch: number): boolean {
    return epoch !== this.#epoch + 1 || this.#streams === 0;
  }

  /** Ends the rest of a talk that continued elsewhere. Resolves when its turns are stored. */
  async abandonTalk(): Promise<void> {
    const talk = this.#talk;
    this.#talk = undefined;
    this.#session?.end('taken_over');
    await talk?.abandon();
  }

  /** Takes over the stored talk. */
  replaceEarlierTurns({ turns, opened }: PastTalk): void {
    this.#prior = turns;
    this.#opened ||= opened;
  }

  /** Notes a stream of this epoch that was admitted here and disconnected before it was joined. */
  noteEpoch(epoch: number): void {
    this.#epoch = Math.max(this.#epoch, epoch);
  }

  // ---- the stream

  /** Joins an admitted stream to the agent. Returns undefined when this call takes no more streams. */
  attach(stream: TwilioStream, epoch: number): StreamListener | undefined {
    const { agents, limits, counters, clock, log, firstMessageOverride, firstWords } = this.#context;
    if (this.#done || this.#streams >= limits.streamsPerCall) {
      const reason = this.#done ? 'talk_over' : 'too_many_streams';
      counters.refuse(reason);
      stream.close(1008, reason);
      return undefined;
    }
    if (epoch <= this.#epoch) {
      counters.refuse('token refused');
      stream.close(1008, 'token refused');
      return undefined;
    }
    const init = agents.conversationInit(this.#order, this.callId);
    // This stream has a new token, so the old stream is dead, whether or not its socket knows.
    this.#session?.end('taken_over');
    this.#cancelKeep();
    this.#cancelWarm();
    this.#streams++;
    this.#streamSid = stream.streamSid;
    this.#epoch = epoch;
    counters.streams_started++;
    // The session that has just ended has stored how far it was heard.
    const turns = this.#talk?.turns() ?? this.#prior;
    this.#talk ??= new Talk({ callId: this.callId, context: this.#context, prior: this.#prior, resumed: epoch > 1 });
    const warm = this.#warm;
    this.#warm = undefined;
    const agent = warm && !warm.over ? warm : this.#openAgent(waitingListener(() => {}));
    const { recorder } = this.#talk;
    const isFirst = epoch === 1 && this.#streams === 1 && turns.length === 0;
    const hello = helloMs(firstWords, this.callId, limits.helloMs);
    const first = isFirst ? { sinceAnswerMs: sinceAnswer(stream.answeredAt, clock.date()), helloMs: hello } : undefined;
    const session = new StreamSession({ stream, agent, call: this, recorder, first, clock, limits, counters });
    agent.listen(session);
    this.#session = session;
    const opening = openingOf({ init, order: this.#order, firstMessageOverride }, { turns, opened: this.#opened });
    agent.begin(opening.init, opening.context);
    if (opening.context !== undefined) counters.resumes++;
    log.info({ call_id: this.callId, stream_sid: stream.streamSid, warm: agent === warm }, 'stream started');
    void this.#link({ call_sid: stream.callSid });
    return session;
  }

  heartbeat(): void {
    this.#session?.heartbeat();
    this.#warm?.heartbeat();
  }

  /** The leg is over: closes everything that is open and concludes the talk. */
  async release(): Promise<void> {
    this.#gone = true;
    this.#closeWarm();
    this.#session?.end('released');
    if (this.#talk) await this.#conclude();
    this.#cancelKeep();
    this.#forget();
  }

  /** A newer stream of this call was admitted, here or elsewhere. */
  fence(epoch: number): void {
    if (epoch <= this.#epoch || this.#gone) return;
    // The first notice may be about a stream that is just being admitted here.
    if (this.#rival !== epoch) {
      this.#rival = epoch;
      return;
    }
    this.#context.log.info({ call_id: this.callId, epoch }, 'another bridge hosts the call');
    void this.#leave();
  }

  /** This process ends: Twilio's next TwiML verb will find another one. */
  async handOver(): Promise<void> {
    this.#gone = true;
    this.#closeWarm();
    // The next process reads the words stored until now.
    this.#session?.cutOff();
    await this.#talk?.flush();
    // Report a talk that has just ended before the process ends.
    await this.#concluded;
    this.#session?.end('handed_over');
    await this.#talk?.keep();
    this.#cancelKeep();
    this.#forget();
  }

  // ---- called by the session

  joined(session: AgentSession): void {
    this.#agentSession = session;
    this.#event('stream_started', this.#streamSid, { conversation_id: session.conversationId });
    void this.#link({ conversation_id: session.conversationId });
  }

  said(turn: SaidFrame): void {
    if (turn.type === 'agent_said') this.#announced++;
    this.#talk?.said(turn);
    if (turn.type === 'user_said' && hasWords(turn.text)) this.#hold.businessSaid(turn.text);
    else if (turn.type === 'agent_said') this.#hold.agentSaid();
  }

  toolUsed(name: string): void {
    if (name === WAIT_TOOL) this.#hold.waits();
  }

  openingHeard(): void {
    this.#opened = true;
    void this.#keepOpening();
  }

  cutOff(heard: number): void {
    this.#talk?.cutOff(heard);
  }

  toolCall(call: ToolCall, agent: AgentSocket): void {
    this.#tools.call(call, agent);
  }

  endCall(callSid: string): Promise<void> {
    return endCallInTime(this.#context, this.callId, callSid);
  }

  sessionEnded(end: SessionEnd): void {
    const { clock, limits, log } = this.#context;
    this.#hold.close();
    this.#session = undefined;
    this.#announced = 0;
    void this.#talk?.flush();
    log.info({ call_id: this.callId, stream_sid: this.#streamSid, how: end.how }, 'stream ended');
    this.#idle();
    switch (end.how) {
      case 'hung_up':
      case 'agent_ended':
        void this.#conclude();
        return;
      case 'lost':
      case 'handed_over':
        this.#event('stream_lost', this.#streamSid, { transcript: this.#talk?.digest() });
        break;
      case 'agent_failed':
        this.#event('agent_failed', this.#streamSid, {
          problem: end.problem,
          transcript: this.#talk?.digest(),
        });
        break;
      case 'taken_over':
      case 'released':
        return;
    }
    // Twilio's next verb may bring a new stream. Without one the talk is over.
    this.#cancelKeep = clock.after(limits.resumeMs, () => void this.#conclude());
  }

  // ---- inside

  #warmEnded(end: AgentEnd): void {
    this.#warm = undefined;
    if (end.how === 'failed') this.#event('agent_failed', `ringing-${this.#agents}`, { problem: end.problem });
  }

  #openAgent(listener: AgentListener): AgentSocket {
    const { agents, agentId, clock, limits, counters, frameBatching, log } = this.#context;
    this.#agents++;
    return new AgentSocket({
      signedUrl: () => agents.signedUrl(agentId),
      listener,
      clock,
      limits,
      counters,
      frameBatching,
      log: ofCall(log, this.callId),
    });
  }

  /** The talk is over: stores everything, then reports it to the workflow. Once. */
  #conclude(): Promise<void> {
    if (!this.#done) this.#concluded = this.#concludeOnce();
    return this.#concluded;
  }

  async #concludeOnce(): Promise<void> {
    this.#done = true;
    this.#cancelKeep();
    if (await this.#isFenced()) return this.#leave();
    await this.#talk?.keep();
    // Storing takes a moment, in which another bridge may have taken over the call.
    if (await this.#isFenced()) return this.#leave();
    const transcript = await this.#talk?.conclusion(this.#order);
    const conversation_id = this.#agentSession?.conversationId;
    this.#event('talk_ended', conversation_id ?? this.#streamSid, { conversation_id, transcript });
    if (!this.#gone) this.#cancelKeep = this.#context.clock.after(this.#context.limits.doneMs, this.#forget);
  }

  /** Ends the rest of a call that lives elsewhere, without a report: its new host will send one. */
  async #leave(): Promise<void> {
    this.#done = true;
    this.#gone = true;
    this.#cancelKeep();
    this.#closeWarm();
    this.#session?.end('taken_over');
    this.#forget();
    await this.#talk?.abandon();
  }

  /** True when another bridge hosts the call. If the records do not answer, this bridge continues. */
  async #isFenced(): Promise<boolean> {
    try {
      return (await this.#context.records.streamEpoch(this.callId)) > this.#epoch;
    } catch (error) {
      this.#context.log.warn(
        { call_id: this.callId, reason: reasonOf(error) },
        'could not ask which bridge hosts the call',
      );
      return false;
    }
  }

  /** Stores the words first and the fact that they were heard second: the next process must know both or neither. */
  async #keepOpening(): Promise<void> {
    const { records, log } = this.#context;
    // A fully heard turn cannot be corrected any more.
    if (this.#announced === 1) await this.#talk?.flush();
    try {
      await records.keepOpening(this.callId);
    } catch (error) {
      log.warn({ call_id: this.callId, reason: reasonOf(error) }, 'could not store that the opening was heard');
    }
  }

  async #link(ids: { call_sid?: string; conversation_id?: string }): Promise<void> {
    try {
      await this.#context.records.linkAttempt(this.callId, ids);
    } catch (error) {
      this.#context.log.warn({ call_id: this.callId, reason: reasonOf(error) }, 'could not store the ids of a call');
    }
  }

  #closeWarm(): void {
    this.#cancelWarm();
    this.#warm?.close();
    this.#warm = undefined;
  }

  #event(
    event: BridgeEvidence['event'],
    about: string,
    details: Pick<BridgeEvidence, 'conversation_id' | 'transcript'> & { problem?: Problem },
  ): void {
    const conversation_id = this.#agentSession?.conversationId;
    this.#context.events.event(this.callId, event, about, { conversation_id, ...details });
  }
}
