import { expect } from '@jest/globals';
import { Connection, Client as TemporalClient } from '@temporalio/client';
import { bookingInput } from '../support/orders.ts';
import { until } from '../support/until.ts';
import { claimOf } from './support/claim.ts';
import { ONLY_NATIVE } from './support/client.ts';
import { readEvents } from './support/event-stream.ts';
import { runSystem } from './support/system.ts';

// The audit comes two and a half times as long after an outcome.
const env: Record<string, string> = { SETTLE_SECONDS: '8', AUDIT_SECONDS: '20', RECONCILE_SECONDS: '8' };
const system = runSystem({ env });
const claim = claimOf(system.tail);

/** A booking that waits for its redial. */
async function waiting(number: string): Promise<string> {
  system.sandbox.scenario({ number, callee: 'busy' });
  const { id } = await system.client.book(number, { ...ONLY_NATIVE, native: { redial_delay_seconds: 800 } });
  await system.client.until(id, (view) => view.attempts[0]?.status === 'busy');
  return id;
}

async function terminate(...ids: string[]): Promise<void> {
  const connection = await Connection.connect({ address: system.temporalAddress });
  const { workflow } = new TemporalClient({ connection });
  for (const id of ids) await workflow.getHandle(id).terminate();
  await connection.close();
}

async function restart(): Promise<void> {
  system.product.signal('SIGTERM');
  expect(await system.product.ended).toBe(0);
  await system.start();
}

/** An hour of a day in Buenos Aires that begins two hours from now, as a number. */
function anotherHour(): number {
  const zone = 'America/Argentina/Buenos_Aires';
  const now = Number(
    new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', hour: 'numeric' }).format(Date.now()),
  );
  return (now + 2) % 24;
}

/** A run that somebody began past the API; it waits for its hour. */
async function startStray(phone: string): Promise<void> {
  const from = anotherHour() * 60;
  const business = { name: 'B', phone, timezone: 'America/Argentina/Buenos_Aires' };
  const input = bookingInput({
    order: { id: 'bk_stray00001', business },
    settings: { calling_window: { from, to: from + 59 } },
  });
  const connection = await Connection.connect({ address: system.temporalAddress });
  const { workflow } = new TemporalClient({ connection });
  await workflow.start('bookAppointment', { workflowId: input.order.id, taskQueue: 'bookings', args: [input] });
  await connection.close();
}

claim('a booking whose run is gone is ended by its cancellation, or by the next start, and can be erased', async () => {
  const { client, url } = system;
  const erase = (id: string) => client.send('DELETE', `/v1/bookings/${id}`);
  const [canceled, lost, going] = await Promise.all(['+541143210401', '+541143210402', '+541143210403'].map(waiting));
  await terminate(canceled!, lost!);
  expect(await client.booking(lost!)).toMatchObject({ status: 'in_progress', outcome: null });
  expect((await erase(canceled!)).status).toBe(409);
  expect(await client.send('POST', `/v1/bookings/${canceled}/cancel`)).toMatchObject({
    status: 202,
    body: { status: 'canceled', outcome: { result: 'canceled' } },
  });
  expect((await client.send('POST', `/v1/bookings/${canceled}/cancel`)).status).toBe(409);

  // By the hours that hold then, nobody may be rung now.
  const hour = String(anotherHour()).padStart(2, '0');
  env.CALLING_WINDOW = `${hour}:00-${hour}:59`;
  const stray = '+541143210405';
  await startStray(stray);
  await restart();
  await until(() => system.product.log().includes('ALARM run_without_booking'), 30_000, 'the alarm');
  expect(system.sandbox.log(stray).calls).toEqual([]);
  const ended = await client.final(lost!);
  expect(ended).toMatchObject({ status: 'needs_review', outcome: { result: 'needs_review' } });
  expect(system.product.log()).toContain('ALARM run_lost');
  expect((await readEvents(`${url}/v1/bookings/${lost}/events`)).at(-1)).toMatchObject({ event: 'final' });
  for (const id of [canceled!, lost!]) {
    expect((await erase(id)).status).toBe(202);
    await until(async () => (await erase(id)).status === 200, 45_000, 'the erasure');
  }

  // The one that has its run has heard of the hours, long before its redial.
  const told = await readEvents(`${url}/v1/bookings/${going}/events`, {
    until: ({ data }) => data.waiting_for === 'calling_hours',
  });
  expect(told.at(-1)!.data).toMatchObject({ waiting_for: 'calling_hours' });
  delete env.CALLING_WINDOW;
});

claim('a call that nobody knew of is found after the outcome', async () => {
  await restart();
  const { client, sandbox } = system;
  const number = '+541143210404';
  // It rings, its answer is lost, no word of it ever comes, and both lists show it only when it was taken for absent.
  sandbox.scenario({
    number,
    callee: 'no-answer',
    native: 'dial-then-drop-response',
    post_call: 'missing',
    list_lag_ms: 25_000,
  });
  // The budget leaves a busy machine time for the dial, and is over when that has been looked for as long as RECONCILE_SECONDS.
  const { id } = await client.book(number, {
    ...ONLY_NATIVE,
    native: { max_attempts: 1, budget_seconds: 8 },
    simulation: { enabled: false },
  });
  expect(await client.final(id)).toMatchObject({ outcome: { result: 'error' } });
  await until(() => system.product.log().includes('ALARM outcome_contradicted'), 60_000, 'the alarm');
  const view = await client.until(id, ({ contradictions }) => contradictions !== undefined);
  const [call] = sandbox.log(number).calls;
  expect(view.contradictions).toMatchObject([{ kind: 'unknown_call', call_id: `${id}.1`, call_sid: call!.call_sid }]);
});
