import { describe, expect, it } from '@jest/globals';
import { decide } from '../../domain/decide.ts';
import type { TranscriptDigest } from '../../domain/evidence.ts';
import type { Fact } from '../../domain/fact.ts';
import { type BookingState, initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, START } from '../support/orders.ts';
import { finding, read } from '../support/talks.ts';
import { accepted, report, status, talk } from '../support/world.ts';

const ENDED = START + 40_000;
const evidence = (one: Extract<Fact, { type: 'evidence' }>['evidence']): Fact => ({ type: 'evidence', evidence: one });
const ONLY_REGISTERED = {
  native: { enabled: false },
  registered: { enabled: true, max_attempts: 2 },
  bridge: { enabled: false },
};

/** A call that has ended, of which its agent says that it reached a hold. Its record comes later. */
const held = folded(initialState(bookingInput(ONLY_REGISTERED)), [
  [START, { type: 'line_taken' }],
  [START, { type: 'dial_started', channel: 'registered' }],
  [START, { type: 'dial_ended', n: 1, result: accepted(1) }],
  [START + 5_000, evidence(status(1, 'in-progress'))],
  [START + 35_000, evidence(report(1, { result: 'voicemail', reached: 'hold' }))],
  [ENDED, evidence(status(1, 'completed'))],
]);
const NOTHING = { date: undefined, time: undefined, agreement: undefined } as const;
const recorded = (transcript: TranscriptDigest): BookingState =>
  folded(held, [[ENDED + 2_000, evidence(talk(1, { call_sid: 'CA1', transcript }))]]);

describe('a call of which the agent tells that it was on hold', () => {
  it('is not called again before its words have come, or the time for them is over', () => {
    expect(decide(held, ENDED + 500)).toMatchObject({ is: 'going_on', waiting_for: 'evidence' });
    const { settle_seconds } = held.input.settings;
    expect(decide(held, ENDED + settle_seconds * 1_000)).not.toMatchObject({ waiting_for: 'evidence' });
  });

  it('reached a person, where the words show that one asked to wait', () => {
    const asked = read(finding({ ...NOTHING, doubts: [{ code: 'not_agreed', cites: [] }], asked_to_wait: true }));
    const late = ENDED + 10 * 60_000;
    const looked = folded(recorded(asked), [[late, { type: 'asked_once_more', n: 1 }]]);
    expect(decide(looked, late)).toMatchObject({ is: 'final', outcome: { result: 'needs_review' } });
  });

  it('reached nobody, where they show an automaton alone: the redial follows', () => {
    const alone = read(finding({ ...NOTHING, voices: { automaton: 'hold', turn: 1, only: true } }));
    expect(decide(recorded(alone), ENDED + 3_000)).toMatchObject({ is: 'going_on', waiting_for: 'redial_delay' });
  });
});
