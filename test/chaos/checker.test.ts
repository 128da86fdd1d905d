import { describe, expect, it } from '@jest/globals';
import type { BookingView } from '../../domain/view.ts';
import { type Fate, factsOf, strayLegs, violationsOf, violationsOfKey } from './checker.ts';

const at = (seconds: number): string => new Date(Date.UTC(2027, 0, 4, 12, 0, seconds)).toISOString();

const leg = (n: number, over: Partial<Fate['legs'][0]> = {}): Fate['legs'][0] => ({
  call_sid: `CA${n}`,
  call_id: `bk_a.${n}`,
  booking_id: 'bk_a',
  to: '+541144000001',
  behaviour: 'answer-and-book',
  placed: at(0),
  answered: at(2),
  ended: at(10),
  ...over,
});

const talk = (over: Partial<Fate['talks'][0]> = {}): Fate['talks'][0] => ({
  conversation_id: 'conv_1',
  via: 'socket',
  call_sid: 'CA1',
  call_id: 'bk_a.1',
  user_id: 'bk_a',
  started: at(2),
  result: 'confirmed',
  answers: ['{"accepted":true}'],
  transcript: [
    { role: 'agent', message: 'Hola' },
    { role: 'user', message: 'Sí, el martes' },
    { role: 'agent', message: null, report: { result: 'confirmed', confirmed_date: '2027-01-05' } },
  ],
  ...over,
});

const hook = (kind: 'report_result' | 'post-call', detail: string, code = 200): Fate['webhooks'][0] => ({
  at: new Date(at(8)),
  kind,
  number: '+541144000001',
  url: '',
  detail,
  code,
  answer: '',
  ms: 1,
});

const CONFIRMED: NonNullable<BookingView['outcome']> = {
  result: 'confirmed',
  channel: 'native',
  simulated: false,
  confirmed_date: '2027-01-05',
  confirmed_time: '16:00',
  notes: null,
  evidence: ['report_result', 'transcript'],
  proof: null,
  offers: [],
  callback_at: null,
};

const viewWith = (outcome: BookingView['outcome']): BookingView => ({
  id: 'bk_a',
  status: outcome === null ? 'in_progress' : 'completed',
  channel: outcome?.channel ?? null,
  simulated: outcome?.simulated ?? false,
  outcome,
  review: null,
  attempts: [],
  waiting_for: null,
  waiting_until: null,
  follow_ups: [],
  cancel_requested: false,
  metadata: {},
  created_at: at(0),
  updated_at: at(12),
});

/** A good booking: one leg, one talk, one report, one outcome. */
function fate(over: Partial<Fate> & { outcome?: BookingView['outcome'] } = {}): Fate {
  const { outcome = CONFIRMED, ...rest } = over;
  return {
    id: 'bk_a',
    number: '+541144000001',
    legSeconds: 60,
    view: viewWith(outcome),
    again: viewWith(outcome),
    finals: [at(12)],
    legs: [leg(1)],
    talks: [talk()],
    webhooks: [hook('report_result', 'confirmed')],
    ...rest,
  };
}

const REVIEW = { ...CONFIRMED, result: 'needs_review' as const, confirmed_date: null, confirmed_time: null };
const SIMULATED_ERROR = {
  result: 'error' as const,
  channel: 'simulation' as const,
  simulated: true,
  notes: 'The business hedged.',
};
const SIMULATED = { ...CONFIRMED, channel: 'simulation' as const, simulated: true };

describe('the checker', () => {
  it('finds nothing wrong with a good booking, a redialed one, a simulated one and an honest doubt', () => {
    expect(violationsOf(fate())).toEqual([]);
    const busy = leg(1, { behaviour: 'busy', answered: null, ended: at(1) });
    const machine = leg(2, { behaviour: 'voicemail', placed: at(2), answered: at(3), ended: at(4) });
    expect(violationsOf(fate({ legs: [busy, machine, leg(3, { placed: at(5), answered: at(6) })] }))).toEqual([]);
    expect(
      violationsOf(fate({ outcome: SIMULATED, legs: [], talks: [talk({ call_sid: null })], webhooks: [] })),
    ).toEqual([]);
    const left = talk({ via: 'registered', call_sid: null, result: null, answers: [], transcript: [] });
    expect(violationsOf(fate({ talks: [left, talk(), talk()] }))).toEqual([]);
    expect(violationsOf(fate({ outcome: { ...REVIEW, notes: 'the records differ' } }))).toEqual([]);
    const doubted = { ...REVIEW, ...SIMULATED_ERROR, doubts: [{ code: 'hedged' as const, cites: [] }] };
    expect(violationsOf(fate({ outcome: doubted, legs: [], talks: [talk({ call_sid: null })], webhooks: [] }))).toEqual(
      [],
    );
  });

  it.each<[string, string, Fate]>([
    ['two legs that were alive at once', '1:', fate({ legs: [leg(1, { answered: null }), leg(2, { placed: at(9) })] })],
    [
      'a leg that was placed while another had not ended at all',
      '1:',
      fate({ legs: [leg(1, { answered: null, ended: null }), leg(2, { placed: at(9) })] }),
    ],
    ['a second call to somebody who had picked up', '2:', fate({ legs: [leg(1), leg(2, { placed: at(11) })] })],
    ['a simulation after a phone had rung', '2:', fate({ talks: [talk(), talk({ call_sid: null })] })],
    ['two agents in one call', '2:', fate({ talks: [talk({ via: 'registered' }), talk()] })],
    ['a call that was registered twice', '2:', fate({ talks: [1, 2].map(() => talk({ via: 'registered' })) })],
    ['a booking without an outcome', '3:', fate({ outcome: null, finals: [] })],
    [
      'an acknowledged report that the outcome contradicts without a word',
      '3:',
      fate({ webhooks: [hook('report_result', 'declined')] }),
    ],
    [
      'a report over the socket, accepted, that the outcome forgot',
      '3:',
      fate({ outcome: { ...REVIEW, notes: null }, webhooks: [] }),
    ],
    [
      'an acknowledged record whose report is not among the evidence',
      '3:',
      fate({
        outcome: { ...REVIEW, notes: 'nothing was reported', evidence: ['call_status'] },
        webhooks: [hook('post-call', 'post_call_transcription')],
      }),
    ],
    ['an outcome that changed', '4:', fate({ again: viewWith({ ...CONFIRMED, confirmed_time: '17:00' }) })],
    ['two final events', '4:', fate({ finals: [at(12), at(13)] })],
    ['an outcome without evidence', '4:', fate({ outcome: { ...CONFIRMED, evidence: [] } })],
    [
      'a simulation that passes for a call',
      '4:',
      fate({ outcome: { ...SIMULATED, simulated: false }, legs: [], talks: [talk({ call_sid: null })] }),
    ],
    ['a simulation that speaks for a phone that rang', '4:', fate({ outcome: SIMULATED })],
    [
      'a simulation whose report came to nothing without a doubt',
      '3:',
      fate({ outcome: { ...REVIEW, ...SIMULATED_ERROR }, legs: [], talks: [talk({ call_sid: null })], webhooks: [] }),
    ],
    ['a day that nobody agreed on', '4:', fate({ outcome: { ...CONFIRMED, confirmed_date: '2027-01-06' } })],
    [
      'a confirmation of a talk in which the business said nothing',
      '4:',
      fate({ talks: [talk({ transcript: talk().transcript.filter(({ role }) => role !== 'user') })] }),
    ],
    ['a leg that never ended', '5:', fate({ legs: [leg(1, { ended: null })] })],
    ['a leg that outlived its cap', '5:', fate({ legs: [leg(1, { ended: at(61) })], finals: [at(62)] })],
    ['a leg that was alive when the booking was final', '5:', fate({ finals: [at(9)] })],
  ])('notices %s', (_what, guarantee, doctored) => {
    expect(violationsOf(doctored).filter((line) => line.startsWith(guarantee))).not.toEqual([]);
  });

  it('notices legs that belong to nobody, and a key with two bookings', () => {
    const log = { calls: [leg(1), leg(2, { booking_id: 'bk_b' })], conversations: [], webhooks: [] };
    const sandboxLog = { ...log, requests: [], notes: [], overlaps: [] } as unknown as Parameters<typeof strayLegs>[0];
    expect(strayLegs(sandboxLog, new Set(['bk_a']))).toEqual([expect.stringMatching(/^1: CA2/)]);
    expect(violationsOfKey('k', ['bk_a', 'bk_a'])).toEqual([]);
    expect(violationsOfKey('k', ['bk_a', 'bk_b'])).toEqual([expect.stringMatching(/^6:/)]);
    expect(factsOf('bk_a', '+541144000001', sandboxLog).legs).toHaveLength(2);
  });
});
