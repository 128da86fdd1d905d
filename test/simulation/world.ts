import { PHONE, type PhoneChannel, type Provider } from '../../domain/channels.ts';
import type { DialResult, Evidence, HangUpResult, Problem } from '../../domain/evidence.ts';
import { callIdOf } from '../../domain/ids.ts';
import { isTerminal } from '../../domain/leg.ts';
import { asksNeverToBeCalled } from '../../domain/prohibition.ts';
import { type CallSnapshot, type ConversationSnapshot, ProviderUnreachable } from '../../providers/interface.ts';
import { Agenda } from './agenda.ts';
import { callLife } from './call-life.ts';
import { Circumstances } from './circumstances.ts';
import { Database } from './database.ts';
import { answeredBy, conversationSnapshot, stranger } from './lookups.ts';
import { type Outbound, ringBack } from './ring-back.ts';
import { type Delivery, type DialPlan, NEVER, quietDial, resumesAt, type Schedule, type Span } from './schedule.ts';
import { isAlive, isOurs, setStatus, statusAt, statusOf, type TrueConversation, type TrueLeg } from './truth.ts';

/** A fresh call may not be readable by its CallSid for so long. */
const UNREADABLE_MS = 5_000;
/** Reads by CallSid are behind by so much, where the plan lets a provider lag. */
const READ_LAG_MS = 2_000;

export interface DialRequest {
  n: number;
  channel: PhoneChannel;
  ring_seconds: number;
  max_call_seconds: number;
}

/** A dial's answer, and when it comes (Unix ms). */
export interface DialAnswer {
  result: DialResult;
  at: number;
}

const problem = (code: string): Problem => ({ code, message: code.replaceAll('_', ' ') });
const within = (spans: readonly Span[], start: number, now: number): boolean =>
  spans.some(({ from_ms, for_ms }) => now >= start + from_ms && now < start + from_ms + for_ms);

/**
 * The providers and the phones. It knows what is true, keeps it apart from what anybody is told, and answers look-ups from the
 * truth through the schedule's faults. It shares no code with the booking's own folding or deciding.
 */
export class World {
  readonly agenda = new Agenda();
  readonly legs: TrueLeg[] = [];
  /** Every dial request that reached a provider. */
  readonly requests: { n: number; channel: PhoneChannel; at: number; on_record: boolean; forbidden: boolean }[] = [];
  /** What was handed to the booking, and when: acknowledged to whoever sent it. */
  readonly delivered: { at: number; evidence: Evidence }[] = [];
  /** Faults that really happened, counted. */
  readonly injected = new Map<string, number>();
  readonly story: { at: number; text: string }[] = [];
  /** Our own database: it keeps what it has, whatever the engine forgets. */
  readonly database: Database;
  readonly circumstances: Circumstances;
  /** What was asked of the booking's own providers while our processes worked with other accounts. */
  readonly intrusions: { at: number; what: string }[] = [];
  /** From when on the number may not be rung: the prohibition was accepted. */
  forbidden_at?: number;
  /** What our own calls do, as the booking's row shows it. */
  outbound: () => Outbound = () => undefined;
  /** Calls of the business after the outcome are followed. */
  follows = false;
  /** When the business calls us, once that is known. */
  rings_back_at?: number;
  /** The broken assumption really mattered. */
  breaches = 0;
  now: number;
  /** The business's clock. */
  zone = 'Etc/UTC';
  readonly schedule: Schedule;
  readonly start: number;
  readonly bookingId: string;
  private readonly take: (evidence: Evidence) => void;
  /** A phone has rung. */
  private rung = false;

  constructor(schedule: Schedule, start: number, bookingId: string, take: (evidence: Evidence) => void) {
    this.schedule = schedule;
    this.start = start;
    this.now = start;
    this.bookingId = bookingId;
    this.take = take;
    this.database = new Database(start);
    this.circumstances = new Circumstances(
      schedule,
      start,
      this.agenda,
      () => this.now,
      (what) => this.count(what),
    );
    if (schedule.do_not_call_at_ms < NEVER) {
      this.agenda.plan(start + schedule.do_not_call_at_ms, () => this.forbid('do-not-call meanwhile'));
    }
  }

  /** Lets everything happen that is due by then. */
  runUntil(at: number): void {
    while (this.agenda.next <= at) {
      const item = this.agenda.take()!;
      this.now = Math.max(this.now, item.at);
      item.run();
    }
    this.now = Math.max(this.now, at);
  }

  count(what: string): void {
    this.injected.set(what, (this.injected.get(what) ?? 0) + 1);
  }

  tell(text: string): void {
    this.story.push({ at: this.now, text });
  }

  isBroken(id: Schedule['broken']): boolean {
    return this.schedule.broken === id;
  }

  planOf(n: number): DialPlan {
    const { dials } = this.schedule;
    // The last plan goes on, but a look before the dial that fails for ever would be no disaster, it would be a dead system.
    return dials[n - 1] ?? { ...(dials.at(-1) ?? quietDial()), guard: 'none' };
  }

  /** Sends one piece of evidence on its way to the booking; it may never come. */
  send(evidence: Evidence, how: Delivery = 'on_time', lateMs = 0): void {
    const what = evidence.kind === 'bridge' ? evidence.event : 'status' in evidence ? evidence.status : evidence.kind;
    if (how !== 'on_time') this.count(`webhook ${how}`);
    if (how === 'lost') {
      this.tell(`${evidence.call_id}: word of ${what} is lost`);
      return;
    }
    const arrive = (): void => {
      const heard = this.asRead(evidence);
      // Other accounts' secrets do not fit; and of a booking that is not on record nobody is told.
      const refused = this.circumstances.isElsewhere(this.now) || !this.database.accepted;
      if (refused) {
        this.count('webhook refused');
        this.tell(`${evidence.call_id}: word of ${what} is refused`);
        return;
      }
      if (!this.circumstances.isDatabaseAway(this.now)) this.database.add(heard, this.now);
      if (asksNeverToBeCalled(evidence)) this.forbid('forbidden by its own call');
      this.tell(`${evidence.call_id}: word of ${what} arrives${how === 'on_time' ? '' : ` (${how})`}`);
      this.take(heard);
    };
    const after = how === 'late' ? lateMs : 150;
    this.agenda.plan(this.now + after, arrive);
    if (how === 'twice') this.agenda.plan(this.now + after + 5_000, arrive);
  }

  /** A talk's record as it is understood now: without the order, which only the database has, its words stay unread. */
  asRead<E extends Evidence>(evidence: E): E {
    if (evidence.kind !== 'conversation' || !evidence.transcript?.talk) return evidence;
    if (!this.circumstances.isDatabaseAway(this.now) && this.database.accepted) return evidence;
    this.count('words unread');
    const { talk: _, ...transcript } = evidence.transcript;
    return { ...evidence, transcript };
  }

  outOfReach(provider: Provider): boolean {
    const spans = provider === 'twilio' ? this.schedule.twilio_outages : this.schedule.elevenlabs_outages;
    return within(spans, this.start, this.now);
  }

  private reach(provider: Provider): void {
    if (!this.outOfReach(provider)) return;
    this.count(`${provider} out of reach`);
    throw new ProviderUnreachable(problem(`${provider}_out_of_reach`));
  }

  otherBookingHolds(at: number): boolean {
    return within(this.schedule.other_booking, this.start, at);
  }

  /** When the other booking gives the number free. */
  freeAgainAt(at: number): number {
    return resumesAt(this.schedule.other_booking, this.start, at);
  }

  /** A prohibition from elsewhere is accepted: no sooner than the database can take it. */
  forbid(what: string): void {
    const { circumstances, now } = this;
    if (circumstances.isDatabaseAway(now)) {
      this.agenda.plan(circumstances.databaseBackAt(now), () => this.forbid(what));
      return;
    }
    this.count(what);
    this.tell('the number is put on the do-not-call list');
    this.database.forbid(now);
    this.forbidden_at ??= now;
  }

  /** Ids are tied to an attempt, where the database can be reached. */
  link(n: number, ids: { call_sid?: string | undefined; conversation_id?: string | undefined }): void {
    if (!this.circumstances.isDatabaseAway(this.now)) this.database.link(callIdOf(this.bookingId, n), ids, this.now);
  }

  private noteIntrusion(what: string): void {
    if (!this.circumstances.isElsewhere(this.now)) return;
    this.intrusions.push({ at: this.now, what });
    this.tell(`${what}, by other accounts than the booking's`);
  }

  /** Where the same dial leaves once more, its call and conversation have other ids. */
  private idsOf(n: number): { call_sid: string; conversation_id: string } {
    const before = this.requests.filter((request) => request.n === n).length;
    const more = before > 0 ? `-again${before}` : '';
    return { call_sid: `CA-${n}${more}`, conversation_id: `conv-${n}${more}` };
  }

  private place(request: DialRequest, at: number, ids: { call_sid: string; conversation_id: string }): TrueLeg {
    const plan = this.planOf(request.n);
    const leg: TrueLeg = {
      n: request.n,
      call_id: callIdOf(this.bookingId, request.n),
      channel: request.channel,
      media: PHONE[request.channel].fallsBack ? undefined : PHONE[request.channel].media,
      ...ids,
      plan,
      created_at: at,
      history: [],
      person: false,
      reported: [],
      ring_seconds: request.ring_seconds,
      max_call_seconds: request.max_call_seconds,
      conversations: [],
      left_over: [],
      callbacks: 0,
      hang_ups: 0,
    };
    this.agenda.plan(at, () => {
      this.legs.push(leg);
      callLife(this, leg);
    });
    return leg;
  }

  /** A dial request that has reached the provider: places the call or not, and answers or not. */
  dial(request: DialRequest): DialAnswer {
    const plan = this.planOf(request.n);
    const { now } = this;
    const at = now + plan.answers_after_ms;
    const native = PHONE[request.channel].dialedAt === 'elevenlabs';
    const named = this.idsOf(request.n);
    const ids = native ? named : { call_sid: named.call_sid };
    this.noteIntrusion(`dial ${request.n} leaves`);
    this.requests.push({
      n: request.n,
      channel: request.channel,
      at: now,
      on_record: this.database.isOnRecord,
      forbidden: this.forbidden_at !== undefined,
    });
    this.circumstances.dialed(this.requests.length);
    this.tell(`dial ${request.n} (${request.channel}) reaches the provider; fault: ${plan.fault}`);
    if (plan.fault !== 'none') this.count(`dial ${plan.fault}`);
    const lie = (id: Schedule['broken']): void => {
      if (!this.isBroken(id)) return;
      this.breaches += 1;
      this.place(request, now + 200, named);
    };
    const answer = (result: DialResult, linked = false): DialAnswer => {
      if (linked && !this.circumstances.diedBetween(now, at)) {
        this.agenda.plan(at, () => this.link(request.n, ids));
      }
      return { result, at };
    };
    switch (plan.fault) {
      case 'none':
      case 'slow':
        this.place(request, now + Math.min(400, plan.answers_after_ms), named);
        return answer({ proves: 'accepted', ...ids }, true);
      case 'number_refused':
        return answer({ proves: 'number_refused', problem: problem('twilio_21211') });
      case 'channel_refused':
        lie('refused_is_refused');
        return answer({ proves: 'channel_refused', problem: problem('twilio_20003') });
      case 'rate_limited':
        lie('put_off_is_put_off');
        return answer({ proves: 'deferred', retry_after_ms: plan.retry_after_ms, problem: problem('twilio_429') });
      case 'not_sent':
        return answer({ proves: 'not_sent', problem: problem('econnrefused') });
      default: {
        const acted = plan.fault.endsWith('acted');
        // A provider that was slow may place the call after we stopped waiting for its answer.
        if (acted) this.place(request, plan.fault.startsWith('timeout') ? at + 3_000 : now + 400, named);
        const told = plan.fault.startsWith('failed_with_id')
          ? native
            ? { conversation_id: named.conversation_id }
            : ids
          : {};
        return answer({ proves: 'unknown', problem: problem(plan.fault), ...told }, 'call_sid' in told);
      }
    }
  }

  private knows(leg: TrueLeg): boolean {
    return isOurs(leg) || !this.schedule.foreign_account;
  }

  private snapshot(leg: TrueLeg): CallSnapshot {
    const lag = leg.plan.twilio_lag_ms > 0 ? READ_LAG_MS : 0;
    let status = statusAt(leg, this.now - lag);
    if (this.isBroken('polls_tell_the_truth') && !isTerminal(status)) {
      this.breaches += 1;
      status = 'no-answer';
    }
    return {
      call_sid: leg.call_sid,
      status,
      to: 'callee',
      from: 'us',
      created_at: new Date(leg.created_at).toISOString(),
      ended_at: isTerminal(status) && leg.ended_at !== undefined ? new Date(leg.ended_at).toISOString() : undefined,
      answered_by: answeredBy(this, leg),
    };
  }

  /** Twilio's word on one call; throws ProviderUnreachable. */
  call(callSid: string): CallSnapshot | undefined {
    this.noteIntrusion(`${callSid} is asked about`);
    this.reach('twilio');
    const foreigner = stranger(this).find((one) => one.call_sid === callSid);
    if (foreigner) return foreigner;
    const leg = this.legs.find((one) => one.call_sid === callSid);
    if (!leg || !this.knows(leg)) return undefined;
    if (leg.plan.twilio_lag_ms > 0 && this.now - leg.created_at < UNREADABLE_MS) return undefined;
    return this.snapshot(leg);
  }

  /** Twilio's list, newest first; behind by each call's lag. */
  callsTo(since: number): CallSnapshot[] {
    this.noteIntrusion('Twilio is asked for its list');
    this.reach('twilio');
    const seen = this.legs.filter(
      (leg) =>
        !leg.inbound &&
        this.knows(leg) &&
        leg.created_at >= since - 2_000 &&
        this.now >= leg.created_at + leg.plan.twilio_lag_ms,
    );
    return [...seen.map((leg) => this.snapshot(leg)), ...stranger(this)].sort((a, b) =>
      b.created_at.localeCompare(a.created_at),
    );
  }

  private conversations(): TrueConversation[] {
    return this.legs.flatMap((leg) => [...leg.left_over, ...leg.conversations]);
  }

  conversation(id: string): ConversationSnapshot | undefined {
    this.noteIntrusion(`${id} is asked about`);
    this.reach('elevenlabs');
    const found = this.conversations().find((one) => one.conversation_id === id);
    return found && conversationSnapshot(this, found);
  }

  conversationsOf(since: number): ConversationSnapshot[] {
    this.noteIntrusion('ElevenLabs is asked for its list');
    this.reach('elevenlabs');
    return this.conversations()
      .filter(
        ({ started_at, leg }) => started_at >= since - 2_000 && this.now >= started_at + leg.plan.elevenlabs_lag_ms,
      )
      .map((one) => conversationSnapshot(this, one));
  }

  hangUp(callSid: string, mode: 'cancel' | 'complete'): { result: HangUpResult; after: number } {
    const failed = (code: string): HangUpResult => ({ done: 'failed', problem: problem(code) });
    this.noteIntrusion(`${callSid} is hung up`);
    if (this.outOfReach('twilio')) {
      this.count('twilio out of reach');
      return { result: failed('twilio_out_of_reach'), after: 2_000 };
    }
    const leg = this.legs.find((one) => one.call_sid === callSid);
    if (!leg) return { result: { done: stranger(this).length > 0 ? 'requested' : 'not_found' }, after: 300 };
    const fault = leg.plan.hang_up[leg.hang_ups++] ?? 'none';
    this.tell(`${leg.call_id}: asked to ${mode}; fault: ${fault}`);
    if (!this.knows(leg)) return { result: { done: 'not_found' }, after: 300 };
    if (!isAlive(leg)) return { result: { done: 'ended' }, after: 300 };
    if (fault === 'not_readable_yet' && this.now - leg.created_at < Math.max(leg.plan.twilio_lag_ms, UNREADABLE_MS)) {
      this.count('hang-up not_readable_yet');
      return { result: { done: 'not_found' }, after: 300 };
    }
    if (fault !== 'none' && fault !== 'not_readable_yet') this.count(`hang-up ${fault}`);
    if (fault === 'fails') return { result: failed('twilio_http_500'), after: 1_000 };
    if (this.isBroken('hang_up_is_honoured')) {
      this.breaches += 1;
      return { result: { done: 'requested' }, after: 300 };
    }
    const after = fault === 'slow' ? 12_000 : 300;
    this.agenda.plan(this.now + after, () => this.endByUs(leg, mode));
    return { result: fault === 'answer_lost' ? failed('timeout') : { done: 'requested' }, after };
  }

  private endByUs(leg: TrueLeg, mode: 'cancel' | 'complete'): void {
    const status = leg.history.length === 0 ? undefined : statusOf(leg);
    if (status === undefined || isTerminal(status)) return;
    if (status === 'in-progress' && mode === 'cancel') return;
    leg.end?.(status === 'in-progress' ? 'completed' : 'canceled');
  }

  setStatus(leg: TrueLeg, status: Parameters<typeof setStatus>[1]): void {
    setStatus(leg, status, this.now);
    const { ring_back } = this.schedule;
    if (ring_back && status === 'ringing' && !this.rung) {
      this.rings_back_at = this.now + ring_back.after_ms;
      this.agenda.plan(this.rings_back_at, () => ringBack(this));
    }
    if (status === 'ringing') this.rung = true;
    this.tell(`${leg.call_id}: ${status}`);
  }
}
