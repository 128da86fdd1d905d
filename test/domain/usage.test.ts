import { describe, expect, it } from '@jest/globals';
import { costOf, isShort, NO_USAGE, sumOf, usageOfAttempt } from '../../domain/usage.ts';

const call = (duration_seconds: number | null, status = 'completed') =>
  ({ channel: 'bridge', status, duration_seconds }) as const;

describe('the use of a call', () => {
  it('is its talk, by begun minutes at Twilio and by seconds at ElevenLabs', () => {
    expect(usageOfAttempt(call(61))).toEqual({ answered: 1, talk_seconds: 61, phone_minutes: 2, agent_seconds: 61 });
    expect(usageOfAttempt(call(60))).toMatchObject({ phone_minutes: 1 });
    expect(usageOfAttempt(call(59.6))).toMatchObject({ talk_seconds: 60, phone_minutes: 1 });
  });

  it('is nothing where nobody answered', () => {
    for (const status of ['busy', 'no_answer', 'failed', 'canceled'])
      expect(usageOfAttempt(call(null, status))).toEqual(NO_USAGE);
    expect(usageOfAttempt(call(0, 'no_answer'))).toEqual(NO_USAGE);
  });

  it('is two conversations and no call for a simulation', () => {
    const simulation = { channel: 'simulation', status: 'completed', duration_seconds: 30 } as const;
    expect(usageOfAttempt(simulation)).toEqual({ ...NO_USAGE, agent_seconds: 60 });
    expect(isShort({ ...simulation, duration_seconds: 1 })).toBe(false);
  });

  it('is short below six seconds', () => {
    expect([call(0), call(5.9), call(6), call(null)].map(isShort)).toEqual([true, true, false, false]);
  });

  it('costs what the rates say', () => {
    const sum = sumOf([usageOfAttempt(call(61)), usageOfAttempt(call(29))]);
    const { twilio, elevenlabs } = costOf(sum, { currency: 'USD', twilio: 0.01, elevenlabs: 0.1 });
    expect(twilio).toBeCloseTo(0.03);
    expect(elevenlabs).toBeCloseTo(0.15);
  });
});
