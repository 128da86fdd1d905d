import { cancellationSignal, sleep } from '@temporalio/activity';
import type { Duet } from '../bridge/interface.ts';
import type { CallbackPoster } from '../callbacks/post.ts';
import type { Alarms } from '../delivery/alarms.ts';
import type { Accounts } from '../domain/accounts.ts';
import type { BookingRuns } from '../domain/booking-runs.ts';
import type { Provider } from '../domain/channels.ts';
import type { CallingWindow } from '../domain/order.ts';
import type { ElevenLabsAgents, TwilioVoice } from '../providers/interface.ts';
import type { Artifacts, Records } from '../records/interface.ts';

/** What activities need of a logger; pino's fits. */
export interface ActivityLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Clock {
  /** Unix ms. */
  now(): number;
  /** Ends early, with a CancelledFailure, when the activity is cancelled. */
  sleep(ms: number): Promise<void>;
}

/** What activities act on. A provider that is not configured is left out: then nothing can be dialed or asked there. */
export interface ActivityDependencies {
  /** The mode and accounts that this process works with now; what belongs to others is left alone. */
  accounts: Accounts;
  /** The calling hours and countries that hold now, whatever held when a booking was accepted. Countries undefined: all. */
  callingWindow: CallingWindow;
  allowedCountries?: readonly string[] | undefined;
  twilio?: TwilioVoice | undefined;
  elevenlabs?: ElevenLabsAgents | undefined;
  records: Records;
  artifacts: Artifacts;
  /** The live duet of two agents, Option C's first choice. */
  duet?: Duet | undefined;
  /** Posts to clients; without it nobody is told. */
  callbacks?: CallbackPoster | undefined;
  /**
   * Deletes every run of these workflow ids from Temporal, histories included, and returns how many it still knows: it deletes
   * in its own time. Absent: nothing can be erased.
   */
  forgetRuns?: ((workflowIds: string[]) => Promise<number>) | undefined;
  /**
   * Asks the workflow itself whether a dial that has not left yet is still wanted; it has then read everything that the engine
   * has for it. A run that is closed wants nothing. Throws when nobody answers.
   */
  stillWanted(run: { workflowId: string; runId?: string | undefined }, callId: string): Promise<boolean>;
  /** Tells a booking that it has got the line of its number. `gone`: no such workflow is open. Throws when the engine is out of reach. */
  lineHanded(bookingId: string): Promise<'told' | 'gone'>;
  /** The engine's word on the bookings' runs. Absent: nothing is compared with it. */
  runs?: BookingRuns | undefined;
  /** How many calls a provider's account may have at once, over all workers; a provider that is left out has no limit. */
  callsAtOnce?: Partial<Record<Provider, number | undefined>> | undefined;
  /** True once this process is about to end: a dial that has not left yet stays. Absent: never. */
  stopping?: (() => boolean) | undefined;
  /** Keyed hash of a number, as the do-not-call list keeps it; numbers that ring the same phone share it. */
  phoneHash(phone: string): string;
  /** All hashes under which it may stand on that list, that one first. */
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

/** Waits for work that cannot be called off, but no longer than until the activity is cancelled. */
export async function unlessCancelled<T>(work: Promise<T>): Promise<T> {
  const signal = cancellationSignal();
  // Work that nobody waits for any more may still fail.
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
