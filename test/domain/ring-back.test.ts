import { describe, expect, it } from '@jest/globals';
import { isStillWanted } from '../../domain/decide.ts';
import type { DialResult, Evidence, InboundEvidence } from '../../domain/evidence.ts';
import type { Fact } from '../../domain/fact.ts';
import { fold } from '../../domain/fold.ts';
import { viewOf } from '../../domain/render.ts';
import { ringBackMessage } from '../../domain/ring-back-words.ts';
import { initialState } from '../../domain/state.ts';
import { bookingInput, START } from '../support/orders.ts';
import { accepted, bridged, play, report, spoken, status, talk } from '../support/world.ts';

const ONLY_BRIDGE = { native: { enabled: false }, simulation: { enabled: false } };
/** Number of the business's first call. */
const IN = 9_001;

const rings = (channel: InboundEvidence['channel'] = 'bridge', n = IN, after = 0): InboundEvidence => ({
  kind: 'inbound',
  id: `inbound:CA${n}`,
  call_id: `bk_test0001.${n}`,
  at: new Date(START + after).toISOString(),
  channel,
  call_sid: `CA${n}`,
});

const happens = (...all: [at: number, evidence: Evidence][]): { at: number; fact: Fact }[] =>
  all.map(([at, evidence]) => ({ at, fact: { type: 'evidence', evidence } }));

const missed = (n: number) => ({
  result: accepted(n),
  later: [
    { after: 500, evidence: status(n, 'ringing') },
    { after: 2_000, evidence: status(n, 'no-answer') },
  ],
});

/** The business calls after so many ms, talks, and the agent reports. */
const talksFrom = (at: number) =>
  happens(
    [at, rings('bridge', IN, at)],
    [at + 1_000, bridged(IN, 'stream_started', { conversation_id: 'conv_in' })],
    [at + 20_000, report(IN, {}, { source: 'socket' })],
    [at + 21_000, bridged(IN, 'talk_ended', { transcript: spoken })],
    [at + 22_000, status(IN, 'completed', { source: 'poll' })],
  );

describe('a business that rings back', () => {
  it('gives its answer, and nobody is dialed while it talks or after it', () => {
    const { state, words } = play({ dial: missed, happens: talksFrom(60_000) }, ONLY_BRIDGE);
    expect(state.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
    expect(words.filter((word) => word.startsWith('dial'))).toEqual(['dial bridge']);
    expect(viewOf(state).attempts).toMatchObject([
      { direction: 'outbound', attempt: 1, status: 'no_answer' },
      { direction: 'inbound', attempt: 1, status: 'completed', call_sid: `CA${IN}` },
    ]);
  });

  it('decides where it had asked to be called later, and calls before its time', () => {
    const asked = (n: number) => ({
      result: accepted(n),
      later: [
        { after: 500, evidence: status(n, 'in-progress') },
        { after: 10_000, evidence: report(n, { result: 'callback_requested', callback_time: '23:30' }) },
        { after: 12_000, evidence: status(n, 'completed') },
      ],
    });
    const { state, words } = play({ dial: asked, happens: talksFrom(600_000) }, ONLY_BRIDGE);
    expect(state.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
    expect(words.filter((word) => word.startsWith('dial'))).toEqual(['dial bridge']);
    expect(viewOf(state).attempts[1]).not.toHaveProperty('callback');
  });

  it('uses no attempt and no number of ours: when nobody was joined to it, the redials go on', () => {
    const { state, words } = play(
      { dial: missed, happens: happens([60_000, rings()], [65_000, status(IN, 'completed', { source: 'poll' })]) },
      { ...ONLY_BRIDGE, bridge: { max_attempts: 3, redial_delay_seconds: 30 } },
    );
    expect(words.filter((word) => word.startsWith('dial'))).toHaveLength(3);
    expect(state.attempts.map(({ n }) => n).sort((a, b) => a - b)).toEqual([1, 2, 3, IN]);
    expect(state.outcome).toMatchObject({ result: 'unreachable' });
  });

  it('is left alone for a minute when nobody was joined to it', () => {
    const over = status(IN, 'completed', { source: 'poll' });
    const { trace } = play(
      { dial: missed, happens: happens([100_000, rings()], [105_000, over]) },
      { ...ONLY_BRIDGE, bridge: { max_attempts: 2, redial_delay_seconds: 120 } },
    );
    const dialed = trace.filter(({ task }) => task.do === 'dial').map(({ at }) => at - START);
    expect(dialed).toHaveLength(2);
    expect(dialed[1]).toBeGreaterThanOrEqual(165_000);
    expect(dialed[1]).toBeLessThan(170_000);
  });

  it('has our own ringing call hung up; a call of ours that was answered before goes on, and its own ends', () => {
    const ringing = {
      result: accepted(1),
      later: [{ after: 500, evidence: status(1, 'ringing') }],
    };
    const hangUp = (n: number) => ({
      result: { done: 'requested' as const },
      later: [{ after: 300, evidence: status(n, n === IN ? 'completed' : 'canceled') }],
    });
    const first = play({ dial: () => ringing, hangUp, happens: talksFrom(3_000) }, ONLY_BRIDGE);
    expect(first.words).toContain('hang_up 1 complete superseded');
    expect(first.state.outcome).toMatchObject({ result: 'confirmed' });
    expect(first.words.filter((word) => word.startsWith('dial'))).toHaveLength(1);

    const answered = {
      result: accepted(1),
      later: [
        { after: 500, evidence: status(1, 'in-progress') },
        { after: 600, evidence: bridged(1, 'stream_started', { conversation_id: 'conv_1' }) },
        { after: 20_000, evidence: report(1) },
        { after: 21_000, evidence: bridged(1, 'talk_ended', { transcript: spoken }) },
        { after: 22_000, evidence: status(1, 'completed') },
      ],
    };
    const second = play({ dial: () => answered, hangUp, happens: happens([3_000, rings()]) }, ONLY_BRIDGE);
    expect(second.words).toContain(`hang_up ${IN} complete superseded`);
    expect(second.words).not.toContain('hang_up 1 complete superseded');
    expect(second.state.outcome).toMatchObject({ result: 'confirmed' });
  });

  it('that talks at ElevenLabs is reached at once: without a result a person has to look, and nobody is dialed', () => {
    const { state, words } = play(
      {
        dial: missed,
        happens: happens(
          [60_000, rings('native')],
          [90_000, talk(IN)],
          [91_000, status(IN, 'completed', { source: 'poll' })],
        ),
      },
      { bridge: { enabled: false }, simulation: { enabled: false } },
    );
    expect(state.outcome).toMatchObject({ result: 'needs_review', channel: 'native' });
    expect(words.filter((word) => word.startsWith('dial'))).toHaveLength(1);
  });

  it('is known even where its first evidence comes last, and its call has one attempt', () => {
    const evidence = [bridged(IN, 'stream_started', { conversation_id: 'conv_in' }), rings(), rings()];
    const state = evidence.reduce(
      (next, one) => fold(next, { type: 'evidence', evidence: one }, START + 1_000),
      initialState(bookingInput()),
    );
    expect(state.attempts).toMatchObject([
      {
        n: IN,
        direction: 'inbound',
        leg: 'live',
        call_sid: `CA${IN}`,
        conversation_id: 'conv_in',
        answered_at: START + 1_000,
      },
    ]);
    expect(state.line.held).toBe(true);
  });

  it('was joined to an agent where only its report or its words tell of that', () => {
    for (const evidence of [report(IN), bridged(IN, 'talk_ended', { transcript: spoken })]) {
      const state = [rings(), evidence].reduce(
        (next, one) => fold(next, { type: 'evidence', evidence: one }, START + 1_000),
        initialState(bookingInput()),
      );
      expect(state.attempts).toMatchObject([{ n: IN, answered_at: START + 1_000 }]);
    }
  });

  it('stops a dial that has not left, and a claim that finds its call brings it', () => {
    let state = initialState(bookingInput(ONLY_BRIDGE));
    state = fold(state, { type: 'line_taken' }, START);
    state = fold(state, { type: 'dial_started', channel: 'bridge' }, START);
    expect(isStillWanted(state, 'bk_test0001.1', START)).toBe(true);
    const heard = fold(state, { type: 'evidence', evidence: rings() }, START + 100);
    expect(isStillWanted(heard, 'bk_test0001.1', START + 100)).toBe(false);
    const result = {
      proves: 'skipped' as const,
      reason: 'rung_back' as const,
      inbound: [rings()],
    } satisfies DialResult;
    const claimed = fold(state, { type: 'dial_ended', n: 1, result }, START + 100);
    expect(claimed.attempts).toMatchObject([{ n: IN, direction: 'inbound', leg: 'live' }]);
    expect(claimed.put_off).toMatchObject([{ n: 1, why: 'rung_back' }]);
  });

  it('hears first that an AI assistant speaks, for whom, and why it had called', () => {
    const { order } = bookingInput();
    expect(ringBackMessage(order)).toMatch(
      /^Hola, soy un asistente virtual con inteligencia artificial\. Los había llamado de parte de Mauro .*dentista.*grabada/,
    );
    expect(ringBackMessage({ ...order, language: 'en' })).toMatch(
      /^Hello, I am an AI assistant\. I had called you on behalf of Mauro .*dentista.*recorded/,
    );
  });
});
