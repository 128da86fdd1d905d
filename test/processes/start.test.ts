import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { begin, type RunningCommand, vocero } from '../cli/support/vocero.ts';
import { ownPort } from '../e2e/support/own-port.ts';
import { ownFolder } from '../support/files.ts';
import { until } from '../support/until.ts';

const here = ownFolder();
let started: RunningCommand | undefined;
afterEach(async () => {
  started?.signal('SIGTERM');
  await started?.said;
}, 60_000);

type Line = Record<string, unknown> & { type?: string };
const linesOf = (command: RunningCommand): Line[] => command.lines().map((line) => JSON.parse(line) as Line);

it('start --json says in a line where everything is, and in the last ones that it stopped', async () => {
  const port = await ownPort();
  const settings = {
    PORT: String(port),
    DATA_DIR: here.path('data'),
    TEMPORAL_PORT: String(await ownPort()),
    TEMPORAL_UI_PORT: String(await ownPort()),
    OPERATOR_KEYS: 'key-of-an-operator',
    // A start whose starter has been killed stops by itself, so no test leaves one behind.
    npm_lifecycle_event: 'start',
  };
  started = begin(['start', '--json'], here.path('.'), settings);
  const ready = await until(() => linesOf(started!).find(({ type }) => type === 'ready'), 100_000);
  const temporal = { address: `127.0.0.1:${settings.TEMPORAL_PORT}`, namespace: 'default' };
  expect(ready).toMatchObject({
    url: `http://127.0.0.1:${port}`,
    key_needed: true,
    mode: 'sandbox',
    simulated: true,
    temporal: { ...temporal, ui_url: `http://127.0.0.1:${settings.TEMPORAL_UI_PORT}` },
    data_dir: here.path('data'),
    warnings: [],
  });
  for (const url of [
    `${ready.url}/readyz`,
    (ready.temporal as { ui_url: string }).ui_url,
    `${ready.sandbox_url}/_sandbox/log`,
  ])
    expect((await fetch(url)).status).toBe(200);

  const second = await vocero(['start', '--json'], here.path('.'), settings);
  expect(second.code).toBe(1);
  expect(second.json()).toMatchObject({
    error: {
      code: 'configuration',
      settings: [{ variable: 'DATA_DIR', message: expect.stringContaining(String(ready.pid)) }],
    },
  });
  expect(second.err).toContain('Vocero cannot start');

  started.signal('SIGTERM');
  const { code, err } = await started.said;
  expect(code).toBe(0);
  const types = linesOf(started).map(({ type }) => type);
  expect(types.filter((type) => type !== 'progress')).toEqual(['ready', 'stopping', 'stopped']);
  expect(linesOf(started).at(-1)).toEqual({ type: 'stopped', exit_code: 0 });
  // The log.
  expect(err).toContain('"level":30');
}, 180_000);

it('start --json that finds no Temporal says so', async () => {
  const settings = {
    DATA_DIR: here.path('data'),
    PORT: String(await ownPort()),
    TEMPORAL_CLI: join(here.path('.'), 'none'),
  };
  const { code, json } = await vocero(['start', '--json'], here.path('.'), settings);
  expect(code).toBe(1);
  expect(json()).toMatchObject({ error: { code: 'program_not_found' } });
}, 60_000);
