import type WebSocket from 'ws';
import { type AudioFormat, fromBytes, msOf } from '../audio/formats.ts';
import type { Moment } from '../holds.ts';
import { pause } from '../pause.ts';
import { Business, Caller, faultsWith, type Heard, type Reply } from '../talk/minds.ts';
import { heardText } from '../talk/play.ts';
import { rehearsed, slotOf } from '../talk/slot.ts';
import { TurnTaker } from '../talk/turns.ts';
import { soundOfUtterance, type Utterance, vocabulary } from '../talk/utterances.ts';
import type { World } from '../world.ts';
import { type Conversation, randomId, record, type TranscriptItem } from './conversation.ts';
import { firstMessage, isOpening } from './first-message.ts';
import { lineTools, PRESS_KEYS, silenceMsOf, skipped } from './line-tools.ts';
import { reportOf, toldTo } from './report.ts';
import { spokenLanguage } from './spoken-language.ts';
import { Voice } from './voice.ts';
import { callTool, postCall } from './webhooks.ts';

const PING_MS = 2000;
const TOOL_TIMEOUT_MS = 20_000;
const PROCESSING_MS = 150;
/** This long without sound or words ends a conversation. */
const RECEIVE_TIMEOUT_MS = 60_000;
const DEFAULT_MAX_SECONDS = 600;

/** An agent in conversation over its socket: it hears, understands, answers, uses its tool and says goodbye. */
export class AgentSession {
  private readonly world: World;
  private readonly socket: WebSocket;
  private readonly conversation: Conversation;
  private readonly format: AudioFormat;
  private readonly receptionist: boolean;
  private readonly voice: Voice;
  private readonly turns: TurnTaker;
  private readonly pace: number;
  private readonly results = new Map<string, (result: { answer: string; failed: boolean }) => void>();
  private readonly timers: NodeJS.Timeout[] = [];
  private eventId = 0;
  private saying: { utterance: Utterance; item: TranscriptItem } | undefined;
  private lastReceived = Date.now();
  private lastHeard = Date.now();
  /** Until then the agent waits by its tool. */
  private waitsUntil = 0;
  private reason: string | undefined;
  /** True when it got the words of a talk that another agent began. */
  private reminded = false;

  constructor(world: World, socket: WebSocket, conversation: Conversation, format: AudioFormat, receptionist: boolean) {
    this.world = world;
    this.socket = socket;
    this.conversation = conversation;
    this.format = format;
    this.receptionist = receptionist;
    // Two agents that talk to each other have one pace, whatever number their booking dialed.
    const scenario = world.scenario(conversation.call ? conversation.number : '');
    this.pace = world.paceOf(scenario).pace;
    const { pace } = this;
    const slot = slotOf(scenario.confirmed_date, scenario.confirmed_time);
    const prompt = record(record(conversation.initiation.override.agent).prompt).prompt;
    const prepared = rehearsed(typeof prompt === 'string' ? prompt : '');
    const language = spokenLanguage(world, conversation);
    this.voice = new Voice(format, (audio, id) =>
      this.send('audio', 'audio_event', { audio_base_64: audio, event_id: id }),
    );
    this.turns = new TurnTaker({
      mind: receptionist
        ? new Business(language, prepared.behaviour ?? 'answer-and-book', prepared.slot ?? slot)
        : new Caller(
            language,
            { ...faultsWith(conversation.call?.behaviour, slot), ...toldTo(world, conversation) },
            lineTools(world, conversation),
          ),
      listensTo: receptionist ? 'agent' : 'business',
      pace,
      ...(receptionist && { patienceMs: Math.max(600, 1500 / pace) }),
      steadyLine: conversation.call !== undefined,
      body: {
        speak: (utterance) => this.speak(utterance),
        heard: (heard) => this.heard(heard),
        interrupted: () => this.interrupted(),
        report: (report) => this.report(report),
        press: (keys) => this.press(keys),
        wait: () => this.skipTurn(),
        hangUp: (reason) => this.finish(reason),
        standsStill: () => conversation.number !== '' && world.holds.standsStill(conversation.number),
      },
    });
  }

  start(): void {
    const { conversation, socket, format } = this;
    conversation.status = 'in-progress';
    conversation.started = Date.now();
    this.send('conversation_initiation_metadata', 'conversation_initiation_metadata_event', {
      conversation_id: conversation.id,
      agent_output_audio_format: format.name,
      user_input_audio_format: format.name,
    });
    socket.on('message', (data, isBinary) => this.receive(String(data), isBinary));
    socket.once('close', (code) => this.finish(this.reason ?? `Client disconnected: ${code}`));
    this.timers.push(setInterval(() => this.ping(), PING_MS));
    const seconds =
      Number(record(conversation.initiation.override.conversation).max_duration_seconds) || DEFAULT_MAX_SECONDS;
    this.timers.push(setTimeout(() => this.finish('Maximum duration exceeded'), seconds * 1000));
    this.ping();
    this.turns.open();
    // A receptionist who answers a phone and hears nothing introduces herself.
    if (this.receptionist)
      this.timers.push(setTimeout(() => this.turns.nobodySpoke(), Math.max(600, 1500 / this.pace)));
  }

  private send(type: string, key: string, payload: Record<string, unknown>): void {
    if (this.socket.readyState === 1) this.socket.send(JSON.stringify({ type, [key]: payload }));
  }

  private ping(): void {
    if (Date.now() - this.lastReceived > RECEIVE_TIMEOUT_MS) {
      this.finish('No user input was received');
      return;
    }
    this.endIfSilent();
    this.conversation.pings++;
    this.send('ping', 'ping_event', { event_id: this.conversation.pings, ping_ms: 20 });
  }

  private speak(utterance: Utterance): number {
    const { conversation } = this;
    const id = ++this.eventId;
    const text = isOpening(utterance) || utterance.gist === 'greet' ? this.opening(utterance) : utterance.text;
    const sound = soundOfUtterance(utterance, this.pace);
    this.send('agent_response', 'agent_response_event', { agent_response: text, event_id: id });
    this.saying = { utterance, item: conversation.add('agent', text) };
    this.voice.say(sound, id);
    conversation.sound.agent.add(conversation.elapsedMs, sound);
    return msOf(sound);
  }

  /** An overridden first message is said once. An agent that continues a talk never repeats the introduction. */
  private opening(utterance: Utterance): string {
    const { override } = this.conversation.initiation;
    const given = record(override.agent).first_message;
    const said = this.conversation.transcript.some((item) => item.role === 'agent');
    const own = typeof given === 'string' && given !== '' && (!said || this.reminded);
    return own ? firstMessage(this.conversation, utterance) : utterance.text;
  }

  private interrupted(): boolean {
    const { saying, voice, conversation } = this;
    if (!saying) return false;
    voice.stop();
    conversation.sound.agent.cut(conversation.elapsedMs);
    const { item } = saying;
    const whole = item.message ?? '';
    item.interrupted = true;
    item.originalMessage = whole;
    item.message = heardText(whole, voice.heard);
    this.saying = undefined;
    this.send('interruption', 'interruption_event', { event_id: this.eventId });
    this.send('agent_response_correction', 'agent_response_correction_event', {
      original_agent_response: whole,
      corrected_agent_response: item.message,
      event_id: this.eventId,
    });
    return true;
  }

  private heard(heard: Heard): void {
    // Nobody transcribes music.
    if (heard?.gist === 'music') return;
    this.lastHeard = Date.now();
    const text = heard?.text ?? '...';
    this.send('user_transcript', 'user_transcription_event', { user_transcript: text, event_id: ++this.eventId });
    this.conversation.add('user', text);
  }

  /** The provider ends a call in which nobody has spoken for long, unless its agent waits by its tool. */
  private endIfSilent(): void {
    const { world, conversation, pace } = this;
    if (!conversation.call || conversation.transcript.length === 0) return;
    const ends = Math.max(this.lastHeard, this.waitsUntil) + silenceMsOf(world, conversation) / pace;
    if (Date.now() > ends && !world.holds.standsStill(conversation.number)) this.finish('Call ended due to silence');
  }

  private skipTurn(): void {
    const { conversation, world } = this;
    const { holdMs = 0 } = lineTools(world, conversation);
    this.waitsUntil = Date.now() + holdMs / this.pace;
    conversation.add('agent', null, skipped);
    this.send('agent_tool_response', 'agent_tool_response', {
      tool_name: skipped.name,
      tool_call_id: randomId('toolu_'),
      tool_type: 'system',
      is_error: false,
      is_called: true,
      event_id: this.eventId,
    });
  }

  /** Keys go through the client: the provider does not carry this audio. */
  private async press(keys: string): Promise<void> {
    const { answer, failed } = await this.useClientTool(PRESS_KEYS, { keys });
    this.conversation.add('agent', null, { kind: 'client', name: PRESS_KEYS, parameters: { keys }, answer, failed });
  }

  private async useClientTool(
    name: string,
    parameters: Record<string, unknown>,
  ): Promise<{ answer: string; failed: boolean }> {
    const id = randomId('toolu_');
    const outcome = new Promise<{ answer: string; failed: boolean }>((resolve) => this.results.set(id, resolve));
    this.send('client_tool_call', 'client_tool_call', {
      tool_name: name,
      tool_call_id: id,
      parameters,
      event_id: this.eventId,
    });
    const used = await Promise.race([
      outcome,
      pause(TOOL_TIMEOUT_MS).then(() => ({ answer: 'Tool call timed out', failed: true })),
    ]);
    this.results.delete(id);
    return used;
  }

  private async report(what: NonNullable<Reply['report']>): Promise<void> {
    const { world, conversation } = this;
    const mode = world.scenario(conversation.number).report;
    if (mode === 'missing') return;
    const tool = world.workspace.toolOf(conversation.agentId, 'report_result');
    if (!tool) {
      world.note(conversation.number, 'the agent has no tool report_result: nothing is reported');
      return;
    }
    const parameters = reportOf(world, conversation, what);
    conversation.result = what.result;
    if (mode === 'lost') {
      conversation.add('agent', null, { kind: 'client', parameters, answer: 'Tool call timed out', failed: true });
      return;
    }
    // In a real talk the phone's callee makes the agent wait; between two agents nobody else could.
    if (!conversation.call) await this.held('talk');
    for (let n = 0; n < (mode === 'dup5' ? 5 : 1); n++) {
      if (tool.config.type === 'webhook' && !tool.own) {
        const { answer, failed } = await callTool(world, conversation.number, tool, parameters);
        conversation.answers.push(answer);
        conversation.add('agent', null, { kind: 'webhook', parameters, answer, failed });
        continue;
      }
      const { answer, failed } = await this.useClientTool('report_result', parameters);
      conversation.answers.push(answer);
      conversation.add('agent', null, { kind: 'client', parameters, answer, failed });
    }
    await this.held('reported');
  }

  private held(moment: Moment): Promise<void> {
    const closed = new AbortController();
    if (this.reason !== undefined) return Promise.resolve();
    this.socket.once('close', () => closed.abort());
    return this.world.held(this.conversation.number, moment, { signal: closed.signal });
  }

  private receive(text: string, isBinary: boolean): void {
    this.lastReceived = Date.now();
    const problem = isBinary ? 'a binary message' : this.take(text);
    if (problem) this.world.note(this.conversation.number, `agent socket: ${problem}`);
  }

  /** Handles one message. Returns the fault in it, if any. */
  private take(text: string): string | undefined {
    const { conversation } = this;
    let message: Record<string, unknown>;
    try {
      message = record(JSON.parse(text));
    } catch {
      return 'a message is not JSON';
    }
    if (typeof message.user_audio_chunk === 'string') {
      const bytes = Buffer.from(message.user_audio_chunk, 'base64');
      const samples = fromBytes(bytes, this.format);
      conversation.sound.user.add(conversation.elapsedMs - msOf(samples), samples);
      this.turns.hear(samples);
      return bytes.length === 0 ? 'an empty user_audio_chunk' : undefined;
    }
    switch (message.type) {
      case 'pong':
        conversation.pongs++;
        return Number.isInteger(message.event_id) ? undefined : 'a pong whose event_id is no integer';
      case 'client_tool_result': {
        const settle = this.results.get(String(message.tool_call_id));
        const answer = typeof message.result === 'string' ? message.result : JSON.stringify(message.result ?? null);
        settle?.({ answer, failed: message.is_error === true });
        if (!settle) return 'client_tool_result for a call that nobody waits for';
        if (typeof message.result !== 'string') return 'client_tool_result.result is no string';
        return typeof message.is_error === 'boolean' ? undefined : 'client_tool_result lacks is_error';
      }
      case 'user_message': {
        const known = vocabulary(this.receptionist ? 'agent' : 'business');
        this.turns.read(known.find((utterance) => utterance.text === message.text));
        return undefined;
      }
      case 'contextual_update':
        this.reminded = true;
        this.turns.remind(String(message.text));
        return undefined;
      case 'user_activity':
      case 'feedback':
        return undefined;
      default:
        return `unknown message type ${JSON.stringify(message.type)}`;
    }
  }

  /** Ends the conversation once, from either side. */
  private finish(reason: string): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    this.turns.close();
    this.voice.stop();
    for (const timer of this.timers) clearInterval(timer);
    for (const settle of this.results.values()) settle({ answer: 'The conversation ended', failed: true });
    this.socket.close(1000, 'Conversation ended');
    void this.conclude(reason);
  }

  private async conclude(reason: string): Promise<void> {
    const { world, conversation } = this;
    conversation.end(reason);
    conversation.status = 'processing';
    await pause(PROCESSING_MS);
    await world.held(conversation.number, 'ended');
    conversation.status = 'done';
    await postCall(world, conversation);
  }
}
