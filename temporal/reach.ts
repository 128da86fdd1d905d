import { Connection } from '@temporalio/client';
import { ConfigError } from '../config/error.ts';
import type { TemporalConnection } from '../config/temporal-connection.ts';
import { grpcStatusOf, NOT_FOUND } from './grpc-status.ts';

/** https://grpc.io/docs/guides/status-codes */
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;

/**
 * Connects to the Temporal of the settings, and looks for its namespace.
 * @throws ConfigError that names the setting and the remedy
 */
export async function reachTemporal({ connectionOptions, namespace }: TemporalConnection): Promise<Connection> {
  const { address } = connectionOptions;
  let connection: Connection;
  try {
    connection = await Connection.connect({ ...connectionOptions, connectTimeout: '10s' });
  } catch (error) {
    throw refused(
      'TEMPORAL_ADDRESS',
      `${address} does not answer: ${(error as Error).message}. Start it, correct the address, or unset the variable to use the embedded server of \`npm start\`.`,
    );
  }
  try {
    await connection.withDeadline(Date.now() + 10_000, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return connection;
  } catch (error) {
    await connection.close();
    throw ofNamespace(error, address, namespace);
  }
}

const refused = (variable: string, message: string): ConfigError => new ConfigError([{ variable, message }]);

function ofNamespace(error: unknown, address: string, namespace: string): ConfigError {
  const status = grpcStatusOf(error);
  const { details, message } = error as { details?: string; message: string };
  if (status === NOT_FOUND)
    return refused(
      'TEMPORAL_NAMESPACE',
      `${namespace} does not exist at ${address}. Create it (temporal operator namespace create --namespace ${namespace}), or correct the name.`,
    );
  if (status === PERMISSION_DENIED || status === UNAUTHENTICATED)
    return refused(
      'TEMPORAL_API_KEY',
      `${address} does not let us use the namespace ${namespace}: ${details ?? message}. Correct the key or the certificate (TEMPORAL_API_KEY, TEMPORAL_TLS_…).`,
    );
  return refused(
    'TEMPORAL_ADDRESS',
    `${address} does not say whether it has the namespace ${namespace}: ${details ?? message}. Start Temporal, or correct the address.`,
  );
}
