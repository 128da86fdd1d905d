import { isDeepStrictEqual } from 'node:util';
import { parse } from 'csv-parse/sync';
import { isFinalRow, ROW_STATUSES } from '../../domain/batch/statuses.ts';
import type { BatchRowView, BatchView } from '../../domain/batch/view.ts';
import type { ShortlistView } from '../../domain/shortlist/view.ts';
import type { Leg } from './checker.ts';

/** From and to, both included, ms since 1970. */
export type Span = readonly [from: number, to: number];

/** What became of one batch: the API's word, and the world's. */
export interface BatchFate {
  view: BatchView;
  /** Rows that were sent. */
  sent: number;
  rows: readonly BatchRowView[];
  /** `report.csv` as it came. */
  report: string;
  /** All calls that there were. */
  legs: readonly Leg[];
  /** The most calls that a row may have. */
  most(row: BatchRowView): number;
  /** Times in which no call of it may begin. */
  still: readonly Span[];
}

/** What became of one shortlist. */
export interface ShortlistFate {
  view: ShortlistView;
  bookings: readonly { id: string; candidate: number }[];
  legs: readonly Leg[];
  /** Times in which no call of it may begin. */
  still: readonly Span[];
}

/** A message as a receiver got it. `valid`: signed with the installation's secret. */
export interface Heard {
  id: string;
  valid: boolean;
  type: string;
  data: { id: string };
}

const time = (at: string | null): number => (at === null ? Number.POSITIVE_INFINITY : Date.parse(at));
const placed = (leg: Leg): number => time(leg.placed);

/** The most calls that were alive at once. */
export function mostAtOnce(legs: readonly Leg[]): number {
  const changes = legs.flatMap((leg) => [
    { at: placed(leg), by: 1 },
    { at: time(leg.ended), by: -1 },
  ]);
  let now = 0;
  let most = 0;
  for (const { by } of changes.toSorted((a, b) => a.at - b.at || a.by - b.by)) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}

function* begunWhileStill(legs: readonly Leg[], still: readonly Span[]): Generator<string> {
  for (const leg of legs)
    for (const [from, to] of still)
      if (placed(leg) >= from && placed(leg) <= to)
        yield `${leg.call_id} was dialed at ${leg.placed}, in the silence that began at ${new Date(from).toISOString()}`;
}

function* countsSum({ view, rows, sent }: BatchFate): Generator<string> {
  const { counts } = view;
  if (rows.length !== sent) yield `it shows ${rows.length} rows of ${sent}`;
  if (counts.total !== sent) yield `its total is ${counts.total}, not ${sent}`;
  for (const status of ROW_STATUSES) {
    const there = rows.filter((row) => row.status === status).length;
    if (counts[status] !== there) yield `it counts ${counts[status]} rows as ${status}, and shows ${there}`;
  }
  for (const [result, count] of Object.entries(view.results)) {
    const there = rows.filter((row) => row.result === result).length;
    if (count !== there) yield `it counts ${count} results ${result}, and shows ${there}`;
  }
  for (const { row, status } of rows) if (!isFinalRow(status)) yield `row ${row} is still ${status}`;
}

function* reportComplete({ report, rows }: BatchFate): Generator<string> {
  const lines: Record<string, string>[] = parse(report, { bom: true, columns: true });
  if (lines.length !== rows.length) yield `its report has ${lines.length} rows of ${rows.length}`;
  for (const [i, row] of rows.entries()) {
    const line = lines[i] ?? {};
    for (const name of ['key', 'status', 'result', 'booking_id'] as const)
      if (line[name] !== (row[name] ?? '')) yield `its report says "${line[name]}" for ${name} of row ${row.row}`;
    if (row.status !== 'completed' && !line.why) yield `its report does not say why row ${row.row} is ${row.status}`;
  }
}

function* noRowRungAgain({ rows, legs, most }: BatchFate): Generator<string> {
  const ids = rows.flatMap(({ booking_id }) => booking_id ?? []);
  if (new Set(ids).size !== ids.length) yield 'two of its rows have one booking';
  for (const row of rows) {
    const count = legs.filter(({ booking_id }) => booking_id === row.booking_id).length;
    if (count > most(row)) yield `row ${row.row} (${row.key}) was rung ${count} times, and may be ${most(row)} times`;
  }
}

const legsOf = (legs: readonly Leg[], ids: readonly (string | null)[]): Leg[] =>
  legs.filter(({ booking_id }) => ids.includes(booking_id));

/** The promises that were broken to a batch. */
export function violationsOfBatch(fate: BatchFate): string[] {
  const { view, rows, still } = fate;
  const own = legsOf(
    fate.legs,
    rows.map(({ booking_id }) => booking_id),
  );
  const atOnce = mostAtOnce(own);
  return [
    ...countsSum(fate),
    ...reportComplete(fate),
    ...noRowRungAgain(fate),
    ...(atOnce > view.max_concurrent ? [`it had ${atOnce} calls at once, of ${view.max_concurrent}`] : []),
    ...begunWhileStill(own, still),
  ];
}

/** The promises that were broken to a shortlist. */
export function violationsOfShortlist({ view, bookings, legs, still }: ShortlistFate): string[] {
  const found: string[] = [];
  const own = bookings.flatMap(({ id, candidate }) => legsOf(legs, [id]).map((leg) => ({ leg, candidate })));
  if (!view.outcome) found.push('it has no outcome');
  if (mostAtOnce(own.map(({ leg }) => leg)) > 1) found.push('two of its candidates were called at once');
  for (const [i, { status }] of view.candidates.entries()) {
    const calls = own.filter(({ candidate }) => candidate === i + 1);
    if (bookings.filter(({ candidate }) => candidate === i + 1).length > 1)
      found.push(`candidate ${i + 1} has two bookings`);
    if (calls.length > 1) found.push(`candidate ${i + 1} was rung ${calls.length} times`);
    if (status === 'not_asked' && view.status !== 'canceled' && calls.length > 0)
      found.push(`candidate ${i + 1} was called, and counts as not asked`);
  }
  const order = own.toSorted((a, b) => placed(a.leg) - placed(b.leg)).map(({ candidate }) => candidate);
  if (order.some((candidate, i) => candidate < (order[i - 1] ?? 0))) found.push(`it called in the order ${order}`);
  const confirmed = own.find(({ leg }) => leg.booking_id === view.outcome?.booking_id);
  for (const { leg, candidate } of own)
    if (confirmed && placed(leg) > placed(confirmed.leg))
      found.push(`candidate ${candidate} was called after candidate ${confirmed.candidate} had confirmed`);
  return [
    ...found,
    ...begunWhileStill(
      own.map(({ leg }) => leg),
      still,
    ),
  ];
}

/** The promises that were broken with the messages of a parent: `type` once, repeated at most under its id, with what the API shows. */
export function violationsOfMessages(heard: readonly Heard[], type: string, view: { id: string }): string[] {
  const own = heard.filter(({ data }) => data.id === view.id);
  const ids = new Set(own.map(({ id }) => id));
  return [
    ...(ids.size === 1 ? [] : [`${view.id} has ${ids.size} messages: ${[...ids]}`]),
    ...own.flatMap((one) => [
      ...(one.valid ? [] : [`${one.id} is not signed as it must be`]),
      ...(one.type === type ? [] : [`${one.id} is a ${one.type}`]),
      ...(isDeepStrictEqual(one.data, view)
        ? []
        : [`${one.id} says ${JSON.stringify(one.data)}, and the API ${JSON.stringify(view)}`]),
    ]),
  ];
}
