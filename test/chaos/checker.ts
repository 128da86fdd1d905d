import type { BookingView } from '../../domain/view.ts';
import type { SandboxLog } from '../../sandbox/control.ts';

/** A leg as the sandbox, which is the world here, saw it. Times ISO 8601. */
export interface Leg {
  call_sid: string;
  call_id: string;
  booking_id: string;
  to: string;
  behaviour: string;
  placed: string;
  answered: string | null;
  ended: string | null;
}

/** A conversation of one of the agents, as the sandbox saw it. */
export interface Talk {
  conversation_id: string;
  via: string;
  call_sid: string | null;
  call_id: string;
  user_id: string | null;
  started: string;
  result: string | null;
  answers: string[];
  transcript: { role: string; message: string | null; report?: Record<string, unknown> }[];
}

/** What became of one booking: the API's word, and the world's. */
export interface Fate {
  id: string;
  number: string;
  /** The longest a leg may live, from being placed to its end, in seconds: ringing and talking, and a bound. */
  legSeconds: number;
  /** The booking as the API showed it when it was final, and once more at the end of everything. */
  view: BookingView;
  again: BookingView;
  /** Moments of the `final` events in the booking's stream. */
  finals: string[];
  legs: Leg[];
  talks: Talk[];
  webhooks: SandboxLog['webhooks'];
}

const MACHINES = ['voicemail'];
const time = (at: string | null): number => (at === null ? Number.POSITIVE_INFINITY : Date.parse(at));
const short = (sid: string): string => sid.slice(0, 8);

/** What of the sandbox's log belongs to one booking. */
export function factsOf(id: string, number: string, log: SandboxLog): Pick<Fate, 'legs' | 'talks' | 'webhooks'> {
  const legs = (log.calls as unknown as Leg[]).filter((leg) => leg.booking_id === id || leg.to === number);
  const talks = (log.conversations as unknown as Talk[]).filter((talk) => talk.call_id.startsWith(`${id}.`));
  return { legs, talks, webhooks: log.webhooks.filter((hook) => hook.number === number) };
}

const reachedPerson = (leg: Leg): boolean => leg.answered !== null && !MACHINES.includes(leg.behaviour);

function* oneLegAtATime({ legs }: Fate): Generator<string> {
  for (const [i, a] of legs.entries())
    for (const b of legs.slice(i + 1))
      if (Math.max(time(a.placed), time(b.placed)) < Math.min(time(a.ended), time(b.ended)))
        yield `1: two legs were alive at once: ${short(a.call_sid)} and ${short(b.call_sid)}`;
}

/** A talk that was taken up by another session of our bridge is one; one beside ElevenLabs' own is two. */
function* oneAgentInACall({ legs, talks }: Fate): Generator<string> {
  for (const { call_sid } of legs) {
    const joined = talks.filter((talk) => talk.call_sid === call_sid && talk.via !== 'native').map(({ via }) => via);
    const theirs = joined.filter((via) => via === 'registered').length;
    if (theirs > 1 || (theirs === 1 && joined.length > 1)) yield `2: several agents talked in ${short(call_sid)}`;
  }
}

function* nobodyRungAgain({ legs, talks }: Fate): Generator<string> {
  for (const first of legs.filter(reachedPerson))
    for (const later of legs)
      if (time(later.placed) > time(first.answered))
        yield `2: ${short(later.call_sid)} was dialed after ${short(first.call_sid)} had reached a person`;
  const duet = talks.find((talk) => talk.call_sid === null && talk.call_id !== '' && talk.via === 'socket');
  if (duet && legs.length > 0) yield `2: a simulation was run though ${short(legs[0]!.call_sid)} had rung`;
}

/** What the agent was told: a report over HTTP was answered 200, one over its socket was answered as accepted. */
function acknowledgedReports({ talks, webhooks }: Fate): string[] {
  const overHttp = webhooks.filter(({ kind, code }) => kind === 'report_result' && code === 200);
  const overSocket = talks.flatMap((talk) =>
    talk.result !== null && talk.answers.some((answer) => /accepted/.test(answer)) ? [talk.result] : [],
  );
  return [...overHttp.map(({ detail }) => detail), ...overSocket];
}

function* nothingLost(fate: Fate): Generator<string> {
  const { outcome } = fate.view;
  if (!outcome) return yield '3: the booking has no outcome';
  // Nobody has to look into a simulation: what its words do not carry ends as an error.
  const doubted = outcome.channel === 'simulation' && outcome.result === 'error' && outcome.doubts !== undefined;
  const overruled = (outcome.result === 'needs_review' || doubted) && outcome.notes;
  for (const result of acknowledgedReports(fate))
    if (outcome.result !== result && !overruled)
      yield `3: the acknowledged report "${result}" is neither in the outcome "${outcome.result}" nor overruled by it`;
  const told = fate.webhooks.some(
    ({ kind, code, detail }) => kind === 'post-call' && code === 200 && detail === 'post_call_transcription',
  );
  const recorded = fate.talks.some(({ transcript }) => transcript.some(({ report }) => report !== undefined));
  const rests = outcome.evidence.some((name) => ['post_call', 'conversation', 'report_result'].includes(name));
  if (told && recorded && !rests) yield '3: the report in an acknowledged post-call record is not among the evidence';
}

const NEEDS_NO_EVIDENCE = ['invalid_number', 'error', 'canceled', 'unreachable'];

function* oneHonestOutcome({ view, again, finals, talks, legs }: Fate): Generator<string> {
  const { outcome } = view;
  if (!outcome) return;
  if (JSON.stringify(outcome) !== JSON.stringify(again.outcome))
    yield `4: the outcome changed: ${JSON.stringify(outcome)}, then ${JSON.stringify(again.outcome)}`;
  if (finals.length !== 1) yield `4: the event stream has ${finals.length} final events`;
  const forbidden = outcome.result === 'do_not_call' && legs.length === 0;
  if (outcome.evidence.length === 0 && !forbidden && !NEEDS_NO_EVIDENCE.includes(outcome.result))
    yield `4: "${outcome.result}" names no evidence`;
  if (outcome.simulated !== (outcome.channel === 'simulation'))
    yield `4: simulated is ${outcome.simulated} for the channel ${outcome.channel}`;
  if (outcome.channel === 'simulation' && legs.length > 0) yield '4: a simulation speaks though a phone rang';
  if (outcome.result === 'confirmed' && !talks.some((talk) => supports(talk, outcome.confirmed_date)))
    yield `4: "confirmed" for ${outcome.confirmed_date}, which no talk of this booking bears out`;
}

/** The business spoke in it, and the agent reported this very day. */
const supports = ({ transcript }: Talk, date: string | null | undefined): boolean =>
  transcript.some(({ role }) => role === 'user') &&
  transcript.some(({ report }) => report?.result === 'confirmed' && report.confirmed_date === date);

function* legsEnd({ legs, view, finals, legSeconds }: Fate): Generator<string> {
  for (const leg of legs) {
    const name = short(leg.call_sid);
    if (leg.ended === null) yield `5: ${name} never ended`;
    else if (time(leg.ended) - time(leg.placed) > legSeconds * 1000)
      yield `5: ${name} lived longer than ${legSeconds} s`;
    else if (view.outcome && time(leg.ended) > time(finals[0] ?? null))
      yield `5: ${name} was alive when the booking was final`;
  }
}

/** Which of the guarantees 1 to 5 this booking broke; each line begins with the guarantee's number. */
export const violationsOf = (fate: Fate): string[] => [
  ...oneLegAtATime(fate),
  ...oneAgentInACall(fate),
  ...nobodyRungAgain(fate),
  ...nothingLost(fate),
  ...oneHonestOutcome(fate),
  ...legsEnd(fate),
];

/** Legs of bookings that nobody made. */
export const strayLegs = (log: SandboxLog, ids: ReadonlySet<string>): string[] =>
  (log.calls as unknown as Leg[])
    .filter((leg) => !ids.has(leg.booking_id))
    .map((leg) => `1: ${short(leg.call_sid)} belongs to no accepted booking`);

/** One key and one body, asked for several times (guarantee 6): `ids` as they were answered. */
export const violationsOfKey = (key: string, ids: readonly string[]): string[] =>
  new Set(ids).size > 1 ? [`6: the key ${key} made ${new Set(ids).size} bookings`] : [];
