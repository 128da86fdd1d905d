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
  /** undefined for an external Temporal, whose UI is wherever its operators put it. */
  uiUrl?: string | undefined;
  /** The listener at that address, and what the API is to answer from there. */
  ui?: { listener: UiListener; backend: UiBackend } | undefined;
  /** Settles when an embedded server has ended; never for an external one. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

export interface WorkerPart {
  /** Rejects when the worker cannot go on; settles after `drain`. */
  ended: Promise<void>;
  /** From now on no dial leaves; resolves when those that had left are answered. Everything else goes on. Never rejects. */
  stopDialing(): Promise<void>;
  /** Takes no new tasks and waits for those that run. */
  drain(): Promise<void>;
}

export interface ApiPart {
  /** What deserves a word at the start, besides the settings' own warnings. */
  notes?: string[];
  /** From now on new bookings are answered `503`; everything else goes on. */
  refuseBookings(): void;
  /**
   * Hangs up what is live until nothing is left and `dialsOver` has settled, or the API is closed; returns how many calls
   * there were.
   */
  hangUpLiveCalls(dialsOver: Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

/** What the parts that belong to the product are given. */
export interface Surroundings {
  config: Config;
  secrets: Secrets;
  temporal: TemporalConnection;
  /** The web page of an embedded Temporal. */
  temporalUi?: string | undefined;
  /** Who answers there, which the API is to do. */
  uiDoor?: TemporalPart['ui'];
}

/** The parts of one system; each function resolves when its part is ready to serve. */
export interface Parts {
  /** Begins what needs nothing but time (loading modules, bundling workflows), while Temporal starts. */
  prepare?(config: Config): void;
  startSandbox(config: Config): Promise<SandboxPart>;
  startTemporal(config: Config, progress: Progress): Promise<TemporalPart>;
  startWorker(surroundings: Surroundings): Promise<WorkerPart>;
  startApi(surroundings: Surroundings): Promise<ApiPart>;
}
