import type { PhoneChannel, Provider } from '../../domain/channels.ts';
import type { DialResult, SkipReason } from '../../domain/evidence.ts';
import type { PhoneDial } from '../../providers/interface.ts';
import { type ActivityDependencies, clockOf } from '../dependencies.ts';
import type { DialInput, LineHold } from '../interface.ts';

/** One reason that may keep a dial from leaving. */
export interface Check {
  /** Its name in the log. */
  name: string;
  /**
   * The result of a dial that must not leave, or undefined. A check that refuses holds nothing. A check throws when it cannot use the
   * database: the dial is put off, and `release` runs because the check may have taken something.
   */
  refusal(dial: Dialing): Promise<DialResult | undefined>;
  /** Releases what the check took and the call does not need. `result` undefined: the dial did not leave. */
  release?(dial: Dialing, result: DialResult | undefined): Promise<void>;
}

/** A dial as the accepted booking's row defines it. */
export interface PlannedDial extends PhoneDial {
  channel: PhoneChannel;
  /** The line, held by this booking until the dialed leg must be over. */
  line: LineHold;
  /** Hashes under which the do-not-call list may have the number. */
  phoneHashes: string[];
}

/** How a dial passed its circuit; decides what the circuit records when the dial has ended. */
export interface Passage {
  provider: Provider;
  trial: boolean;
  /** Other dials had failed before it. */
  doubted: boolean;
}

/** A dial on its way through the checks, with the findings that later checks use. */
export class Dialing {
  readonly deps: ActivityDependencies;
  readonly input: DialInput;
  /** Unix ms. */
  readonly began: number;
  /** Set by the check of the booking's row. */
  plan!: PlannedDial;
  /** Set by the check of the dialer: sends the request. Never throws. */
  send!: () => Promise<DialResult>;
  passage: Passage | undefined;
  /** Whether the database has this dial among those that left. */
  onRecord: 'no' | 'perhaps' | 'yes' = 'no';

  constructor(deps: ActivityDependencies, input: DialInput) {
    this.deps = deps;
    this.input = input;
    this.began = clockOf(deps).now();
  }
}

/** No request left, so the same channel may be tried again soon. */
export const SOON_MS = 10_000;

export const skipped = (reason: SkipReason): DialResult => ({ proves: 'skipped', reason });

export const putOff = (retry_after_ms: number, code: string, message: string): DialResult & { proves: 'deferred' } => ({
  proves: 'deferred',
  retry_after_ms,
  problem: { code, message },
});
