import { describe, expect, it } from '@jest/globals';
import type { PhoneChannel } from '../../domain/channels.ts';
import { decide } from '../../domain/decide.ts';
import type { DialOnRecord, Evidence } from '../../domain/evidence.ts';
import type { Fact } from '../../domain/fact.ts';
import { fold } from '../../domain/fold.ts';
import { mustRecall } from '../../domain/recall.ts';
import { initialState } from '../../domain/state.ts';
import { bookingInput, START } from '../support/orders.ts';
import { refused } from '../support/table.ts';
import { unread } from '../support/talks.ts';
import { accepted, bridged, report, spoken, status, talk } from '../support/world.ts';

const dialed = (n: number): DialOnRecord => ({
  call_id: `bk_test0001.${n}`,
  channel: 'native',
  at: new Date(START - 60_000).toISOString(),
  call_sid: `CA${n}`,
});
const having = (...facts: Fact[]) =>
  facts.reduce((state, fact, i) => fold(state, fact, START + i), initialState(bookingInput()));
const recalled = (dials: DialOnRecord[], evidence: Evidence[] = []): Fact => ({
  type: 'recalled',
  dials,
  evidence,
});
const cancel: Fact = { type: 'cancel_requested' };
const next = (state: ReturnType<typeof having>) => decide(state, START + 100);

describe('what is on record', () => {
  it('is asked for once before a booking ends, and again when it dialed since', () => {
    const canceled = having(cancel);
    expect(mustRecall(canceled, next(canceled))).toBe(true);
    const asked = having(cancel, recalled([]));
    expect(next(asked)).toMatchObject({ is: 'final', outcome: { result: 'canceled' } });
    expect(mustRecall(asked, next(asked))).toBe(false);
    const dialedSince = having(recalled([]), { type: 'dial_started', channel: 'native' }, cancel);
    expect(dialedSince.recalled).toBeUndefined();
  });

  it('is asked for again after a call that it brought to light: meanwhile the business may have called', () => {
    const found = having(cancel, recalled([dialed(1)]));
    const gone = fold(found, { type: 'reconciled', n: 1, result: { verdict: 'absent' } }, START + 90);
    expect(next(gone)).toMatchObject({ is: 'final', outcome: { result: 'canceled' } });
    expect(mustRecall(gone, next(gone))).toBe(true);
    const again = fold(gone, recalled([dialed(1)]), START + 95);
    expect(mustRecall(again, next(again))).toBe(false);
  });

  it('is asked for before a booking goes on without a phone', () => {
    const start = (channel: PhoneChannel): Fact => ({ type: 'dial_started', channel });
    const state = having(
      { type: 'line_taken' },
      start('native'),
      { type: 'dial_ended', n: 1, result: refused },
      start('bridge'),
      { type: 'dial_ended', n: 2, result: refused },
    );
    expect(next(state)).toMatchObject({ tasks: expect.arrayContaining([{ do: 'simulate' }]) });
    expect(mustRecall(state, next(state))).toBe(true);
  });

  it('is a call to be found out about, where the workflow knows of none', () => {
    const state = having(cancel, recalled([dialed(1)]));
    expect(next(state)).toMatchObject({ is: 'going_on', tasks: [{ do: 'reconcile', n: 1 }] });
  });

  it('is taken in, so that the outcome of a forgotten call is not lost', () => {
    const heard = [status(1, 'in-progress'), report(1), status(1, 'completed'), talk(1)];
    const state = having(cancel, recalled([dialed(1)], heard));
    expect(next(state)).toMatchObject({ is: 'final', outcome: { result: 'confirmed' } });
  });

  it('is another run’s call where our own look kept this one’s dial of that number', () => {
    const kept: Fact = { type: 'dial_ended', n: 1, result: { proves: 'skipped', reason: 'line_lost' } };
    const state = having({ type: 'dial_started', channel: 'native' }, kept, cancel, recalled([dialed(1)]));
    expect(state.attempts).toMatchObject([{ n: 1, leg: 'unknown', call_sid: 'CA1' }]);
  });

  it('brings the words of a talk that were forgotten, or that nobody had read', () => {
    const live = (...evidence: Evidence[]): Fact[] => [
      { type: 'dial_started', channel: 'bridge' },
      { type: 'dial_ended', n: 1, result: accepted(1) },
      ...[status(1, 'in-progress'), ...evidence, status(1, 'completed')].map(
        (one): Fact => ({ type: 'evidence', evidence: one }),
      ),
    ];
    const level = (before: Evidence[], onRecord: Evidence) => {
      const state = having(...live(report(1), ...before), recalled([dialed(1)], [onRecord]));
      const step = decide(state, START + 300_000);
      return step.is === 'final' ? step.outcome.proof?.level : undefined;
    };
    const ended = bridged(1, 'talk_ended', { transcript: spoken });
    const ringing = talk(1, { status: 'initiated', call_result: undefined, transcript: undefined });
    expect(level([], ended)).toBe('stated');
    expect(level([ringing], talk(1))).toBe('stated');
    expect(level([talk(1, { transcript: unread })], talk(1))).toBe('stated');
  });

  it('brings a report that was forgotten, and none twice', () => {
    const live: Fact[] = [
      { type: 'dial_started', channel: 'native' },
      { type: 'dial_ended', n: 1, result: accepted(1) },
      { type: 'evidence', evidence: status(1, 'in-progress') },
      { type: 'evidence', evidence: status(1, 'completed') },
    ];
    const forgot = having(...live, recalled([dialed(1)], [report(1)]));
    expect(forgot.attempts[0]!.reports).toHaveLength(1);
    const knew = having(...live, { type: 'evidence', evidence: report(1) }, recalled([dialed(1)], [report(1)]));
    expect(knew.attempts[0]!.reports).toHaveLength(1);
    expect(knew.barred).toBeUndefined();
  });
});
