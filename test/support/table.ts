import type { DialResult } from '../../domain/evidence.ts';
import type { Outcome } from '../../domain/result.ts';
import type { Waiting } from '../../domain/view.ts';
import type { Changes } from './orders.ts';
import { cite, doubt, finding, read } from './talks.ts';
import { accepted, bridged, type Later, report, silence, sound, spoken, status, talk, type World } from './world.ts';

const HEDGED = doubt('hedged', cite('creo que sí', 3));

export const problem = { code: 'x', message: 'x' };
export const unknown: DialResult = { proves: 'unknown', problem };
export const notTaken: DialResult = { proves: 'skipped', reason: 'not_taken' };
export const refused: DialResult = { proves: 'channel_refused', problem };

/** A call that is answered, talks, reports and ends. */
export const goodCall = (n: number, from = 0): Later[] => [
  { after: from + 1_000, evidence: status(n, 'ringing') },
  { after: from + 5_000, evidence: status(n, 'in-progress') },
  { after: from + 5_100, evidence: bridged(n, 'stream_started') },
  { after: from + 30_000, evidence: report(n) },
  { after: from + 40_000, evidence: status(n, 'completed', { duration_seconds: 35 }) },
  { after: from + 41_000, evidence: talk(n) },
];

export const endsAs = (n: number, value: 'busy' | 'no-answer' | 'failed' | 'canceled', after = 20_000): Later[] => [
  { after: 1_000, evidence: status(n, 'ringing') },
  { after, evidence: status(n, value) },
];

/** A call that the callee, its phone or its carrier rejects with this SIP answer. */
export const rejectedWith = (
  n: number,
  sip_code: number,
  value: 'busy' | 'failed' = 'failed',
  after = 3_000,
): Later[] => [
  { after: 1_000, evidence: status(n, 'ringing') },
  { after, evidence: status(n, value, { sip_code }) },
];

const ringing = (n: number): Later[] => [{ after: 1_000, evidence: status(n, 'ringing') }];
const good = (n: number) => ({ result: accepted(n), later: goodCall(n) });
const canceled = (n: number) => ({
  result: { done: 'requested' as const },
  later: [{ after: 800, evidence: status(n, 'canceled') }],
});
const completed = (n: number) => ({
  result: { done: 'requested' as const },
  later: [{ after: 800, evidence: status(n, 'completed') }],
});
const machine = (n: number): Later[] => [
  { after: 5_000, evidence: status(n, 'in-progress') },
  { after: 5_100, evidence: bridged(n, 'stream_started') },
  { after: 9_000, evidence: report(n, { result: 'voicemail' }) },
  { after: 10_000, evidence: status(n, 'completed') },
];
const quiet = (n: number): Later[] => goodCall(n).filter((one) => one.evidence.kind !== 'report');

/** A registered call, which ElevenLabs has taken or not. */
const registered = (n: number, heard: Later[]) => ({
  result: { proves: 'accepted', call_sid: `CA${n}` } as DialResult,
  later: [{ after: 1_000, evidence: status(n, 'ringing') }, ...heard],
});
const joined = { call_sid: 'CA1' };
const ONLY_REGISTERED: Changes = {
  native: { enabled: false },
  registered: { enabled: true, redial_delay_seconds: 1 },
  bridge: { enabled: false },
};

export const simulated: World['simulate'] = () => ({
  result: {
    ok: true,
    method: 'duet',
    transcript: spoken,
    report: { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' },
  },
});

/** One row of the design's table "What follows what", played by any driver of the core. */
export interface Row {
  name: string;
  world: () => World;
  changes?: Changes;
  /** Dials and simulations, in order. */
  dials: string[];
  /** Words that must be among the tasks. */
  also?: string[];
  outcome: Partial<Outcome>;
  /** What the client was told at its callback_url, in order. */
  told?: string[];
  /** What it waited for before it dialed again, as its events tell it; a wait that lasts is one. */
  waits?: Waiting['waiting_for'][];
}

export const ROWS: Row[] = [
  {
    name: 'a good call is confirmed on its evidence',
    world: () => ({ dial: good }),
    dials: ['dial native'],
    outcome: { result: 'confirmed', channel: 'native', simulated: false, confirmed_time: '16:00' },
  },
  {
    name: 'a refused number is final at once: no redial, no other channel, no simulation',
    world: () => ({ dial: () => ({ result: { proves: 'number_refused', problem } }) }),
    dials: ['dial native'],
    outcome: { result: 'invalid_number', simulated: false },
  },
  {
    name: 'an account that is refused goes to the next channel',
    world: () => ({ dial: (n, channel) => (channel === 'native' ? { result: refused } : good(n)) }),
    dials: ['dial native', 'dial bridge'],
    outcome: { result: 'confirmed', channel: 'bridge' },
  },
  {
    name: '429 tries the same channel after the stated delay, and counts no attempt',
    world: () => ({
      dial: (n) => (n <= 3 ? { result: { proves: 'deferred', retry_after_ms: 7_000, problem } } : good(n)),
    }),
    changes: { native: { max_attempts: 1 } },
    dials: ['dial native', 'dial native', 'dial native', 'dial native'],
    outcome: { result: 'confirmed', channel: 'native' },
    waits: ['rate_limit'],
  },
  {
    name: '429 beyond the budget goes to the next channel',
    world: () => ({
      dial: (n, channel) =>
        channel === 'native' ? { result: { proves: 'deferred', retry_after_ms: 20_000, problem } } : good(n),
    }),
    changes: { native: { budget_seconds: 30 } },
    dials: ['dial native', 'dial native', 'dial bridge'],
    outcome: { result: 'confirmed', channel: 'bridge' },
    waits: ['rate_limit'],
  },
  {
    name: 'no worker takes the dial: the same channel again, then the next one, and no attempt is counted',
    world: () => ({ dial: (n) => (n <= 2 ? { result: notTaken } : good(n)) }),
    changes: { native: { budget_seconds: 45, max_attempts: 1 }, bridge: { max_attempts: 1 } },
    dials: ['dial native', 'dial native', 'dial bridge'],
    outcome: { result: 'confirmed', channel: 'bridge' },
    waits: ['no_worker'],
  },
  {
    name: 'a lost answer is reconciled; what is found is adopted, never dialed again',
    world: () => ({
      dial: () => ({ result: unknown }),
      reconcile: (n) => ({
        after: 3_000,
        result: { verdict: 'found', call_sid: `CA${n}`, conversation_id: `conv_${n}` },
        later: goodCall(n, 4_000),
      }),
    }),
    dials: ['dial native'],
    also: ['reconcile 1'],
    outcome: { result: 'confirmed', channel: 'native' },
  },
  {
    name: 'somebody asked to be called at a time that was understood: that call, then, once',
    world: () => ({
      dial: (n) => {
        const asked = { result: 'callback_requested', callback_time: '17:00' } as const;
        const later = goodCall(n).map((one) =>
          n === 1 && one.evidence.kind === 'report' ? { ...one, evidence: { ...one.evidence, report: asked } } : one,
        );
        return { result: accepted(n), later };
      },
    }),
    dials: ['dial native', 'dial native'],
    waits: ['callback'],
    outcome: { result: 'confirmed', channel: 'native' },
  },
  {
    name: 'absent in both: nobody rang, the next channel’s turn',
    world: () => ({
      dial: (n, channel) => (channel === 'native' ? { result: unknown } : good(n)),
      reconcile: () => ({ result: { verdict: 'absent' } }),
    }),
    dials: ['dial native', 'dial bridge'],
    outcome: { result: 'confirmed', channel: 'bridge' },
  },
  {
    name: 'a provider out of reach until the cap plus a minute: needs_review, and no dial',
    world: () => ({
      dial: () => ({ result: unknown }),
      reconcile: () => ({ after: 770_000, result: { verdict: 'unreachable', problem } }),
    }),
    dials: ['dial native'],
    outcome: { result: 'needs_review', channel: 'native' },
  },
  {
    name: 'transient on the last channel: again after the delay until its two hours are spent, then a simulation',
    world: () => ({ dial: () => ({ result: { proves: 'not_sent', problem } }), simulate: simulated }),
    changes: { bridge: { budget_seconds: 7_200, redial_delay_seconds: 1_800 } },
    dials: ['dial native', 'dial bridge', 'dial bridge', 'dial bridge', 'dial bridge', 'simulate'],
    outcome: { result: 'confirmed', channel: 'simulation', simulated: true },
    waits: ['redial_delay'],
  },
  {
    name: 'ringing when the budget ends: canceled, seen to end, next channel',
    world: () => ({
      dial: (n, channel) => (channel === 'native' ? { result: accepted(n), later: ringing(n) } : good(n)),
      hangUp: canceled,
    }),
    changes: { native: { budget_seconds: 10 } },
    dials: ['dial native', 'dial bridge'],
    also: ['hang_up 1 cancel budget_spent'],
    outcome: { result: 'confirmed', channel: 'bridge' },
  },
  {
    name: 'in conversation when the budget ends: it may finish',
    world: () => ({ dial: good }),
    changes: { native: { budget_seconds: 10 } },
    dials: ['dial native'],
    outcome: { result: 'confirmed', channel: 'native' },
  },
  ...(['busy', 'no-answer', 'failed', 'canceled'] as const).map(
    (value): Row => ({
      name: `${value}: redialed on the same channel after the delay, then unreachable, never simulated`,
      world: () => ({ dial: (n) => ({ result: accepted(n), later: endsAs(n, value) }) }),
      dials: ['dial native', 'dial native'],
      outcome: { result: 'unreachable', channel: 'native', simulated: false },
      waits: ['redial_delay'],
    }),
  ),
  {
    name: 'busy, then a good call',
    world: () => ({ dial: (n) => (n === 1 ? { result: accepted(n), later: endsAs(n, 'busy') } : good(n)) }),
    dials: ['dial native', 'dial native'],
    outcome: { result: 'confirmed', channel: 'native' },
    waits: ['redial_delay'],
  },
  {
    name: 'declined (SIP 603): not dialed again on that day on any channel, and never simulated',
    world: () => ({ dial: (n) => ({ result: accepted(n), later: rejectedWith(n, 603) }), simulate: simulated }),
    dials: ['dial native'],
    outcome: { result: 'unreachable', channel: 'native', simulated: false },
  },
  {
    name: 'blocked (SIP 608): dialed on the next day, inside the budget',
    world: () => ({ dial: (n) => (n === 1 ? { result: accepted(n), later: rejectedWith(n, 608, 'busy') } : good(n)) }),
    changes: { native: { budget_seconds: 2 * 86_400 } },
    dials: ['dial native', 'dial native'],
    outcome: { result: 'confirmed', channel: 'native' },
    waits: ['redial_delay'],
  },
  {
    name: 'voicemail: redialed, and voicemail at the end',
    world: () => ({ dial: (n) => ({ result: accepted(n), later: machine(n) }) }),
    dials: ['dial native', 'dial native'],
    outcome: { result: 'voicemail', channel: 'native' },
    waits: ['redial_delay'],
  },
  {
    name: 'the agent’s socket fails while the phone rings: canceled before the answer, transient',
    world: () => ({
      dial: (n) =>
        n === 1
          ? {
              result: accepted(n),
              later: [...ringing(n), { after: 1_500, evidence: bridged(n, 'agent_failed', { problem }) }],
            }
          : good(n),
      hangUp: canceled,
    }),
    changes: { native: { enabled: false } },
    dials: ['dial bridge', 'dial bridge'],
    also: ['hang_up 1 cancel agent_failed'],
    outcome: { result: 'confirmed', channel: 'bridge' },
    waits: ['redial_delay'],
  },
  {
    name: 'answered, but the stream never starts: hung up, needs_review, no redial',
    world: () => ({
      dial: (n) => ({ result: accepted(n), later: [{ after: 2_000, evidence: status(n, 'in-progress') }] }),
      hangUp: completed,
    }),
    changes: { native: { enabled: false } },
    dials: ['dial bridge'],
    also: ['hang_up 1 complete no_stream'],
    outcome: { result: 'needs_review', channel: 'bridge' },
  },
  {
    name: 'a report and no transcript: settled after SETTLE_SECONDS',
    world: () => ({ dial: (n) => ({ result: accepted(n), later: goodCall(n).slice(0, -1) }) }),
    dials: ['dial native'],
    outcome: { result: 'confirmed', evidence: ['report_result', 'call_status'] },
  },
  {
    name: 'no report and none found: needs_review, nobody is rung again',
    world: () => ({ dial: (n) => ({ result: accepted(n), later: quiet(n) }) }),
    dials: ['dial native'],
    outcome: { result: 'needs_review' },
  },
  {
    name: 'no report, but one in the post-call data',
    world: () => ({
      dial: (n) => ({
        result: accepted(n),
        later: [
          ...quiet(n).slice(0, -1),
          { after: 41_000, evidence: talk(n, { report: { result: 'declined' }, transcript: spoken }) },
        ],
      }),
    }),
    dials: ['dial native'],
    outcome: { result: 'declined', evidence: ['post_call', 'call_status', 'transcript'] },
  },
  {
    name: 'confirmed though nobody answered the agent: needs_review',
    world: () => ({
      dial: (n) => ({
        result: accepted(n),
        later: [...goodCall(n).slice(0, -1), { after: 41_000, evidence: talk(n, { transcript: silence }) }],
      }),
    }),
    dials: ['dial native'],
    outcome: { result: 'needs_review' },
  },
  {
    name: 'confirmed, but the business hedged: needs_review with its words',
    world: () => ({
      dial: (n) => ({
        result: accepted(n),
        later: [
          ...goodCall(n).slice(0, -1),
          { after: 41_000, evidence: talk(n, { transcript: read(finding({ doubts: [HEDGED] })) }) },
        ],
      }),
    }),
    dials: ['dial native'],
    outcome: { result: 'needs_review', notes: 'The business hedged: «creo que sí» (turn 3).', doubts: [HEDGED] },
  },
  {
    name: 'a detector says machine, but a person spoke: nobody is rung again',
    world: () => ({
      dial: (n) => ({
        result: accepted(n),
        later: [
          { after: 5_000, evidence: status(n, 'in-progress', { answered_by: 'machine_start' }) },
          { after: 5_100, evidence: bridged(n, 'stream_started') },
          { after: 40_000, evidence: status(n, 'completed') },
          { after: 44_000, evidence: bridged(n, 'talk_ended', { transcript: spoken }) },
        ],
      }),
    }),
    changes: { native: { enabled: false }, bridge: { redial_delay_seconds: 1 } },
    dials: ['dial bridge'],
    outcome: { result: 'needs_review' },
  },
  {
    name: 'a registered call is confirmed on its evidence',
    world: () => ({
      dial: (n) =>
        registered(n, [
          { after: 5_000, evidence: sound(n, 'provider') },
          { after: 5_100, evidence: status(n, 'in-progress') },
          { after: 30_000, evidence: report(n) },
          { after: 40_000, evidence: status(n, 'completed', { duration_seconds: 35 }) },
          { after: 41_000, evidence: talk(n, joined) },
        ]),
    }),
    changes: ONLY_REGISTERED,
    dials: ['dial registered'],
    outcome: { result: 'confirmed', channel: 'registered', simulated: false },
  },
  {
    name: 'a registered call that ElevenLabs does not take is bridged, and nobody is rung again for it',
    world: () => ({
      dial: (n) =>
        registered(n, [
          { after: 5_000, evidence: status(n, 'in-progress') },
          { after: 11_000, evidence: sound(n, 'bridge', { problem }) },
          // It was taken too late: a conversation that no call ever joined.
          {
            after: 11_500,
            evidence: talk(n, { conversation_id: 'conv_late', status: 'initiated', transcript: undefined }),
          },
          { after: 12_000, evidence: bridged(n, 'stream_started', { conversation_id: 'conv_bridge' }) },
          { after: 30_000, evidence: report(n) },
          { after: 40_000, evidence: bridged(n, 'talk_ended', { transcript: spoken }) },
          { after: 41_000, evidence: status(n, 'completed', { duration_seconds: 36 }) },
          {
            after: 42_000,
            evidence: talk(n, { conversation_id: 'conv_late', status: 'failed', transcript: undefined }),
          },
        ]),
    }),
    changes: ONLY_REGISTERED,
    dials: ['dial registered'],
    outcome: { result: 'confirmed', channel: 'registered', simulated: false },
  },
  {
    name: 'a detector says machine in a registered call, but a person spoke: nobody is rung again',
    world: () => ({
      dial: (n) =>
        registered(n, [
          { after: 5_000, evidence: sound(n, 'provider') },
          { after: 9_000, evidence: status(n, 'in-progress', { answered_by: 'machine_start' }) },
          { after: 40_000, evidence: status(n, 'completed') },
          { after: 44_000, evidence: talk(n, { ...joined, call_result: undefined }) },
        ]),
    }),
    changes: ONLY_REGISTERED,
    dials: ['dial registered'],
    outcome: { result: 'needs_review' },
  },
  {
    name: 'all channels refused and no leg rang: simulation, flagged',
    world: () => ({ dial: () => ({ result: refused }), simulate: simulated }),
    dials: ['dial native', 'dial bridge', 'simulate'],
    outcome: { result: 'confirmed', channel: 'simulation', simulated: true },
  },
  {
    name: 'all channels refused, simulation off: error',
    world: () => ({ dial: () => ({ result: refused }) }),
    changes: { simulation: { enabled: false } },
    dials: ['dial native', 'dial bridge'],
    outcome: { result: 'error', simulated: false },
  },
  {
    name: 'all channels refused, simulation failing too: error',
    world: () => ({ dial: () => ({ result: refused }), simulate: () => ({ result: { ok: false, problem } }) }),
    dials: ['dial native', 'dial bridge', 'simulate'],
    outcome: { result: 'error', simulated: true },
  },
  {
    name: 'a leg rang, channels spent: unreachable, no simulation',
    world: () => ({
      dial: (n, channel) => (channel === 'native' ? { result: accepted(n), later: ringing(n) } : { result: refused }),
      hangUp: canceled,
      simulate: simulated,
    }),
    changes: { native: { budget_seconds: 10 } },
    dials: ['dial native', 'dial bridge'],
    outcome: { result: 'unreachable' },
  },
  {
    name: 'the end of a leg cannot be proved: no dial until its cap and a minute, then needs_review',
    world: () => ({
      dial: (n) => ({ result: accepted(n), later: ringing(n) }),
      hangUp: () => ({ result: { done: 'failed', problem } }),
    }),
    dials: ['dial native'],
    outcome: { result: 'needs_review' },
  },
  {
    name: 'a call over its cap is hung up',
    world: () => ({
      dial: (n) => ({ result: accepted(n), later: goodCall(n).slice(0, 3) }),
      hangUp: completed,
    }),
    changes: { native: { max_call_seconds: 60 } },
    dials: ['dial native'],
    also: ['hang_up 1 complete call_cap'],
    outcome: { result: 'needs_review' },
  },
  {
    name: 'the bot ends, the phone leg stays: it is hung up',
    world: () => ({
      dial: (n) => ({ result: accepted(n), later: goodCall(n).filter((one) => one.after !== 40_000) }),
      hangUp: completed,
    }),
    dials: ['dial native'],
    also: ['hang_up 1 complete talk_over'],
    outcome: { result: 'confirmed' },
  },
  {
    name: 'another booking holds the number: it waits, and then dials',
    world: () => ({ dial: good, line: (n) => n >= 3 }),
    dials: ['dial native'],
    outcome: { result: 'confirmed', channel: 'native' },
    waits: ['line_busy'],
  },
  {
    name: 'the client hears of an attempt that reached nobody, and of the outcome',
    world: () => ({ dial: (n) => ({ result: accepted(n), later: n === 1 ? endsAs(n, 'busy') : goodCall(n) }) }),
    changes: { order: { callback_url: 'https://client.example/hook' } },
    dials: ['dial native', 'dial native'],
    outcome: { result: 'confirmed', channel: 'native' },
    waits: ['redial_delay'],
    told: ['booking.attempt_failed 1', 'booking.final confirmed'],
  },
  {
    name: 'a number on the do-not-call list is not dialed',
    world: () => ({ dial: () => ({ result: { proves: 'skipped', reason: 'do_not_call' } }) }),
    dials: ['dial native'],
    outcome: { result: 'do_not_call' },
  },
];
