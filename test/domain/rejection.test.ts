import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide, isMoot, isStillWanted } from '../../domain/decide.ts';
import type { Fact } from '../../domain/fact.ts';
import { fold } from '../../domain/fold.ts';
import { callsOf } from '../../domain/leg.ts';
import { localMoment } from '../../domain/local-moment.ts';
import { REJECTING_SIP } from '../../domain/rejecting-sip.ts';
import { nextLocalDay } from '../../domain/rejection.ts';
import { viewOf } from '../../domain/render.ts';
import { initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, START } from '../support/orders.ts';
import { endsAs, goodCall, rejectedWith } from '../support/table.ts';
import { accepted, bridged, play, status, type World } from '../support/world.ts';

const SHANGHAI = { order: { zones: ['Asia/Shanghai'] } };
const dialsOf = ({ trace }: ReturnType<typeof play>) =>
  trace.flatMap(({ at, task }) =>
    task.do === 'dial' ? [{ at: new Date(at).toISOString(), channel: task.channel }] : [],
  );
/** The first call is rejected; later ones are good. */
const rejectedOnce = (sip: number, value: 'busy' | 'failed' = 'failed'): World => ({
  dial: (n) => ({ result: accepted(n), later: n === 1 ? rejectedWith(n, sip, value) : goodCall(n) }),
});

describe('a call that was rejected', () => {
  it.each(REJECTING_SIP.flatMap((sip) => [['failed', sip] as const, ['busy', sip] as const]))(
    'with Twilio’s status %s and SIP %d keeps that status, and its error says so',
    (value, sip) => {
      const played = play(rejectedOnce(sip, value));
      expect(viewOf(played.state).attempts).toMatchObject([{ status: value, error: { code: `sip_${sip}` } }]);
      expect(played.state.outcome).toMatchObject({ result: 'unreachable', evidence: ['call_status'] });
    },
  );

  it.each(['busy', 'no-answer', 'failed'] as const)(
    'is no other call that reached nobody: %s has no error',
    (value) => {
      const { state } = play({ dial: (n) => ({ result: accepted(n), later: endsAs(n, value) }) });
      expect(viewOf(state).attempts.map(({ error }) => error)).toEqual([null, null]);
    },
  );

  it.each(['native', 'registered', 'bridge'] as const)(
    'is followed by a dial on the next day at the earliest (%s)',
    (channel) => {
      const only = { native: { enabled: false }, bridge: { enabled: false } };
      const played = play(rejectedOnce(603), {
        ...SHANGHAI,
        ...only,
        [channel]: { enabled: true, budget_seconds: 7_200 },
      });
      expect(dialsOf(played)).toEqual([
        { at: '2026-11-23T15:00:00.005Z', channel },
        { at: '2026-11-23T16:00:00.005Z', channel },
      ]);
    },
  );

  it('waits for the hours of the next day, where the budget stands still outside of them', () => {
    const calling_window = { from: 9 * 60, to: 12 * 60 + 5 };
    const played = play(rejectedOnce(607), { native: { budget_seconds: 600 }, settings: { calling_window } });
    expect(dialsOf(played).map(({ at }) => at.slice(0, 16))).toEqual(['2026-11-23T15:00', '2026-11-24T12:00']);
  });

  it('is redialed no more often than a busy one', () => {
    const played = play(
      { dial: (n) => ({ result: accepted(n), later: rejectedWith(n, 608) }) },
      { native: { budget_seconds: 30 * 86_400 } },
    );
    expect(dialsOf(played).map(({ at }) => at.slice(0, 13))).toEqual(['2026-11-23T15', '2026-11-24T03']);
    expect(played.state.outcome?.result).toBe('unreachable');
  });

  it('keeps the next channel from that day, too', () => {
    const played = play(
      {
        dial: (n) => ({
          result: accepted(n),
          later: n === 1 ? [{ after: 1_000, evidence: status(n, 'ringing') }] : goodCall(n),
        }),
        // The callee declines just when the budget ends.
        hangUp: (n) => ({
          result: { done: 'requested' },
          later: [{ after: 800, evidence: status(n, 'failed', { sip_code: 603 }) }],
        }),
      },
      { ...SHANGHAI, native: { budget_seconds: 10 } },
    );
    expect(dialsOf(played)).toEqual([
      { at: '2026-11-23T15:00:00.005Z', channel: 'native' },
      { at: '2026-11-23T16:00:00.005Z', channel: 'bridge' },
    ]);
  });

  it('keeps a call whose agent failed from that day, too', () => {
    const failed = { after: 1_500, evidence: bridged(1, 'agent_failed') };
    const played = play(
      {
        dial: (n) => ({ result: accepted(n), later: n === 1 ? [...rejectedWith(n, 603), failed] : goodCall(n) }),
      },
      { ...SHANGHAI, native: { enabled: false } },
    );
    expect(dialsOf(played).map(({ at }) => at.slice(0, 16))).toEqual(['2026-11-23T15:00', '2026-11-23T16:00']);
  });

  it('is one also when only a later message has the answer of the network', () => {
    const polled = status(1, 'failed', { id: 'poll', source: 'poll' });
    const played = play({
      dial: (n) => ({
        result: accepted(n),
        later: [
          { after: 3_000, evidence: polled },
          { after: 5_000, evidence: status(n, 'failed', { source: 'initiation_failure', sip_code: 603 }) },
        ],
      }),
    });
    expect(dialsOf(played)).toHaveLength(1);
    expect(viewOf(played.state).attempts).toMatchObject([{ error: { code: 'sip_603' } }]);
  });

  it('a number that cannot ring is one also when only a later message says so', () => {
    const { state, words } = play({
      dial: (n) => ({
        result: accepted(n),
        later: [
          { after: 3_000, evidence: status(n, 'failed', { id: 'poll', source: 'poll' }) },
          { after: 5_000, evidence: status(n, 'failed', { sip_code: 404 }) },
        ],
      }),
    });
    expect(words.filter((word) => word.startsWith('dial'))).toHaveLength(1);
    expect(state.outcome?.result).toBe('invalid_number');
  });

  it('stops a dial that waits for its turn, when the answer of the network comes that late', () => {
    const polled = status(1, 'failed', { id: 'poll', source: 'poll' });
    const facts: [number, Fact][] = [
      [0, { type: 'line_taken' }],
      [0, { type: 'dial_started', channel: 'native' }],
      [100, { type: 'dial_ended', n: 1, result: accepted(1) }],
      [3_000, { type: 'evidence', evidence: polled }],
      [130_000, { type: 'dial_started', channel: 'native' }],
    ];
    const waiting = folded(
      initialState(bookingInput(SHANGHAI)),
      facts.map(([at, fact]) => [START + at, fact]),
    );
    expect(isStillWanted(waiting, 'bk_test0001.2', START)).toBe(true);
    const rejected = status(1, 'failed', { source: 'initiation_failure', sip_code: 603 });
    const told = fold(waiting, { type: 'evidence', evidence: rejected }, START + 140_000);
    expect(isStillWanted(told, 'bk_test0001.2', START)).toBe(false);
    const stopped = fold(
      told,
      { type: 'dial_ended', n: 2, result: { proves: 'skipped', reason: 'canceled' } },
      START + 141_000,
    );
    expect(decide(stopped, START + 141_000)).toMatchObject({ is: 'final', outcome: { result: 'unreachable' } });
  });

  it('does not stop its own dial, whose answer comes later than that of the network', () => {
    const dialing = folded(initialState(bookingInput()), [
      [START, { type: 'line_taken' }],
      [START, { type: 'dial_started', channel: 'native' }],
      [START + 90, { type: 'evidence', evidence: status(1, 'failed', { sip_code: 608 }) }],
    ]);
    expect(isMoot(dialing, callsOf(dialing)[0]!, START)).toBe(false);
  });

  it('is none when somebody answered', () => {
    const later = goodCall(1).map((one) =>
      one.evidence.kind === 'call_status' && one.evidence.status === 'completed'
        ? { ...one, evidence: { ...one.evidence, sip_code: 603 } }
        : one,
    );
    const { state } = play({ dial: (n) => ({ result: accepted(n), later }) });
    expect(state.outcome?.result).toBe('confirmed');
    expect(viewOf(state).attempts).toMatchObject([{ status: 'completed', error: null }]);
  });
});

describe('the next local day', () => {
  const ZONES = [
    'America/Argentina/Buenos_Aires',
    'America/New_York',
    'America/Santiago',
    'Europe/Madrid',
    'Asia/Kolkata',
    'Asia/Kathmandu',
    'Africa/Cairo',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
  ];

  it('begins at local midnight, in spring and in autumn too', () => {
    const of = (zone: string, at: string) => new Date(nextLocalDay([zone], Date.parse(at))).toISOString();
    expect(of('America/Argentina/Buenos_Aires', '2026-11-23T15:04:05.678Z')).toBe('2026-11-24T03:00:00.000Z');
    // 23 hours, then 25.
    expect(of('Europe/Madrid', '2026-03-29T00:30:00Z')).toBe('2026-03-29T22:00:00.000Z');
    expect(of('Europe/Madrid', '2026-10-25T00:30:00Z')).toBe('2026-10-25T23:00:00.000Z');
    // The night in which midnight does not exist, and the day that never was.
    expect(of('America/Santiago', '2026-09-05T20:00:00Z')).toBe('2026-09-06T04:00:00.000Z');
    expect(of('Pacific/Apia', '2011-12-30T02:00:00Z')).toBe('2011-12-30T10:00:00.000Z');
  });

  it('is a later day in every zone, and no moment too late in one of them', () => {
    const zones = fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 3 });
    const moments = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2028-01-01') });
    fc.assert(
      fc.property(zones, moments, (some, at) => {
        const next = nextLocalDay(some, at);
        const dayOf = (zone: string, moment: number) => localMoment(zone, moment).date;
        expect(some.every((zone) => dayOf(zone, next) > dayOf(zone, at))).toBe(true);
        expect(some.some((zone) => dayOf(zone, next - 1) === dayOf(zone, at))).toBe(true);
      }),
    );
  });
});
