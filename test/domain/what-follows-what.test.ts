import { describe, expect, it } from '@jest/globals';
import type { TranscriptDigest } from '../../domain/evidence.ts';
import { viewOf } from '../../domain/render.ts';
import type { Report } from '../../domain/result.ts';
import { endsAs, goodCall, ROWS, unknown } from '../support/table.ts';
import { cite, doubt, finding, read, UNREADABLE, unread } from '../support/talks.ts';
import {
  accepted,
  bridged,
  type Later,
  play,
  report,
  silence,
  spoken,
  status,
  talk,
  type World,
} from '../support/world.ts';

const good: World = { dial: (n) => ({ result: accepted(n), later: goodCall(n) }) };
const dials = (words: string[]): string[] => words.filter((one) => one.startsWith('dial') || one === 'simulate');

const ONE_TURN = { business_turns: 1, business_turns_after_greeting: 1 };
const GREETING = finding({ agreement: undefined, level: undefined, doubts: [doubt('not_agreed')] });
const MACHINE = finding({ doubts: [doubt('no_person', cite('deje su mensaje', 1))] });

describe('what follows what: the design’s table', () => {
  it.each(ROWS)('$name', (row) => {
    const { state, words } = play(row.world(), row.changes);
    expect(dials(words)).toEqual(row.dials);
    for (const word of row.also ?? []) expect(words).toContain(word);
    expect(state.outcome).toMatchObject(row.outcome);
  });

  it('redials after the delay, counted from the end of the last attempt', () => {
    const { trace, state } = play({ dial: (n) => ({ result: accepted(n), later: endsAs(n, 'busy') }) });
    const [first, second] = trace.filter((one) => one.task.do === 'dial');
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(120_000 + 20_000);
    expect(viewOf(state).attempts.map((one) => one.status)).toEqual(['busy', 'busy']);
  });

  it('cancels a ringing leg and sees it end before the next one starts', () => {
    const row = ROWS.find((one) => one.name.startsWith('ringing when the budget ends'))!;
    const { trace } = play(row.world(), row.changes);
    const hangUp = trace.find((one) => one.task.do === 'hang_up')!;
    const second = trace.filter((one) => one.task.do === 'dial')[1]!;
    expect(second.at).toBeGreaterThanOrEqual(hangUp.at + 800);
  });

  it('shows no attempt for what was put off before anything was sent', () => {
    const row = ROWS.find((one) => one.name.startsWith('429 tries'))!;
    expect(viewOf(play(row.world(), row.changes).state).attempts).toHaveLength(1);
  });

  it.each([404, 484, 604])('SIP %d on a failed call says that the number cannot ring', (sip_code) => {
    const { state } = play({
      dial: (n) => ({ result: accepted(n), later: [{ after: 900, evidence: status(n, 'failed', { sip_code }) }] }),
    });
    expect(state.outcome?.result).toBe('invalid_number');
  });

  it('a callback that names the lost dial adopts it without waiting for the lists', () => {
    const { state, words } = play({
      dial: (n) => ({ result: unknown, later: goodCall(n, 1_000) }),
      reconcile: () => ({ after: 85_000, result: { verdict: 'absent' } }),
    });
    expect(dials(words)).toEqual(['dial native']);
    expect(state.outcome?.result).toBe('confirmed');
  });

  it('answered meanwhile, or in conversation when the budget ends: it may finish', () => {
    const { state, words } = play({ ...good }, { native: { budget_seconds: 3 } });
    expect(words.filter((one) => one.startsWith('hang_up') && !one.includes('cancel'))).toEqual([]);
    const answered = play(good, { native: { budget_seconds: 10 } });
    expect(answered.words.some((one) => one.startsWith('hang_up'))).toBe(false);
    expect(answered.state.outcome?.result).toBe('confirmed');
    expect(state.outcome?.result).toBe('confirmed');
    expect(words).toContain('hang_up 1 cancel budget_spent');
  });

  it('a carrier’s machine verdict is enough, unless a person gave a result', () => {
    const calls = (reported: boolean) => (n: number) => ({
      result: accepted(n),
      later: [
        { after: 5_000, evidence: status(n, 'in-progress', { answered_by: 'machine_start' }) },
        { after: 5_100, evidence: bridged(n, 'stream_started') },
        ...(reported ? [{ after: 9_000, evidence: report(n) }] : []),
        { after: 10_000, evidence: status(n, 'completed') },
        { after: 11_000, evidence: talk(n, reported ? {} : { transcript: read(MACHINE) }) },
      ],
    });
    expect(play({ dial: calls(false) }).state.outcome?.result).toBe('voicemail');
    expect(play({ dial: calls(true) }).state.outcome?.result).toBe('confirmed');
  });

  describe('a talk in which a person spoke is a person reached, whatever a detector says of machines', () => {
    const bridgedTalk = (answered_by: string, transcript: TranscriptDigest | undefined, ended = 10_100): World => ({
      dial: (n) => ({
        result: { proves: 'accepted', call_sid: `CA${n}` },
        later: [
          { after: 5_000, evidence: status(n, 'in-progress') },
          { after: 5_100, evidence: bridged(n, 'stream_started', { conversation_id: `conv_${n}` }) },
          { after: 8_000, evidence: status(n, 'in-progress', { answered_by }) },
          { after: 10_000, evidence: status(n, 'completed') },
          ...(transcript ? [{ after: ended, evidence: bridged(n, 'talk_ended', { transcript }) }] : []),
        ],
      }),
    });
    const outcome = (world: World) => {
      const { words, state } = play(world, { native: { enabled: false }, bridge: { max_attempts: 2 } });
      return [state.outcome?.result, dials(words).length];
    };
    it.each(['machine_start', 'machine_end_beep', 'machine_end_silence', 'fax'])('%s: nobody is rung again', (by) => {
      expect(outcome(bridgedTalk(by, spoken))).toEqual(['needs_review', 1]);
      // Nor are words that nobody has read yet a machine's.
      expect(outcome(bridgedTalk(by, unread))).toEqual(['needs_review', 1]);
      // Nor such as nobody here can read.
      expect(outcome(bridgedTalk(by, read(UNREADABLE)))).toEqual(['needs_review', 1]);
    });

    it('one sentence is enough, where it answers what was asked', () => {
      const refused = finding({
        agreement: undefined,
        level: undefined,
        doubts: [doubt('denied', cite('no damos turnos', 1))],
      });
      expect(outcome(bridgedTalk('machine_start', read(refused, ONE_TURN)))).toEqual(['needs_review', 1]);
    });

    it.each([
      ['a machine said all of it', read(MACHINE)],
      ['a greeting is all that was heard', read(GREETING, ONE_TURN)],
      ['nothing was heard', silence],
      ['the talk’s end is never told', undefined],
    ])('not where %s', (_, transcript) => {
      expect(outcome(bridgedTalk('machine_start', transcript))).toEqual(['voicemail', 2]);
    });

    it('is known before anybody else is rung, though the leg’s end is told before the talk’s', () => {
      const { words, state } = play(bridgedTalk('machine_start', spoken, 30_000), {
        native: { enabled: false },
        bridge: { max_attempts: 2, redial_delay_seconds: 1 },
      });
      expect([state.outcome?.result, dials(words).length]).toEqual(['needs_review', 1]);
    });

    it('also where the agent’s own tool took it for a machine', () => {
      const world: World = {
        dial: (n) => ({
          result: accepted(n),
          later: [
            { after: 5_000, evidence: status(n, 'in-progress') },
            { after: 10_000, evidence: status(n, 'completed') },
            { after: 11_000, evidence: talk(n, { call_result: 'voicemail' }) },
          ],
        }),
      };
      expect(play(world).state.outcome?.result).toBe('needs_review');
    });
  });

  it('machine_end_other tells of no machine: it is often a menu', () => {
    const { words, state } = play({
      dial: (n) => ({
        result: accepted(n),
        later: [
          { after: 5_000, evidence: status(n, 'in-progress', { answered_by: 'machine_end_other' }) },
          { after: 10_000, evidence: status(n, 'completed') },
        ],
      }),
    });
    expect([state.outcome?.result, dials(words).length]).toEqual(['needs_review', 1]);
  });

  it('all webhooks lost: polled to the end', () => {
    const { state, words } = play({
      dial: (n) => ({ result: accepted(n) }),
      watch: (n, now) =>
        now < Date.parse('2026-11-23T15:01:00Z')
          ? [status(n, 'in-progress', { source: 'poll' })]
          : [
              status(n, 'completed', { source: 'poll' }),
              talk(n, {
                source: 'poll',
                report: { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' },
              }),
            ],
    });
    expect(state.outcome).toMatchObject({ result: 'confirmed' });
    expect(state.outcome?.evidence).toEqual(['conversation', 'call_status', 'transcript']);
    expect(dials(words)).toEqual(['dial native']);
  });

  it('a lost stream is not a lost call: the record of its first session neither ends the talk nor settles it', () => {
    const first = (n: number): Later => ({
      after: 12_000,
      evidence: talk(n, { conversation_id: 'conv_first', transcript: silence }),
    });
    const { state, words } = play(
      {
        dial: (n) => ({
          result: { proves: 'accepted', call_sid: `CA${n}` },
          later: [
            { after: 5_000, evidence: status(n, 'in-progress') },
            { after: 5_100, evidence: bridged(n, 'stream_started', { conversation_id: 'conv_first' }) },
            { after: 11_000, evidence: bridged(n, 'stream_lost') },
            first(n),
            { after: 12_500, evidence: bridged(n, 'stream_started', { conversation_id: 'conv_second' }) },
            { after: 40_000, evidence: report(n) },
            { after: 45_000, evidence: status(n, 'completed') },
            { after: 45_500, evidence: bridged(n, 'talk_ended', { transcript: spoken }) },
          ],
        }),
      },
      { native: { enabled: false } },
    );
    expect(words.filter((word) => word.startsWith('hang_up'))).toEqual([]);
    expect(state.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
  });

  it('a leg declared absent appears after all: adopted; the one not in conversation is hung up', () => {
    const { state, words } = play({
      dial: (n, channel) =>
        channel === 'native'
          ? { result: unknown, later: goodCall(1, 91_000) }
          : { result: accepted(n), later: [{ after: 20_000, evidence: status(n, 'ringing') }] },
      reconcile: () => ({ result: { verdict: 'absent' } }),
      hangUp: (n) => ({ result: { done: 'requested' }, later: [{ after: 300, evidence: status(n, 'canceled') }] }),
    });
    expect(words).toContain('hang_up 2 complete superseded');
    expect(state.outcome).toMatchObject({ result: 'confirmed', channel: 'native' });
  });

  it('the client cancels a live call: hung up, proved, canceled', () => {
    const { state, words } = play({
      dial: (n) => ({ result: accepted(n), later: goodCall(n).slice(0, 3) }),
      hangUp: (n) => ({ result: { done: 'requested' }, later: [{ after: 700, evidence: status(n, 'completed') }] }),
      happens: [{ at: 10_000, fact: { type: 'cancel_requested' } }],
    });
    expect(words).toContain('hang_up 1 complete cancel_requested');
    expect(state.outcome?.result).toBe('canceled');
    expect(state.attempts[0]).toMatchObject({ leg: 'ended' });
  });

  it('a result accepted before the hang-up is proved wins over the cancel', () => {
    const { state } = play({
      dial: (n) => ({ result: accepted(n), later: goodCall(n).slice(0, 4) }),
      hangUp: (n) => ({
        result: { done: 'requested' },
        later: [
          { after: 700, evidence: status(n, 'completed') },
          { after: 900, evidence: talk(n) },
        ],
      }),
      happens: [{ at: 31_000, fact: { type: 'cancel_requested' } }],
    });
    expect(state.outcome?.result).toBe('confirmed');
  });

  it('a cancel before anything rang is immediate', () => {
    const { state, words } = play({
      line: () => false,
      happens: [{ at: 3_000, fact: { type: 'cancel_requested' } }],
    });
    expect(dials(words)).toEqual([]);
    expect(state.outcome?.result).toBe('canceled');
  });
});

describe('what a report is worth', () => {
  const withTalk = (n: number, more: Later[]): World => ({
    dial: () => ({ result: accepted(n), later: [...goodCall(n).slice(0, 3), ...more] }),
  });
  const ends: Later[] = [{ after: 40_000, evidence: status(1, 'completed') }];

  it('confirmed though nobody answered the agent: needs_review', () => {
    const world = withTalk(1, [
      { after: 30_000, evidence: report(1) },
      ...ends,
      { after: 41_000, evidence: talk(1, { transcript: silence }) },
    ]);
    expect(play(world).state.outcome?.result).toBe('needs_review');
  });

  it.each([
    ['a day', { confirmed_date: undefined }],
    ['an hour', { confirmed_time: undefined }],
  ])('confirmed without %s: as the words say, and without words needs_review', (_, gap) => {
    const reported = [{ after: 30_000, evidence: report(1, gap) }, ...ends];
    const told = play(withTalk(1, [...reported, { after: 41_000, evidence: talk(1) }]));
    expect(told.state.outcome).toMatchObject({
      result: 'confirmed',
      confirmed_date: '2026-11-25',
      confirmed_time: '16:00',
    });
    expect(play(withTalk(1, reported)).state.outcome).toMatchObject({
      result: 'needs_review',
      doubts: [{ code: 'report_unclear' }],
    });
  });

  it.each<[string, Partial<Report>]>([
    ['two days', { confirmed_date: undefined, unclear: ['confirmed_date'], said: { confirmed_date: '9 or 11' } }],
    ['a time in words', { confirmed_time: undefined, unclear: ['confirmed_time'] }],
  ])('confirmed with %s: needs_review, and says that it is not clear, until a clear report follows', (_name, gap) => {
    const unclear: Later = { after: 30_000, evidence: report(1, gap) };
    const after: Later[] = [...ends, { after: 41_000, evidence: talk(1) }];
    expect(play(withTalk(1, [unclear, ...after])).state.outcome).toMatchObject({
      result: 'needs_review',
      confirmed_date: null,
      confirmed_time: null,
      notes: expect.stringContaining('The day or the hour that was reported cannot be used'),
    });
    const repaired: Later = { after: 35_000, evidence: report(1) };
    expect(play(withTalk(1, [unclear, repaired, ...after])).state.outcome?.result).toBe('confirmed');
    const copy: Later = { after: 41_000, evidence: talk(1, { report: report(1, gap).report }) };
    expect(play(withTalk(1, [...ends, copy])).state.outcome?.result).toBe('needs_review');
  });

  it('the last report before the call ended stands; a later one changes nothing', () => {
    const world = withTalk(1, [
      { after: 20_000, evidence: report(1, { confirmed_time: '15:00' }) },
      { after: 30_000, evidence: report(1, { confirmed_time: '17:00' }) },
      ...ends,
      { after: 40_500, evidence: report(1, { confirmed_time: '18:00' }) },
      {
        after: 41_000,
        evidence: talk(1, { transcript: read(finding({ time: { ...cite('a las 17', 3), values: ['17:00'] } })) }),
      },
    ]);
    expect(play(world).state.outcome).toMatchObject({ result: 'confirmed', confirmed_time: '17:00' });
  });

  it('tool and post-call differ: needs_review', () => {
    const world = withTalk(1, [
      { after: 30_000, evidence: report(1) },
      ...ends,
      { after: 41_000, evidence: talk(1, { report: { result: 'declined' } }) },
    ]);
    expect(play(world).state.outcome?.result).toBe('needs_review');
  });

  it('a late report of the first call while the second rings: the second is hung up, and the contradiction is said', () => {
    const { state, words } = play({
      dial: (n) => ({
        result: accepted(n),
        later:
          n === 1
            ? [...endsAs(1, 'no-answer'), { after: 145_000, evidence: report(1) }]
            : [{ after: 1_000, evidence: status(2, 'ringing') }],
      }),
      hangUp: (n) => ({ result: { done: 'requested' }, later: [{ after: 300, evidence: status(n, 'canceled') }] }),
    });
    expect(words).toContain('hang_up 2 complete superseded');
    expect(state.outcome?.result).toBe('needs_review');
  });

  it.each(['not_found', 'requested', 'ended'] as const)(
    'a hang-up that is answered %s is no proof: without word of the leg’s end nobody is dialed',
    (done) => {
      const { words, state, ended } = play(
        {
          dial: (n) => ({ result: accepted(n), later: [{ after: 1_000, evidence: status(n, 'ringing') }] }),
          hangUp: () => ({ result: { done } }),
        },
        { native: { budget_seconds: 10 } },
      );
      expect(words.filter((word) => word.startsWith('dial'))).toEqual(['dial native']);
      expect(words).toContain('hang_up 1 cancel budget_spent');
      expect(state.outcome?.result).toBe('needs_review');
      expect(ended).toBeGreaterThan(600_000);
    },
  );

  it('do_not_call is honoured on anybody’s word', () => {
    const world = withTalk(1, [
      { after: 30_000, evidence: report(1, { result: 'do_not_call' }) },
      ...ends,
      { after: 41_000, evidence: talk(1, { transcript: silence }) },
    ]);
    expect(play(world).state.outcome).toMatchObject({ result: 'do_not_call', confirmed_date: null });
  });
});

describe('the line, the window and the budget', () => {
  it('another booking holds the number: it waits, and its budget stands still', () => {
    let tries = 0;
    const { state, trace } = play(
      {
        line: () => ++tries > 8,
        dial: (n) => ({ result: accepted(n), later: n === 1 ? endsAs(1, 'busy', 5_000) : goodCall(n) }),
      },
      { native: { redial_delay_seconds: 5, budget_seconds: 30 } },
    );
    expect(trace.filter((one) => one.task.do === 'take_line').length).toBeGreaterThan(8);
    expect(state.outcome?.result).toBe('confirmed');
  });

  it('a line that was lost while the dial waited is taken anew, and no attempt is counted', () => {
    const { state, words } = play(
      { dial: (n) => (n === 1 ? { result: { proves: 'skipped', reason: 'line_lost' } } : good.dial!(n, 'native')) },
      { native: { max_attempts: 1 } },
    );
    expect(words.filter((word) => !word.startsWith('watch'))).toEqual([
      'take_line native',
      'dial native',
      'take_line native',
      'dial native',
    ]);
    expect(state.outcome?.result).toBe('confirmed');
    expect(viewOf(state).attempts).toHaveLength(1);
  });

  // 100 s was hung up at once as ring_timeout, 800 s was over before it rang.
  it.each([30_000, 100_000, 800_000])(
    'a dial that waited %d ms for its turn may ring and talk all the same',
    (after) => {
      const dial = (n: number) => ({ after, result: accepted(n), later: goodCall(n, after) });
      const { words, state } = play({ dial }, { native: { max_attempts: 1 } });
      expect(words.filter((word) => word.startsWith('hang_up'))).toEqual([]);
      expect(state.outcome?.result).toBe('confirmed');
    },
  );

  it('a provider that keeps putting dials off is asked less and less often', () => {
    const putOff: World = {
      dial: () => ({ result: { proves: 'deferred', retry_after_ms: 1_000, problem: { code: 'x', message: 'y' } } }),
      simulate: () => ({ result: { ok: false, problem: { code: 'x', message: 'y' } } }),
    };
    const { trace } = play(putOff, { native: { budget_seconds: 86_400 }, bridge: { enabled: false } });
    const dials = trace.filter((one) => one.task.do === 'dial').map((one) => one.at);
    expect(dials.length).toBeLessThan(320);
    expect(Math.round((dials[1]! - dials[0]!) / 1000)).toBe(1);
    expect(Math.round((dials.at(-1)! - dials.at(-2)!) / 1000)).toBe(300);
  });

  it('the line is let go of between two dials', () => {
    const { trace } = play({ dial: (n) => ({ result: accepted(n), later: endsAs(n, 'busy') }) });
    const order = trace.map((one) => one.task.do).filter((one) => one !== 'watch');
    expect(order.slice(0, 4)).toEqual(['take_line', 'dial', 'release_line', 'take_line']);
  });

  it('rings only in the calling window, and the budget stands still outside it', () => {
    const { state, trace } = play(
      { dial: (n) => ({ result: accepted(n), later: n === 1 ? endsAs(1, 'busy') : goodCall(n) }) },
      {
        // 15:00 UTC is noon in Buenos Aires: one second before closing.
        settings: { calling_window: { from: 540, to: 721 } },
        native: { redial_delay_seconds: 50, budget_seconds: 300 },
      },
    );
    const times = trace.filter((one) => one.task.do === 'dial').map((one) => new Date(one.at).toISOString());
    expect(times[0]).toMatch(/^2026-11-23T15:00:00/);
    expect(times[1]).toMatch(/^2026-11-24T12:00:00/);
    expect(state.outcome?.result).toBe('confirmed');
  });

  it('before the window opens the booking is queued', () => {
    const { trace } = play(good, { settings: { calling_window: { from: 780, to: 1200 } } });
    const first = trace.find((one) => one.task.do === 'dial')!;
    expect(new Date(first.at).toISOString()).toMatch(/^2026-11-23T16:00:00/);
  });

  it('a number on the do-not-call list is not dialed', () => {
    const { state } = play({ dial: () => ({ result: { proves: 'skipped', reason: 'do_not_call' } }) });
    expect(state.outcome?.result).toBe('do_not_call');
    expect(viewOf(state).attempts).toEqual([]);
  });
});
