import { wrapAnsi } from 'fast-wrap-ansi';
import { CHANNELS, titleOf } from '../domain/channels.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Report, UnclearField } from '../domain/result.ts';
import type { BookingEvent, Waiting } from '../domain/view.ts';
import { whenText } from './booking-text.ts';
import { plain, wordFor } from './foreign.ts';
import { bad, dim, good, warn } from './ink.ts';

const NAMES = Object.fromEntries(CHANNELS.map((channel) => [channel, `${titleOf(channel).letter} ${channel}`]));

const WAITING: Record<Waiting['waiting_for'], string> = {
  redial_delay: 'waiting before the redial',
  calling_hours: 'waiting for the hours in which it may be called',
  not_before: 'waiting for the time before which nobody is called',
  line_busy: 'waiting: another booking holds this number’s line',
  other_accounts: 'waiting: the booking belongs to another mode or other accounts than this installation’s',
  place: 'waiting for a free place: other calls go first',
  rate_limit: 'waiting for the provider’s rate limit',
  no_worker: 'waiting: no worker has taken the dial',
  callback: 'waiting for the time at which the business asked to be called',
  dialing: 'waiting until an operator resumes dialing (vocero resume-dialing)',
};

const clock = (at: string): string => dim(new Date(at).toLocaleTimeString('sv'));

/** The column where a turn's words begin: `14:02:11    business: `. */
const SAID_AT = 22;
const LEAST_COLUMNS = 60;

/** The column where the words of an event begin: `14:02:11  `. */
const WORDS_AT = 10;

/** Breaks a line between words, and aligns its further lines below its beginning. */
const folded = (line: string, columns: number | undefined): string =>
  columns === undefined
    ? line
    : wrapAnsi(line, Math.max(columns, LEAST_COLUMNS) - WORDS_AT, { hard: true })
        .split('\n')
        .join(`\n${' '.repeat(WORDS_AT)}`);

/** Breaks a turn between words, and aligns its further lines below its beginning. */
function turn(speaker: string, message: string, columns: number | undefined): string {
  const room = Math.max(columns ?? Number.POSITIVE_INFINITY, LEAST_COLUMNS) - SAID_AT;
  const lines = Number.isFinite(room) ? wrapAnsi(message.trim(), room, { hard: true }).split('\n') : [message.trim()];
  return `  ${speaker} ${lines.join(`\n${' '.repeat(SAID_AT)}`)}`;
}

/**
 * One event for a person: in one line or, with the `columns` of a terminal, in as many as needed; undefined: nothing worth
 * reading.
 */
export function eventLine(event: BookingEvent, columns?: number): string | undefined {
  const line = wordsOf(plain(event), columns);
  if (line === undefined) return undefined;
  return `${clock(event.at)}  ${event.type === 'turn' ? line : folded(line, columns)}`;
}

function reported({ result, confirmed_date: date, confirmed_time, notes, ...report }: Report): string {
  const {
    unclear = [],
    said = {},
    time_half_unknown,
    callback_date,
    callback_time,
    callback_unclear,
    offers = [],
    reached,
  } = report;
  const time = time_half_unknown ? `${confirmed_time} (am or pm unclear)` : confirmed_time;
  const notClear = (field: UnclearField, name: string) =>
    unclear.includes(field) && `${name} unclear: “${said[field] ?? ''}”`;
  const who = reached && reached !== 'person' && `reached: ${reached.replaceAll('_', ' ')}`;
  const words = [who, date, time, notClear('confirmed_date', 'day'), notClear('confirmed_time', 'time')];
  const call = callback_time
    ? `call at ${[callback_date, callback_time].filter(Boolean).join(' ')}`
    : callback_unclear && 'time of the call unclear';
  const offered =
    offers.length > 0 &&
    `offered ${offers.map(({ date: on, time: at }) => [on, at].filter(Boolean).join(' ')).join(', ')}`;
  return [result, ...words, call, offered, notes && `“${notes.trim()}”`].filter(Boolean).join(' ');
}

/** The content of the evidence and, in brackets, its source. */
function evidenceWords(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'call_status': {
      const { status, answered_by: by, source } = evidence;
      return `phone leg: ${status}${by ? `, ${by}` : ''} (${source.replaceAll('_', ' ')})`;
    }
    case 'report':
      return `report: ${reported(evidence.report)} (agent’s ${evidence.source})`;
    case 'conversation': {
      const { status, report, source } = evidence;
      return `conversation: ${status}${report ? `, ${reported(report)}` : ''} (${source === 'poll' ? 'poll' : 'post-call webhook'})`;
    }
    case 'media':
      return `audio carried by ${evidence.media === 'provider' ? 'ElevenLabs' : 'our bridge'}${evidence.problem ? `, because ${evidence.problem.message}` : ''}`;
    case 'inbound':
      return 'the business calls our number';
    case 'bridge':
      return `bridge: ${evidence.event.replaceAll('_', ' ')}`;
  }
}

function wordsOf(event: BookingEvent, columns: number | undefined): string | undefined {
  switch (event.type) {
    case 'status':
      if (event.waiting_for) {
        const until = event.until ? `, until ${whenText(event.until, Date.parse(event.at))}` : '';
        return warn(`${wordFor(WAITING, event.waiting_for)}${until}`);
      }
      return dim(event.channel ? `${event.status} on ${wordFor(NAMES, event.channel)}` : event.status);
    case 'attempt': {
      const { channel, attempt, direction, callback, duration_seconds: seconds, error, on_hold_since } = event.attempt;
      const whose = direction === 'inbound' ? ', they called us' : callback ? ', as they asked' : '';
      const status = on_hold_since ? 'on hold' : event.attempt.status;
      const ink = status === 'completed' ? good : error || status === 'failed' ? bad : warn;
      const long = seconds === null ? '' : `, ${Math.round(seconds)} s`;
      return `${wordFor(NAMES, channel)}, attempt ${attempt}${whose}: ${ink(status)}${long}${error ? dim(` (${error.message})`) : ''}`;
    }
    case 'evidence':
      return dim(evidenceWords(event.evidence));
    case 'turn':
      return turn(event.role === 'agent' ? 'agent:   ' : 'business:', event.message, columns);
    case 'final':
      return undefined;
  }
}

/** The current state in a few words, for the progress line. */
export function nowOf(given: BookingEvent): string | undefined {
  const event = plain(given);
  if (event.type === 'attempt') return `${wordFor(NAMES, event.attempt.channel)}: ${event.attempt.status}`;
  if (event.type === 'status') return event.waiting_for ? wordFor(WAITING, event.waiting_for) : event.status;
  return undefined;
}
