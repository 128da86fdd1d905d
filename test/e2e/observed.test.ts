import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { expressions, readPromql, rules } from '../observe/expressions.ts';
import { until } from '../support/until.ts';
import { claimOf } from './support/claim.ts';
import { ONCE_BRIDGED, ONLY_BRIDGE } from './support/client.ts';
import { ownPort } from './support/own-port.ts';
import { runSystem } from './support/system.ts';

const env: Record<string, string> = {
  TWILIO_MAX_CONCURRENT_CALLS: '5',
  COST_TWILIO_PER_MINUTE: '0.5',
  COST_ELEVENLABS_PER_MINUTE: '0.6',
  COST_CURRENCY: 'EUR',
};
const folder = mkdtempSync(join(tmpdir(), 'vocero-observed-'));
let prometheus: ChildProcess | undefined;

beforeAll(async () => {
  env.METRICS_PORT = String(await ownPort());
  env.WORKER_METRICS_PORT = String(await ownPort());
});

const system = runSystem({ env });

afterAll(() => {
  prometheus?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const claim = claimOf(system.tail);
const scrape = async (port: string): Promise<string> => {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(answer.status).toBe(200);
  return answer.text();
};
const sample = (text: string, series: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.split(' ')
      .at(-1),
  );

/** Names of the series of all metrics, also of those with labels that have none yet. */
const seriesIn = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? ['_bucket', '_count', '_sum'].map((end) => name + end) : [name],
    ),
  );

/** Metrics that Temporal's SDK defines. Some appear only once something of theirs has happened. */
function ofTemporal(): string {
  const crates = new URL('../../node_modules/@temporalio/core-bridge/sdk-core/crates/', import.meta.url);
  return ['sdk-core/src/telemetry/metrics.rs', 'client/src/metrics.rs', 'common/src/telemetry/metrics.rs']
    .map((file) => readFileSync(new URL(file, crates), 'utf8'))
    .join('\n');
}

claim('has our own number’s counters at 0 from the start', async () => {
  const text = await scrape(env.METRICS_PORT!);
  expect(text).toMatch(/^vocero_calls_total\{caller="[^"]+…[^"]+",channel="bridge"\} 0$/m);
  expect(text).toMatch(/^vocero_calls_rejected_total\{caller="[^"]+…[^"]+",sip="608"\} 0$/m);
});

claim('counts calls, talk and cost of a booking, for itself and for our number', async () => {
  const { client } = system;
  const { id, outcome, attempts } = await client.outcomeOf('+541143213534', ONLY_BRIDGE);
  expect(outcome).toMatchObject({ result: 'confirmed' });
  const declined = await client.outcomeOf('+541143213567', ONCE_BRIDGED);
  expect(declined.outcome).toMatchObject({ result: 'unreachable' });
  const seconds = attempts[0]!.duration_seconds!;
  const amount = Math.ceil(seconds / 60) * 0.5 + (Math.round(seconds) / 60) * 0.6;
  const { usage } = (await client.send('GET', `/v1/bookings/${id}?include=order`)).body as unknown as {
    usage: { estimated_cost: { amount: number } };
  };
  expect(usage).toMatchObject({
    answered_calls: 1,
    talk_seconds: Math.round(seconds),
    estimated_cost: { currency: 'EUR' },
  });
  expect(usage.estimated_cost.amount).toBeCloseTo(amount, 3);
  const text = await scrape(env.METRICS_PORT!);
  const [, caller] = /vocero_calls_total\{caller="([^"]+)",channel="bridge"\}/.exec(text)!;
  const labels = `{caller="${caller}",channel="bridge"}`;
  expect(caller).toContain('…');
  expect(sample(text, `vocero_calls_total${labels}`)).toBe(2);
  expect(sample(text, `vocero_calls_answered_total${labels}`)).toBe(1);
  expect(sample(text, `vocero_talk_seconds_total${labels}`)).toBe(Math.round(seconds));
  expect(sample(text, `vocero_calls_rejected_total{caller="${caller}",sip="603"}`)).toBe(1);
  const cost = ['twilio', 'elevenlabs'].map((provider) =>
    sample(text, `vocero_estimated_cost_total{provider="${provider}",currency="EUR"}`),
  );
  expect(cost[0]! + cost[1]!).toBeCloseTo(amount, 3);
  expect(sample(text, 'vocero_places{gate="twilio"}')).toBe(5);
  expect(sample(text, 'vocero_places_waiting')).toBe(0);
  expect(sample(text, 'vocero_bridge_turn_seconds_count')).toBeGreaterThan(0);
});

claim('serves metrics on a listener of its own, and nowhere else', async () => {
  expect((await fetch(`${system.url}/metrics`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${env.METRICS_PORT}/healthz`)).status).toBe(404);
  const page = { headers: { origin: 'https://elsewhere.example' } };
  expect((await fetch(`http://127.0.0.1:${env.METRICS_PORT}/metrics`, page)).status).toBe(403);
});

claim('every metric that a dashboard or a rule names is in a scrape, or one that Temporal’s SDK defines', async () => {
  const texts = [await scrape(env.METRICS_PORT!), await scrape(env.WORKER_METRICS_PORT!)];
  const there = seriesIn(texts.join('\n'));
  expect(there.size).toBeGreaterThan(60);
  const defined = ofTemporal();
  const isDefined = (name: string): boolean => {
    const [, own] = /^temporal_(\w+?)(_bucket|_count|_sum)?$/.exec(name) ?? [];
    return own !== undefined && defined.includes(`"${own}"`);
  };
  // Prometheus makes it for each target.
  const known = (name: string): boolean => name === 'up' || there.has(name) || isDefined(name);
  const unknown = expressions.flatMap(({ at, promql }) =>
    readPromql(promql)
      .metrics.filter((name) => !known(name))
      .map((name) => `${at}: ${name}`),
  );
  expect(unknown).toEqual([]);
  const wrongLabels = expressions.flatMap(({ at, promql }) =>
    readPromql(promql)
      .labels.filter(
        (label) => !['job', 'instance', 'le'].includes(label) && !new RegExp(`[{,]${label}="`).test(texts.join()),
      )
      .map((label) => `${at}: ${label}`),
  );
  expect(wrongLabels).toEqual([]);
});

/** A real Prometheus, from PATH or as PROMETHEUS names it. */
const program = process.env.PROMETHEUS ?? 'prometheus';
const withPrometheus = spawnSync(program, ['--version']).status === 0 ? it : it.skip;

withPrometheus(
  'a real Prometheus takes the rules, scrapes all, and answers every expression',
  async () => {
    const port = await ownPort();
    const targets = [env.METRICS_PORT, env.WORKER_METRICS_PORT].map((each) => `"127.0.0.1:${each}"`);
    const file = join(folder, 'prometheus.yml');
    writeFileSync(
      file,
      `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [${fileURLToPath(new URL('../../deploy/prometheus/rules.yml', import.meta.url))}]
scrape_configs: [{ job_name: vocero-all, static_configs: [{ targets: [${targets}] }] }]
`,
    );
    const args = [
      `--config.file=${file}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    prometheus = spawn(program, args, { stdio: 'ignore' });
    const ask = async (
      path: string,
    ): Promise<{ status: string; data: { result?: unknown[]; groups?: { rules: object[] }[] } }> =>
      (await fetch(`http://127.0.0.1:${port}/api/v1/${path}`)).json() as never;
    const query = (promql: string) => ask(`query?query=${encodeURIComponent(promql)}`);
    await until(
      async () => (await query('min(sum_over_time(up[1m])) > 3').catch(() => undefined))?.data.result?.length,
      60_000,
      'two scrapes',
    );
    const asked = await Promise.all(expressions.map(async ({ at, promql }) => ({ at, answer: await query(promql) })));
    expect(asked.filter(({ answer }) => answer.status !== 'success').map(({ at }) => at)).toEqual([]);
    const filled = asked.filter(({ answer }) => (answer.data.result?.length ?? 0) > 0);
    expect(filled.length).toBeGreaterThan(50);
    const loaded = (await ask('rules')).data.groups!.flatMap((group) => group.rules);
    expect(loaded).toHaveLength(rules.length);
  },
  120_000,
);
