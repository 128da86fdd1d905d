import type { Problem, SimulationResult } from '../domain/evidence.ts';
import type { BookingOrder } from '../domain/order.ts';
import { receptionistPrompt } from '../domain/prompts.ts';
import { REPORT_TOOL } from '../domain/report/tool.ts';
import type { Report } from '../domain/result.ts';
import type { SaidFrame, ToolCall } from './agent-frames.ts';
import { type AgentEnd, type AgentListener, AgentSocket } from './agent-socket.ts';
import type { Clock } from './clock.ts';
import { BridgeCounters } from './counters.ts';
import { DuetRecord } from './duet-record.ts';
import type { DuetDeps, DuetLimits } from './duet-setup.ts';
import { DuetVoice } from './duet-voice.ts';
import { FrameBatcher } from './frame-batcher.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { ofCall } from './log.ts';
import { pace } from './pacer.ts';
import { acceptedAnswer, readSocketReport } from './report-tool.ts';

interface DuetRunSetup extends Omit<DuetDeps, 'limits' | 'clock'> {
  clock: Clock;
  limits: DuetLimits;
  order: BookingOrder;
  callId: string;
  /** The init message of the receptionist's socket. */
  receptionistInit: Record<string, unknown>;
  signal?: AbortSignal | undefined;
}

/** Silence after which the receptionist's greeting counts as complete: a pause for breath is shorter. */
const GREETING_PAUSE_MS = 400;

/**
 * One duet. The receptionist speaks first, as a business does; the caller begins after the greeting. From then on each hears the other in
 * real time, without a gap, until the caller hangs up.
 */
export class DuetRun {
  readonly #setup: DuetRunSetup;
  readonly #counters = new BridgeCounters();
  readonly #record: DuetRecord;
  readonly #done = Promise.withResolvers<Problem | undefined>();
  readonly #voices = { caller: new DuetVoice(), receptionist: new DuetVoice() };
  readonly #caller: AgentSocket;
  #receptionist: AgentSocket;
  #conversationId: string | undefined;
  #report: Report | undefined;
  #callerBegan = false;
  #withoutOverride = false;
  #stopPacing = (): void => {};
  /** Clock readings in milliseconds. */
  #began = 0;
  #lastSound = 0;
  #lastWord = 0;
  #endAt = Number.POSITIVE_INFINITY;

  constructor(setup: DuetRunSetup) {
    this.#setup = setup;
    this.#record = new DuetRecord(setup);
    this.#caller = this.#open(setup.agentId, this.#callerListener());
    this.#receptionist = this.#openReceptionist();
  }

  /** Never rejects. */
  async result(): Promise<SimulationResult> {
    const { signal, clock, order } = this.#setup;
    const abort = (): void => this.#done.resolve({ code: 'aborted', message: 'the simulation was stopped' });
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    const stopHeartbeat = clock.every(DEFAULT_LIMITS.heartbeatMs, () => {
      this.#caller.heartbeat();
      this.#receptionist.heartbeat();
    });
    const problem = await this.#done.promise;
    signal?.removeEventListener('abort', abort);
    stopHeartbeat();
    this.#stopPacing();
    this.#caller.close();
    this.#receptionist.close();
    const transcript = await this.#record.keep(order);
    if (problem && !this.#report) return { ok: false, problem };
    if (!this.#report && transcript.agent_turns === 0) {
      return { ok: false, problem: { code: 'no_conversation', message: 'the caller agent said nothing' } };
    }
    const conversation_id = this.#conversationId;
    return { ok: true, method: 'duet', conversation_id, report: this.#report, transcript };
  }

  #open(agentId: string, listener: AgentListener): AgentSocket {
    const { agents, callId, clock, log, limits } = this.#setup;
    return new AgentSocket({
      signedUrl: () => agents.signedUrl(agentId),
      listener,
      clock,
      limits: { ...DEFAULT_LIMITS, ...limits },
      counters: this.#counters,
      frameBatching: new FrameBatcher('off', clock),
      log: ofCall(log, callId),
    });
  }

  #openReceptionist(): AgentSocket {
    const { agentId, receptionistAgentId, receptionistInit: init, order } = this.#setup;
    const agent = this.#open(receptionistAgentId ?? agentId, this.#receptionistListener());
    const scenario = order.escalation.simulation.scenario ?? '';
    const dynamic_variables = { ...(init.dynamic_variables as object), scenario };
    if (this.#withoutOverride) {
      agent.begin({ ...init, dynamic_variables, conversation_config_override: undefined }, receptionistPrompt(order));
    } else agent.begin({ ...init, dynamic_variables });
    return agent;
  }

  #callerListener(): AgentListener {
    const voice = this.#voices.caller;
    return {
      ready: (session) => {
        voice.joined(session);
        this.#conversationId = session.conversationId;
        this.#spoken();
      },
      audio: (payload, eventId) => voice.says(payload, eventId),
      interrupted: (eventId) => voice.interrupted(eventId),
      said: (turn) => this.#callerSaid(turn),
      toolCall: (call) => this.#callerTool(call),
      ended: (end) => {
        if (end.how === 'failed' && !this.#report) this.#done.resolve(end.problem);
        else this.#endSoon(this.#setup.limits.hangUpMs);
      },
    };
  }

  #receptionistListener(): AgentListener {
    const voice = this.#voices.receptionist;
    return {
      ready: (session) => {
        voice.joined(session);
        void this.#note(session.conversationId);
        this.#start();
      },
      audio: (payload, eventId) => voice.says(payload, eventId),
      interrupted: (eventId) => voice.interrupted(eventId),
      said: (turn) => {
        this.#spoken();
        this.#record.receptionistSaid(turn);
      },
      // The receptionist has no call to report, and a simulated business must not decide the result.
      toolCall: (call) => this.#receptionist.answerTool(call.id, 'only the caller of this call may use tools', true),
      ended: (end) => this.#receptionistEnded(end),
    };
  }

  /** The provider also stores the receptionist's side, which belongs to no attempt. Noted for its erasure. */
  async #note(conversationId: string): Promise<void> {
    const { records, callId, log } = this.#setup;
    await records.noteConversation(callId, conversationId).catch((error: unknown) => {
      log.warn({ err: error, call_id: callId }, 'could not note a conversation of a duet for its erasure');
    });
  }

  #callerSaid(turn: SaidFrame): void {
    this.#spoken();
    this.#record.callerSaid(turn);
  }

  #callerTool(call: ToolCall): void {
    this.#spoken();
    if (call.name !== REPORT_TOOL) {
      this.#caller.answerTool(call.id, `there is no tool ${call.name.slice(0, 80)} here`, true);
      return;
    }
    const reading = readSocketReport(this.#setup.callId, call.parameters);
    if (reading.ok) {
      this.#report = reading.report;
      this.#endSoon(this.#setup.limits.afterReportMs);
    }
    this.#caller.answerTool(call.id, reading.ok ? acceptedAnswer(reading.report) : reading.message, !reading.ok);
  }

  #receptionistEnded(end: AgentEnd): void {
    const { order, receptionistAgentId, limits } = this.#setup;
    if (end.how === 'ended') {
      this.#endSoon(limits.hangUpMs);
      return;
    }
    const mayRetry = receptionistAgentId !== undefined && !this.#withoutOverride && !this.#callerBegan;
    if (mayRetry && end.problem.code === 'override_error') {
      // A separate receptionist agent that permits no override keeps its prompt; it gets the scenario as context.
      this.#setup.log.warn({ booking_id: order.id }, 'the receptionist permits no overrides');
      this.#withoutOverride = true;
      this.#receptionist = this.#openReceptionist();
    } else this.#done.resolve(end.problem);
  }

  #start(): void {
    const { clock } = this.#setup;
    this.#stopPacing();
    this.#began = this.#lastSound = this.#lastWord = clock.now();
    this.#record.begin();
    this.#stopPacing = pace(clock, () => this.#frame());
  }

  #frame(): void {
    const { caller, receptionist } = this.#voices;
    if (!caller.silent || !receptionist.silent) this.#lastSound = this.#setup.clock.now();
    const business = receptionist.frame();
    const agent = caller.frame();
    this.#record.frame(business, agent);
    caller.hear(this.#caller, business);
    receptionist.hear(this.#receptionist, agent);
    this.#beginCaller();
    this.#checkEnd();
  }

  #beginCaller(): void {
    if (this.#callerBegan) return;
    const { agents, clock, limits, order, callId } = this.#setup;
    const { receptionist } = this.#voices;
    const now = clock.now();
    const waited = now - this.#began;
    const greeted = receptionist.spoke && now - this.#lastSound >= GREETING_PAUSE_MS;
    const nobodySpeaks = !receptionist.spoke && waited >= limits.greetingStartMs;
    if (!greeted && !nobodySpeaks && waited < limits.greetingEndMs) return;
    this.#callerBegan = true;
    this.#caller.begin(agents.conversationInit(order, callId));
  }

  #checkEnd(): void {
    const { clock, limits } = this.#setup;
    const now = clock.now();
    const { caller } = this.#voices;
    const quietSince = Math.max(this.#lastSound, this.#lastWord);
    const hungUp = this.#caller.over && caller.silent;
    const over = now >= this.#endAt || now - this.#began >= limits.capMs;
    if (hungUp || over || now - quietSince >= limits.idleMs) this.#done.resolve(undefined);
  }

  #spoken(): void {
    this.#lastWord = this.#setup.clock.now();
  }

  /** Shortens the time to the end. An earlier end stays. */
  #endSoon(ms: number): void {
    this.#endAt = Math.min(this.#endAt, this.#setup.clock.now() + ms);
  }
}
