import { expect, it } from '@jest/globals';
import { decide } from '../../domain/decide.ts';
import { initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, START } from '../support/orders.ts';
import { silence, status } from '../support/world.ts';

it('a machine that a simulation met is nobody’s voicemail, where a phone turns out to have rung', () => {
  const problem = { code: '401', message: 'unauthorized' };
  const state = folded(initialState(bookingInput({ bridge: { enabled: false } })), [
    [START, { type: 'dial_started', channel: 'native' }],
    [START, { type: 'dial_ended', n: 1, result: { proves: 'channel_refused', problem } }],
    [START, { type: 'dial_started', channel: 'simulation' }],
    [START + 30_000, { type: 'evidence', evidence: status(1, 'ringing') }],
    [START + 50_000, { type: 'evidence', evidence: status(1, 'no-answer') }],
    [
      START + 60_000,
      {
        type: 'simulated',
        n: 2,
        result: { ok: true, method: 'duet', transcript: silence, report: { result: 'voicemail' } },
      },
    ],
  ]);
  expect(decide(state, START + 60_000)).toMatchObject({
    is: 'final',
    outcome: { result: 'unreachable', channel: 'native', simulated: false },
  });
});
