import { describe, expect, it } from '@jest/globals';
import type { DialResult } from '../../domain/evidence.ts';
import { viewOf } from '../../domain/render.ts';
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
} from './support/world.ts';

const problem = { code: 'x', message: 'x' };
const unknown: DialResult = { proves: 'unknown', problem };
const refused: DialResult = { proves: 'channel_refused', problem };

/** A call that is answered, talks, reports and ends. */
const goodCall = (n: number, from = 0): Later[] => [
  { after: from + 1_000, evidence: status(n, 'ringing') },
  { after: from + 5_000, evidence: status(n, 'in-progress') },
  { after: from + 5_100, evidence: bridged(n, 'stream_started') },
  { after: from + 30_000, evidence: report(n) },
  { after: from + 40_000, evidence: status(n, 'completed', { duration_seconds: 35 }) },
  { after: from + 41_000, evidence: talk(n) },
];
const endsAs = (n: number, value: 'busy' | 'no-answer' | 'failed' | 'canceled', after = 20_000): Later[] => [
  { after: 1_000, evidence: status(n, 'ringing') },
  { after, evidence: status(n, value) },
];
const good: World = { dial: (n) => ({ result: accepted(n), then: goodCall(n) }) };
const simulated: World['simulate'] = () => ({
  result: {
    ok: true,
    method: 'duet',
    transcript: spoken,
    report: { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' },
  },
});
const dials = (words: string[]): string[] => words.filter((one) => one.startsWith('dial') || one === 'simulate');

describe('what follows what: the design’s table', () => {
  it('a good call is confirmed on its evidence', () => {
    const { state, words } = play(good);
    expect(state.outcome).toEqual({
      result: 'confirmed',
      channel: 'native',
      simulated: false,
      confirmed_date: '2026-11-25',
      confirmed_time: '16:00',
      notes: null,
      evidence: ['report_result', 'post_call', 'call_status', 'transcript'],
    });
    expect(dials(words)).toEqual(['dial native']);
  });

  it('a refused number is final at once: no redial, no other channel, no simulation', () => {
    const { state, words } = play({ dial: () => ({ result: { proves: 'number_refused', problem } }) });
    expect(state.outcome).toMatchObject({ result: 'invalid_number', simulated: false });
    expect(dials(words)).toEqual(['dial native']);
  });

  it.each([404, 484, 604])('SIP %d on a failed call says that the number cannot ring', (sip_code) => {
    const { state } = play({
      dial: (n) => ({ result: accepted(n), then: [{ after: 900, evidence: status(n, 'failed', { sip_code }) }] }),
    });
    expect(state.outcome?.result).toBe('invalid_number');
  });

  it('an account that is refused goes to the next channel at once', () => {
    const { state, words, trace } = play({
      dial: (n, channel) => (channel === 'native' ? { result: refused } : { result: accepted(n), then: goodCall(n) }),
    });
    expect(state.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
    expect(dials(words)).toEqual(['dial native', 'dial bridge']);
    expect(trace.at(-1)!.at - trace[0]!.at).toBeLessThan(60_000);
  });

  it('429 tries the same channel after the stated delay, and counts no attempt', () => {
    let asked = 0;
    const { state, words } = play(
      {
        dial: (n) => {
          asked += 1;
          if (asked <= 3) return { result: { proves: 'deferred', retry_after_ms: 7_000, problem } };
          return { result: accepted(n), then: goodCall(n) };
        },
      },
      { native: { max_attempts: 1 } },
    );
    expect(dials(words)).toEqual(['dial native', 'dial native', 'dial native', 'dial native']);
    expect(state.outcome?.result).toBe('confirmed');
    expect(viewOf(state).attempts).toHaveLength(1);
  });

  it('429 beyond the budget goes to the next channel', () => {
    const { words } = play(
      {
        dial: (n, channel) =>
          channel === 'native'
            ? { result: { proves: 'deferred', retry_after_ms: 20_000, problem } }
            : { result: accepted(n), then: goodCall(n) },
      },
      { native: { budget_seconds: 30 } },
    );
    expect(dials(words)).toEqual(['dial native', 'dial native', 'dial bridge']);
  });

  it('a lost answer is reconciled; what is found is adopted, never dialed again', () => {
    const { state, words } = play({
      dial: () => ({ result: unknown }),
      reconcile: (n) => ({
        after: 3_000,
        result: { verdict: 'found', call_sid: `CA${n}`, conversation_id: `conv_${n}` },
        then: goodCall(n, 4_000),
      }),
    });
    expect(dials(words)).toEqual(['dial native']);
    expect(words).toContain('reconcile 1');
    expect(state.outcome).toMatchObject({ result: 'confirmed', channel: 'native' });
  });

  it('a callback that names the lost dial adopts it without waiting for the lists', () => {
    const { state, words } = play({
      dial: (n) => ({ result: unknown, then: goodCall(n, 1_000) }),
      reconcile: () => ({ after: 85_000, result: { verdict: 'absent' } }),
    });
    expect(dials(words)).toEqual(['dial native']);
    expect(state.outcome?.result).toBe('confirmed');
  });

  it('absent in both: nobody rang, the next channel’s turn', () => {
    const { state, words } = play({
      dial: (n, channel) => (channel === 'native' ? { result: unknown } : { result: accepted(n), then: goodCall(n) }),
      reconcile: () => ({ result: { verdict: 'absent' } }),
    });
    expect(dials(words)).toEqual(['dial native', 'dial bridge']);
    expect(state.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
  });

  it('a provider out of reach until the cap plus a minute: needs_review, and no dial', () => {
    const { state, words } = play({
      dial: () => ({ result: unknown }),
      reconcile: () => ({ after: 770_000, result: { verdict: 'unreachable', problem } }),
    });
    expect(dials(words)).toEqual(['dial native']);
    expect(state.outcome?.result).toBe('needs_review');
    expect(viewOf(state).attempts[0]?.status).toBe('unknown');
  });

  it('transient on the last channel: again after the delay until its budget is spent, then a flagged simulation', () => {
    const { state, words } = play(
      {
        dial: () => ({ result: { proves: 'not_sent', problem } }),
        simulate: simulated,
      },
      { native: { budget_seconds: 600 }, bridge: { budget_seconds: 1_500, redial_delay_seconds: 600 } },
    );
    expect(dials(words)).toEqual(['dial native', 'dial bridge', 'dial bridge', 'dial bridge', 'simulate']);
    expect(state.outcome).toMatchObject({ result: 'confirmed', channel: 'simulation', simulated: true });
  });

  it('ringing when the budget ends: canceled, seen to end, next channel', () => {
    const { state, words, trace } = play(
      {
        dial: (n, channel) =>
          channel === 'native'
            ? { result: accepted(n), then: [{ after: 1_000, evidence: status(n, 'ringing') }] }
            : { result: accepted(n), then: goodCall(n) },
        hangUp: (n) => ({ result: { done: 'requested' }, then: [{ after: 800, evidence: status(n, 'canceled') }] }),
      },
      { native: { budget_seconds: 10 } },
    );
    expect(words).toContain('hang_up 1 cancel budget_spent');
    expect(dials(words)).toEqual(['dial native', 'dial bridge']);
    const hangUp = trace.find((one) => one.task.do === 'hang_up')!;
    const second = trace.filter((one) => one.task.do === 'dial')[1]!;
    expect(second.at).toBeGreaterThanOrEqual(hangUp.at + 800);
    expect(state.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
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

  it.each(['busy', 'no-answer', 'failed', 'canceled'] as const)(
    '%s: redialed on the same channel after the delay, then unreachable, never simulated',
    (value) => {
      const { state, words, trace } = play({ dial: (n) => ({ result: accepted(n), then: endsAs(n, value) }) });
      expect(dials(words)).toEqual(['dial native', 'dial native']);
      const [first, second] = trace.filter((one) => one.task.do === 'dial');
      expect(second!.at - first!.at).toBeGreaterThanOrEqual(120_000 + 20_000);
      expect(state.outcome).toMatchObject({ result: 'unreachable', channel: 'native', simulated: false });
    },
  );

  it('busy, then a good call', () => {
    const { state, words } = play({
      dial: (n) => ({ result: accepted(n), then: n === 1 ? endsAs(n, 'busy') : goodCall(n) }),
    });
    expect(dials(words)).toEqual(['dial native', 'dial native']);
    expect(state.outcome?.result).toBe('confirmed');
    expect(viewOf(state).attempts.map((one) => one.status)).toEqual(['busy', 'completed']);
  });

  it('voicemail: the same, and voicemail at the end', () => {
    const machine = (n: number): Later[] => [
      { after: 5_000, evidence: status(n, 'in-progress') },
      { after: 5_100, evidence: bridged(n, 'stream_started') },
      { after: 9_000, evidence: report(n, { result: 'voicemail' }) },
      { after: 10_000, evidence: status(n, 'completed') },
    ];
    const { state, words } = play({ dial: (n) => ({ result: accepted(n), then: machine(n) }) });
    expect(dials(words)).toEqual(['dial native', 'dial native']);
    expect(state.outcome).toMatchObject({ result: 'voicemail' });
  });

  it('a carrier’s machine verdict is enough, unless a person gave a result', () => {
    const calls = (reported: boolean) => (n: number) => ({
      result: accepted(n),
      then: [
        { after: 5_000, evidence: status(n, 'in-progress', { answered_by: 'machine_start' }) },
        { after: 5_100, evidence: bridged(n, 'stream_started') },
        ...(reported ? [{ after: 9_000, evidence: report(n) }] : []),
        { after: 10_000, evidence: status(n, 'completed') },
        { after: 11_000, evidence: talk(n) },
      ],
    });
    expect(play({ dial: calls(false) }).state.outcome?.result).toBe('voicemail');
    expect(play({ dial: calls(true) }).state.outcome?.result).toBe('confirmed');
  });

  it('the agent’s socket fails while the phone rings: canceled before the answer, transient', () => {
    const { words, state } = play(
      {
        dial: (n) =>
          n === 1
            ? {
                result: accepted(n),
                then: [
                  { after: 1_000, evidence: status(n, 'ringing') },
                  { after: 1_500, evidence: bridged(n, 'agent_failed', { problem }) },
                ],
              }
            : { result: accepted(n), then: goodCall(n) },
        hangUp: (n) => ({ result: { done: 'requested' }, then: [{ after: 500, evidence: status(n, 'canceled') }] }),
      },
      { native: { enabled: false } },
    );
    expect(words).toContain('hang_up 1 cancel agent_failed');
    expect(dials(words)).toEqual(['dial bridge', 'dial bridge']);
    expect(state.outcome?.result).toBe('confirmed');
  });

  it('answered, but the stream never starts: hung up, needs_review, no redial', () => {
    const { words, state } = play(
      {
        dial: (n) => ({ result: accepted(n), then: [{ after: 2_000, evidence: status(n, 'in-progress') }] }),
        hangUp: (n) => ({ result: { done: 'requested' }, then: [{ after: 500, evidence: status(n, 'completed') }] }),
      },
      { native: { enabled: false } },
    );
    expect(words).toContain('hang_up 1 complete no_stream');
    expect(dials(words)).toEqual(['dial bridge']);
    expect(state.outcome?.result).toBe('needs_review');
  });

  it('a report and no transcript settle after SETTLE_SECONDS, not before', () => {
    const then = goodCall(1).slice(0, -1);
    const { state, ended } = play({ dial: (n) => ({ result: accepted(n), then }) });
    expect(state.outcome).toMatchObject({ result: 'confirmed', evidence: ['report_result', 'call_status'] });
    expect(ended).toBeGreaterThanOrEqual(40_000 + 120_000);
  });

  it('no report: post-call data, else needs_review; nobody is rung again', () => {
    const quiet = goodCall(1).filter((one) => one.evidence.kind !== 'report');
    const none = play({ dial: (n) => ({ result: accepted(n), then: quiet }) });
    expect(none.state.outcome?.result).toBe('needs_review');
    expect(dials(none.words)).toEqual(['dial native']);
    const lost = quiet.map((one) =>
      one.evidence.kind === 'conversation' ? { ...one, evidence: talk(1, { report: { result: 'declined' } }) } : one,
    );
    const found = play({ dial: (n) => ({ result: accepted(n), then: lost }) });
    expect(found.state.outcome).toMatchObject({ result: 'declined' });
    expect(found.state.outcome?.evidence).toContain('post_call');
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

  it('a leg declared absent appears after all: adopted; the one not in conversation is hung up', () => {
    const { state, words } = play({
      dial: (n, channel) =>
        channel === 'native'
          ? { result: unknown, then: goodCall(1, 91_000) }
          : { result: accepted(n), then: [{ after: 20_000, evidence: status(n, 'ringing') }] },
      reconcile: () => ({ result: { verdict: 'absent' } }),
      hangUp: (n) => ({ result: { done: 'requested' }, then: [{ after: 300, evidence: status(n, 'canceled') }] }),
    });
    expect(words).toContain('hang_up 2 complete superseded');
    expect(state.outcome).toMatchObject({ result: 'confirmed', channel: 'native' });
  });

  it('all channels refused and no leg rang: simulation; off or failing too: error', () => {
    const dial: World['dial'] = () => ({ result: refused });
    const { state, words } = play({ dial, simulate: simulated });
    expect(dials(words)).toEqual(['dial native', 'dial bridge', 'simulate']);
    expect(state.outcome).toMatchObject({ channel: 'simulation', simulated: true });
    const off = play({ dial }, { simulation: { enabled: false } });
    expect(off.state.outcome).toMatchObject({ result: 'error', simulated: false });
    const failing = play({ dial, simulate: () => ({ result: { ok: false, problem } }) });
    expect(failing.state.outcome).toMatchObject({ result: 'error', simulated: true });
  });

  it('a leg rang, channels spent: unreachable, no simulation', () => {
    const { state, words } = play(
      {
        dial: (n, channel) =>
          channel === 'native'
            ? { result: accepted(n), then: [{ after: 1_000, evidence: status(n, 'ringing') }] }
            : { result: refused },
        hangUp: (n) => ({ result: { done: 'requested' }, then: [{ after: 800, evidence: status(n, 'canceled') }] }),
        simulate: simulated,
      },
      { native: { budget_seconds: 10 } },
    );
    expect(dials(words)).toEqual(['dial native', 'dial bridge']);
    expect(state.outcome?.result).toBe('unreachable');
  });

  it('the client cancels a live call: hung up, proved, canceled', () => {
    const { state, words } = play({
      dial: (n) => ({ result: accepted(n), then: goodCall(n).slice(0, 3) }),
      hangUp: (n) => ({ result: { done: 'requested' }, then: [{ after: 700, evidence: status(n, 'completed') }] }),
      happens: [{ at: 10_000, happening: { type: 'cancel_requested' } }],
    });
    expect(words).toContain('hang_up 1 complete cancel_requested');
    expect(state.outcome?.result).toBe('canceled');
    expect(state.attempts[0]?.leg).toBe('ended');
  });

  it('a result accepted before the hang-up is proved wins over the cancel', () => {
    const { state } = play({
      dial: (n) => ({ result: accepted(n), then: goodCall(n).slice(0, 4) }),
      hangUp: (n) => ({
        result: { done: 'requested' },
        then: [
          { after: 700, evidence: status(n, 'completed') },
          { after: 900, evidence: talk(n) },
        ],
      }),
      happens: [{ at: 31_000, happening: { type: 'cancel_requested' } }],
    });
    expect(state.outcome?.result).toBe('confirmed');
  });

  it('a cancel before anything rang is immediate', () => {
    const { state, words } = play({
      line: () => false,
      happens: [{ at: 3_000, happening: { type: 'cancel_requested' } }],
    });
    expect(dials(words)).toEqual([]);
    expect(state.outcome?.result).toBe('canceled');
  });

  it('the end of a leg cannot be proved: no dial until its cap and a minute, then needs_review', () => {
    const { state, words, ended } = play({
      dial: (n) => ({ result: accepted(n), then: [{ after: 1_000, evidence: status(n, 'ringing') }] }),
      hangUp: () => ({ result: { done: 'failed', problem } }),
    });
    expect(dials(words)).toEqual(['dial native']);
    expect(ended).toBeGreaterThanOrEqual((45 + 600 + 60) * 1000);
    expect(state.outcome?.result).toBe('needs_review');
  });

  it('a call over its cap is hung up', () => {
    const { words } = play(
      {
        dial: (n) => ({ result: accepted(n), then: goodCall(n).slice(0, 3) }),
        hangUp: (n) => ({ result: { done: 'requested' }, then: [{ after: 700, evidence: status(n, 'completed') }] }),
      },
      { native: { max_call_seconds: 60 } },
    );
    expect(words).toContain('hang_up 1 complete call_cap');
  });

  it('the bot ends, the phone leg stays: it is hung up', () => {
    const { words } = play({
      dial: (n) => ({
        result: accepted(n),
        then: goodCall(n).filter((one) => one.evidence.id !== 'status:1:completed'),
      }),
      hangUp: (n) => ({ result: { done: 'requested' }, then: [{ after: 700, evidence: status(n, 'completed') }] }),
    });
    expect(words).toContain('hang_up 1 complete talk_over');
  });
});

describe('what a report is worth', () => {
  const withTalk = (n: number, more: Later[]): World => ({
    dial: () => ({ result: accepted(n), then: [...goodCall(n).slice(0, 3), ...more] }),
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

  it.each([{ confirmed_date: undefined }, { confirmed_time: undefined }])(
    'confirmed without %j: needs_review',
    (gap) => {
      const world = withTalk(1, [
        { after: 30_000, evidence: report(1, gap) },
        ...ends,
        { after: 41_000, evidence: talk(1) },
      ]);
      expect(play(world).state.outcome?.result).toBe('needs_review');
    },
  );

  it('the last report before the call ended stands; a later one changes nothing', () => {
    const world = withTalk(1, [
      { after: 20_000, evidence: report(1, { confirmed_time: '15:00' }) },
      { after: 30_000, evidence: report(1, { confirmed_time: '17:00' }) },
      ...ends,
      { after: 40_500, evidence: report(1, { confirmed_time: '18:00' }) },
      { after: 41_000, evidence: talk(1) },
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
        then:
          n === 1
            ? [...endsAs(1, 'no-answer'), { after: 145_000, evidence: report(1) }]
            : [{ after: 1_000, evidence: status(2, 'ringing') }],
      }),
      hangUp: (n) => ({ result: { done: 'requested' }, then: [{ after: 300, evidence: status(n, 'canceled') }] }),
    });
    expect(words).toContain('hang_up 2 complete superseded');
    expect(state.outcome?.result).toBe('needs_review');
  });

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
        dial: (n) => ({ result: accepted(n), then: n === 1 ? endsAs(1, 'busy', 5_000) : goodCall(n) }),
      },
      { native: { redial_delay_seconds: 5, budget_seconds: 30 } },
    );
    expect(trace.filter((one) => one.task.do === 'take_line').length).toBeGreaterThan(8);
    expect(state.outcome?.result).toBe('confirmed');
  });

  it('the line is let go of between two dials', () => {
    const { trace } = play({ dial: (n) => ({ result: accepted(n), then: endsAs(n, 'busy') }) });
    const order = trace.map((one) => one.task.do).filter((one) => one !== 'watch');
    expect(order.slice(0, 4)).toEqual(['take_line', 'dial', 'release_line', 'take_line']);
  });

  it('rings only in the calling window, and the budget stands still outside it', () => {
    const { state, trace } = play(
      { dial: (n) => ({ result: accepted(n), then: n === 1 ? endsAs(1, 'busy') : goodCall(n) }) },
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
