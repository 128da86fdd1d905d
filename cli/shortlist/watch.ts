import type { ShortlistResult } from '../../domain/shortlist/decide.ts';
import type { ShortlistEvent, ShortlistOutcome, ShortlistView } from '../../domain/shortlist/view.ts';
import { ApiClient } from '../api-client.ts';
import { eventsOf } from '../events.ts';
import { CliFailure } from '../failure.ts';
import { jsonOf, plain } from '../foreign.ts';
import { bad, bold, dim, good, warn } from '../ink.ts';
import { EXIT } from '../outcome.ts';
import { ProgressLine } from '../progress-line.ts';
import { proofLines } from '../proof-text.ts';
import type { Manner } from '../watch.ts';
import { whereIsApi } from '../where.ts';

export const PATH = '/v1/shortlists';

const CODES: Record<ShortlistResult, number> = {
  confirmed: EXIT.confirmed,
  none_confirmed: EXIT.unreached,
  expired: EXIT.unreached,
  canceled: EXIT.canceled,
  error: EXIT.error,
};

const WORDS: Record<ShortlistResult, string> = {
  confirmed: 'the appointment is confirmed',
  none_confirmed: 'no candidate gave an appointment',
  expired: 'no candidate confirmed before decide_by',
  canceled: 'canceled',
  error: 'no channel worked, and nobody was called',
};

/** The exit code of the outcome. An unknown result is no appointment. */
const codeOf = (outcome: ShortlistOutcome, bySimulation: boolean): number => {
  if (!Object.hasOwn(CODES, outcome.result)) return EXIT.failed;
  return bySimulation && outcome.result === 'confirmed' ? EXIT.simulation : CODES[outcome.result];
};

function outcomeLines(outcome: ShortlistOutcome): string[] {
  const { result, candidate, booking_id, confirmed_date, confirmed_time, proof, simulated } = plain(outcome);
  const ink = result === 'confirmed' ? good : result === 'canceled' ? warn : bad;
  const when = [confirmed_date, confirmed_time].filter(Boolean).join(' at ');
  const words = Object.hasOwn(WORDS, result) ? WORDS[result] : 'a result that this version of vocero does not know';
  return [
    `${ink(bold(result))}: ${words}`,
    ...(candidate === null ? [] : [`  by        candidate ${candidate} (${booking_id})`]),
    ...(when ? [`  when      ${when}`] : []),
    ...(proof ? proofLines(proof).map((line, n) => `  ${n === 0 ? 'proof' : '     '}     ${line}`) : []),
    ...(simulated ? [warn('  simulated: nobody was called')] : []),
  ];
}

function lineOf(event: ShortlistEvent): string | undefined {
  const at = dim(new Date(event.at).toLocaleTimeString('sv'));
  if (event.type === 'candidate') {
    const { candidate, status, result, booking_id } = plain(event);
    // The booking's id comes a moment later.
    if (status === 'asking' && booking_id === null) return undefined;
    return `${at}  candidate ${candidate}: ${[status.replace('_', ' '), result, booking_id && dim(booking_id)].filter(Boolean).join(' ')}`;
  }
  if (event.type !== 'status') return undefined;
  const { status } = plain(event);
  return status === 'needs_review'
    ? `${at}  ${warn('halted')}: a booking may be an appointment; it goes on once a person reviews it`
    : `${at}  ${status.replace('_', ' ')}`;
}

/** The last line on a terminal; undefined: it stays. */
function nowOf(event: ShortlistEvent): string | undefined {
  if (event.type === 'candidate') return event.status === 'asking' ? `asking candidate ${event.candidate}` : undefined;
  if (event.type !== 'status') return undefined;
  return event.status === 'needs_review' ? 'waiting for a review' : plain(event.status).replace('_', ' ');
}

/**
 * Follows a shortlist to its end. Returns the exit code.
 * @throws CliFailure if it cannot be followed, or at Ctrl-C
 */
export async function followShortlist(client: ApiClient, id: string, manner: Manner): Promise<number> {
  const interrupted = new AbortController();
  const onSignal = (): void => interrupted.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  const progress = manner === 'text' ? new ProgressLine() : undefined;
  const say = (line: string): void => (progress ? progress.print(line) : console.error(line));
  try {
    for await (const event of eventsOf<ShortlistEvent>(client, id, interrupted.signal, say, { path: PATH })) {
      if (manner === 'lines') console.log(jsonOf(event));
      const line = lineOf(event);
      if (line !== undefined) progress?.print(line);
      const now = nowOf(event);
      if (now !== undefined) progress?.now(now);
      if (event.type !== 'final') continue;
      progress?.end();
      if (manner === 'text') for (const each of ['', ...outcomeLines(event.outcome)]) console.log(each);
      return codeOf(event.outcome, await bySimulation(client, event.outcome));
    }
  } finally {
    progress?.end();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, onSignal);
  }
  throw new CliFailure(
    `\nThe shortlist goes on. Watch it: vocero shortlist watch ${id}   Cancel it: vocero shortlist cancel ${id}`,
    EXIT.interrupted,
    { code: 'interrupted' },
  );
}

/** A result of Option C is never an appointment; one that the sandbox played on a phone counts as usual. */
async function bySimulation(client: ApiClient, { booking_id, simulated }: ShortlistOutcome): Promise<boolean> {
  if (!simulated || booking_id === null) return false;
  const path = `/v1/bookings/${encodeURIComponent(booking_id)}`;
  return (await client.booking('GET', path, undefined, { id: booking_id })).channel === 'simulation';
}

/** `vocero shortlist watch ID`. */
export const watchShortlist = (id: string, flags: { json?: boolean }): Promise<number> =>
  followShortlist(new ApiClient(whereIsApi()), id, flags.json ? 'lines' : 'text');

/** `vocero shortlist cancel ID`. */
export async function cancelShortlist(id: string, flags: { json?: boolean }): Promise<number> {
  const client = new ApiClient(whereIsApi());
  const view = await client.send<ShortlistView>('POST', `${PATH}/${encodeURIComponent(id)}/cancel`);
  if (flags.json) console.log(jsonOf(view, 2));
  else
    console.log(
      `Cancellation of ${id} accepted. A confirmation that was accepted earlier still counts. Watch it: vocero shortlist watch ${id}`,
    );
  return 0;
}
