/** Code of a user, for the type checker: it never runs. Each line after `@ts-expect-error` must be wrong. */
import { type api, Vocero, verifyWebhook } from '../../../clients/typescript/src/index.ts';

const vocero = new Vocero({ url: 'https://vocero.example', key: 'a key' });
const business = { name: 'Clínica Dental Sur', phone: '+541143211234' };
const request = { service_type: 'dentista', preferred_date: 'mañana', user_name: 'Mauro' };

export async function right(): Promise<unknown[]> {
  const { id, status } = await vocero.bookings.create({ business, request });
  await vocero.bookings.create({ business, request, escalation: { native: { max_attempts: 1 } } });
  const { outcome } = await vocero.bookings.wait(id, { timeout: 1_000 });
  const when: string | null = outcome.confirmed_date;
  const { status: talking } = await vocero.bookings.wait(id, { until: ({ status }) => status === 'in_progress' });
  const { token } = await vocero.bookings.check({ business, request });
  if (token) await vocero.bookings.create({ business, request }, { check: token });
  for await (const event of vocero.bookings.events('bk_1')) if (event.type === 'turn') return [event.message, talking];
  const batch = await vocero.batches.create({ rows: [{ key: 'row-1', business }], defaults: { request } });
  const table = await vocero.batches.create({ table: 'key,phone\n', settings: { default_country: 'AR' } });
  const shortlist = await vocero.shortlists.create({ candidates: [{ business }], request });
  const turns: api.Transcript['turns'] = (await vocero.bookings.transcript(id)).turns;
  for await (const { id, outcome } of vocero.bookings.list({ status: 'completed' })) return [id, outcome?.result];
  for await (const { id, at, type } of vocero.bookings.events('bk_1')) return [id, at, type];
  const message = await verifyWebhook('', {}, '');
  const result: string | undefined = message.type === 'booking.final' ? message.data.outcome?.result : undefined;
  return [result, status, when, batch.counts.total, table.id, shortlist.outcome, turns];
}

export async function wrong(): Promise<void> {
  // @ts-expect-error: the service is missing
  await vocero.bookings.create({ business, request: { user_name: 'Mauro' } });
  // @ts-expect-error: no such field
  await vocero.bookings.create({ business, request, colour: 'red' });
  // @ts-expect-error: a number is a string
  await vocero.bookings.create({ business: { name: 'x', phone: 541143211234 }, request });
  // @ts-expect-error: no such status
  vocero.bookings.list({ status: 'done' });
  // @ts-expect-error: the outcome may be missing
  (await vocero.bookings.get('bk_1')).outcome.result;
  // @ts-expect-error: the same, where the wait ends before the booking does
  (await vocero.bookings.wait('bk_1', { until: () => true })).outcome.result;
  // @ts-expect-error: only some events have a message
  for await (const event of vocero.bookings.events('bk_1')) event.message.trim();
  // @ts-expect-error: at least one candidate list
  await vocero.shortlists.create({ request });
  // @ts-expect-error: a batch has rows, or a table
  await vocero.batches.create({ defaults: {} });
}
