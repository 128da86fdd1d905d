import { listenForUi } from '../api/temporal-ui/listen.ts';
import type { Config } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import { localUrl } from '../config/loopback.ts';
import type { TemporalConnection } from '../config/temporal-connection.ts';
import { startDevServer } from '../temporal/dev-server.ts';
import { findTemporalCli } from '../temporal/find-cli.ts';
import { reachTemporal } from '../temporal/reach.ts';
import { ensureSearchAttributes } from '../temporal/search-attributes.ts';
import type { Progress } from '../temporal/sources.ts';
import { findUiFiles } from '../temporal/ui-files.ts';
import type { TemporalPart } from './parts.ts';

/** The configured Temporal, or an embedded dev server. */
export async function startTemporal(config: Config, env: Environment, progress: Progress): Promise<TemporalPart> {
  const { external, namespace, port, uiPort } = config.temporal;
  if (external) return joinTemporal(external, progress);
  const executable = await findTemporalCli({ env, progress });
  const { dataDir, http } = config;
  const files = findUiFiles({ executable, env, progress }).catch((error: Error) => {
    progress(`could not get the files of Temporal's web page: ${error.message}`);
    return undefined;
  });
  const server = await startDevServer({ executable, dataDir, port, except: [http.port, uiPort], namespace, progress });
  const codecEndpoint = config.temporal.payloadKeys.length > 0 ? `${localUrl(http.host, http.port)}/codec` : undefined;
  const backend = { files: await files, api: server.http.url, host: server.http.host, namespace, codecEndpoint };
  const listener = await listenForUi(uiPort, { except: [http.port] }).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return {
    connection: { namespace, connectionOptions: { address: server.address } },
    uiUrl: `http://127.0.0.1:${listener.port}`,
    ui: { listener, backend },
    ended: server.exited,
    async stop() {
      await Promise.all([listener.close(), server.stop()]);
    },
  };
}

async function joinTemporal(external: TemporalConnection, progress: Progress): Promise<TemporalPart> {
  const { namespace } = external;
  const connection = await reachTemporal(external);
  try {
    await ensureSearchAttributes(connection, namespace);
  } catch (error) {
    progress(
      `could not check the search attributes (${(error as Error).message}); BookingStatus, BookingChannel and BookingResult must exist with type Keyword`,
    );
  } finally {
    await connection.close();
  }
  return { connection: external, ended: new Promise(() => {}), stop: async () => {} };
}
