import type { Accounts } from '../../domain/accounts.ts';
import type { CallingWindow } from '../../domain/order.ts';
import type { Agenda } from './agenda.ts';
import { type Anchor, NEVER, type Schedule, type Stretch } from './schedule.ts';
import { Windows } from './windows.ts';

/** The accounts that accepted the booking, and those that our processes work with for a while. */
export const OWN: Accounts = {
  mode: 'live',
  twilio: 'AC-own',
  elevenlabs: 'agent-own',
  played: false,
  caller: '+541152363020',
};
const OTHERS: readonly Accounts[] = [
  { mode: 'sandbox', twilio: 'AC-sandbox', elevenlabs: 'agent-sandbox', played: true, caller: '+541152363021' },
  { ...OWN, twilio: 'AC-other' },
  { ...OWN, elevenlabs: 'agent-other' },
  { ...OWN, played: true },
  { ...OWN, mode: 'simulation', twilio: null },
];
/** Those of a booking that the sandbox accepted. */
export const SANDBOX: Accounts = OTHERS[0]!;

interface Time {
  from: number;
  to: number;
}

const within = (times: readonly Time[], at: number): boolean => times.some(({ from, to }) => at >= from && at < to);

/**
 * How our own processes and their database stand in a run, moment by moment: with which accounts, hours and countries they work, and
 * whether the database can be reached. What hangs on a dial begins once that dial has reached its provider. Times in Unix ms.
 */
export class Circumstances {
  private readonly elsewhere: Time[] = [];
  private readonly away: Time[] = [];
  /** When our processes start anew, with another configuration: what was under way in them dies. */
  private readonly restarts: number[] = [];
  private readonly windows: Windows;
  private readonly waiting: { anchor: Anchor; begin: () => void }[] = [];
  private readonly schedule: Schedule;
  private readonly start: number;
  private readonly agenda: Agenda;
  private readonly now: () => number;

  constructor(schedule: Schedule, start: number, agenda: Agenda, now: () => number, count: (what: string) => void) {
    this.schedule = schedule;
    this.windows = new Windows(schedule.times, start);
    this.start = start;
    this.agenda = agenda;
    this.now = now;
    const enter = (times: Time[], { for_ms, ...anchor }: Stretch, restarts: boolean): void =>
      this.whenDue(anchor, () => {
        const from = this.now();
        times.push({ from, to: from + for_ms });
        if (!restarts) return;
        this.restarts.push(from, from + for_ms);
        count('other accounts');
      });
    for (const one of schedule.other_accounts) enter(this.elsewhere, one, true);
    for (const one of schedule.database_outages) enter(this.away, one, false);
    const change = (at_ms: number, what: string): void => {
      if (at_ms >= NEVER) return;
      this.restarts.push(start + at_ms);
      agenda.plan(start + at_ms, () => count(what));
    };
    change(schedule.hours_change.at_ms, 'other hours');
    change(schedule.barred_at_ms, 'country barred');
  }

  /** Plans what is to begin at a moment that may hang on a dial. */
  whenDue(anchor: Anchor, begin: () => void): void {
    if (anchor.after_dial === 0) this.agenda.plan(this.start + anchor.at_ms, begin);
    else this.waiting.push({ anchor, begin });
  }

  /** The so-manieth dial has reached its provider. */
  dialed(count: number): void {
    for (const one of this.waiting) {
      if (one.anchor.after_dial === count) this.agenda.plan(this.now() + one.anchor.at_ms, one.begin);
    }
  }

  accountsAt(at: number): Accounts {
    const own = this.schedule.sandbox ? SANDBOX : OWN;
    if (!within(this.elsewhere, at)) return own;
    return this.schedule.sandbox ? OWN : OTHERS[this.schedule.seed % OTHERS.length]!;
  }

  isElsewhere(at: number): boolean {
    return within(this.elsewhere, at);
  }

  isDatabaseAway(at: number): boolean {
    return within(this.away, at);
  }

  /** The first moment from `at` on when the database can be reached. */
  databaseBackAt(at: number): number {
    let t = at;
    for (let before = Number.NaN; before !== t; ) {
      before = t;
      for (const { from, to } of this.away) if (t >= from && t < to) t = to;
    }
    return t;
  }

  /** A process that was at work from one moment to the other has died in between. */
  diedBetween(from: number, to: number): boolean {
    return this.restarts.some((at) => at > from && at <= to);
  }

  windowAt(at: number): CallingWindow {
    const { hours_change, window } = this.schedule;
    return this.windows.of(at >= this.start + hours_change.at_ms ? hours_change.window : window);
  }

  isBarred(at: number): boolean {
    return at >= this.start + this.schedule.barred_at_ms;
  }
}
