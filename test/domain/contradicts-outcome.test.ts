import { describe, expect, it } from '@jest/globals';
import { contradictsOutcome } from '../../domain/contradicts-outcome.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Result } from '../../domain/result.ts';
import type { AttemptStatus } from '../../domain/view.ts';
import { bridged, report, status, talk } from '../support/world.ts';

const view = (result: Result, ...statuses: AttemptStatus[]) =>
  ({
    outcome: { result },
    attempts: statuses.map((status, index) => ({
      call_id: `bk_test0001.${index + 1}`,
      call_sid: `CA${index + 1}`,
      status,
    })),
  }) as unknown as Parameters<typeof contradictsOutcome>[0];

const ANSWERS: Evidence[] = [
  status(1, 'in-progress'),
  report(1),
  talk(1),
  talk(1, { transcript: undefined, call_result: 'answered' }),
  bridged(1, 'stream_started'),
  bridged(1, 'silent'),
];

describe('evidence after the outcome', () => {
  it.each(['busy', 'no_answer', 'failed', 'canceled'] as const)('belies an attempt that was %s', (was) => {
    for (const answer of ANSWERS) expect(contradictsOutcome(view('unreachable', was), answer)).toBe(true);
  });

  it('belies an outcome that knows of no such attempt: its dial was taken for one that never left', () => {
    for (const answer of ANSWERS) expect(contradictsOutcome(view('confirmed'), answer)).toBe(true);
  });

  it('belies nothing when the outcome knew of the answer, or said that it did not know', () => {
    for (const answer of ANSWERS) {
      expect(contradictsOutcome(view('confirmed', 'completed'), answer)).toBe(false);
      expect(contradictsOutcome(view('needs_review', 'no_answer'), answer)).toBe(false);
    }
  });

  it('that tells of any call belies a proof that none was placed', () => {
    const absent = view('unreachable', 'failed');
    Object.assign(absent.attempts[0]!, { ended_at: null });
    for (const word of ['ringing', 'busy', 'no-answer'] as const)
      expect(contradictsOutcome(absent, status(1, word))).toBe(true);
    expect(contradictsOutcome(absent, status(1, 'queued'))).toBe(false);
  });

  it('belies nothing when the business called and was hung up before an agent was joined', () => {
    const inbound = { kind: 'inbound', id: 'inbound:CA1', call_id: 'bk_test0001.1', at: '', call_sid: 'CA1' } as const;
    expect(contradictsOutcome(view('canceled', 'canceled'), { ...inbound, channel: 'bridge' })).toBe(false);
    expect(contradictsOutcome(view('canceled', 'canceled'), { ...inbound, channel: 'native' })).toBe(true);
  });

  it('belies no simulation: two agents talked', () => {
    const simulated = view('error', 'failed');
    Object.assign(simulated.attempts[0]!, { channel: 'simulation', ended_at: null });
    for (const late of ANSWERS) expect(contradictsOutcome(simulated, late)).toBe(false);
  });

  it('belies nothing when it tells of no answer', () => {
    for (const other of [status(1, 'ringing'), status(1, 'busy'), status(1, 'completed')]) {
      expect(contradictsOutcome(view('unreachable', 'no_answer'), other)).toBe(false);
    }
  });
});
