import { BookingChannelKey, BookingResultKey, BookingStatusKey } from '../workflows/search-attributes.ts';

/** Registered with every server; the keys are those that the workflows set. */
export const SEARCH_ATTRIBUTES = [BookingStatusKey, BookingChannelKey, BookingResultKey];

/**
 * - `transferProcessorMaxPollRPS`: its default of 20 polls a second and shard makes each hop wait up to 50 ms (a one-activity
 *   workflow took 150 ms without, 41 with).
 * - `transferProcessorUpdateAckInterval`: Temporal deletes a run only once it has noted that the run's end was dealt with. It
 *   notes that every 30 seconds by default, so each erasure took half a minute. Noting it every second costs nothing measurable.
 * - One partition per task queue: a queue's rate limit is split over its partitions, and with the default four a limit of
 *   one call a second lets bursts through.
 */
export const DYNAMIC_CONFIG: Readonly<Record<string, number | string>> = {
  'history.transferProcessorMaxPollRPS': 1000,
  'history.transferProcessorUpdateAckInterval': '1s',
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
};

/** 22 workflow starts a second without, 171 with. Nothing is lost when the process is killed; only a power cut may cost the last moments. */
const SQLITE_PRAGMAS = ['journal_mode=WAL', 'synchronous=NORMAL'];

const each = (flag: string, values: readonly string[]): string[] => values.flatMap((value) => [flag, value]);

export const dynamicConfigArguments = (more: Readonly<Record<string, unknown>> = {}): string[] =>
  each(
    '--dynamic-config-value',
    Object.entries({ ...DYNAMIC_CONFIG, ...more }).map(([key, value]) => `${key}=${JSON.stringify(value)}`),
  );

export interface DevServerPlace {
  /** SQLite file. */
  database: string;
  port: number;
  uiPort: number;
  namespace: string;
  /** Base URL of the codec server that decrypts for the UI; undefined: payloads are not encrypted. */
  codecEndpoint?: string | undefined;
  /** Dynamic configuration besides what the product always sets. */
  dynamicConfig?: Readonly<Record<string, unknown>> | undefined;
}

/** The command line of a dev server that keeps its state. Search attributes given here reach only a new database. */
export function devServerArguments({
  database,
  port,
  uiPort,
  namespace,
  codecEndpoint,
  dynamicConfig,
}: DevServerPlace): string[] {
  return [
    'server',
    'start-dev',
    ...['--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort), '--db-filename', database],
    ...['--namespace', namespace, '--log-level', 'warn'],
    ...(codecEndpoint ? ['--ui-codec-endpoint', codecEndpoint] : []),
    ...each('--sqlite-pragma', SQLITE_PRAGMAS),
    ...dynamicConfigArguments(dynamicConfig),
    ...each(
      '--search-attribute',
      SEARCH_ATTRIBUTES.map((key) => `${key.name}=Keyword`),
    ),
  ];
}
