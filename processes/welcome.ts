import type { Config, Mode } from '../config/config.ts';
import { isLoopbackUrl, localUrl } from '../config/loopback.ts';

const MODES: Record<Mode, string> = {
  sandbox: 'sandbox: this machine plays both providers; nobody is called',
  live: 'live: Vocero calls real phones',
  simulation: 'simulation only: ElevenLabs without telephony',
};

/** In the sandbox this number answers and books; for real calls the reader must name the number. */
const EXAMPLE_NUMBER = '+541143211234';

/** The message for a person when everything runs. */
export function welcome(
  config: Config,
  seconds: number,
  temporalUi: string | undefined,
  sandboxUrl?: string,
  notes: readonly string[] = [],
): string {
  const api = localUrl(config.http.host, config.http.port);
  const rows = [
    ['Mode', MODES[config.mode]],
    ['Console', `${api} (open it in a browser)`],
    ['API', isLoopbackUrl(config.publicUrl) ? api : `${api}; for the providers ${config.publicUrl}`],
    [
      'Temporal',
      temporalUi ?? `${config.temporal.external?.connectionOptions.address}, namespace ${config.temporal.namespace}`,
    ],
    ['Data', config.dataDir],
    ...(sandboxUrl ? [['Sandbox', `${sandboxUrl} (sandbox/README.md says how to control it)`]] : []),
  ].map(([name, value]) => `  ${name!.padEnd(9)} ${value}`);
  return [
    '',
    `Vocero is ready after ${seconds.toFixed(1)} s`,
    ...rows,
    ...[...config.warnings, ...notes].map((note) => `  Note      ${note}`),
    '',
    'Place a booking in the console, or like this:',
    curlOf(api, config),
    '',
    'Ctrl-C hangs up live calls and stops everything. Open bookings go on at the next start.',
    '',
  ].join('\n');
}

function curlOf(api: string, config: Config): string {
  const booking = {
    business: { name: 'Clínica Dental Sur', phone: config.mode === 'live' ? '+THE-NUMBER-TO-CALL' : EXAMPLE_NUMBER },
    request: { service_type: 'dentista', preferred_date: 'mañana', preferred_time: 'por la tarde', user_name: 'Mauro' },
  };
  const { apiKeys, operatorKeys } = config.access;
  const kind = apiKeys.length > 0 ? 'API_KEYS' : 'OPERATOR_KEYS';
  const key = apiKeys.length + operatorKeys.length > 0 ? [`  -H 'Authorization: Bearer ONE-OF-YOUR-${kind}' \\`] : [];
  return [
    `  curl -s ${api}/v1/bookings \\`,
    ...key.map((line) => `  ${line}`),
    "    -H 'Content-Type: application/json' \\",
    `    -d '${JSON.stringify(booking)}'`,
  ].join('\n');
}
