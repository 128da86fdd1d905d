import type { CallStatus, DialResult, Evidence } from '../../../domain/evidence.ts';
import { iso } from '../../../domain/iso.ts';
import { AGREED_TURNS, spoken, unread } from '../../support/talks.ts';
import { Random } from '../random.ts';
import type { CallPlan } from './schedule.ts';
import type { Timeline } from './timeline.ts';

/** A call as it really went. Times in ms since 1970. */
export interface RealCall {
  call_id: string;
  booking_id: string;
  phone: string;
  batch: { id: string; key: string } | undefined;
  at: number;
  /** When its places were last taken, right before it left. */
  placed_at: number;
  rang: boolean;
  ended_at: number | undefined;
  evidence: Evidence[];
}

const DAY_AND_HOUR = { confirmed_date: '2026-11-25', confirmed_time: '16:00' };

/** The world of phones: what rings, who picks up, and what the providers tell of it. */
export class Phones {
  readonly calls: RealCall[] = [];
  /** Told of each phone that begins to ring. */
  rings: (call: RealCall) => void = () => undefined;
  /** Takes a webhook to the booking's run. */
  tell: (call: RealCall, evidence: Evidence) => void = () => undefined;
  readonly #timeline: Timeline;
  readonly #random: Random;

  constructor(timeline: Timeline, seed: number) {
    this.#timeline = timeline;
    this.#random = new Random(seed + 5);
  }

  live(): RealCall[] {
    return this.calls.filter(({ ended_at }) => ended_at === undefined);
  }

  callOf(callId: string): RealCall | undefined {
    return this.calls.find(({ call_id }) => call_id === callId);
  }

  dial(call: Pick<RealCall, 'call_id' | 'booking_id' | 'phone' | 'batch' | 'placed_at'>, plan: CallPlan): DialResult {
    const problem = { code: plan.end, message: plan.end };
    if (plan.end === 'channel_refused') return { proves: 'channel_refused', problem };
    if (plan.end === 'rate_limited') return { proves: 'deferred', retry_after_ms: 5_000, problem, left: true };
    if (plan.end === 'bad_number') return { proves: 'number_refused', problem };
    const real: RealCall = { ...call, at: this.#timeline.now, rang: false, ended_at: undefined, evidence: [] };
    this.calls.push(real);
    this.rings(real);
    this.#ring(real, plan);
    const { call_sid, conversation_id } = this.idsOf(real.call_id);
    return { proves: 'accepted', call_sid, conversation_id };
  }

  idsOf(callId: string): { call_sid: string; conversation_id: string } {
    return { call_sid: `CA${callId}`, conversation_id: `conv_${callId}` };
  }

  /** A phone that rings or talks falls silent. */
  hangUp(callId: string): void {
    const call = this.callOf(callId);
    if (!call || call.ended_at !== undefined) return;
    const answered = call.evidence.some((one) => one.kind === 'call_status' && one.status === 'in-progress');
    this.#end(call, answered ? 'completed' : 'canceled');
  }

  #ring(call: RealCall, { end, rings_ms, talks_ms, result }: CallPlan): void {
    const later = (ms: number, act: () => void): void =>
      this.#timeline.plan(ms, () => {
        if (call.ended_at === undefined) act();
      });
    later(this.#random.int(500, 2_000), () => {
      call.rang = true;
      this.#status(call, 'ringing');
    });
    const answered = 2_000 + rings_ms;
    if (end !== 'talks') {
      later(answered, () => this.#end(call, end === 'busy' ? 'busy' : 'no-answer'));
      return;
    }
    later(answered, () => this.#status(call, 'in-progress'));
    if (result !== 'none') later(answered + talks_ms - 500, () => this.#report(call, result));
    later(answered + talks_ms, () => this.#end(call, 'completed', result));
  }

  #common(call: RealCall, name: string) {
    return { id: `${name} ${call.call_id}`, call_id: call.call_id, at: iso(this.#timeline.now) };
  }

  #happened(call: RealCall, evidence: Evidence): void {
    call.evidence.push(evidence);
    this.tell(call, evidence);
  }

  #status(call: RealCall, status: CallStatus): void {
    const { call_sid } = this.idsOf(call.call_id);
    this.#happened(call, { ...this.#common(call, status), kind: 'call_status', source: 'callback', call_sid, status });
  }

  #report(call: RealCall, result: Exclude<CallPlan['result'], 'none'>): void {
    const report = { result, ...(result === 'confirmed' ? DAY_AND_HOUR : {}) };
    this.#happened(call, { ...this.#common(call, 'report'), kind: 'report', source: 'tool', report });
  }

  #end(call: RealCall, status: CallStatus, result?: CallPlan['result']): void {
    call.ended_at = this.#timeline.now;
    this.#status(call, status);
    if (status !== 'completed') return;
    const { call_sid, conversation_id } = this.idsOf(call.call_id);
    const transcript = result === 'confirmed' ? spoken : unread;
    this.#timeline.plan(1_000, () =>
      this.#happened(call, {
        ...this.#common(call, 'talk'),
        kind: 'conversation',
        source: 'post_call',
        conversation_id,
        call_sid,
        status: 'done',
        call_result: 'answered',
        transcript,
        duration_seconds: AGREED_TURNS.length * 4,
      }),
    );
  }
}
