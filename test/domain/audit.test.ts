import { describe, expect, it } from '@jest/globals';
import { contradictions, type ListedCall, type ListedConversation } from '../../domain/audit.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Outcome, Result } from '../../domain/result.ts';
import type { AttemptStatus, AttemptView } from '../../domain/view.ts';
import { report, silence, spoken, talk } from '../support/world.ts';

const attempt = (n: number, status: AttemptStatus, more: Partial<AttemptView> = {}): AttemptView => ({
  call_id: `bk_test0001.${n}`,
  channel: 'native',
  media: 'provider',
  attempt: n,
  direction: 'outbound',
  status,
  call_sid: `CA${n}`,
  conversation_id: `conv_${n}`,
  started_at: '2026-11-23T15:00:00.000Z',
  ended_at: '2026-11-23T15:01:00.000Z',
  duration_seconds: null,
  error: null,
  ...more,
});

const outcome = (result: Result, more: Partial<Outcome> = {}): Outcome => ({
  result,
  channel: 'native',
  simulated: false,
  confirmed_date: null,
  confirmed_time: null,
  notes: null,
  evidence: [],
  proof: null,
  offers: [],
  callback_at: null,
  ...more,
});

const listed = (n: number, status: ListedCall['status'], more: Partial<ListedCall> = {}): ListedCall => ({
  call_sid: `CA${n}`,
  status,
  ...more,
});

const conversation = (n: number, more: Partial<ListedConversation> = {}): ListedConversation => ({
  conversation_id: `conv_${n}`,
  status: 'done',
  call_sid: `CA${n}`,
  call_id: `bk_test0001.${n}`,
  digest: silence,
  ...more,
});

const found = (
  result: Result | Outcome,
  attempts: AttemptView[],
  calls: ListedCall[],
  conversations: ListedConversation[] = [],
  heard: Evidence[] = [],
) =>
  contradictions(
    { outcome: typeof result === 'string' ? outcome(result) : result, attempts, follow_ups: [] },
    calls,
    conversations,
    heard,
  ).map(({ kind, call_id }) => [kind, call_id]);

const unplaced = attempt(1, 'failed', { ended_at: null, call_sid: null, conversation_id: null });
const confirmed = { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' } as const;

describe('what the lists show after the outcome', () => {
  it('contradicts nothing that the outcome knew', () => {
    expect(
      found('unreachable', [attempt(1, 'no_answer'), attempt(2, 'busy')], [listed(1, 'no-answer'), listed(2, 'busy')]),
    ).toEqual([]);
    const told = outcome('confirmed', { confirmed_date: '2026-11-25', confirmed_time: '16:00' });
    const talked = conversation(1, { digest: spoken, call_result: 'answered', report: confirmed });
    expect(found(told, [attempt(1, 'completed')], [listed(1, 'completed')], [talked], [report(1)])).toEqual([]);
    expect(found(told, [attempt(1, 'completed')], [listed(1, 'completed')], [talked])).toEqual([]);
  });

  it('is a leg that outlived its booking', () => {
    expect(found('canceled', [attempt(1, 'canceled')], [listed(1, 'in-progress')])).toEqual([
      ['still_alive', 'bk_test0001.1'],
    ]);
    expect(found('needs_review', [attempt(1, 'unknown')], [listed(1, 'ringing')])).toEqual([
      ['still_alive', 'bk_test0001.1'],
    ]);
    expect(found('error', [], [listed(7, 'queued')])).toEqual([['still_alive', undefined]]);
  });

  it('is a call that the outcome knows nothing of', () => {
    expect(found('error', [unplaced], [listed(7, 'no-answer')])).toEqual([['unknown_call', undefined]]);
    expect(found('confirmed', [attempt(1, 'completed')], [listed(1, 'completed'), listed(2, 'completed')])).toEqual([
      ['unknown_call', undefined],
    ]);
    // Also by ElevenLabs' word alone, which names the attempt: put off, so that it is not even shown.
    expect(found('error', [], [], [conversation(1, { call_result: 'no_answer' })])).toEqual([
      ['unknown_call', 'bk_test0001.1'],
    ]);
    expect(
      found('error', [unplaced], [listed(7, 'busy')], [conversation(1, { call_sid: 'CA7', call_result: 'busy' })]),
    ).toEqual([['unknown_call', 'bk_test0001.1']]);
  });

  it('is no call by a conversation that a refused dial left behind', () => {
    expect(found('error', [unplaced], [], [conversation(1, { status: 'initiated' })])).toEqual([]);
    expect(found('error', [unplaced], [], [conversation(1, { status: 'failed', call_result: 'failed' })])).toEqual([]);
  });

  it('is an answer where nobody was said to have picked up', () => {
    expect(found('unreachable', [attempt(1, 'no_answer')], [listed(1, 'completed')])).toEqual([
      ['answered', 'bk_test0001.1'],
    ]);
    expect(found('unreachable', [attempt(1, 'busy')], [], [conversation(1, { digest: spoken })])).toEqual([
      ['answered', 'bk_test0001.1'],
    ]);
  });

  it('is a call that went on after the end that was told of it', () => {
    const ended = (at: string) =>
      found('unreachable', [attempt(1, 'no_answer')], [listed(1, 'no-answer', { ended_at: at })]);
    expect(ended('2026-11-23T15:00:50.000Z')).toEqual([]);
    expect(ended('2026-11-23T15:01:10.000Z')).toEqual([]);
    expect(ended('2026-11-23T15:01:30.000Z')).toEqual([['ended_later', 'bk_test0001.1']]);
  });

  it('is a result that came to nothing, unless it was heard or is what the outcome says', () => {
    const unheard = conversation(1, { digest: spoken, report: confirmed });
    const attempts = [attempt(1, 'completed')];
    expect(found('needs_review', attempts, [listed(1, 'completed')], [unheard])).toEqual([
      ['result_unheard', 'bk_test0001.1'],
    ]);
    expect(found('canceled', attempts, [], [unheard])).toEqual([['result_unheard', 'bk_test0001.1']]);
    expect(found('needs_review', attempts, [], [unheard], [report(1)])).toEqual([]);
    expect(found('needs_review', attempts, [], [unheard], [talk(1, { report: confirmed })])).toEqual([]);
  });

  it('is no answer to what the outcome left open itself', () => {
    const lost = attempt(1, 'unknown', { call_sid: null, conversation_id: null });
    expect(found('needs_review', [lost], [listed(7, 'completed')])).toEqual([]);
    expect(found('needs_review', [attempt(1, 'no_answer')], [listed(1, 'completed')])).toEqual([]);
  });

  it('leaves simulations out, and what has no outcome yet', () => {
    const simulated = attempt(1, 'completed', { channel: 'simulation', call_sid: null });
    expect(found('error', [simulated], [], [conversation(1, { digest: spoken, report: confirmed })])).toEqual([]);
    expect(
      found('error', [], [], [conversation(1, { call_id: undefined, call_sid: undefined, digest: spoken })]),
    ).toEqual([]);
    expect(contradictions({ outcome: null, attempts: [], follow_ups: [] }, [listed(1, 'ringing')], [], [])).toEqual([]);
  });

  it('is told once of each call, the worst of it', () => {
    const both = found(
      'unreachable',
      [attempt(1, 'no_answer')],
      [listed(1, 'in-progress')],
      [conversation(1, { digest: spoken })],
    );
    expect(both).toEqual([['still_alive', 'bk_test0001.1']]);
  });
});
