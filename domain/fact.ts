import type { Channel } from './channels.ts';
import type {
  DialOnRecord,
  DialResult,
  Evidence,
  HangUpResult,
  ReconcileResult,
  SimulationResult,
} from './evidence.ts';
import type { CallingWindow } from './order.ts';
import type { Outcome } from './result.ts';
import type { HangUpReason } from './state.ts';

/** All facts that change a booking: evidence from outside, and results of our steps. */
export type Fact =
  | { type: 'evidence'; evidence: Evidence }
  | { type: 'dial_started'; channel: Channel }
  | { type: 'dial_ended'; n: number; result: DialResult }
  | { type: 'reconciled'; n: number; result: ReconcileResult }
  /** All dials of this booking in the database, with their evidence. */
  | { type: 'recalled'; dials: DialOnRecord[]; evidence: Evidence[] }
  /** A look at a leg or talk failed permanently: it is repeated after the usual silence. */
  | { type: 'watch_failed'; n: number }
  /** All sources of a result of this attempt have been read, and their evidence has been applied. */
  | { type: 'asked_once_more'; n: number }
  /** Our own database is unreachable; below, it works again. */
  | { type: 'records_away' }
  | { type: 'records_back' }
  | { type: 'hang_up_started'; n: number; why: HangUpReason; mode: 'cancel' | 'complete' }
  | { type: 'hang_up_ended'; n: number; result: HangUpResult }
  /** `of_key`: number of lines that the booking's API key holds now. */
  | { type: 'line_taken'; of_key?: number | undefined }
  /**
   * `over`: the database has an outcome of this booking that the workflow does not know. `waits_for`: another booking's call to the number
   * (also if absent), or a place at a provider or in its batch.
   */
  | { type: 'line_busy'; over?: boolean | undefined; waits_for?: 'number' | 'place' | 'dialing' | undefined }
  | { type: 'line_released' }
  | { type: 'simulated'; n: number; result: SimulationResult }
  | { type: 'cancel_requested' }
  /** The installation's calling window has changed. */
  | { type: 'window_changed'; calling_window: CallingWindow }
  /** The order has another `not_after` (ISO 8601, UTC); null: none. */
  | { type: 'not_after_changed'; not_after: string | null }
  /** Legs without a proved end count as over once their time has passed. */
  | { type: 'time_passed' }
  | { type: 'settled'; outcome: Outcome };
