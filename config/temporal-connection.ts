import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import type { ConfigProblem } from './error.ts';
import type { Environment } from './variables.ts';

/** Address of an external Temporal and its connection options, in the SDK's form. */
export interface TemporalConnection {
  namespace: string;
  connectionOptions: ClientConnectConfig['connectionOptions'] & { address: string };
}

/** Variables by which the user names an external Temporal. */
const POINTS_TO_ONE = ['TEMPORAL_ADDRESS', 'TEMPORAL_CONFIG_FILE', 'TEMPORAL_PROFILE'];

/**
 * The external Temporal that the environment names, read by Temporal's own environment configuration. Undefined when it names none, so that
 * a profile file for other projects never moves bookings to another server.
 */
export function temporalConnection(env: Environment): { connection?: TemporalConnection; problems: ConfigProblem[] } {
  const set = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[0].startsWith('TEMPORAL_') && !!entry[1]),
  );
  if (!POINTS_TO_ONE.some((name) => set[name])) return { problems: withoutAddress(set) };
  const fromFile = !!set.TEMPORAL_CONFIG_FILE || !!set.TEMPORAL_PROFILE;
  try {
    const { namespace, connectionOptions } = loadClientConnectConfig({ overrideEnvVars: set, disableFile: !fromFile });
    const address = connectionOptions.address;
    if (!address || !/^[^\s:/]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i.test(address)) {
      return {
        problems: [{ variable: 'TEMPORAL_ADDRESS', message: 'must be host:port, such as temporal.example.com:7233.' }],
      };
    }
    return {
      connection: { namespace: namespace ?? 'default', connectionOptions: { ...connectionOptions, address } },
      problems: [],
    };
  } catch (error) {
    const variables = Object.keys(set).filter((name) => /TLS|CONFIG_FILE|PROFILE|GRPC/.test(name));
    const variable = variables.join(', ') || 'TEMPORAL_ADDRESS';
    return { problems: [{ variable, message: `cannot be used: ${(error as Error).message}.` }] };
  }
}

/** Without a named server, credentials would be ignored silently. */
function withoutAddress(set: Record<string, string>): ConfigProblem[] {
  const stray = Object.keys(set).filter((name) => /^TEMPORAL_(API_KEY|TLS|GRPC_META)/.test(name));
  if (stray.length === 0) return [];
  return [
    {
      variable: 'TEMPORAL_ADDRESS',
      message: `is missing, but ${stray.join(', ')} ${stray.length > 1 ? 'are' : 'is'} set. Give the server as host:port, or unset ${stray.length > 1 ? 'them' : 'it'}.`,
    },
  ];
}
