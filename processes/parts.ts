import type { UiBackend } from '../api/temporal-ui/backend.ts';
import type { UiListener } from '../api/temporal-ui/listen.ts';
import type { Config } from '../config/config.ts';
import type { Secrets } from '../config/secrets.ts';
import type { TemporalConnection } from '../config/temporal-connection.ts';
import type { Progress } from '../temporal/sources.ts';

/** Both providers, played locally. */
export interface SandboxPart {
  url: string;
  /** Provider variables that point at it. */
  env: Record<string, string>;
  close(): Promise<void>;
}

export interface TemporalPart {
  connection: TemporalConnection;
  /** undefined for an external Temporal, which has its own UI. */
  uiUrl?: string | undefined;
  /** The listener at that address, and the source of the API's answers there. */
  ui?: { listener: UiListener; backend: UiBackend } | undefined;
  /** Resolves when an embedded server has ended; never for an external one. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

export interface WorkerPart {
  /** Rejects if the worker cannot go on; resolves after `drain`. */
  ended: Promise<void>;
  /** From now on no dial leaves; resolves when all dials that have left are answered. Everything else goes on. Never rejects. */
  stopDialing(): Promise<void>;
  /** Takes no new tasks and waits for running ones. */
  drain(): Promise<void>;
}

export interface ApiPart {
  /** Notes for the start, besides the settings' own warnings. */
  notes?: string[];
  /** Waits until workers poll every task queue that bookings need, for a limited time. Returns notes on those that nobody polls. */
  polled(): Promise<string[]>;
  /** From now on new bookings get `503`; everything else goes on. */
  refuseBookings(): void;
  /**
   * Hangs up live calls until none is left and `dialsOver` has resolved, or the API is closed; returns the number of
   * calls.
   */
  hangUpLiveCalls(dialsOver: Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

/** The context of the product's own parts. */
export interface PartContext {
  config: Config;
  secrets: Secrets;
  temporal: TemporalConnection;
  /** The URL of an embedded Temporal's web page. */
  temporalUi?: string | undefined;
  /** The listener at that URL; the API answers on it. */
  uiDoor?: TemporalPart['ui'];
}

/** The parts of one system; each function resolves when its part is ready to serve. */
export interface Parts {
  /** Starts slow work that depends on nothing (loading modules, bundling workflows) while Temporal starts. */
  prepare?(config: Config): void;
  startSandbox(config: Config): Promise<SandboxPart>;
  startTemporal(config: Config, progress: Progress): Promise<TemporalPart>;
  startWorker(context: PartContext): Promise<WorkerPart>;
  startApi(context: PartContext): Promise<ApiPart>;
}
