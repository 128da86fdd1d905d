import { describe, expect, it } from '@jest/globals';
import { arbitrate } from '../../domain/arbiter.ts';
import type { PhoneChannel } from '../../domain/channels.ts';
import { decide } from '../../domain/decide.ts';
import type { ConversationEvidence, Evidence, TranscriptDigest } from '../../domain/evidence.ts';
import type { Fact } from '../../domain/fact.ts';
import { fold } from '../../domain/fold.ts';
import type { Outcome, Report } from '../../domain/result.ts';
import { type BookingState, initialState } from '../../domain/state.ts';
import type { TalkFinding } from '../../domain/talk/types.ts';
import { bookingInput, type Changes, START } from '../support/orders.ts';
import { refused } from '../support/table.ts';
import { cite, doubt, finding, read, silence, spoken, UNREADABLE, unread } from '../support/talks.ts';
import { accepted, bridged, play, report, status, talk } from '../support/world.ts';

const ENDED = START + 40_000;
const SETTLED = ENDED + 120_000;
const HEDGED = finding({ doubts: [doubt('hedged', cite('creo que sí', 3))] });
/** The words alone do not say which day. */
const NO_DAY = finding({ date: undefined, doubts: [doubt('day_unclear')] });
const SAME = { date: '2026-11-25', time: '16:00', confirmed: true };

const folded = (state: BookingState, facts: [at: number, fact: Fact][]): BookingState =>
  facts.reduce((before, [at, fact]) => fold(before, fact, at), state);
const heard = (...all: Evidence[]): [number, Fact][] =>
  all.map((evidence, i) => [ENDED + 1_000 + i, { type: 'evidence', evidence }]);

/** A call that was answered, reported an appointment and ended. */
function reported(value: Partial<Report> = {}, channel: PhoneChannel = 'native', changes: Changes = {}) {
  const joined = channel === 'bridge' ? [bridged(1, 'stream_started', { conversation_id: 'conv_1' })] : [];
  return folded(initialState(bookingInput(changes)), [
    [START, { type: 'line_taken' }],
    [START, { type: 'dial_started', channel }],
    [START + 100, { type: 'dial_ended', n: 1, result: accepted(1) }],
    [START + 5_000, { type: 'evidence', evidence: status(1, 'in-progress') }],
    ...joined.map((evidence): [number, Fact] => [START + 5_100, { type: 'evidence', evidence }]),
    [START + 30_000, { type: 'evidence', evidence: report(1, value) }],
    [ENDED, { type: 'evidence', evidence: status(1, 'completed') }],
  ]);
}
const hearing = (state: BookingState, ...all: Evidence[]): BookingState => folded(state, heard(...all));

function outcomeAt(state: BookingState, now = SETTLED): Outcome | undefined {
  const verdict = arbitrate(state, now);
  return verdict.is === 'final' ? verdict.outcome : undefined;
}
const told = (transcript: TranscriptDigest | undefined, more: Partial<ConversationEvidence> = {}): Evidence =>
  talk(1, { transcript, ...more });
const onWords = (words: TalkFinding, value: Partial<Report> = {}, more: Partial<ConversationEvidence> = {}) =>
  outcomeAt(hearing(reported(value), told(read(words), more)), ENDED + 2_000);

describe('a reported appointment', () => {
  it('that the business gave in words is confirmed at once, with the words', () => {
    expect(onWords(finding())).toMatchObject({
      result: 'confirmed',
      confirmed_date: '2026-11-25',
      confirmed_time: '16:00',
      proof: {
        level: 'stated',
        date: { value: '2026-11-25', text: 'el miércoles 25', role: 'business', turn: 3, at_seconds: 13 },
        time: { value: '16:00', text: 'a las 16', turn: 3 },
        agreement: { text: 'quedó anotado', turn: 3 },
      },
    });
  });

  it('about which the business was not sure is left to a person, with what it said', () => {
    expect(onWords(HEDGED)).toMatchObject({
      result: 'needs_review',
      confirmed_date: null,
      confirmed_time: null,
      notes: 'The business hedged: «creo que sí» (turn 3).',
      proof: null,
      doubts: [{ code: 'hedged', cites: [{ text: 'creo que sí', turn: 3 }] }],
    });
  });

  it('on another day or at another hour than was agreed is left to a person', () => {
    expect(onWords(finding(), { confirmed_date: '2026-11-26' })).toMatchObject({
      result: 'needs_review',
      doubts: [{ code: 'other_day' }],
    });
    expect(onWords(finding(), { confirmed_time: '17:00' })).toMatchObject({
      result: 'needs_review',
      doubts: [{ code: 'other_hour' }],
    });
  });

  it.each([
    ['the past', '2023-11-25', 'day_past'],
    ['the first year', '0001-01-01', 'day_past'],
    ['yesterday', '2026-11-22', 'day_past'],
    ['next century', '2125-11-25', 'day_too_far'],
  ])('in %s is left to a person, with a transcript and without', (_, confirmed_date, code) => {
    const doubts = [{ code }];
    expect(outcomeAt(reported({ confirmed_date }))).toMatchObject({ result: 'needs_review', doubts });
    const unreadable = hearing(reported({ confirmed_date }), told(read(UNREADABLE)));
    expect(outcomeAt(unreadable)).toMatchObject({ result: 'needs_review', doubts });
  });

  it('today counts by the clock of the business', () => {
    // 23:30 in Buenos Aires is the next day by UTC.
    const late = Date.parse('2026-11-24T02:30:00Z') - START;
    const moved = (day: string) => {
      const state = reported({ confirmed_date: day });
      const attempts = state.attempts.map((one) => ({ ...one, dialed_at: START + late, sent_at: START + late }));
      return outcomeAt({ ...state, attempts })?.result;
    };
    expect(moved('2026-11-23')).toBe('confirmed');
    expect(moved('2026-11-22')).toBe('needs_review');
  });

  it.each([
    ['no transcript', undefined],
    ['words in no language that is read', read(UNREADABLE)],
  ])('with %s is confirmed as claimed', (_, transcript) => {
    expect(outcomeAt(hearing(reported(), told(transcript)))).toMatchObject({
      result: 'confirmed',
      proof: { level: 'claimed', date: null, time: null, agreement: null },
    });
  });

  it('as claimed is left to a person where the installation asks for proof', () => {
    const settings = { require_proof: 'always' as const };
    const asked = reported({}, 'native', { settings });
    expect(outcomeAt(asked)).toMatchObject({
      result: 'needs_review',
      notes: expect.stringContaining('requires proof'),
    });
    expect(outcomeAt(hearing(asked, told(spoken)))).toMatchObject({ result: 'confirmed' });
    expect(outcomeAt(hearing(asked, told(undefined, { analysis: SAME })))).toMatchObject({ result: 'confirmed' });
    expect(outcomeAt(reported({}, 'native', { settings: { require_proof: 'transcript' } }))?.result).toBe('confirmed');
  });

  it('whose record has no words rests on that record and the report', () => {
    expect(outcomeAt(hearing(reported(), told(undefined)))?.evidence).toEqual([
      'report_result',
      'post_call',
      'call_status',
    ]);
  });

  it('of which no transcript has come waits for one until it is settled', () => {
    expect(outcomeAt(reported(), SETTLED - 1)).toBeUndefined();
    expect(outcomeAt(reported(), SETTLED)).toMatchObject({ result: 'confirmed', proof: { level: 'claimed' } });
  });

  it('to which nobody answered in words is left to a person', () => {
    expect(outcomeAt(hearing(reported(), told(silence)))).toMatchObject({
      result: 'needs_review',
      doubts: [{ code: 'no_person' }],
    });
  });

  it('from a machine that only the agent took for a person is left to a person', () => {
    const machine = hearing(reported(), status(1, 'completed', { answered_by: 'machine_start' }));
    expect(outcomeAt(machine)).toMatchObject({ result: 'needs_review', doubts: [{ code: 'no_person' }] });
    expect(outcomeAt(hearing(machine, told(spoken)))).toMatchObject({
      result: 'confirmed',
      proof: { level: 'stated' },
    });
  });

  it('that is found in the conversation’s own record is weighed likewise', () => {
    const found = (transcript: TranscriptDigest) => {
      const state = hearing(reported(), told(transcript, { report: { ...SAME_REPORT } }));
      return outcomeAt({ ...state, attempts: state.attempts.map((one) => ({ ...one, reports: [] })) });
    };
    expect(found(spoken)).toMatchObject({ result: 'confirmed', proof: { level: 'stated' } });
    expect(found(read(HEDGED))).toMatchObject({ result: 'needs_review', doubts: [{ code: 'hedged' }] });
  });

  it('other results have no proof, and rest on no words', () => {
    const declined = hearing(reported({ result: 'declined' }), told(read(HEDGED)));
    expect(outcomeAt(declined)).toMatchObject({ result: 'declined', proof: null });
    expect(outcomeAt(declined)).not.toHaveProperty('doubts');
  });
});

const SAME_REPORT: Report = { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' };

describe('words that nobody has read', () => {
  const state = hearing(reported(), told(unread));

  it('are asked for, and waited for', () => {
    expect(outcomeAt(state, SETTLED - 1)).toBeUndefined();
    const step = decide(state, SETTLED - 1);
    expect(step).toMatchObject({ is: 'going_on', tasks: [{ do: 'release_line' }, { do: 'watch', n: 1 }] });
    const readAtLast = fold(state, { type: 'evidence', evidence: told(spoken) }, SETTLED - 1);
    expect(outcomeAt(readAtLast, SETTLED - 1)).toMatchObject({ result: 'confirmed', proof: { level: 'stated' } });
  });

  it('carry no appointment once everybody was asked once more', () => {
    expect(decide(state, SETTLED)).toMatchObject({
      tasks: [{ do: 'release_line' }, { do: 'watch', n: 1, once_more: true }],
    });
    const asked = fold(state, { type: 'asked_once_more', n: 1 }, SETTLED + 500);
    expect(outcomeAt(asked, SETTLED + 500)).toMatchObject({
      result: 'needs_review',
      notes: expect.stringContaining('could not be read'),
      proof: null,
    });
  });

  it('are waited for as long as the database is away, in which the order is', () => {
    const away = folded(state, [[ENDED + 2_000, { type: 'records_away' }]]);
    expect(outcomeAt(away, SETTLED + 3_600_000)).toBeUndefined();
  });

  it('do not matter for other results', () => {
    const declined = hearing(reported({ result: 'declined' }), told(unread));
    expect(outcomeAt(declined, ENDED + 2_000)).toMatchObject({ result: 'declined' });
  });
});

describe('two transcripts of one talk', () => {
  const ended = (words: TalkFinding | undefined, more: Partial<TranscriptDigest> = {}) =>
    bridged(1, 'talk_ended', { conversation_id: 'conv_1', transcript: { ...unread, talk: words, ...more } });
  const richer = { business_turns: 3, business_turns_after_greeting: 3 };
  const outcome = (...all: Evidence[]) => outcomeAt(hearing(reported({}, 'bridge'), ...all));
  const DENIED = finding({ doubts: [doubt('denied', cite('no, no hay', 3))] });

  it('that both give the slot carry it by the richer one', () => {
    const theirs = finding({ level: 'agreed' });
    expect(outcome(ended(finding()), told(read(theirs)))).toMatchObject({ proof: { level: 'stated' } });
    expect(outcome(ended(finding()), told(read(theirs, richer)))).toMatchObject({ proof: { level: 'agreed' } });
  });

  it.each([
    ['the bridge’s', [ended(DENIED), told(read(finding(), richer))]],
    ['the provider’s', [ended(finding()), told(read(DENIED))]],
    ['the provider’s, which came first', [told(read(DENIED, richer)), ended(finding())]],
    ['the bridge’s, which came last', [told(read(finding(), richer)), ended(DENIED)]],
  ])('are in doubt where %s denies it', (_, all) => {
    expect(outcome(...all)).toMatchObject({ result: 'needs_review', doubts: [{ code: 'denied' }] });
  });

  it('are in doubt where each has another hour, of which the report says nothing', () => {
    const at17 = finding({ time: { ...cite('a las 17', 3), values: ['17:00'] } });
    const silent = reported({ confirmed_time: undefined }, 'bridge');
    expect(outcomeAt(hearing(silent, ended(finding()), told(read(at17))))).toMatchObject({
      result: 'needs_review',
      doubts: [{ code: 'other_hour', cites: [{ text: 'a las 17' }] }],
    });
    expect(outcomeAt(hearing(silent, ended(finding()), told(spoken)))).toMatchObject({ confirmed_time: '16:00' });
  });

  it('are not in doubt for what one of them leaves open, or does not understand', () => {
    expect(outcome(ended(finding()), told(read(NO_DAY)))).toMatchObject({ result: 'confirmed' });
    expect(outcome(ended(UNREADABLE), told(read(finding())))).toMatchObject({ proof: { level: 'stated' } });
    expect(outcome(ended(finding()), told(read(UNREADABLE, richer)))).toMatchObject({ proof: { level: 'stated' } });
  });

  it('are one where the bridge’s could be read and the provider’s could not yet', () => {
    expect(outcome(told(unread), ended(finding()))).toMatchObject({ proof: { level: 'stated' } });
  });
});

describe('a talk over two streams of which only parts were written down', () => {
  const parts = (first: TalkFinding, second: TalkFinding) => {
    const part = (n: number, words: TalkFinding) =>
      talk(1, { id: `part ${n}`, conversation_id: `conv_${n}`, transcript: read(words) });
    const joined = bridged(1, 'stream_started', { conversation_id: 'conv_2' });
    return outcomeAt(hearing(reported({}, 'bridge'), joined, part(1, first), part(2, second)));
  };
  const NOTHING = finding({ date: undefined, time: undefined, agreement: undefined, doubts: [doubt('not_agreed')] });

  it('is no talk without words: what speaks against it in one of them counts', () => {
    expect(parts(finding(), NOTHING)).toMatchObject({ result: 'confirmed', proof: { level: 'stated' } });
    expect(parts(HEDGED, finding())).toMatchObject({ result: 'needs_review', doubts: [{ code: 'hedged' }] });
    expect(parts(NOTHING, NOTHING)).toMatchObject({ result: 'needs_review', doubts: [{ code: 'not_agreed' }, {}] });
    expect(parts(UNREADABLE, UNREADABLE)).toMatchObject({ result: 'confirmed', proof: { level: 'claimed' } });
  });
});

describe('the provider’s analysis', () => {
  it('decides where the words leave it open, and only where it says the same', () => {
    expect(onWords(NO_DAY, {}, { analysis: SAME })).toMatchObject({
      result: 'confirmed',
      proof: { level: 'analyzed' },
    });
    expect(onWords(NO_DAY, {}, { analysis: { ...SAME, time: '17:00' } })).toMatchObject({ result: 'needs_review' });
    expect(onWords(NO_DAY)).toMatchObject({ result: 'needs_review', doubts: [{ code: 'day_unclear' }] });
    expect(onWords(HEDGED, {}, { analysis: SAME })).toMatchObject({ result: 'needs_review' });
  });

  it('puts what the words give in doubt where it says otherwise', () => {
    const doubts = [{ code: 'analysis_differs' }];
    expect(onWords(finding(), {}, { analysis: { confirmed: false } })).toMatchObject({
      result: 'needs_review',
      doubts,
    });
  });

  it('gives no appointment of a call that ended on hold, where nobody had given it in words', () => {
    const WAIT = finding({
      date: undefined,
      time: undefined,
      agreement: undefined,
      doubts: [doubt('not_agreed')],
      asked_to_wait: true,
    });
    const held = (...more: Parameters<typeof hearing>) =>
      hearing(
        ...more,
        bridged(1, 'talk_ended', { conversation_id: 'conv_1', transcript: read(WAIT) }),
        talk(1, { transcript: read(WAIT), analysis: SAME }),
      );
    const onHold = [reported({}, 'bridge'), bridged(1, 'on_hold')] as const;
    expect(outcomeAt(held(...onHold), SETTLED)).toMatchObject({
      result: 'needs_review',
      doubts: [{ code: 'not_agreed' }],
    });
    expect(outcomeAt(held(...onHold, bridged(1, 'off_hold')), SETTLED)).toMatchObject({
      result: 'confirmed',
      proof: { level: 'analyzed' },
    });
  });

  it('is waited for after a bridged talk whose words leave it open', () => {
    const open = hearing(
      reported({}, 'bridge'),
      bridged(1, 'talk_ended', { conversation_id: 'conv_1', transcript: read(NO_DAY) }),
    );
    expect(outcomeAt(open, ENDED + 5_000)).toBeUndefined();
    expect(decide(open, ENDED + 5_000)).toMatchObject({ tasks: [{ do: 'release_line' }, { do: 'watch', n: 1 }] });
    const told = (analysis: object | undefined) =>
      outcomeAt(hearing(open, talk(1, { transcript: read(NO_DAY), analysis })), ENDED + 5_000);
    expect(told(SAME)).toMatchObject({ result: 'confirmed', proof: { level: 'analyzed' } });
    expect(told(undefined)).toMatchObject({ result: 'needs_review' });
    expect(outcomeAt(open, SETTLED)).toMatchObject({ result: 'needs_review', doubts: [{ code: 'day_unclear' }] });
  });
});

describe('a report that no tool took, in the transcript’s copy', () => {
  const unreported = folded(initialState(bookingInput()), [
    [START, { type: 'line_taken' }],
    [START, { type: 'dial_started', channel: 'native' }],
    [START + 100, { type: 'dial_ended', n: 1, result: accepted(1) }],
    [START + 5_000, { type: 'evidence', evidence: status(1, 'in-progress') }],
    [ENDED, { type: 'evidence', evidence: status(1, 'completed') }],
  ]);
  const copied = (words: TalkFinding, value: Partial<Report> = {}) =>
    outcomeAt(hearing(unreported, told(read(words), { report: { ...SAME_REPORT, ...value } })));

  it('is confirmed by nothing but the words of the talk', () => {
    expect(copied(finding())).toMatchObject({ result: 'confirmed', proof: { level: 'stated' } });
    expect(copied(HEDGED)).toMatchObject({ result: 'needs_review', doubts: [{ code: 'hedged' }] });
    expect(copied(NO_DAY)).toMatchObject({ result: 'needs_review', doubts: [{ code: 'day_unclear' }] });
    expect(copied(finding(), { unclear: ['confirmed_date'], confirmed_date: undefined } as never)).toMatchObject({
      result: 'needs_review',
      doubts: [{ code: 'report_unclear' }],
    });
  });
});

describe('the provider’s analysis of a bridged talk whose words give the slot', () => {
  const joined = reported({}, 'bridge');
  const ended = bridged(1, 'talk_ended', { conversation_id: 'conv_1', transcript: spoken });
  const recorded = (analysis: object | undefined) => told(spoken, { analysis });
  const orders = (analysis: object | undefined) => [
    [ended, recorded(analysis)],
    [recorded(analysis), ended],
  ];

  /** The outcome as soon as there is one, weighed after each piece of evidence, and then when nothing more is awaited. */
  function firstOutcome(evidence: readonly Evidence[]): Outcome | undefined {
    for (let n = 1; n <= evidence.length; n++) {
      const outcome = outcomeAt(hearing(joined, ...evidence.slice(0, n)), ENDED + 5_000);
      if (outcome) return outcome;
    }
    return outcomeAt(hearing(joined, ...evidence));
  }

  it('speaks against it whether it comes before or after them', () => {
    for (const order of orders({ confirmed: false })) {
      expect(firstOutcome(order)).toMatchObject({ result: 'needs_review', doubts: [{ code: 'analysis_differs' }] });
    }
  });

  it('is awaited no longer than any evidence, and not where the record is there without one', () => {
    for (const analysis of [undefined, SAME]) {
      for (const order of orders(analysis)) {
        expect(firstOutcome(order)).toMatchObject({ result: 'confirmed', proof: { level: 'stated' } });
      }
    }
    const alone = hearing(joined, ended);
    expect(arbitrate(alone, ENDED + 5_000)).toMatchObject({ is: 'waiting', until: SETTLED, ask_for_record: true });
    expect(outcomeAt(alone)).toMatchObject({ result: 'confirmed', proof: { level: 'stated' } });
  });
});

describe('an appointment that a simulation reports', () => {
  const simulate = (transcript: TranscriptDigest) =>
    play({
      dial: () => ({ result: refused }),
      simulate: () => ({ result: { ok: true, method: 'duet', transcript, report: SAME_REPORT } }),
    }).state.outcome;

  it('is weighed by its words too, and nobody has to look into a doubt', () => {
    expect(simulate(spoken)).toMatchObject({ result: 'confirmed', simulated: true, proof: { level: 'stated' } });
    expect(simulate(read(HEDGED))).toMatchObject({
      result: 'error',
      notes: 'The business hedged: «creo que sí» (turn 3).',
      proof: null,
      doubts: [{ code: 'hedged' }],
    });
  });
});
