import { canceledMessageId, completedMessageId } from '../../../domain/batch/ids.ts';
import { gateOf } from '../../../domain/batch/lifecycle.ts';
import { reportLine } from '../../../domain/batch/report.ts';
import { isFinalRow, type RowStatus, rowStatusOf } from '../../../domain/batch/statuses.ts';
import { type Result, statusOf } from '../../../domain/result.ts';
import type { SentBatch } from './truth.ts';
import type { World } from './world.ts';

interface Row {
  position: number;
  key: string | null;
  status: string;
  result: string | null;
  booking_id: string | null;
}

/** What must be so in the end. `ended`: everything came to rest in time. */
export async function checkEnd(world: World, ended: boolean): Promise<void> {
  const { truth, memory, temporal } = world;
  truth.count('the end');
  if (!ended) truth.breaks('no_row_lost', `not over in time: ${openThings(world)}`);
  for (const [batch, id] of [...startedOf(world)])
    if (id.size > 1) truth.breaks('one_booking', `${batch} became ${id.size} bookings`);
  for (const sent of truth.sent) if (sent.id !== undefined) await checkBatch(world, sent, sent.id, ended);
  if (!ended) return;
  for (const table of ['slots', 'lines where until_ms > ?', 'line_waiters']) {
    const now = table.includes('?') ? [world.timeline.now] : [];
    const [left] = memory.all<{ n: number }>(`select count(*) as n from ${table}`, ...now);
    if (left!.n > 0) truth.breaks('freed', `${left!.n} ${table} are left`);
  }
  for (const { order } of temporal.started) {
    const [stored] = memory.all<{ final_ms: number | null }>('select final_ms from bookings where id = ?', order.id);
    if (stored && stored.final_ms === null) truth.breaks('no_row_lost', `${order.id} has no outcome`);
  }
}

const startedOf = ({ temporal }: World): Map<string, Set<string>> => {
  const found = new Map<string, Set<string>>();
  for (const { order } of temporal.started) {
    if (!order.batch) continue;
    const name = `${order.batch.id} ${order.batch.key}`;
    found.set(name, (found.get(name) ?? new Set()).add(order.id));
  }
  return found;
};

function openThings({ memory, engine }: World): string {
  const open = [
    ...memory.all<{ what: string }>(
      "select id || ' ' || status as what from batches where ended_ms is null or erasing = 1",
    ),
    ...memory.all<{ what: string }>(
      "select key || ' is ' || status || ' taken ' || taken || ' ' || coalesce(booking_id, '') as what from batch_rows where ended_seq is null",
    ),
    ...memory.all<{ what: string }>(
      "select id || ' is ' || status || ' ' || substr(view_json, instr(view_json, 'waiting_for'), 40) as what from bookings where final_ms is null",
    ),
    ...memory.all<{ what: string }>(
      "select 'waiter ' || booking_id || ' has_line ' || has_line as what from line_waiters",
    ),
    ...memory.all<{ what: string }>("select 'slot ' || provider || ' ' || call_id as what from slots"),
  ].map(({ what }) => what);
  const runs = [...engine.runs.values()].filter(({ is, kind }) => is === 'open' && kind !== 'hourly');
  return [...open, ...runs.map(({ kind, id }) => `run of ${kind} ${id}`)].slice(0, 12).join('; ');
}

async function checkBatch(world: World, sent: SentBatch, id: string, ended: boolean): Promise<void> {
  const { truth, memory, temporal, posted } = world;
  const [batch] = memory.all<{ status: string; completions: number; erasing: number }>(
    'select status, completions, erasing from batches where id = ?',
    id,
  );
  const rows = memory.all<Row>(
    'select position, key, status, result, booking_id from batch_rows where batch_id = ? order by position',
    id,
  );
  if (sent.erased) {
    if (ended) checkErased(world, id);
    return;
  }
  if (!batch) return truth.breaks('no_row_lost', `${id} is gone`);
  const known = new Set(rows.map(({ key }) => key));
  const erased = rows.filter(({ key }) => key === null).length;
  const missing = [...sent.rows.keys()].filter((key) => !known.has(key));
  if (missing.length > erased) truth.breaks('no_row_lost', `${missing.join(', ')} of ${id} are gone`);
  const unheard = [...sent.unheard.keys()].filter((key) => known.has(key)).length;
  if (rows.length !== sent.rows.size + unheard) truth.breaks('no_row_lost', `${rows.length} rows of ${sent.rows.size}`);
  for (const row of rows) checkRow(world, id, row, sent, ended);
  await checkReport(world, id, rows);
  if (!ended || !sent.request.settings.callback_url) return;
  const numbers = Array.from({ length: batch.completions }, (_, i) => completedMessageId(id, i + 1));
  const mine = temporal.told.filter((message) => message.includes(id));
  const last = numbers.at(-1);
  if (batch.status === 'completed' && last !== undefined && !posted.includes(last))
    truth.breaks('told', `${last} did not reach the client`);
  if (batch.status === 'canceled' && !posted.includes(canceledMessageId(id)))
    truth.breaks('told', `nobody told the client that ${id} is canceled`);
  for (const message of mine)
    if (!numbers.includes(message) && message !== canceledMessageId(id))
      truth.breaks('told', `${message} was told of ${numbers.length} completions`);
}

function checkRow(world: World, batchId: string, row: Row, sent: SentBatch, ended: boolean): void {
  const { truth, temporal, engine, phones, memory } = world;
  const { key, status, result, booking_id } = row;
  if (ended && !isFinalRow(status as RowStatus)) truth.breaks('no_row_lost', `${key} is ${status}`);
  if (key === null) return;
  const plan = sent.rows.get(key) ?? sent.unheard.get(key);
  if (plan?.kind === 'invalid' && status !== 'invalid') truth.breaks('uncalled', `${key} is invalid, and ${status}`);
  const starts = temporal.started.filter(({ order }) => order.batch?.id === batchId && order.batch.key === key);
  const booking = starts[0]?.order.id;
  if (ended && booking !== undefined && booking_id !== booking)
    truth.breaks('one_booking', `${key} is ${status} without its booking ${booking}`);
  if (booking === undefined || !ended) return;
  const outcome = engine.runs.get(booking)?.is === 'closed' ? temporal.bookings.get(booking)?.outcome : undefined;
  if (!outcome) return;
  const called = phones.calls.some((one) => one.booking_id === booking);
  const [stored] = memory.all<{ result: Result }>('select result from bookings where id = ?', booking);
  // A booking that was canceled before its run began ends with the cancel; the run finds that out.
  const ends = !called && stored?.result === 'canceled' ? stored.result : outcome.result;
  const is = rowStatusOf({ status: statusOf(ends), result: ends });
  if (status !== is || result !== ends)
    truth.breaks('report', `${key} is ${status} ${result}, and its booking ${outcome.result}`);
  if (status === 'duplicate' || status === 'invalid')
    truth.breaks('uncalled', `${key} is ${status}, and became a booking`);
  if (status === 'expired' && called) truth.breaks('report', `${key} is expired, and was called`);
}

async function checkReport({ truth, memory }: World, batch_id: string, rows: readonly Row[]): Promise<void> {
  const shown = await memory.records.batchRows({ batch_id, limit: 1_000 });
  const lines = shown.map((row) => reportLine(row, (number) => number).split(','));
  for (const [i, { key, status, result }] of rows.entries()) {
    const [saidKey = '', , saidStatus = '', saidResult = '', why = ''] = lines[i] ?? [];
    const right = saidKey === (key ?? '') && saidStatus === status && saidResult === (result ?? '');
    if (!right)
      truth.breaks(
        'report',
        `${key} is ${status} ${result}, and the report says ${saidKey} ${saidStatus} ${saidResult}`,
      );
    if (isFinalRow(status as RowStatus) && status !== 'completed' && why === '')
      truth.breaks('report', `${key} is ${status}, and the report does not say why`);
  }
  if (lines.length !== rows.length) truth.breaks('report', `the report has ${lines.length} of ${rows.length} rows`);
}

function checkErased({ truth, memory }: World, id: string): void {
  const left = [
    ['batches', 'id'],
    ['batch_rows', 'batch_id'],
    ['batch_events', 'batch_id'],
    ['batch_counts', 'batch_id'],
  ].filter(
    ([table, column]) =>
      memory.all<{ n: number }>(`select count(*) as n from ${table} where ${column} = ?`, id)[0]!.n > 0,
  );
  if (left.length > 0) truth.breaks('erased', `${left.map(([table]) => table).join(', ')} still have ${id}`);
  const [gate] = memory.all('select 1 from slot_gates where provider = ?', gateOf(id));
  if (gate) truth.breaks('erased', `the gate of ${id} is left`);
  const [booking] = memory.all(`select id from bookings where parent like ? limit 1`, `%${id}%`);
  if (booking) truth.breaks('erased', `a booking of ${id} is left`);
}
