import { describe, expect, it } from '@jest/globals';
import { hangUpReason } from '../../domain/hang-up.ts';
import { callsOf, mayBeAlive } from '../../domain/leg.ts';
import { type BookingState, type Call, initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, START } from '../support/orders.ts';
import { report } from '../support/world.ts';

const HOUR = 3_600_000;

/** A bridged leg under way and one that came before it. */
function legs(own: Partial<Call>, other: Partial<Call>, more: Partial<BookingState> = {}): BookingState {
  const dialed = folded(initialState(bookingInput()), [
    [START, { type: 'dial_started', channel: 'native' }],
    [START, { type: 'dial_ended', n: 1, result: { proves: 'accepted', call_sid: 'CA1' } }],
    [START, { type: 'dial_started', channel: 'bridge' }],
    [START, { type: 'dial_ended', n: 2, result: { proves: 'accepted', call_sid: 'CA2' } }],
  ]);
  const [first, second] = callsOf(dialed) as [Call, Call];
  return {
    ...dialed,
    ...more,
    attempts: [
      { ...first, ...other },
      { ...second, ...own },
    ],
  };
}

const reasonAt = (now: number, state: BookingState): string => {
  const reason = hangUpReason(state, callsOf(state)[1]!, callsOf(state).filter(mayBeAlive), now);
  return 'why' in reason ? `${reason.mode} ${reason.why}` : 'none';
};

const ENDED: Partial<Call> = { leg: 'ended', ended_at: START };
const REPORTED: Partial<Call> = {
  ...ENDED,
  answered_at: START,
  reports: [{ report: report(1).report, at: START, in_call: true }],
};
const CANCELED: Partial<BookingState> = { cancel_requested_at: START };

/** Each of them holds as well as all that come after it. */
const UNANSWERED: [string, BookingState, number][] = [
  ['complete cancel_requested', legs({ agent_failed: true }, REPORTED, CANCELED), 3 * HOUR],
  ['complete superseded', legs({ agent_failed: true }, { ...REPORTED, leg: 'live' }), 3 * HOUR],
  ['complete superseded', legs({ agent_failed: true }, { leg: 'live', answered_at: START }), 3 * HOUR],
  ['cancel superseded', legs({ agent_failed: true }, { ...ENDED, answered_at: START }), 3 * HOUR],
  ['complete call_cap', legs({ agent_failed: true }, ENDED), 3 * HOUR],
  ['cancel agent_failed', legs({ agent_failed: true, sent_at: START + 2 * HOUR - 60_000 }, ENDED), 2 * HOUR],
  ['cancel budget_spent', legs({ sent_at: START + 2 * HOUR - 60_000 }, ENDED), 2 * HOUR],
  ['cancel ring_timeout', legs({}, ENDED), 60_000],
  ['none', legs({}, ENDED), 59_999],
];

const TALKING: Partial<Call> = { answered_at: START + 1_000, conversation_over_at: START + 20_000 };
const ANSWERED: [string, BookingState, number][] = [
  ['complete cancel_requested', legs(TALKING, REPORTED, CANCELED), HOUR],
  ['complete superseded', legs(TALKING, REPORTED), HOUR],
  ['complete superseded', legs(TALKING, { leg: 'live', answered_at: START }), HOUR],
  ['complete call_cap', legs(TALKING, { ...ENDED, answered_at: START }), HOUR],
  ['complete talk_over', legs(TALKING, { ...ENDED, answered_at: START }), 60_000],
  ['complete no_stream', legs({ answered_at: START + 1_000, agent_failed: true }, ENDED), 31_000],
  ['none', legs({ answered_at: START + 1_000, agent_failed: true }, ENDED), 30_999],
];

describe('of several reasons to hang up', () => {
  it.each(UNANSWERED)('a leg that nobody answered: %s', (first, state, after) => {
    expect(reasonAt(START + after, state)).toBe(first);
  });

  it.each(ANSWERED)('a leg that was answered: %s', (first, state, after) => {
    expect(reasonAt(START + after, state)).toBe(first);
  });

  it('a leg that nobody answered is canceled at the client’s last moment for a dial, not before, and not once it talks', () => {
    const moment = { not_after: new Date(START + 30_000).toISOString() };
    const ringing = legs({}, ENDED, moment);
    expect([29_999, 30_000].map((after) => reasonAt(START + after, ringing))).toEqual(['none', 'cancel not_after']);
    const talking = legs({ answered_at: START + 1_000, stream_started: true }, ENDED, moment);
    expect(reasonAt(START + 30_000, talking)).toBe('none');
  });

  it('a call of the business is hung up if nobody was joined to it in a minute, and never for a budget or a last moment', () => {
    const inbound: Partial<Call> = { direction: 'inbound', sent_at: START, leg: 'live', rang: true };
    const calls = legs(inbound, ENDED, { not_after: new Date(START).toISOString() });
    expect([59_999, 60_000].map((after) => reasonAt(START + after, calls))).toEqual(['none', 'complete no_stream']);
    // Somebody who was reached before does not make it needless: it has something to say.
    expect(reasonAt(START + 1_000, legs(inbound, REPORTED))).toBe('none');
  });

  it('a talk that is over is given ten seconds, and a stream thirty from when the bridge got the call', () => {
    const over = legs({ answered_at: START, stream_started: true, conversation_over_at: START + 20_000 }, ENDED);
    expect([29_999, 30_000].map((after) => reasonAt(START + after, over))).toEqual(['none', 'complete talk_over']);
    const late = legs({ answered_at: START, bridged_at: START + 10_000 }, ENDED);
    expect([39_999, 40_000].map((after) => reasonAt(START + after, late))).toEqual(['none', 'complete no_stream']);
    const streaming = legs({ answered_at: START, bridged_at: START + 10_000, stream_started: true }, ENDED);
    expect(reasonAt(START + 40_000, streaming)).toBe('none');
  });

  it('none that holds yet: it is told when each would', () => {
    const unanswered = legs({}, ENDED);
    const call = callsOf(unanswered)[1]!;
    const reason = hangUpReason(unanswered, call, [call], START);
    const due = 'not_before' in reason ? reason.not_before.filter(Number.isFinite) : [];
    // Cap, budget, ringing.
    expect(due.map((at) => at - START)).toEqual([(60 + 50 + 600) * 1_000, 2 * HOUR, 60_000]);
  });
});
