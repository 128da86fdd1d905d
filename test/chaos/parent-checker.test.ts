import { describe, expect, it } from '@jest/globals';
import { countsOf, resultsOf } from '../../domain/batch/statuses.ts';
import type { BatchRowView, BatchView } from '../../domain/batch/view.ts';
import type { ShortlistView } from '../../domain/shortlist/view.ts';
import type { Leg } from './checker.ts';
import {
  type BatchFate,
  mostAtOnce,
  type ShortlistFate,
  violationsOfBatch,
  violationsOfMessages,
  violationsOfShortlist,
} from './parent-checker.ts';

const at = (seconds: number): string => new Date(Date.UTC(2027, 0, 4, 12, 0, seconds)).toISOString();

const leg = (booking: string, from: number, to: number | null = from + 5, n = 1): Leg => ({
  call_sid: `CA${booking}${n}`,
  call_id: `${booking}.${n}`,
  booking_id: booking,
  to: '+541144000001',
  behaviour: 'answer-and-book',
  placed: at(from),
  answered: at(from + 1),
  ended: to === null ? null : at(to),
});

const row = (n: number, over: Partial<BatchRowView> = {}): BatchRowView => ({
  row: n,
  line: n + 1,
  key: `row-${n}`,
  phone: '+541144000001',
  business_name: 'Clínica',
  user_name: 'Ana',
  status: 'completed',
  result: 'confirmed',
  why: null,
  reasons: [],
  simulated: false,
  booking_id: `bk_${n}`,
  confirmed_date: '2027-01-05',
  confirmed_time: '16:00',
  ...over,
});

const reported = (rows: readonly BatchRowView[]): string =>
  [
    '\ufeffkey,status,result,why,booking_id',
    ...rows.map(({ key, status, result, why, booking_id }) =>
      [key, status, result, why ?? '', booking_id].map((cell) => cell ?? '').join(','),
    ),
  ].join('\r\n');

const ROWS = [row(1), row(2), row(3, { status: 'invalid', result: null, why: 'no number', booking_id: null })];

function batch(over: Partial<BatchFate> = {}): BatchFate {
  const rows = over.rows ?? ROWS;
  const view = { id: 'ba_1', max_concurrent: 2, counts: countsOf(rows), results: resultsOf(rows) } as BatchView;
  return {
    view,
    sent: 3,
    rows,
    report: reported(rows),
    legs: [leg('bk_1', 0), leg('bk_2', 3), leg('bk_of_another', 4)],
    most: () => 1,
    still: [],
    ...over,
  };
}

const shortlist = (over: Partial<ShortlistFate> & { candidates?: object[] } = {}): ShortlistFate => ({
  view: {
    id: 'sl_1',
    status: 'completed',
    outcome: { result: 'confirmed', candidate: 2, booking_id: 'bk_2' },
    candidates: over.candidates ?? [{ status: 'asked' }, { status: 'asked' }, { status: 'not_asked' }],
  } as unknown as ShortlistView,
  bookings: [
    { id: 'bk_1', candidate: 1 },
    { id: 'bk_2', candidate: 2 },
  ],
  legs: [leg('bk_1', 0), leg('bk_2', 10)],
  still: [],
  ...over,
});

it('counts calls that are alive at once: one that begins as another ends is not beside it', () => {
  expect(mostAtOnce([leg('bk_1', 0, 5), leg('bk_2', 5, 9), leg('bk_3', 9, null), leg('bk_4', 20)])).toBe(2);
});

describe('a batch', () => {
  it('of which everything holds breaks nothing', () => expect(violationsOfBatch(batch())).toEqual([]));

  it.each<[string, Partial<BatchFate>]>([
    ['it shows 3 rows of 4', { sent: 4 }],
    ['it counts 2 rows as completed', { rows: [row(1), row(2), row(3)], view: batch().view }],
    ['row 2 is still in_progress', { rows: [row(1), row(2, { status: 'in_progress', result: null }), ROWS[2]!] }],
    ['its report has 2 rows of 3', { report: reported(ROWS.slice(0, 2)) }],
    [
      'its report says "needs_review" for status of row 1',
      { report: reported([row(1, { status: 'needs_review' }), ...ROWS.slice(1)]) },
    ],
    ['does not say why row 3', { report: reported([row(1), row(2), { ...ROWS[2]!, why: null }]) }],
    ['two of its rows have one booking', { rows: [row(1), row(2, { booking_id: 'bk_1' }), ROWS[2]!] }],
    ['row 1 (row-1) was rung 2 times', { legs: [leg('bk_1', 0), leg('bk_1', 20, 25, 2)] }],
    ['it had 3 calls at once', { legs: [leg('bk_1', 0), leg('bk_2', 1), leg('bk_2', 2, 9, 2)], most: () => 2 }],
    ['bk_2.1 was dialed', { still: [[Date.parse(at(2)), Date.parse(at(3))]] }],
  ])('breaks: %s', (told, over) => {
    expect(violationsOfBatch(batch(over)).some((one) => one.includes(told))).toBe(true);
  });
});

describe('a shortlist', () => {
  it('of which everything holds breaks nothing', () => expect(violationsOfShortlist(shortlist())).toEqual([]));

  it.each<[string, Parameters<typeof shortlist>[0]]>([
    ['it has no outcome', { view: { ...shortlist().view, outcome: null } }],
    ['called at once', { legs: [leg('bk_1', 0), leg('bk_2', 4)] }],
    ['it called in the order 2,1', { legs: [leg('bk_1', 10), leg('bk_2', 0)] }],
    ['candidate 1 was rung 2 times', { legs: [leg('bk_1', 0), leg('bk_1', 6, 8, 2), leg('bk_2', 10)] }],
    ['candidate 2 has two bookings', { bookings: [...shortlist().bookings, { id: 'bk_4', candidate: 2 }] }],
    [
      'candidate 3 was called after candidate 2 had confirmed',
      { bookings: [...shortlist().bookings, { id: 'bk_3', candidate: 3 }], legs: [leg('bk_2', 0), leg('bk_3', 10)] },
    ],
    ['counts as not asked', { candidates: [{ status: 'asked' }, { status: 'not_asked' }, { status: 'not_asked' }] }],
    ['bk_2.1 was dialed', { still: [[Date.parse(at(9)), Number.POSITIVE_INFINITY]] }],
  ])('breaks: %s', (told, over) => {
    expect(violationsOfShortlist(shortlist(over)).some((one) => one.includes(told))).toBe(true);
  });
});

describe('messages', () => {
  const one = { id: 'msg_1', valid: true, type: 'batch.completed', data: { id: 'ba_1' } };
  const of = (...heard: (typeof one)[]) => violationsOfMessages(heard, 'batch.completed', { id: 'ba_1' });

  it('repeated under one id are one message', () => {
    expect(of(one, one, { ...one, id: 'msg_2', data: { id: 'ba_2' } })).toEqual([]);
  });

  it.each([
    ['has 0 messages', []],
    ['has 2 messages', [one, { ...one, id: 'msg_2' }]],
    ['is not signed', [{ ...one, valid: false }]],
    ['is a shortlist.completed', [{ ...one, type: 'shortlist.completed' }]],
    ['says {"id":"ba_1","status":"running"}', [{ ...one, data: { id: 'ba_1', status: 'running' } }]],
  ])('break: %s', (told, heard) => {
    expect(of(...heard).some((violation) => violation.includes(told))).toBe(true);
  });
});
