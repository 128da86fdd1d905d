import { BookingChannelKey, BookingResultKey, BookingStatusKey } from '../workflows/search-attributes.ts';

/** Registered with every server. The keys are those that the workflows set. */
export const SEARCH_ATTRIBUTES = [BookingStatusKey, BookingChannelKey, BookingResultKey];

/**
 * - `transferProcessorMaxPollRPS`: its default of 20 polls a second and shard makes each hop wait up to 50 ms (a one-activity
 *   workflow took 150 ms without, 41 with).
 * - `transferProcessorUpdateAckInterval`: Temporal deletes a run only once it has noted that the run's end was dealt with. It
 *   notes that every 30 seconds by default, so each erasure took half a minute. Noting it every second costs nothing measurable.
 * - One partition per task queue: a queue's rate limit is split over its partitions, and with the default four a limit of
 *   one call a second lets bursts through.
 */
const DYNAMIC_CONFIG: Readonly<Record<string, number | string | boolean>> = {
  'history.transferProcessorMaxPollRPS': 1000,
  'history.transferProcessorUpdateAckInterval': '1s',
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  // Nothing here uses Nexus, and its routes of the HTTP API do not check the `Host`.
  'system.enableNexus': false,
};

/** 22 workflow starts a second without, 171 with. A killed process loses nothing; a power cut may lose the last moments. */
const SQLITE_PRAGMAS = ['journal_mode=WAL', 'synchronous=NORMAL'];

const each = (flag: string, values: readonly string[]): string[] => values.flatMap((value) => [flag, value]);

export const dynamicConfigArguments = (more: Readonly<Record<string, unknown>> = {}): string[] =>
  each(
    '--dynamic-config-value',
    Object.entries({ ...DYNAMIC_CONFIG, ...more }).map(([key, value]) => `${key}=${JSON.stringify(value)}`),
  );

interface DevServerPlace {
  /** SQLite file. */
  database: string;
  port: number;
  /** Port of its HTTP API, which answers only requests with the `Host` `httpHost`. */
  httpPort: number;
  httpHost: string;
  /** Port of its Prometheus listener, which cannot be disabled. */
  metricsPort: number;
  namespace: string;
  /** Dynamic configuration in addition to the product's own. */
  dynamicConfig?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Command line of a dev server with persistent state. Search attributes given here apply to a new database only. Headless: its own web page
 * would answer everybody, under every name; the API shows ours (`api/temporal-ui`).
 */
export function devServerArguments(place: DevServerPlace): string[] {
  const { database, port, httpPort, httpHost, metricsPort, namespace, dynamicConfig } = place;
  return [
    'server',
    'start-dev',
    ...['--ip', '127.0.0.1', '--port', String(port), '--db-filename', database, '--headless'],
    ...['--http-port', String(httpPort), '--metrics-port', String(metricsPort)],
    ...['--namespace', namespace, '--log-level', 'warn'],
    ...each('--sqlite-pragma', SQLITE_PRAGMAS),
    ...dynamicConfigArguments({ ...dynamicConfig, 'frontend.httpAllowedHosts': [httpHost] }),
    ...each(
      '--search-attribute',
      SEARCH_ATTRIBUTES.map((key) => `${key.name}=Keyword`),
    ),
  ];
}
