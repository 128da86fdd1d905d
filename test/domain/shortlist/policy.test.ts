import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RESULTS } from '../../../domain/result.ts';
import { decideShortlist, type ShortlistEnd, type Step } from '../../../domain/shortlist/decide.ts';
import { type CandidateResult, mayHaveBooked, meaningOf } from '../../../domain/shortlist/meaning.ts';
import {
  type Ending,
  type Fact,
  foldShortlist,
  initialShortlist,
  type ShortlistInput,
  type ShortlistState,
} from '../../../domain/shortlist/state.ts';
import { progressOf } from '../../../domain/shortlist/view.ts';

const START = Date.parse('2026-11-30T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const inputOf = (more: Partial<ShortlistInput> = {}): ShortlistInput => ({
  id: 'sl_one',
  candidates: 3,
  created_at: new Date(START).toISOString(),
  phones: true,
  simulation: true,
  callback: { enabled: true, max_callbacks: 1, within_hours: 72 },
  sandbox: false,
  ...more,
});

/** What one booking comes to, after how long; `wants`: the call that the business asked for, from its end on. */
interface Scripted {
  result: CandidateResult;
  ms?: number;
  wants?: number;
  review?: CandidateResult;
}

interface World {
  input?: Partial<ShortlistInput>;
  /** The bookings, in the order in which they are placed; then all decline. */
  bookings: Scripted[];
  /** Time from the start at which each candidate opens; default: open. */
  opens?: number[];
  /** Time of the cancel, from the start. */
  cancel?: number | undefined;
}

interface Played {
  end: ShortlistEnd | undefined;
  halted: boolean;
  placed: { candidate: number; as: string; at: number }[];
  /** Bookings that were open at once, at most. */
  atOnce: number;
  at: number;
  state: ShortlistState;
  steps: Step[];
}

/** Plays a shortlist as its workflow does, on a clock of its own. */
function play({ input, bookings, opens = [], cancel = Number.POSITIVE_INFINITY }: World): Played {
  let now = START;
  let state = initialShortlist(inputOf(input));
  const open = new Map<string, { ending: Ending; at: number; review?: CandidateResult | undefined }>();
  const reviews = new Map<string, CandidateResult>();
  const played: Played = { end: undefined, halted: false, placed: [], atOnce: 0, at: 0, state, steps: [] };
  const apply = (fact: Fact): void => {
    state = foldShortlist(state, fact, now);
  };
  for (let steps = 0; steps < 1_000; steps++) {
    if (now >= START + cancel && !state.cancel_requested) apply({ type: 'cancel_requested' });
    const step = decideShortlist(state, now);
    played.steps.push(step);
    const over = { ...played, at: now - START, state };
    if (step.do === 'end') return { ...over, end: step.end };
    switch (step.do) {
      case 'take_turn':
        apply({ type: 'turn', candidate: step.candidate, as: step.as });
        break;
      case 'place': {
        const script: Scripted = bookings[played.placed.length] ?? { result: 'declined' };
        const booking_id = `bk_${step.candidate}_${step.turn}`;
        played.placed.push({ candidate: step.candidate, as: step.as, at: now - START });
        const at = now + (script.ms ?? MINUTE);
        const ending: Ending = {
          booking_id,
          result: script.result,
          confirmed_date: script.result === 'confirmed' ? '2026-12-01' : null,
          confirmed_time: script.result === 'confirmed' ? '16:00' : null,
          simulated: step.as === 'simulation',
          callback_at: script.wants === undefined ? undefined : at + script.wants,
          reviewed: false,
        };
        open.set(booking_id, { ending, at });
        if (script.review) reviews.set(booking_id, script.review);
        played.atOnce = Math.max(played.atOnce, open.size);
        apply({ type: 'placed', booking_id });
        break;
      }
      case 'watch': {
        const { ending, at } = open.get(step.booking_id)!;
        now = Math.max(now, Math.min(at, cancel === Number.POSITIVE_INFINITY ? at : Math.max(START + cancel, now)));
        if (now < at) break;
        open.delete(step.booking_id);
        apply({ type: 'ended', ending });
        break;
      }
      case 'cancel': {
        const it = open.get(step.booking_id)!;
        const ending = mayHaveBooked(it.ending.result) ? it.ending : { ...it.ending, result: 'canceled' as const };
        open.set(step.booking_id, { ending, at: now });
        apply({ type: 'cancel_sent' });
        break;
      }
      case 'halt': {
        const result = reviews.get(step.booking_id);
        if (!result && now >= START + cancel) return { ...over, halted: true };
        if (!result) {
          if (cancel === Number.POSITIVE_INFINITY) return { ...over, halted: true };
          now = START + cancel;
          break;
        }
        now += HOUR;
        apply({
          type: 'ended',
          ending: {
            booking_id: step.booking_id,
            result,
            confirmed_date: result === 'confirmed' ? '2026-12-02' : null,
            confirmed_time: result === 'confirmed' ? '10:00' : null,
            simulated: false,
            reviewed: true,
          },
        });
        break;
      }
      case 'recall':
        apply({ type: 'recalled', recorded: { bookings: [], cancel_requested: false } });
        break;
      case 'look':
        apply({
          type: 'looked',
          openings: {
            at: now,
            opens: state.candidates.map((_, i) => Math.max(now, START + (opens[i] ?? 0))),
          },
        });
        break;
      case 'wait':
        expect(step.until).toBeGreaterThan(now);
        now = Math.min(step.until, Math.max(now + 1, START + cancel));
        break;
    }
  }
  throw new Error('does not end');
}

const candidatesOf = ({ placed }: Played): number[] => placed.map(({ candidate }) => candidate);

describe('a shortlist', () => {
  it.each(RESULTS.map((result) => [result] as const))(
    'after %s goes on, ends or halts as the contract says',
    (result) => {
      const played = play({ bookings: [{ result }, { result: 'confirmed' }] });
      const goesOn = !['confirmed', 'needs_review'].includes(result);
      expect(candidatesOf(played)).toEqual(goesOn ? [1, 2] : [1]);
      expect(played.halted).toBe(result === 'needs_review');
      expect(played.end?.candidate).toBe(result === 'needs_review' ? undefined : goesOn ? 2 : 1);
    },
  );

  it('halts on a result that it does not know', () => {
    expect(meaningOf('half_booked' as CandidateResult)).toBe('halts');
  });

  it('goes on after a review that is no appointment, and ends with the day and hour of one that is', () => {
    const doubt = { result: 'needs_review' as const };
    expect(candidatesOf(play({ bookings: [{ ...doubt, review: 'declined' }] }))).toEqual([1, 2, 3]);
    const { end, state } = play({ bookings: [{ ...doubt, review: 'confirmed' }] });
    expect(end).toMatchObject({ result: 'confirmed', candidate: 1, confirmed_date: '2026-12-02', reviewed: true });
    expect(progressOf(state, { do: 'end', end: end! }, START)).toMatchObject({
      status: 'completed',
      outcome: { proof: null },
    });
  });

  it('shows a halt as needs_review without an outcome', () => {
    const { state, steps } = play({ bookings: [{ result: 'needs_review' }] });
    expect(progressOf(state, steps.at(-1), START)).toMatchObject({
      status: 'needs_review',
      outcome: null,
      candidates: [{ status: 'asked', result: 'needs_review' }, { status: 'not_asked' }, { status: 'not_asked' }],
    });
  });

  it('asks an open candidate first, and waits for a closed one only if nobody after it is open', () => {
    const all = play({ bookings: [], opens: [2 * HOUR, 0, 0] });
    expect(all.placed.map(({ candidate, at }) => [candidate, at])).toEqual([
      [2, 0],
      [3, MINUTE],
      [1, 2 * HOUR],
    ]);
    // It opens while the second is asked: the third waits its turn.
    expect(candidatesOf(play({ bookings: [], opens: [30_000, 0, 0] }))).toEqual([2, 1, 3]);
  });

  it('waits for a requested call only after all others, and calls at that time', () => {
    const asks = { result: 'callback_requested' as const, wants: HOUR };
    const { placed, end } = play({
      bookings: [asks, { result: 'declined' }, { result: 'declined' }, { result: 'confirmed' }],
    });
    expect(placed.map(({ candidate, as, at }) => [candidate, as, at])).toEqual([
      [1, 'call', 0],
      [2, 'call', MINUTE],
      [3, 'call', 2 * MINUTE],
      [1, 'callback', HOUR + MINUTE],
    ]);
    expect(end).toMatchObject({ result: 'confirmed', candidate: 1, booking_id: 'bk_1_2' });
  });

  it('makes no more such calls than the order permits, and none that comes too late', () => {
    const asks = { result: 'callback_requested' as const, wants: HOUR };
    const again = play({ input: { candidates: 1 }, bookings: [asks, asks, asks] });
    expect(candidatesOf(again)).toEqual([1, 1]);
    const off = { enabled: false, max_callbacks: 1, within_hours: 72 };
    expect(candidatesOf(play({ input: { candidates: 1, callback: off }, bookings: [asks] }))).toEqual([1]);
    const far = { result: 'callback_requested' as const, wants: 80 * HOUR };
    expect(candidatesOf(play({ input: { candidates: 1 }, bookings: [far] }))).toEqual([1]);
  });

  it('asks nobody after decide_by: expired with candidates left, and a talk may finish and count', () => {
    const decide_by = new Date(START + MINUTE).toISOString();
    const late = play({ input: { decide_by }, bookings: [{ result: 'declined', ms: 2 * MINUTE }] });
    expect(late.end).toMatchObject({ result: 'expired', candidate: null });
    expect(candidatesOf(late)).toEqual([1]);
    const counts = play({ input: { decide_by }, bookings: [{ result: 'confirmed', ms: 2 * MINUTE }] });
    expect(counts.end).toMatchObject({ result: 'confirmed', candidate: 1 });
    const closed = play({ input: { decide_by }, bookings: [], opens: [HOUR, HOUR, HOUR] });
    expect(closed).toMatchObject({ end: { result: 'expired' }, at: MINUTE, placed: [] });
    const last = play({ input: { decide_by, candidates: 1 }, bookings: [{ result: 'expired' }] });
    expect(last.end).toMatchObject({ result: 'expired' });
  });

  it('counts a candidate whose booking was canceled by hand as not asked', () => {
    const { state, end } = play({ bookings: [{ result: 'canceled' }] });
    expect(progressOf(state, undefined, START).candidates[0]).toEqual({
      status: 'not_asked',
      booking_id: 'bk_1_1',
      result: 'canceled',
    });
    expect(end).toMatchObject({ result: 'none_confirmed' });
  });

  it('is an error when all candidates are, after one simulation at the end', () => {
    const error = { result: 'error' as const };
    expect(play({ input: { simulation: false }, bookings: [error, error, error] }).end!.result).toBe('error');
    const simulated = play({ bookings: [error, error, error, { result: 'confirmed' }] });
    expect(simulated.placed.map(({ as }) => as)).toEqual(['call', 'call', 'call', 'simulation']);
    expect(simulated.end).toMatchObject({ result: 'confirmed', simulated: true });
    const failed = play({ input: { sandbox: true }, bookings: [error, error, error, error] });
    expect(failed.end).toMatchObject({ result: 'error' });
    expect(failed.placed).toHaveLength(4);
    const decide_by = new Date(START + MINUTE).toISOString();
    const late = play({ input: { decide_by, candidates: 1 }, bookings: [error] });
    expect(late).toMatchObject({ end: { result: 'error' }, placed: [{ as: 'call' }] });
    const rang = play({ bookings: [error, { result: 'unreachable' }, error] });
    expect(rang.end).toMatchObject({ result: 'none_confirmed', simulated: false });
    expect(rang.placed).toHaveLength(3);
  });

  it('that may only simulate asks nobody by phone', () => {
    const { placed, end } = play({ input: { phones: false }, bookings: [{ result: 'confirmed' }] });
    expect(placed.map(({ as }) => as)).toEqual(['simulation']);
    expect(end).toMatchObject({ result: 'confirmed', simulated: true });
  });

  it('that is canceled ends when the live booking has, unless that confirmed', () => {
    const canceled = play({ bookings: [{ result: 'declined', ms: HOUR }], cancel: MINUTE });
    expect(canceled).toMatchObject({ end: { result: 'canceled', booking_id: null }, at: MINUTE });
    const wins = play({ bookings: [{ result: 'confirmed', ms: HOUR }], cancel: MINUTE });
    expect(wins.end).toMatchObject({ result: 'confirmed', candidate: 1 });
    expect(play({ bookings: [{ result: 'needs_review' }], cancel: HOUR }).end).toMatchObject({ result: 'canceled' });
  });

  it('stops for an appointment that a later review gives to an earlier candidate', () => {
    let state = initialShortlist(inputOf());
    const ending = { result: 'needs_review', confirmed_date: null, confirmed_time: null, simulated: false } as const;
    const facts: Fact[] = [
      { type: 'turn', candidate: 1, as: 'call' },
      { type: 'placed', booking_id: 'bk_1' },
      { type: 'ended', ending: { booking_id: 'bk_1', ...ending, result: 'declined', reviewed: true } },
      { type: 'turn', candidate: 2, as: 'call' },
      { type: 'placed', booking_id: 'bk_2' },
      { type: 'ended', ending: { booking_id: 'bk_1', ...ending, result: 'confirmed', reviewed: true } },
    ];
    for (const fact of facts) state = foldShortlist(state, fact, START);
    expect(decideShortlist(state, START)).toEqual({ do: 'cancel', booking_id: 'bk_2' });
    state = foldShortlist(state, { type: 'cancel_sent' }, START);
    expect(decideShortlist(state, START)).toEqual({ do: 'watch', booking_id: 'bk_2' });
    state = foldShortlist(
      state,
      { type: 'ended', ending: { booking_id: 'bk_2', ...ending, result: 'canceled', reviewed: false } },
      START,
    );
    expect(decideShortlist(state, START)).toMatchObject({ do: 'end', end: { result: 'confirmed', candidate: 1 } });
  });

  it('ends when a booking in doubt was erased: nobody can review it', () => {
    expect(play({ bookings: [{ result: 'lost' }] })).toMatchObject({
      end: { result: 'canceled' },
      placed: [{ candidate: 1 }],
    });
  });
});

const anyResult = fc.constantFrom<CandidateResult>(...RESULTS, 'lost');
const anyWorld: fc.Arbitrary<World> = fc.record({
  input: fc.record({
    candidates: fc.integer({ min: 1, max: 10 }),
    phones: fc.boolean(),
    simulation: fc.constant(true),
    sandbox: fc.boolean(),
    callback: fc.record({
      enabled: fc.boolean(),
      max_callbacks: fc.integer({ min: 0, max: 3 }),
      within_hours: fc.integer({ min: 1, max: 72 }),
    }),
    decide_by: fc.option(
      fc.integer({ min: 1, max: 600 }).map((minutes) => new Date(START + minutes * MINUTE).toISOString()),
      { nil: undefined },
    ),
  }),
  bookings: fc.array(
    fc.record(
      {
        result: anyResult,
        ms: fc.integer({ min: 0, max: 3 * HOUR }),
        wants: fc.integer({ min: 1, max: 80 * HOUR }),
        review: anyResult.filter((result) => !['lost', 'needs_review', 'error', 'canceled'].includes(result)),
      },
      { requiredKeys: ['result'] },
    ),
    { maxLength: 30 },
  ),
  opens: fc.array(fc.integer({ min: 0, max: 100 * HOUR }), { maxLength: 10 }),
  cancel: fc.option(fc.integer({ min: 0, max: 100 * HOUR }), { nil: undefined }),
});

describe('whatever the bookings come to', () => {
  it('one is open at most, none is placed after an appointment or in doubt, none after decide_by, and there is an end', () => {
    fc.assert(
      fc.property(anyWorld, (scripted) => {
        const { placed, atOnce, end, halted, state, steps } = play(scripted);
        expect(atOnce).toBeLessThanOrEqual(1);
        expect(end !== undefined || halted).toBe(true);
        const doubtful = placed.findIndex((_, i) => {
          const { result, review } = scripted.bookings[i] ?? { result: 'declined' as const };
          return mayHaveBooked(result) && (result !== 'needs_review' || !review || review === 'confirmed');
        });
        if (doubtful >= 0) expect(placed).toHaveLength(doubtful + 1);
        const { decide_by } = state.input;
        for (const { at } of placed) if (decide_by) expect(START + at).toBeLessThan(Date.parse(decide_by));
        expect(placed.filter(({ as }) => as === 'simulation').length).toBeLessThanOrEqual(1);
        if (end?.result === 'confirmed') expect(end.booking_id).not.toBeNull();
        // A simulation comes when everybody else had a turn.
        const simulation = placed.findIndex(({ as }) => as === 'simulation');
        if (simulation >= 0) expect(simulation).toBe(placed.length - 1);
        expect(steps.length).toBeLessThan(400);
      }),
      { numRuns: 3_000 },
    );
  });
});
