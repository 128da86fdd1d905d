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

/** Everything that changes a booking: evidence from outside, and what became of our own steps. */
export type Happening =
  | { type: 'evidence'; evidence: Evidence }
  | { type: 'dial_started'; channel: Channel }
  | { type: 'dial_ended'; n: number; result: DialResult }
  | { type: 'reconciled'; n: number; result: ReconcileResult }
  /** All dials that the database has of this booking, and its evidence of them. */
  | { type: 'recalled'; dials: DialOnRecord[]; evidence: Evidence[] }
  /** Asking after a leg or talk failed for good: it is tried again after the usual silence. */
  | { type: 'watch_failed'; n: number }
  /** Whoever may know of a result of this attempt has been asked for it, and what they said was taken in. */
  | { type: 'asked_once_more'; n: number }
  /** Our own database cannot be written to (or read), and can again. */
  | { type: 'records_away' }
  | { type: 'records_back' }
  | { type: 'hang_up_started'; n: number; why: HangUpReason; mode: 'cancel' | 'complete' }
  | { type: 'hang_up_ended'; n: number; result: HangUpResult }
  /** `of_key`: how many lines the booking's API key holds now. */
  | { type: 'line_taken'; of_key?: number | undefined }
  /** `over`: the database has an outcome of this booking, which the workflow does not know of. */
  | { type: 'line_busy'; over?: boolean | undefined }
  | { type: 'line_released' }
  | { type: 'simulated'; n: number; result: SimulationResult }
  | { type: 'cancel_requested' }
  /** The installation's calling hours are others now. */
  | { type: 'window_changed'; calling_window: CallingWindow }
  /** Legs whose end nobody proved in time count as over from here on. */
  | { type: 'time_passed' }
  | { type: 'settled'; outcome: Outcome };
