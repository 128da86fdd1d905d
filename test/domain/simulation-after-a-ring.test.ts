import { describe, expect, it } from '@jest/globals';
import { decide } from '../../domain/decide.ts';
import type { CallStatusEvidence } from '../../domain/evidence.ts';
import { initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, START } from '../support/orders.ts';
import { accepted, silence, status } from '../support/world.ts';

const refused = { proves: 'channel_refused', problem: { code: '401', message: 'unauthorized' } } as const;

/** A first call that failed, then a refused account. */
const afterFailed = (more: Partial<CallStatusEvidence>) =>
  folded(initialState(bookingInput({ native: { enabled: false } })), [
    [START, { type: 'line_taken' }],
    [START, { type: 'dial_started', channel: 'bridge' }],
    [START, { type: 'dial_ended', n: 1, result: accepted(1) }],
    [START + 5_000, { type: 'evidence', evidence: status(1, 'failed', more) }],
    [START + 200_000, { type: 'dial_started', channel: 'bridge' }],
    [START + 200_000, { type: 'dial_ended', n: 2, result: refused }],
  ]);

describe('a call that failed', () => {
  it('may have been declined while it rang, where nobody knows the network’s answer: no simulation', () => {
    expect(decide(afterFailed({ source: 'poll' }), START + 200_000)).toMatchObject({
      is: 'final',
      outcome: { result: 'unreachable', simulated: false },
    });
  });

  it('rang no phone, where the network’s answer says so: a simulation follows', () => {
    expect(decide(afterFailed({ sip_code: 503 }), START + 200_000)).toMatchObject({
      tasks: expect.arrayContaining([{ do: 'simulate' }]),
    });
  });

  it('rang no phone, where the network’s answer comes after a look-up', () => {
    const looked = afterFailed({ source: 'poll' });
    const told = folded(looked, [
      [START + 201_000, { type: 'evidence', evidence: status(1, 'failed', { sip_code: 503 }) }],
    ]);
    expect(decide(told, START + 201_000)).toMatchObject({ tasks: expect.arrayContaining([{ do: 'simulate' }]) });
  });
});

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
