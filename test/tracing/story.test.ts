import { describe, expect, it } from '@jest/globals';
import type { Evidence } from '../../domain/evidence.ts';
import type { AttemptView, BookingEvent, BookingView } from '../../domain/view.ts';
import { storyOfFollowUp } from '../../tracing/follow-up-story.ts';
import { storyOf, type TimedTurn } from '../../tracing/story.ts';

const ID = 'bk_abcd';
const at = (second: number): string => new Date(second * 1000).toISOString();

const attempt = (n: number, more: Partial<AttemptView>): AttemptView => ({
  call_id: `${ID}.${n}`,
  channel: 'bridge',
  media: 'bridge',
  attempt: n,
  direction: 'outbound',
  status: 'completed',
  call_sid: null,
  conversation_id: null,
  started_at: at(100),
  ended_at: at(160),
  duration_seconds: 40,
  error: null,
  ...more,
});

const view = (attempts: AttemptView[]): BookingView => ({
  id: ID,
  status: 'completed',
  channel: 'bridge',
  simulated: false,
  outcome: {
    result: 'confirmed',
    channel: 'bridge',
    simulated: false,
    confirmed_date: '2026-12-01',
    confirmed_time: '10:00',
    notes: 'a word of the talk',
    evidence: [],
    proof: null,
    offers: [],
    callback_at: null,
  },
  review: null,
  attempts,
  waiting_for: null,
  waiting_until: null,
  follow_ups: [],
  cancel_requested: false,
  metadata: { secret: 'of the client' },
  created_at: at(0),
  updated_at: at(200),
});

const status = (second: number, of: 'ringing' | 'in-progress' | 'busy', n = 1): Evidence => ({
  id: `${second}`,
  call_id: `${ID}.${n}`,
  at: at(second),
  kind: 'call_status',
  source: 'callback',
  call_sid: 'CA1',
  status: of,
});

const story = (
  attempts: AttemptView[],
  evidence: Evidence[] = [],
  events: BookingEvent[] = [],
  turns: Record<string, TimedTurn[]> = {},
) =>
  storyOf({ view: view(attempts), events, evidence, turns: new Map(Object.entries(turns)) }).map(
    ({ name, key, from, to, attributes, events }) => ({
      name,
      key,
      from: from / 1000,
      to: to / 1000,
      attributes,
      events,
    }),
  );

const of = (spans: ReturnType<typeof story>, name: string) => spans.filter((span) => span.name === name);

describe('the story of a booking', () => {
  it('rings until the answer and talks until the end', () => {
    const turns = [
      { role: 'agent', at_seconds: 1.5, message: 'not to be exported' },
      { role: 'business', at_seconds: 4 },
      { role: 'agent', at_seconds: 7 },
    ] as TimedTurn[];
    const spans = story([attempt(1, {})], [status(105, 'ringing'), status(118, 'in-progress')], [], {
      [`${ID}.1`]: turns,
    });
    expect(of(spans, 'booking')).toMatchObject([{ from: 0, to: 200, attributes: { 'vocero.result': 'confirmed' } }]);
    expect(of(spans, 'rang')).toMatchObject([{ key: `${ID}.1`, from: 105, to: 118 }]);
    const [talked] = of(spans, 'talked');
    expect(talked).toMatchObject({
      from: 118,
      to: 160,
      attributes: { 'vocero.turns.agent': 2, 'vocero.turns.business': 1 },
    });
    expect(talked!.events).toEqual([
      { name: 'agent_first_words', at: 119_500 },
      { name: 'business_first_words', at: 122_000 },
    ]);
    expect(JSON.stringify(spans)).not.toMatch(/not to be exported|a word of the talk|of the client/);
  });

  it('knows from the duration when a call was answered that nobody reported', () => {
    const spans = story([attempt(1, { channel: 'native' })]);
    expect(of(spans, 'rang')).toMatchObject([{ from: 100, to: 120, attributes: { 'vocero.ring.observed': false } }]);
    expect(of(spans, 'talked')).toMatchObject([{ from: 120, to: 160 }]);
  });

  it('does not talk where nobody answered, and does not ring where nothing rang', () => {
    const busy = attempt(1, { status: 'busy', duration_seconds: null });
    const refused = attempt(2, { status: 'failed', duration_seconds: null });
    const spans = story([busy, refused], [status(110, 'ringing')]);
    expect(of(spans, 'rang')).toMatchObject([{ key: `${ID}.1`, from: 110, to: 160 }]);
    expect(of(spans, 'talked')).toEqual([]);
  });

  it('has a span for each wait', () => {
    const waits = (second: number, waiting_for: 'calling_hours' | 'place' | 'line_busy') =>
      ({ type: 'status', at: at(second), status: 'queued', channel: null, waiting_for, after_attempts: 0 }) as const;
    const calling = { type: 'status', at: at(70), status: 'calling', channel: 'bridge' } as unknown as BookingEvent;
    const events: BookingEvent[] = [
      waits(10, 'calling_hours'),
      waits(20, 'calling_hours'),
      waits(30, 'place'),
      calling,
      waits(80, 'line_busy'),
      { type: 'attempt', at: at(90), attempt: attempt(1, {}) },
    ];
    const found = of(story([], [], events), 'waited').map(({ from, to, attributes }) => [
      attributes?.['vocero.wait.for'],
      from,
      to,
    ]);
    expect(found).toEqual([
      ['calling_hours', 10, 30],
      ['place', 30, 70],
      ['line_busy', 80, 90],
    ]);
  });

  it('has the report that was found in the provider’s record', () => {
    const conversation: Evidence = {
      ...{ id: 'c', call_id: `${ID}.1`, at: at(170), kind: 'conversation', source: 'post_call' },
      ...{ conversation_id: 'conv', status: 'done', report: { result: 'confirmed', notes: 'a word of the talk' } },
    } as Evidence;
    const spans = story([attempt(1, {})], [conversation]);
    expect(of(spans, 'reported')).toMatchObject([{ attributes: { 'vocero.report.source': 'post_call' } }]);
    expect(JSON.stringify(spans)).not.toContain('a word of the talk');
  });
});

describe('a call of the business after the outcome', () => {
  const call_id = `${ID}.9001`;
  const inbound = (channel: 'bridge' | 'native'): Evidence => ({
    ...{ kind: 'inbound', id: 'i', call_id, at: at(300), channel, call_sid: 'CA9' },
  });
  const ended: Evidence = { ...status(350, 'busy'), call_id, status: 'completed' } as Evidence;
  const told = (evidence: Evidence[], turns: TimedTurn[] = []) =>
    storyOfFollowUp({
      bookingId: ID,
      followUp: {
        ...{ at: at(300), call_id, proof: null },
        report: { result: 'declined', notes: 'a word of the talk' } as never,
      },
      evidence,
      turns,
      over: 360_000,
    });

  it('rings from the call to the answer, and talks until its end', () => {
    const joined = { kind: 'bridge', id: 'b', call_id, at: at(302), event: 'stream_started' } as unknown as Evidence;
    const [rang, talked, ...none] = told([inbound('bridge'), joined, ended], [{ role: 'business', at_seconds: 3 }]);
    expect(rang).toMatchObject({ name: 'rang', key: call_id, from: 300_000, to: 302_000 });
    expect(talked).toMatchObject({
      ...{ name: 'talked', key: call_id, from: 302_000, to: 350_000 },
      attributes: { 'vocero.call.after_outcome': true, 'vocero.call.status': 'completed', 'vocero.result': 'declined' },
      events: [{ name: 'business_first_words', at: 305_000 }],
    });
    expect(none).toEqual([]);
    expect(JSON.stringify([rang, talked])).not.toMatch(/a word of the talk|CA9/);
  });

  it('is answered at once by the provider’s agent, and rings only where nobody took it', () => {
    expect(told([inbound('native')]).map(({ name, from, to }) => [name, from, to])).toEqual([
      ['rang', 300_000, 300_000],
      ['talked', 300_000, 360_000],
    ]);
    expect(told([inbound('bridge'), ended]).map(({ name, to }) => [name, to])).toEqual([['rang', 350_000]]);
  });
});
