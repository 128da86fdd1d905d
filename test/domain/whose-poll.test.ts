import { describe, expect, it } from '@jest/globals';
import { callsOf } from '../../domain/leg.ts';
import { type BookingState, type Call, initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, START } from '../support/orders.ts';
import { accepted, status } from '../support/world.ts';

const NOW = START + 5_000;
const dialing = (): BookingState =>
  folded(initialState(bookingInput()), [
    [START, { type: 'line_taken' }],
    [START, { type: 'dial_started', channel: 'native' }],
  ]);
/** Twilio named the call `CA1`. */
const named = (): BookingState => folded(dialing(), [[START + 100, { type: 'dial_ended', n: 1, result: accepted(1) }]]);

const heardOf = (state: BookingState, evidence: ReturnType<typeof status>): Call =>
  callsOf(folded(state, [[NOW, { type: 'evidence', evidence }]]))[0]!;

const another = { call_sid: 'CA_another' };

describe('the state of a call', () => {
  it('is believed of a poll about the call that the attempt is known by', () => {
    expect(heardOf(named(), status(1, 'completed', { source: 'poll' }))).toMatchObject({
      leg: 'ended',
      end_status: 'completed',
      answered_at: NOW,
    });
  });

  it('is not believed of a poll about another call', () => {
    const attempt = heardOf(named(), status(1, 'completed', { source: 'poll', ...another }));
    expect(attempt).toMatchObject({ leg: 'live', call_sid: 'CA1', rang: false, heard_at: NOW });
    expect([attempt.call_status, attempt.answered_at, attempt.ended_at]).toEqual([undefined, undefined, undefined]);
  });

  it('is believed of a poll while the attempt has no call yet, and names it', () => {
    const attempt = heardOf(dialing(), status(1, 'ringing', { source: 'poll', ...another }));
    expect(attempt).toMatchObject({ leg: 'live', call_sid: 'CA_another', rang: true });
  });

  it('is believed of a callback, whose call_id names the attempt for sure', () => {
    const attempt = heardOf(named(), status(1, 'completed', { source: 'callback', ...another }));
    expect(attempt).toMatchObject({ leg: 'ended', call_sid: 'CA_another' });
  });
});
