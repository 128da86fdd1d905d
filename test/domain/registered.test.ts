import { describe, expect, it } from '@jest/globals';
import { contradictsOutcome } from '../../domain/contradicts-outcome.ts';
import { decide } from '../../domain/decide.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { fold } from '../../domain/fold.ts';
import { callsOf } from '../../domain/leg.ts';
import { viewOf } from '../../domain/render.ts';
import { type Call, initialState } from '../../domain/state.ts';
import { eventOfAnyVersion, ofAnyVersion } from '../../domain/view.ts';
import { bookingInput, START } from '../support/orders.ts';
import { bridged, report, sound, status, talk } from '../support/world.ts';

const input = bookingInput({
  native: { enabled: false },
  registered: { enabled: true },
  bridge: { enabled: false },
});

/** A registered call that rings, and what is heard of it, a second apart. */
function heard(...evidence: Evidence[]) {
  let state = fold(initialState(input), { type: 'line_taken' }, START);
  state = fold(state, { type: 'dial_started', channel: 'registered' }, START);
  state = fold(state, { type: 'dial_ended', n: 1, result: { proves: 'accepted', call_sid: 'CA1' } }, START);
  let now = START;
  for (const item of evidence) {
    now += 1_000;
    state = fold(state, { type: 'evidence', evidence: item }, now);
  }
  const attempt: Call = callsOf(state)[0]!;
  return { state, attempt, now, view: viewOf(state).attempts[0]! };
}

const answered = status(1, 'in-progress');
const late = {
  conversation_id: 'conv_late',
  status: 'initiated',
  call_result: undefined,
  transcript: undefined,
} as const;

describe('who carries the sound of a registered call', () => {
  it('is not known before its instructions were asked for; then it is who they say', () => {
    expect(heard(status(1, 'ringing')).view.media).toBeNull();
    expect(heard(sound(1, 'provider')).view.media).toBe('provider');
    expect(heard(sound(1, 'bridge')).view.media).toBe('bridge');
  });

  it('is our bridge for good, once that has the call', () => {
    expect(heard(sound(1, 'provider'), sound(1, 'bridge')).view.media).toBe('bridge');
    expect(heard(sound(1, 'bridge'), sound(1, 'provider')).view.media).toBe('bridge');
    expect(heard(sound(1, 'provider'), bridged(1, 'stream_started')).view.media).toBe('bridge');
  });

  it('proves that somebody picked up, and which call it is', () => {
    const { attempt } = heard(sound(1, 'provider', { call_sid: 'CA1' }));
    expect(attempt).toMatchObject({ leg: 'live', rang: true, answered_at: START + 1_000, call_sid: 'CA1' });
  });

  it('is filled in for bookings that earlier versions wrote', () => {
    const { state, view } = heard(sound(1, 'bridge'));
    const older = (channel: string) => {
      const { media: _, ...rest } = { ...view, channel };
      return ofAnyVersion({ ...viewOf(state), attempts: [rest as never] }).attempts[0]!.media;
    };
    expect(['native', 'bridge', 'simulation'].map(older)).toEqual(['provider', 'bridge', null]);
    expect(ofAnyVersion(viewOf(state)).attempts[0]!.media).toBe('bridge');
    const { media: _, ...rest } = { ...view, channel: 'native' as const };
    const event = { type: 'attempt', at: view.started_at, attempt: rest as never } as const;
    expect(eventOfAnyVersion(event)).toMatchObject({ attempt: { media: 'provider' } });
  });

  it('belies an outcome that took the call for one that nobody answered', () => {
    const view = { ...viewOf(heard().state), outcome: { result: 'unreachable' } as never };
    view.attempts[0] = { ...view.attempts[0]!, status: 'no_answer' };
    expect(contradictsOutcome(view, sound(1, 'provider'))).toBe(true);
  });
});

describe('a conversation that the instructions name', () => {
  const named = sound(1, 'provider', { conversation_id: 'conv_named' });
  it('is the talk, unless another one was joined to the call', () => {
    expect(heard(named).attempt.conversation_id).toBe('conv_named');
    const joined = talk(1, {
      conversation_id: 'conv_2',
      call_sid: 'CA1',
      status: 'in-progress',
      transcript: undefined,
    });
    expect(heard(named, joined).attempt.conversation_id).toBe('conv_2');
  });

  it('is not the talk of our bridge, which names its own', () => {
    expect(heard(named, sound(1, 'bridge')).attempt.conversation_id).toBeUndefined();
    const started = bridged(1, 'stream_started', { conversation_id: 'conv_bridge' });
    expect(heard(named, sound(1, 'bridge'), started).attempt.conversation_id).toBe('conv_bridge');
    expect(heard(started, sound(1, 'bridge'), named).attempt.conversation_id).toBe('conv_bridge');
  });
});

describe('words that were lost', () => {
  it('are made up for by the bridge’s own, and by a conversation that was joined to the call', () => {
    expect(heard(answered, bridged(1, 'stream_started')).view.media).toBe('bridge');
    const joined = talk(1, { call_sid: 'CA1', status: 'in-progress', transcript: undefined });
    expect(heard(answered, joined).view.media).toBe('provider');
  });
});

describe('a conversation that was registered and never joined to the call', () => {
  it.each<[string, Evidence[]]>([
    ['before anybody knows who has the sound', [answered, talk(1, late)]],
    ['of a call that our bridge has', [answered, sound(1, 'bridge'), talk(1, late)]],
    ['that fails later', [answered, sound(1, 'bridge'), talk(1, { ...late, status: 'failed' })]],
    ['that is done later', [answered, sound(1, 'bridge'), talk(1, { ...late, status: 'done' })]],
  ])('is nobody’s talk: %s', (_, evidence) => {
    const { attempt } = heard(...evidence);
    expect(attempt.conversation_id).toBeUndefined();
    expect([attempt.conversation_status, attempt.conversation_over_at]).toEqual([undefined, undefined]);
  });

  it('does not end the talk of the one that was', () => {
    const joined = talk(1, {
      conversation_id: 'conv_2',
      call_sid: 'CA1',
      status: 'in-progress',
      transcript: undefined,
    });
    const { attempt } = heard(answered, sound(1, 'provider'), sound(1, 'provider'), joined, talk(1, late));
    expect(attempt).toMatchObject({ conversation_id: 'conv_2', conversation_status: 'in-progress' });
  });

  it('is not mistaken for the session of our bridge, whatever has no CallSid', () => {
    const started = bridged(1, 'stream_started', { conversation_id: 'conv_bridge' });
    const own = talk(1, { conversation_id: 'conv_bridge' });
    const { attempt } = heard(answered, sound(1, 'bridge'), started, status(1, 'completed'), own);
    expect(attempt).toMatchObject({ conversation_id: 'conv_bridge', conversation_status: 'done' });
    expect(attempt.transcript?.source).toBe('post_call');
  });
});

describe('a person’s report', () => {
  it('is not overruled by the network’s word that another call could not ring', () => {
    const { state, now } = heard(answered, sound(1, 'provider'), report(1, { result: 'wrong_number' }));
    let later = fold(state, { type: 'evidence', evidence: status(1, 'completed') }, now);
    later = fold(later, { type: 'dial_started', channel: 'bridge' }, now);
    later = fold(
      later,
      { type: 'dial_ended', n: 2, result: { proves: 'number_refused', problem: { code: 'x', message: 'x' } } },
      now,
    );
    expect(decide(later, now + 600_000)).toMatchObject({ is: 'final', outcome: { result: 'wrong_number' } });
  });
});

describe('an answered registered call without a stream of ours', () => {
  const due = (media: 'provider' | 'bridge') => {
    const { state, now } = heard(answered, sound(1, media));
    return decide(state, now + 31_000);
  };

  it('is hung up where our bridge should have it, and goes on where ElevenLabs has it', () => {
    expect(due('bridge')).toMatchObject({
      tasks: expect.arrayContaining([expect.objectContaining({ do: 'hang_up', why: 'no_stream' })]),
    });
    expect(JSON.stringify(due('provider'))).not.toContain('hang_up');
  });
});

describe('a call that was registered twice, because Twilio lost the first answer', () => {
  const joined = talk(1, {
    conversation_id: 'conv_2',
    call_sid: 'CA1',
    status: 'in-progress',
    transcript: undefined,
    call_result: undefined,
  });

  it.each(['failed', 'done'] as const)('goes on when the leftover registration ends as %s', (ending) => {
    const leftOver = talk(1, { ...late, status: ending });
    for (const words of [[joined, leftOver], ...(ending === 'failed' ? [[leftOver, joined]] : [])]) {
      const { state, attempt, now } = heard(answered, sound(1, 'provider'), sound(1, 'provider'), ...words);
      expect(attempt).toMatchObject({ conversation_id: 'conv_2', conversation_status: 'in-progress' });
      expect(JSON.stringify(decide(state, now + 11_000))).not.toContain('hang_up');
    }
  });
});

describe('a call that our bridge gets from ElevenLabs', () => {
  it('has its full time for the stream from then on', () => {
    let { state } = heard(answered, sound(1, 'provider'));
    state = fold(state, { type: 'evidence', evidence: sound(1, 'bridge') }, START + 21_500);
    expect(JSON.stringify(decide(state, START + 31_500))).not.toContain('no_stream');
    expect(JSON.stringify(decide(state, START + 52_000))).toContain('no_stream');
  });
});
