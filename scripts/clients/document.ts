import { pino } from 'pino';
import { Registry } from 'prom-client';
import { buildApp } from '../../api/app.ts';
import type { ApiDeps, ApiSettings } from '../../api/deps.ts';

/** An OpenAPI document as far as the clients need to know it. */
export interface ApiDocument {
  paths: Record<string, object>;
  webhooks?: Record<string, object>;
  components?: object;
}

const SETTINGS: Pick<ApiSettings, 'publicUrl' | 'apiKeys' | 'operatorKeys'> = {
  publicUrl: 'http://127.0.0.1:3000',
  apiKeys: [],
  operatorKeys: [],
};

/** Stands for dependencies that only answers to requests use. Building the API reads some members; calling one is an error. */
const unused = (name: string): never =>
  new Proxy(() => undefined, {
    get: (_, member) => (member === 'then' ? undefined : unused(`${name}.${String(member)}`)),
    apply: () => {
      throw new Error(`${name} was called although nothing was requested`);
    },
  }) as never;

/** The API's own description, as `GET /openapi.json` shows it, without a server. */
export async function wholeDocument(): Promise<ApiDocument> {
  const deps: ApiDeps = {
    settings: { ...(SETTINGS as ApiSettings) },
    gateway: unused('gateway'),
    batches: unused('batches'),
    alarms: unused('alarms'),
    records: unused('records'),
    artifacts: unused('artifacts'),
    log: pino({ level: 'silent' }),
    metrics: new Registry(),
  };
  const app = await buildApp(deps);
  try {
    await app.ready();
    return app.swagger() as ApiDocument;
  } finally {
    await app.close();
  }
}
