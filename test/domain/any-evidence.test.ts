import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../../domain/decide.ts';
import type { DialResult, Evidence } from '../../domain/evidence.ts';
import { CALL_STATUSES } from '../../domain/evidence.ts';
import { fold } from '../../domain/fold.ts';
import { callsOf, mayBeAlive } from '../../domain/leg.ts';
import { viewOf } from '../../domain/render.ts';
import { BOOKING_STATUSES, REPORT_RESULTS, statusOf } from '../../domain/result.ts';
import { START } from '../support/orders.ts';
import {
  accepted,
  bridged,
  type Later,
  play,
  report,
  silence,
  spoken,
  status,
  talk,
  type World,
} from '../support/world.ts';

const problem = { code: 'x', message: 'x' };

const dialResult = (n: number): fc.Arbitrary<DialResult> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(accepted(n)) },
    { weight: 2, arbitrary: fc.constant<DialResult>({ proves: 'unknown', problem }) },
    { weight: 1, arbitrary: fc.constant<DialResult>({ proves: 'not_sent', problem }) },
    { weight: 1, arbitrary: fc.constant<DialResult>({ proves: 'channel_refused', problem }) },
    {
      weight: 1,
      arbitrary: fc.nat(60_000).map((ms): DialResult => ({ proves: 'deferred', retry_after_ms: ms + 1, problem })),
    },
  );

const reportOf = (n: number): fc.Arbitrary<Evidence> =>
  fc
    .tuple(fc.constantFrom(...REPORT_RESULTS), fc.constantFrom('16:00', '17:00', undefined))
    .map(([result, confirmed_time]) => report(n, { result, confirmed_time }));

const evidence = (n: number): fc.Arbitrary<Evidence> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...CALL_STATUSES).map((value) => status(n, value)) },
    { weight: 1, arbitrary: fc.constant(status(n, 'in-progress', { answered_by: 'machine_start' })) },
    { weight: 2, arbitrary: reportOf(n) },
    { weight: 2, arbitrary: fc.constantFrom(spoken, silence).map((transcript) => talk(n, { transcript })) },
    { weight: 1, arbitrary: fc.constant(talk(n, { status: 'failed', call_result: 'busy', transcript: silence })) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('agent_failed', 'stream_started', 'stream_lost', 'talk_ended', 'silent' as const)
        .map((event) => bridged(n, event as 'silent')),
    },
  );

const laters = (n: number): fc.Arbitrary<Later[]> =>
  fc
    .array(fc.record({ after: fc.nat(400_000), evidence: evidence(n), twice: fc.boolean() }), { maxLength: 8 })
    .map((list) =>
      list.flatMap(({ after, evidence: one, twice }) =>
        twice
          ? [
              { after, evidence: one },
              { after: after + 5_000, evidence: one },
            ]
          : [{ after, evidence: one }],
      ),
    );

const attempt = (n: number) =>
  fc.record({ result: dialResult(n), later: laters(n), after: fc.nat(30_000), n: fc.constant(n) });

/** A world that answers in any way: results, evidence in any order and twice, hang-ups that work or not. */
const anyWorld: fc.Arbitrary<{ world: World; cancelAt: number | undefined }> = fc
  .record({
    attempts: fc.tuple(attempt(1), attempt(2), attempt(3), attempt(4)),
    verdicts: fc.array(fc.constantFrom('found', 'absent', 'unreachable'), { minLength: 4, maxLength: 4 }),
    hangUpWorks: fc.boolean(),
    lineBusy: fc.nat(3),
    simulationWorks: fc.boolean(),
    cancelAt: fc.option(fc.nat(600_000), { nil: undefined }),
  })
  .map((one) => {
    let tries = 0;
    const world: World = {
      dial: (n) => one.attempts[n - 1] ?? { result: { proves: 'channel_refused', problem } },
      reconcile: (n) => {
        const verdict = one.verdicts[n - 1] ?? 'absent';
        if (verdict === 'found') return { after: 2_000, result: { verdict, call_sid: `CA${n}` } };
        return verdict === 'absent'
          ? { after: 90_000, result: { verdict: 'absent' } }
          : { after: 760_000, result: { verdict: 'unreachable', problem } };
      },
      hangUp: (n) =>
        one.hangUpWorks
          ? { result: { done: 'requested' }, later: [{ after: 400, evidence: status(n, 'canceled') }] }
          : { result: { done: 'failed', problem } },
      line: () => tries++ >= one.lineBusy,
      simulate: () => ({
        result: one.simulationWorks
          ? { ok: true, method: 'duet', transcript: spoken, report: { result: 'declined' } }
          : { ok: false, problem },
      }),
      ...(one.cancelAt === undefined
        ? {}
        : { happens: [{ at: one.cancelAt, fact: { type: 'cancel_requested' as const } }] }),
    };
    return { world, cancelAt: one.cancelAt };
  });

describe('any evidence, in any order, with duplicates', () => {
  it('ends in one outcome, and never dials while a leg may be alive or after somebody was reached', () => {
    fc.assert(
      fc.property(anyWorld, ({ world }) => {
        // `play` itself throws on a dial while a leg may be alive, and on a booking that never ends.
        const { state } = play(world);
        expect(state.outcome).not.toBeNull();
        const view = viewOf(state);
        expect(BOOKING_STATUSES).toContain(view.status);
        expect(view.status).toBe(statusOf(state.outcome!.result));
        expect(view.attempts.some((one) => ['dialing', 'ringing', 'in_progress'].includes(one.status))).toBe(false);
        if (state.outcome!.channel === 'simulation') {
          expect(state.outcome!.simulated).toBe(true);
          expect(callsOf(state).some((one) => one.rang)).toBe(false);
        }
        if (state.outcome!.result === 'confirmed') {
          expect(state.outcome!.confirmed_date && state.outcome!.confirmed_time).toBeTruthy();
          expect(state.outcome!.evidence.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('a settled booking absorbs everything', () => {
    fc.assert(
      fc.property(anyWorld, fc.array(evidence(1), { maxLength: 5 }), ({ world }, late) => {
        const { state } = play(world);
        const after = late.reduce((s, one) => fold(s, { type: 'evidence', evidence: one }, START + 1e9), state);
        expect(after).toBe(state);
        expect(decide(after, START + 2e9)).toEqual({ is: 'final', outcome: state.outcome });
      }),
      { numRuns: 300 },
    );
  });

  it('the same evidence twice is as good as once', () => {
    fc.assert(
      fc.property(fc.array(evidence(1), { maxLength: 10 }), (list) => {
        const once = play({
          dial: (n) => ({ result: accepted(n), later: list.map((one, i) => ({ after: i * 1000, evidence: one })) }),
        });
        const twice = play({
          dial: (n) => ({
            result: accepted(n),
            later: list.flatMap((one, i) => [
              { after: i * 1000, evidence: one },
              { after: i * 1000 + 1, evidence: one },
            ]),
          }),
        });
        expect(twice.state.outcome).toEqual(once.state.outcome);
      }),
      { numRuns: 300 },
    );
  });

  it('evidence of other bookings and unknown attempts changes no attempt', () => {
    const { state } = play({ line: () => false, happens: [{ at: 10, fact: { type: 'cancel_requested' } }] });
    const open = { ...state, outcome: null };
    const foreign = { ...status(1, 'completed'), call_id: 'bk_other0001.1' };
    expect(fold(open, { type: 'evidence', evidence: foreign }, START).attempts).toEqual(open.attempts);
    expect(callsOf(open).some(mayBeAlive)).toBe(false);
  });
});
