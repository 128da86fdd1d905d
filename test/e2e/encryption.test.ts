import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { dataConverter } from '../../temporal/data-converter.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { type WebServer, webServer } from '../providers/web-server.ts';
import { quietRuntime } from '../support/temporal.ts';
import { until } from '../support/until.ts';
import { bookingBody, ONLY_NATIVE } from './support/client.ts';
import { startProcess } from './support/process.ts';
import { runSystem } from './support/system.ts';

const { workflowservice } = proto.temporal.api;
type Payload = proto.temporal.api.common.v1.IPayload;
type Failure = proto.temporal.api.failure.v1.IFailure;

const key = randomBytes(32);
/** What the next start of the product is given. */
const env: Record<string, string> = {};
const useKeys = (...keys: Buffer[]): void => {
  env.PAYLOAD_ENCRYPTION_KEY = keys.map((one) => one.toString('base64')).join(',');
};
const system = runSystem({ env });

let connection: Connection;
let receiver: WebServer;
beforeAll(async () => {
  quietRuntime();
  receiver = await webServer(({ json }) => json(receiver.seen.length === 1 ? 500 : 200, {}));
});
afterAll(async () => {
  await receiver?.close();
  await connection?.close();
});

async function restart(): Promise<void> {
  system.product.signal('SIGTERM');
  await system.product.ended;
  await system.start();
}

/** Everything that Temporal gives away of a run: its history, its description, and answers to queries. */
async function stored(workflowId: string) {
  connection ??= await Connection.connect({ address: system.temporalAddress });
  const asked = { namespace: 'default', execution: { workflowId } };
  const service = connection.workflowService;
  const history = await service.getWorkflowExecutionHistory(asked);
  expect(history.nextPageToken).toHaveLength(0);
  const description = await service.describeWorkflowExecution(asked);
  const queries = await Promise.all(
    ['state', '__temporal_workflow_metadata', '__stack_trace']
      .filter((queryType) => queryType !== 'state' || workflowId.startsWith('bk_'))
      .map((queryType) => service.queryWorkflow({ ...asked, query: { queryType } })),
  ).catch((error: unknown) => {
    // A query replays the history. One that does not replay is a fault of the workflow, and here is all of it.
    const events = history.history!.events!.map((event) => JSON.stringify(event).slice(0, 600));
    console.error(`${workflowId} does not answer:\n${events.join('\n')}`);
    throw error;
  });
  const bytes = Buffer.concat([
    workflowservice.v1.GetWorkflowExecutionHistoryResponse.encode(history).finish(),
    workflowservice.v1.DescribeWorkflowExecutionResponse.encode(description).finish(),
    ...queries.map((answer) => workflowservice.v1.QueryWorkflowResponse.encode(answer).finish()),
  ]);
  return { bytes, parts: [history, description, ...queries], history: history.history! };
}

/** Every message in a tree of Temporal's messages that `is` one. */
function all<T>(tree: unknown, is: (node: object) => boolean): T[] {
  if (typeof tree !== 'object' || tree === null || tree instanceof Uint8Array) return [];
  const below = Object.values(tree).flatMap((node) => all<T>(node, is));
  return is(tree) ? [tree as T, ...below] : below;
}
const isPayload = (node: object): boolean => 'metadata' in node && 'data' in node;
const isFailure = (node: object): boolean => 'stackTrace' in node && 'encodedAttributes' in node;

/** What an operator's tools show of payloads: through the codec server, as they do. */
async function decoded(payloads: Payload[]): Promise<string> {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const { status, body } = await system.client.send('POST', '/codec/decode', {
    payloads: payloads.map(({ metadata, data }) => ({
      metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)])),
      data: base64(data ?? new Uint8Array()),
    })),
  });
  expect(status).toBe(200);
  const plain = body.payloads as { data?: string }[];
  return plain.map(({ data }) => Buffer.from(data ?? '', 'base64').toString()).join('\n');
}

it('a booking begun in clear goes on and ends when the key is switched on', async () => {
  const number = '+541143210801';
  system.sandbox.scenario({ number, callee: 'busy,answer-and-book' });
  const { id } = await system.client.book(number, { ...ONLY_NATIVE, native: { redial_delay_seconds: 5 } });
  await system.client.until(id, (view) => view.attempts[0]?.status === 'busy');
  const before = await stored(id);
  expect(before.bytes.includes(Buffer.from(number))).toBe(true);
  useKeys(key);
  await restart();
  expect(await system.client.final(id, 90_000)).toMatchObject({
    status: 'completed',
    outcome: { result: 'confirmed' },
  });
}, 180_000);

it('nothing personal stands in what Temporal stores or answers, and an operator can read all of it', async () => {
  const number = '+541143210802';
  const personal = {
    number,
    'number as dialed': number.slice(1),
    name: 'Ximena Quispe',
    wish: 'alergia a la penicilina',
    day: 'pasado mañana temprano',
    prompt: 'instrucciones-del-agente',
    greeting: 'saludo-del-agente',
    business: 'Odontología Belgrano',
    metadata: 'pedido-4711',
    scenario: 'la recepcionista duda',
    'callback address': receiver.url,
  };
  system.sandbox.scenario({ number, callee: 'busy,answer-and-book', native: '403' });
  const { id } = await system.client.book(number, {
    ...bookingBody(number, { simulation: { scenario: personal.scenario } }),
    business: { name: personal.business, phone: number },
    request: {
      service_type: 'dentista',
      preferred_date: personal.day,
      user_name: personal.name,
      special_requests: personal.wish,
    },
    agent: { prompt: personal.prompt, first_message: personal.greeting },
    metadata: { order: personal.metadata },
    callback_url: `${receiver.url}/hook`,
  });
  const view = await system.client.final(id, 60_000);
  expect(view.attempts.map(({ channel, status }) => `${channel} ${status}`)).toEqual([
    'native failed',
    'bridge busy',
    'bridge completed',
  ]);
  await until(() => receiver.seen.length >= 3, 30_000, 'the messages to the client');
  const runs = await Promise.all([id, `msg_${id}_final`, `msg_${id}.2_failed`].map(stored));
  const payloads = runs.flatMap(({ parts }) => all<Payload>(parts, isPayload));
  const shown = await decoded(payloads);
  for (const [what, text] of Object.entries(personal)) {
    expect([what, shown.includes(text)]).toEqual([what, true]);
    for (const { bytes } of runs) expect([what, bytes.includes(Buffer.from(text))]).toEqual([what, false]);
  }
  const failures = runs.flatMap(({ parts }) => all<Failure>(parts, isFailure));
  expect(failures.length).toBeGreaterThan(0);
  expect(new Set(failures.map(({ message, stackTrace }) => `${message}|${stackTrace}`))).toEqual(
    new Set(['Encoded failure|']),
  );

  const converter = dataConverter([key]);
  const workflowBundle = await bundleWorkflows({
    failureConverterPath: converter.failureConverterPath,
  });
  for (const { history } of runs) {
    await Worker.runReplayHistory({ workflowBundle, dataConverter: converter }, history, id);
  }
}, 180_000);

it('without its key an open booking waits unharmed and the log names the setting; with a new key before the old one it ends', async () => {
  const number = '+541143210803';
  system.sandbox.scenario({ number, callee: 'busy,answer-and-book' });
  const { id } = await system.client.book(number, { ...ONLY_NATIVE, native: { redial_delay_seconds: 5 } });
  await system.client.until(id, (view) => view.attempts[0]?.status === 'busy');
  const other = randomBytes(32);
  useKeys(other);
  system.product.signal('SIGTERM');
  await system.product.ended;
  // It is not the data's, and says so; who goes on without the old one has to say so as well.
  const refused = startProcess(['processes/vocero.mjs', 'start'], system.folder, system.env);
  expect(await refused.ended).toBe(1);
  expect(refused.log()).toMatch(/PAYLOAD_ENCRYPTION_KEY: does not contain the key.*Add it behind the current one/s);
  env.LOST_KEYS = 'payload';
  await system.start();
  delete env.LOST_KEYS;
  await until(() => /PAYLOAD_ENCRYPTION_KEY does not have/.test(system.product.log()), 60_000, 'the log line');
  expect(await system.client.booking(id)).toMatchObject({ stale: true, outcome: null });
  // Others are not held up by it.
  expect((await system.client.outcomeOf('+541143210804', ONLY_NATIVE)).outcome).toMatchObject({ result: 'confirmed' });
  expect(system.sandbox.log(number).calls).toHaveLength(1);
  useKeys(other, key);
  await restart();
  expect(await system.client.final(id, 90_000)).toMatchObject({
    status: 'completed',
    outcome: { result: 'confirmed' },
  });
  expect(system.sandbox.log(number).calls).toHaveLength(2);
}, 240_000);
