import type { RunStanding } from './lost-run.ts';
import type { ClientMessage } from './message.ts';
import type { CallingWindow } from './order.ts';

/** Identifies one run of a workflow in Temporal. */
export interface RunName {
  workflowId: string;
  runId: string;
}

/** Temporal's state of the bookings' runs. Every method throws when Temporal does not answer: then nothing is known. */
export interface BookingRuns {
  /** Throws unless Temporal answers and has the namespace: only then an unknown run proves anything. */
  check(): Promise<void>;
  /** All open runs of bookings on this deployment's task queue, from Temporal's list, which lags behind a little. */
  open(): AsyncIterable<RunName>;
  /** State of a booking's newest run. */
  standing(bookingId: string): Promise<RunStanding>;
  /** Input of a run; undefined: it cannot be read. */
  inputOf(run: RunName): Promise<unknown>;
  /**
   * True when a leg of the run may be alive, according to its workflow.
   * @throws when no worker answers
   */
  mayRing(run: RunName): Promise<boolean>;
  /** Asks a run for its end; one that is closed needs no asking. */
  requestCancel(run: RunName): Promise<void>;
  /** Tells a booking the calling hours that hold now; false: its run is closed. */
  tellWindow(bookingId: string, window: CallingWindow): Promise<boolean>;
  /** Has a message sent to the booking's client, once. */
  tell(message: ClientMessage): Promise<void>;
}
