import { existsSync } from 'node:fs';
import { Connection } from '@temporalio/client';
import type { TemporalConnection } from '../../config/temporal-connection.ts';
import { PROVIDERS, type Provider } from '../../domain/channels.ts';
import { openRecords } from '../../records/open.ts';
import { neededQueues, type Queues, unpolledByCurrent } from '../../temporal/pollers.ts';
import { INDEXED_VALUE_TYPE_KEYWORD } from '../../temporal/search-attributes.ts';
import { SEARCH_ATTRIBUTES } from '../../temporal/settings.ts';
import { type Check, type Finding, fail, off, ok, type Patient } from './check.ts';

const START = 'Start Vocero: npm start.';
const EXTERNAL = 'Start it, or correct TEMPORAL_ADDRESS (and TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_…).';

/** The configured Temporal, else the embedded one of a running system. */
function temporalOf({ config, running }: Patient): TemporalConnection | undefined {
  if (config.temporal.external) return config.temporal.external;
  if (!running) return undefined;
  const { address, namespace } = running.temporal;
  return { namespace, connectionOptions: { address } };
}

async function withTemporal(
  patient: Patient,
  look: (connection: Connection, namespace: string) => Promise<Finding>,
): Promise<Finding> {
  const temporal = temporalOf(patient);
  if (!temporal) return fail('the embedded server is not running: no Vocero runs on this data folder', START);
  const connection = await Connection.connect({ ...temporal.connectionOptions, connectTimeout: '5s' });
  try {
    return await look(connection, temporal.namespace);
  } finally {
    await connection.close();
  }
}

const NAMES: Record<Provider, string> = { elevenlabs: 'ElevenLabs', twilio: 'Twilio' };

/** Checks that a worker polls one of the task queues that bookings need. `without`: the consequence if none does. */
const workerOf = (name: string, without: string, of: (queues: Queues) => string | undefined): Check => ({
  name,
  fix: EXTERNAL,
  look: (patient) =>
    withTemporal(patient, async (connection, namespace) => {
      const { available, temporal } = patient.config;
      const queues = neededQueues(temporal, available);
      const queue = of(queues);
      if (queue === undefined) return off('not needed: no available channel dials there');
      const unpolled = await unpolledByCurrent(connection.workflowService, namespace, queues);
      if (!unpolled.some((one) => one.name === queue)) return ok(`polls the task queue ${queue}`);
      return fail(
        `no worker that gets new bookings polls the task queue ${queue}: ${without}`,
        'Start one: npm start, or npm run worker. With builds: npm run deploy:status.',
      );
    }),
});

export const TEMPORAL: Check[] = [
  {
    name: 'Temporal',
    fix: EXTERNAL,
    look: (patient) =>
      withTemporal(patient, async (connection, namespace) => {
        await connection.workflowService.describeNamespace({ namespace });
        return ok(`answers, and has the namespace ${namespace}`);
      }),
  },
  {
    name: 'search attributes',
    fix: EXTERNAL,
    look: (patient) =>
      withTemporal(patient, async (connection, namespace) => {
        const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
        const names = SEARCH_ATTRIBUTES.map(({ name }) => name);
        const missing = names.filter((name) => customAttributes?.[name] !== INDEXED_VALUE_TYPE_KEYWORD);
        if (missing.length === 0) return ok(names.join(', '));
        const command = missing.map((name) => `--name ${name} --type Keyword`).join(' ');
        return fail(
          `missing: ${missing.join(', ')}; without them every booking is refused`,
          `temporal operator search-attribute create --namespace ${namespace} ${command}`,
        );
      }),
  },
  workerOf('worker', 'bookings wait', ({ taskQueue }) => taskQueue),
  workerOf('worker for calls', 'no call is watched or hung up', ({ callsQueue }) => callsQueue),
  ...PROVIDERS.map((provider) =>
    workerOf(
      `worker for dials at ${NAMES[provider]}`,
      'no dial leaves there',
      ({ dialQueues }) => dialQueues[provider],
    ),
  ),
  {
    name: 'database',
    fix: 'Start it, or correct DATABASE_URL.',
    async look({ config }) {
      const { databaseUrl } = config;
      const file = databaseUrl.startsWith('file:') ? databaseUrl.slice('file:'.length) : undefined;
      if (file !== undefined && !existsSync(file))
        return fail(`${file} does not exist yet`, `The first start creates it. ${START}`);
      const records = await openRecords({ databaseUrl });
      try {
        await records.listBookings({ owner: undefined, status: undefined, limit: 1, after: undefined });
      } finally {
        await records.close();
      }
      return ok(
        file === undefined ? 'PostgreSQL answers, and has its tables' : `${file} can be read, and has its tables`,
      );
    },
  },
];
