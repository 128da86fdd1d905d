import type { BookingOrder } from '../../../domain/order.ts';
import { policyOf } from '../../../domain/policy.ts';
import type { Result } from '../../../domain/result.ts';
import { confirmedIsTrue } from '../check-words.ts';
import { playCore } from '../core.ts';
import { startOf } from '../input.ts';
import type { Run } from '../run.ts';
import { NEVER, quietSchedule, type Schedule } from '../schedule.ts';
import type { TrueLeg } from '../truth.ts';
import type { ShortlistPlan } from './plan.ts';

const DAY = startOf({ ...quietSchedule(), starts_at_hour: 0 });
export const HOUR = 3_600_000;

/** When the shortlist is accepted; Unix ms. */
export const beginningOf = ({ starts_at_hour }: ShortlistPlan): number => DAY + starts_at_hour * HOUR;

/** A booking of the shortlist, as the core simulator plays it from the moment of its start. */
export class Child {
  readonly id: string;
  readonly candidate: number;
  readonly order: BookingOrder;
  readonly startedAt: number;
  run: Run;
  canceledAt?: number;
  /** Its end is on record. */
  recorded = false;
  result?: Result;
  endedAt = Infinity;
  erasedAt = Infinity;
  readonly reviews: { at: number; result: 'confirmed' | 'declined' }[] = [];
  /** When a call of the business after the outcome was on record, and whether it gave an appointment. */
  rangBack?: { at: number; says: 'gives' | 'doubtful' | 'nothing' };
  private readonly schedule: Schedule;

  constructor(order: BookingOrder, plan: ShortlistPlan, turn: number, now: number) {
    this.id = order.id;
    this.order = order;
    this.candidate = order.shortlist!.candidate;
    this.startedAt = now;
    const { bookings, zone, opening_hours } = plan.candidates[this.candidate - 1]!;
    const given = bookings[Math.min(turn, bookings.length) - 1]!;
    const { enabled } = order.escalation.simulation;
    this.schedule = {
      ...given,
      native: policyOf(order, 'native'),
      registered: policyOf(order, 'registered'),
      bridge: policyOf(order, 'bridge'),
      callback: { ...plan.callback, enabled: false },
      simulation: enabled ? (given.simulation === 'off' ? 'works' : given.simulation) : 'off',
      starts_at_hour: (now - DAY) / HOUR,
      window: plan.window,
      times: {
        ...quietSchedule().times,
        zone,
        opening_hours,
        not_after_ms: order.not_after === undefined ? NEVER : Date.parse(order.not_after) - now,
      },
      sandbox: false,
      // The database of the shortlist is the real one, and has what it has.
      older_databases: [],
      cancel_at_ms: NEVER,
    };
    this.run = playCore(this.schedule);
  }

  /** The outcome stands, or the run is gone. */
  get overAt(): number {
    return Math.min(this.run.ended_at ?? Infinity, this.run.gone_at ?? Infinity);
  }

  /** Cancels it at this moment: what happened before is played again as it was. */
  cancel(now: number): boolean {
    if (this.overAt <= now) return false;
    this.canceledAt ??= now;
    const before = JSON.stringify(this.legsBefore(now));
    this.run = playCore({ ...this.schedule, cancel_at_ms: this.canceledAt - this.startedAt });
    if (JSON.stringify(this.legsBefore(now)) !== before)
      throw new Error(`${this.id} has another past after its cancel`);
    return true;
  }

  private legsBefore(at: number): [number, number | undefined][] {
    return this.run.world.legs
      .filter(({ created_at }) => created_at < at)
      .map((leg) => [leg.created_at, leg.rang_at && leg.rang_at < at ? leg.rang_at : 0]);
  }

  get legs(): TrueLeg[] {
    return this.run.world.legs;
  }

  get rang(): boolean {
    return this.legs.some(({ rang_at }) => rang_at !== undefined);
  }

  /** Its business really gave the appointment that the outcome names, as far as words that anybody heard show. */
  get gave(): boolean {
    const { outcome } = this.run;
    if (outcome?.result !== 'confirmed' || outcome.channel === 'simulation') return false;
    const reported = this.legs.some((leg) => leg.person && leg.reported.some(({ result }) => result === 'confirmed'));
    return reported && confirmedIsTrue(this.run) === undefined;
  }

  /** When our side first had word of an appointment. */
  get heardAt(): number {
    const { delivered } = this.run.world;
    const word = delivered.find(({ evidence }) => evidence.kind === 'report' && evidence.report.result === 'confirmed');
    return word?.at ?? Infinity;
  }
}
