import { cancellationSignal, sleep } from '@temporalio/activity';
import type { ChildAccepted, ChildRequest } from '../accepting/accept.ts';
import type { Duet } from '../bridge/interface.ts';
import type { CallbackPoster } from '../callbacks/post.ts';
import type { Alarms } from '../delivery/alarms.ts';
import type { BatchGateway } from '../delivery/batch-gateway.ts';
import type { BookingGateway } from '../delivery/gateway.ts';
import type { ShortlistRuns } from '../delivery/resume-shortlist.ts';
import type { SignalParent } from '../delivery/tell-parent.ts';
import type { Accounts } from '../domain/accounts.ts';
import type { BookingRuns } from '../domain/booking-runs.ts';
import type { Provider } from '../domain/channels.ts';
import type { BookingSettings, CallingWindow } from '../domain/order.ts';
import type { PublicHolidays } from '../domain/present-window.ts';
import type { ElevenLabsAgents, TwilioVoice } from '../providers/interface.ts';
import type { Artifacts, Records } from '../records/interface.ts';

/** The part of a logger that activities use. A pino logger fits. */
export interface ActivityLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects early with a CancelledFailure when the activity is cancelled. */
  sleep(ms: number): Promise<void>;
}

/** Dependencies of the activities. A provider that is not configured is absent: then nothing can be dialed or read there. */
export interface ActivityDependencies {
  /** Mode and accounts of this process. It leaves bookings of other accounts alone. */
  accounts: Accounts;
  /** The configured calling window and countries, which may be newer than a booking. Countries undefined: all countries. */
  callingWindow: CallingWindow;
  /** Public holidays on which nobody is called. Absent: businesses are called on holidays too. */
  holidays?: PublicHolidays | undefined;
  allowedCountries?: readonly string[] | undefined;
  twilio?: TwilioVoice | undefined;
  elevenlabs?: ElevenLabsAgents | undefined;
  records: Records;
  artifacts: Artifacts;
  /** Live duet of two agents, the first choice of a simulation. */
  duet?: Duet | undefined;
  /** Posts callbacks to clients. Absent: no callbacks are sent. */
  callbacks?: CallbackPoster | undefined;
  /**
   * Deletes every run of these workflow ids from Temporal, with its history. Returns the number of runs that Temporal still has, because it
   * deletes asynchronously. Absent: nothing can be erased.
   */
  forgetRuns?: ((workflowIds: string[]) => Promise<number>) | undefined;
  /**
   * Asks the workflow whether a dial that has not left yet is still wanted. To answer, the workflow first reads everything that Temporal
   * has for it. A closed run wants no dial.
   * @throws when nobody answers
   */
  stillWanted(run: { workflowId: string; runId?: string | undefined }, callId: string): Promise<boolean>;
  /**
   * Signals to a booking that it now holds the line of its number. `gone`: no such workflow is open.
   * @throws when Temporal is unreachable
   */
  lineHanded(bookingId: string): Promise<'told' | 'gone'>;
  /** Signals a parent that one of its bookings has its outcome. Absent: parents find out by themselves. */
  childEnded?: SignalParent | undefined;
  /** Starts or signals the run that follows a call of the business after the outcome. Absent: nobody follows here. */
  followUp?: BookingGateway['followUp'] | undefined;
  /** Places and cancels the bookings of parents. Absent: this process runs no parents. */
  children?: { accept(request: ChildRequest): Promise<ChildAccepted>; cancel: BookingGateway['cancel'] } | undefined;
  /** Temporal's runs of shortlists. Absent: a lost one is not found. */
  shortlistRuns?: ShortlistRuns | undefined;
  /** Wakes and erases batches. Absent: this process runs no batches. */
  batches?: BatchGateway | undefined;
  /** Temporal's state of the bookings' runs. Absent: nothing is compared with it. */
  runs?: BookingRuns | undefined;
  /** Limit of concurrent calls for each provider's account, over all workers. Absent: no limit. */
  callsAtOnce?: Partial<Record<Provider, number | undefined>> | undefined;
  /** Settings that a booking gets when it is accepted, for calls after its outcome. Absent: the defaults. */
  booking?: Pick<BookingSettings, 'settle_seconds' | 'calls_queue' | 'require_proof'> | undefined;
  /** Notes that the database has a new dial, without waiting. Absent: nobody notes it. */
  dialClaimed?: (() => void) | undefined;
  /** True when this process is about to stop; then no further dial may leave. Absent: never. */
  stopping?: (() => boolean) | undefined;
  /** Keyed hash of a number, as in the do-not-call list. Numbers that ring the same phone share it. */
  phoneHash(phone: string): string;
  /** All hashes under which the list may have the number. The hash of `phoneHash` comes first. */
  phoneHashes(phone: string): string[];
  log: ActivityLog;
  alarms: Pick<Alarms, 'raise'>;
  clock?: Clock | undefined;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => sleep(ms),
};

export const clockOf = (deps: ActivityDependencies): Clock => deps.clock ?? systemClock;

/** Waits for work that cannot be aborted, at most until the activity is cancelled. */
export async function unlessCancelled<T>(work: Promise<T>): Promise<T> {
  const signal = cancellationSignal();
  // The work may still fail after nobody waits for it.
  work.catch(() => undefined);
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const cancelled = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
