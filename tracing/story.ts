import type { Attributes } from '@opentelemetry/api';
import { isPhoneChannel } from '../domain/channels.ts';
import type { Evidence, ReportEvidence } from '../domain/evidence.ts';
import type { AttemptView, BookingEvent, BookingView } from '../domain/view.ts';
import type { SpanEvent, SpanFacts } from './span.ts';

/** A turn of a stored talk, without its words. */
export interface TimedTurn {
  role: 'agent' | 'business';
  at_seconds: number;
}

/** The records of a booking that has its outcome. */
export interface Recorded {
  view: BookingView;
  events: readonly BookingEvent[];
  evidence: readonly Evidence[];
  /** Turns by `call_id`. */
  turns: ReadonlyMap<string, readonly TimedTurn[]>;
}

/** The spans that have a duration, made from recorded times: the booking itself, its waits, and the ringing and talking of its calls. */
export function storyOf(recorded: Recorded): SpanFacts[] {
  const calls = recorded.view.attempts.filter(({ channel }) => isPhoneChannel(channel));
  return [
    whole(recorded.view),
    ...waits(recorded),
    ...calls.flatMap((call) => ofCall(call, recorded)),
    ...found(recorded),
  ];
}

function whole({ id, created_at, updated_at, outcome, attempts, channel, ...view }: BookingView): SpanFacts {
  const { batch, shortlist } = view;
  return {
    bookingId: id,
    name: 'booking',
    from: Date.parse(created_at),
    to: Date.parse(updated_at),
    attributes: {
      'vocero.result': outcome?.result ?? 'none',
      'vocero.channel': channel ?? 'none',
      'vocero.simulated': outcome?.simulated ?? view.simulated,
      'vocero.attempts': attempts.length,
      ...(batch && { 'vocero.batch.id': batch.id }),
      ...(shortlist && { 'vocero.shortlist.id': shortlist.id, 'vocero.shortlist.candidate': shortlist.candidate }),
    },
    failed: outcome?.result === 'error' ? 'error' : undefined,
  };
}

/** Each time that nobody could be called, from the event that said so to the next dial or other news. */
function waits({ view, events }: Recorded): SpanFacts[] {
  const found: SpanFacts[] = [];
  let open: { why: string; from: number } | undefined;
  const close = (to: number): void => {
    if (!open) return;
    const { why, from } = open;
    const attributes = { 'vocero.wait.for': why };
    found.push({ bookingId: view.id, name: 'waited', key: String(found.length), from, to, attributes });
    open = undefined;
  };
  for (const event of events) {
    const at = Date.parse(event.at);
    if (event.type === 'status') {
      if (event.waiting_for !== open?.why) close(at);
      if (event.waiting_for && !open) open = { why: event.waiting_for, from: at };
    } else if (event.type === 'attempt' || event.type === 'final') close(at);
  }
  close(Date.parse(view.updated_at));
  return found;
}

const TELLS_ANSWER: readonly string[] = ['in-progress', 'completed'];

/** When somebody told that the call was answered, ms since 1970. */
function toldAnswer(evidence: readonly Evidence[]): number | undefined {
  const told = evidence.flatMap((one) => {
    const joined = one.kind === 'bridge' && one.event === 'stream_started';
    return joined || (one.kind === 'call_status' && one.status === 'in-progress') ? [Date.parse(one.at)] : [];
  });
  return told.length > 0 ? Math.min(...told) : undefined;
}

function countedBack({ duration_seconds: seconds, ended_at, status }: AttemptView): number | undefined {
  const talked = seconds !== null && (seconds > 0 || TELLS_ANSWER.includes(status));
  return talked && ended_at !== null ? Date.parse(ended_at) - seconds * 1000 : undefined;
}

function ofCall(call: AttemptView, { view, evidence, turns }: Recorded): SpanFacts[] {
  const { call_id, started_at, ended_at } = call;
  return callSpans({
    bookingId: view.id,
    call_id,
    from: Date.parse(started_at),
    end: Date.parse(ended_at ?? view.updated_at),
    evidence: evidence.filter((one) => one.call_id === call_id),
    turns: turns.get(call_id) ?? [],
    answered: countedBack(call),
    attributes: {
      'vocero.channel': call.channel,
      'vocero.call.direction': call.direction,
      'vocero.call.status': call.status,
      ...(call.media && { 'vocero.media': call.media }),
      ...(call.error && { 'vocero.problem': call.error.code }),
    },
  });
}

/** A call that is over. Times in milliseconds since 1970. */
export interface TracedCall {
  bookingId: string;
  call_id: string;
  from: number;
  end: number;
  /** Of this call. */
  evidence: readonly Evidence[];
  turns: readonly TimedTurn[];
  /** The answer, where no evidence tells of it. */
  answered: number | undefined;
  attributes: Attributes;
  /** It rang for certain: the business called us. */
  rings?: true | undefined;
}

/** The ringing and the talk of a call. */
export function callSpans({ bookingId, call_id: key, end, ...call }: TracedCall): SpanFacts[] {
  const ringing = call.evidence.flatMap((one) =>
    one.kind === 'call_status' && one.status === 'ringing' ? [Date.parse(one.at)] : [],
  );
  const answered = toldAnswer(call.evidence) ?? call.answered;
  const attributes: Attributes = { 'vocero.call.id': key, ...call.attributes };
  const spans: SpanFacts[] = [];
  const from = ringing.length > 0 ? Math.min(...ringing) : call.from;
  // Without news of the ring and of an answer nobody knows that it rang.
  if (call.rings || ringing.length > 0 || answered !== undefined) {
    const rang = { ...attributes, 'vocero.ring.observed': call.rings ?? ringing.length > 0 };
    spans.push({ bookingId, name: 'rang', key, from, to: answered ?? end, attributes: rang });
  }
  if (answered !== undefined) {
    const count = (role: TimedTurn['role']): number => call.turns.filter((turn) => turn.role === role).length;
    const talk = { ...attributes, 'vocero.turns.agent': count('agent'), 'vocero.turns.business': count('business') };
    const events = firstWords(call.turns, answered);
    spans.push({ bookingId, name: 'talked', key, from: answered, to: end, attributes: talk, events });
  }
  return spans;
}

/** The beginning of each side's first turn. */
const firstWords = (turns: readonly TimedTurn[], answered: number): SpanEvent[] =>
  (['agent', 'business'] as const).flatMap((role) => {
    const first = turns.find((turn) => turn.role === role);
    return first ? [{ name: `${role}_first_words`, at: answered + first.at_seconds * 1000 }] : [];
  });

/** Reports that were found in the provider's record of the talk; those that came by themselves have their span already. */
const found = ({ view, evidence }: Recorded): SpanFacts[] =>
  evidence.flatMap((one) =>
    one.kind === 'conversation' && one.report ? [reported(view.id, { ...one, report: one.report })] : [],
  );

/** A report of the agent, when it was made. */
export function reported(
  bookingId: string,
  { id, call_id, at, report, source }: Pick<ReportEvidence, 'id' | 'call_id' | 'at' | 'report'> & { source: string },
): SpanFacts {
  const attributes = { 'vocero.call.id': call_id, 'vocero.result': report.result, 'vocero.report.source': source };
  return { bookingId, name: 'reported', key: id, from: Date.parse(at), to: Date.parse(at), attributes };
}
