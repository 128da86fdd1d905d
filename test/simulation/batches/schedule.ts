/** How one call of a business goes, in ms after its dial. */
export interface CallPlan {
  end: 'talks' | 'busy' | 'no_answer' | 'bad_number' | 'channel_refused' | 'rate_limited';
  /** The result that the agent reports after a talk. */
  result: 'confirmed' | 'declined' | 'no_availability' | 'voicemail' | 'none';
  rings_ms: number;
  talks_ms: number;
}

/** One row that the client sends. Times in ms after the start. */
export interface RowPlan {
  key: string;
  /** Rows of the same line have the same number. */
  line: number;
  /** `abroad`: of a country that may be barred meanwhile. */
  kind: 'plain' | 'invalid' | 'abroad';
  not_before_ms?: number | undefined;
  not_after_ms?: number | undefined;
  calls: CallPlan[];
}

export interface BatchPlan {
  at_ms: number;
  rows: RowPlan[];
  max_concurrent: number;
  start: 'now' | 'held';
  duplicates: 'skip' | 'allow';
  stop_after?: { share: number; of_last: number } | undefined;
  tells: boolean;
  /** The same request comes once more at these times; the first of them may run beside the original. */
  again_ms: number[];
  /** The client does not repeat a request that got no answer. */
  gives_up: boolean;
  dials: { most: number; redial_seconds: number; budget_seconds: number };
}

export type Command =
  | { do: 'start' | 'pause' | 'resume' | 'erase' }
  | { do: 'cancel'; live_calls: 'finish' | 'hang_up' }
  | { do: 'cancel_row' | 'erase_row' | 'forbid_row'; row: number }
  | { do: 'append'; rows: RowPlan[] }
  | { do: 'change'; max_concurrent?: number; not_after_ms?: number };

/** A command at its time, or right after an operation, where that comes before. `twice`: sent twice at once. */
export type TimedCommand = Command & {
  at_ms: number;
  batch: number;
  twice?: boolean;
  after?: { on: string; nth: number } | undefined;
};

/**
 * What happens at one operation on the database, at Temporal or at a provider:
 * - `dies_before`, `dies_after`: the process ends before or after it took effect
 * - `refused`: it fails; `answer_lost`: it takes effect, and fails
 * - `sleeps_before`, `sleeps_after`: the process stands still for minutes, is taken for dead, and goes on
 * - `unheard`: Temporal hears nothing of the process any more, which goes on slowly
 * - `lost`, `twice`, `late`: a signal is taken and does not arrive, arrives twice, or arrives minutes later
 */
export const FATES = [
  'dies_before',
  'dies_after',
  'refused',
  'answer_lost',
  'sleeps_before',
  'sleeps_after',
  'unheard',
  'lost',
  'twice',
  'late',
] as const;
export type FateKind = (typeof FATES)[number];

/** Befalls the `nth` operation of this name, from 1. */
export interface Fate {
  on: string;
  nth: number;
  kind: FateKind;
}

export interface Span {
  from_ms: number;
  for_ms: number;
}

/** What is done to whom at a time. `run`: of the batch itself, or of one of its bookings, by row. */
export type Blow =
  | { do: 'kill'; at_ms: number; place: string }
  | { do: 'end_run'; at_ms: number; batch: number; row?: number | undefined }
  | { do: 'bar_country'; at_ms: number };

export interface Schedule {
  seed: number;
  batches: BatchPlan[];
  /** Bookings beside the batches: they come first in line. */
  singles: { at_ms: number; row: RowPlan }[];
  commands: TimedCommand[];
  fates: Fate[];
  blows: Blow[];
  database_away: Span[];
  engine_away: Span[];
  /** Calls at once at each provider; undefined: no limit. */
  calls_at_once?: number | undefined;
  /** A batch's run is continued by a new one after so many turns. */
  turns: number;
  /** Share of the webhooks that are lost. */
  webhooks_lost: number;
}

/** A disaster by its name in the coverage. */
export const fateName = ({ on, kind }: Fate): string => `${kind} at ${on}`;
