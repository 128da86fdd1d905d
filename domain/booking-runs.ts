import type { RunStanding } from './lost-run.ts';
import type { ClientMessage } from './message.ts';
import type { CallingWindow } from './order.ts';

/** One run of a workflow, as the engine names it. */
export interface RunName {
  workflowId: string;
  runId: string;
}

/** The engine's word on the bookings' runs. Everything throws when it cannot be asked: then nothing is known. */
export interface BookingRuns {
  /** Throws unless the engine answers and has the namespace: only then does it prove anything that it does not know a run. */
  check(): Promise<void>;
  /** All open runs of bookings on this deployment's task queue, as the engine's list has them, which lags behind a little. */
  open(): AsyncIterable<RunName>;
  /** How the newest run of a booking stands. */
  standing(bookingId: string): Promise<RunStanding>;
  /** What a run was started with; undefined: it cannot be read. */
  inputOf(run: RunName): Promise<unknown>;
  /** Whether a leg of a run may be alive, as its workflow says; throws when no worker answers. */
  mayRing(run: RunName): Promise<boolean>;
  /** Asks a run for its end; one that is closed needs no asking. */
  requestCancel(run: RunName): Promise<void>;
  /** Tells a booking the calling hours that hold now; false: its run is closed. */
  tellWindow(bookingId: string, window: CallingWindow): Promise<boolean>;
  /** Has a message sent to the booking's client, once. */
  tell(message: ClientMessage): Promise<void>;
}
