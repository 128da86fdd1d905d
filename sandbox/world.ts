import { EventEmitter } from 'node:events';
import { PhoneCall } from './call.ts';
import type { Conversation } from './elevenlabs/conversation.ts';
import { Workspace } from './elevenlabs/workspace.ts';
import type { Fault } from './faults.ts';
import { Holds, type Moment } from './holds.ts';
import { worldOf } from './numbers.ts';
import { type Account, accountOf, type PermittedOverrides, type SandboxOptions } from './options.ts';
import { nth, type Scenario, type ScenarioOrder } from './scenario.ts';
import { NATURAL_MS } from './talk/play.ts';
import { DEFAULT_TIME, defaultDate } from './talk/slot.ts';
import type { Standing } from './twilio/standing.ts';

/** One webhook, with the product's answer. */
export interface Hook {
  at: Date;
  kind: 'twiml' | 'status' | 'amd' | 'recording' | 'stream-status' | 'report_result' | 'post-call' | 'inbound';
  number: string;
  url: string;
  detail: string;
  code: number;
  answer: string;
  error?: string;
  ms: number;
}

/** One request that a provider received. */
interface SeenRequest {
  at: Date;
  method: string;
  path: string;
  number: string;
  code: number;
  note: string;
}

/** A request that a real provider would have refused, or another remark. */
export interface Note {
  at: Date;
  number: string;
  text: string;
}

const KEPT = 5000;
/** Fastest speech that is still understood. */
const FASTEST = 6;

const resolve = (value: string | (() => string)): string =>
  (typeof value === 'function' ? value() : value).replace(/\/+$/, '');

/** The state of both providers. */
export class World {
  readonly account: Account;
  readonly overrides: PermittedOverrides;
  /** Content of the ElevenLabs account. */
  workspace: Workspace;
  /** State of the Twilio account and its number. */
  readonly standing: Standing = { status: 'active', type: 'Full', number: 'owned', voice: true };
  twilioVoiceUrl = 'https://demo.twilio.com/welcome/voice/';
  /** Ordered failures of single requests. The first matching request uses one up. */
  faults: Fault[] = [];
  readonly pace: number;
  readonly events = new EventEmitter<{ dial: [PhoneCall]; ended: [PhoneCall] }>();
  readonly closing = new AbortController();
  readonly holds = new Holds();
  calls: PhoneCall[] = [];
  conversations: Conversation[] = [];
  /** Conversations that wait for their call, by the name of their stream. */
  readonly registered = new Map<string, Conversation>();
  hooks: Hook[] = [];
  requests: SeenRequest[] = [];
  notes: Note[] = [];
  /** The sandbox's own address; known once it listens. */
  url = '';
  private scenarios = new Map<string, Scenario>();
  /** The number that a booking has dialed, or tried to dial. */
  private readonly bookings = new Map<string, string>();
  private readonly options: SandboxOptions;

  constructor(options: SandboxOptions) {
    this.options = options;
    this.account = accountOf(options);
    this.overrides = {
      first_message: true,
      language: true,
      prompt: true,
      max_duration_seconds: true,
      ...options.overrides,
    };
    this.pace = Math.max(0.2, options.pace ?? 1);
    this.workspace = new Workspace(this, options.bare ?? false);
  }

  get publicUrl(): string {
    return resolve(this.options.publicUrl);
  }

  get reach(): string | undefined {
    return this.options.reach === undefined ? undefined : resolve(this.options.reach);
  }

  log(line: string): void {
    this.options.log?.(line);
  }

  scenario(number: string): Scenario {
    return this.scenarios.get(number) ?? this.setScenario({ number });
  }

  /** Replaces the number's world as a whole: missing fields get the documented defaults. */
  setScenario(order: ScenarioOrder): Scenario {
    const scenario: Scenario = {
      callee: ['answer-and-book'],
      native: ['ok'],
      register: ['ok'],
      twilio_create: ['ok'],
      report: 'tool',
      report_late_ms: 6000,
      post_call: 'ok',
      post_late_ms: 6000,
      post_audio: false,
      callbacks: 'ok',
      stream_drops: 0,
      ring_ms: Math.max(150, (this.options.ringMs ?? 1500) / this.pace),
      call_me_after_ms: 60_000,
      list_lag_ms: 0,
      format: 'ulaw_8000',
      simulate: 'gone',
      tests: 'ok',
      conversation: 'ok',
      erase: 'ok',
      confirmed_date: defaultDate(Date.now()),
      confirmed_time: DEFAULT_TIME,
      ...worldOf(order.number),
      ...order,
      used: { native: 0, register: 0, twilio_create: 0, callee: 0, stream_drops: 0 },
    };
    this.scenarios.set(order.number, scenario);
    return scenario;
  }

  /** Pace of a talk, and the time that the callee makes the caller wait. `heard`: its sound is transported and must be understood. */
  paceOf(scenario: Scenario, heard = true): { pace: number; waitMs: number } {
    const wanted = scenario.talk_ms;
    const fast = wanted === undefined ? this.pace : Math.max(this.pace, 1, NATURAL_MS / wanted);
    const pace = heard ? Math.min(FASTEST, fast) : fast;
    const waitMs = wanted === undefined ? 0 : Math.max(0, wanted - NATURAL_MS / pace);
    return { pace: Math.round(pace * 100) / 100, waitMs };
  }

  /**
   * Holds the call where the number's scenario orders it; otherwise resolves at once. With a call: at most until it is hung up or
   * redirected; with a signal: until it aborts.
   */
  async held(number: string, moment: Moment, until: { call?: PhoneCall; signal?: AbortSignal } = {}): Promise<void> {
    if (this.scenario(number).hold !== moment) return;
    const signal = until.signal ? AbortSignal.any([until.signal, this.closing.signal]) : this.closing.signal;
    await this.holds.wait(number, moment, signal, until.call);
  }

  /** Releases a number's call and removes its hold; true when a call was held. */
  release(number: string): boolean {
    const waited = this.holds.at(number) !== undefined;
    this.scenario(number).hold = undefined;
    this.holds.release(number);
    return waited;
  }

  place(to: string, from: string, via: 'native' | 'twilio'): PhoneCall {
    const scenario = this.scenario(to);
    return this.begin(new PhoneCall(to, from, via, nth(scenario.callee, scenario.used.callee++)));
  }

  /** Adds a call, of ours or to ours. */
  begin(call: PhoneCall): PhoneCall {
    const { via } = call;
    call.onEnded = () => void this.events.emit('ended', call);
    this.calls.push(call);
    // Drops the sound of old calls, which would fill the memory.
    const old = this.calls.at(-50);
    if (old && !old.live) Object.assign(old.recorded, new PhoneCall('', '', via, 'busy').recorded);
    if (this.calls.length > KEPT) this.calls.shift();
    this.events.emit('dial', call);
    return call;
  }

  call(sid: string | undefined): PhoneCall | undefined {
    return this.calls.findLast((call) => call.sid === sid);
  }

  conversation(id: string): Conversation | undefined {
    return this.conversations.findLast((conversation) => conversation.id === id);
  }

  addConversation(conversation: Conversation): void {
    this.conversations.push(conversation);
    this.conversations.at(-100)?.forgetSound();
    if (this.conversations.length > KEPT) this.conversations.shift();
  }

  remember(bookingId: string, number: string): void {
    if (bookingId) this.bookings.set(bookingId, number);
  }

  numberOf(bookingId: string): string {
    return this.bookings.get(bookingId) ?? '';
  }

  note(number: string, text: string): void {
    this.keep(this.notes, { at: new Date(), number, text });
    this.log(`note: ${text}`);
  }

  keep<T>(list: T[], item: T): T {
    list.push(item);
    if (list.length > KEPT) list.shift();
    return item;
  }

  reset(): void {
    for (const call of this.calls) call.hangUp('reset');
    for (const number of this.scenarios.keys()) this.holds.release(number);
    this.scenarios = new Map();
    this.bookings.clear();
    this.calls = [];
    this.conversations = [];
    this.registered.clear();
    this.hooks = [];
    this.requests = [];
    this.notes = [];
    this.faults = [];
    this.workspace = new Workspace(this, this.options.bare ?? false);
  }
}
