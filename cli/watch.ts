import type { FollowUp } from '../domain/follow-up.ts';
import type { Outcome } from '../domain/result.ts';
import type { BookingEvent } from '../domain/view.ts';
import { ApiClient } from './api-client.ts';
import { followUpLines } from './booking-text.ts';
import { eventLine, nowOf } from './event-text.ts';
import { eventsOf } from './events.ts';
import { CliFailure } from './failure.ts';
import { jsonOf } from './foreign.ts';
import { EXIT, exitCodeOf, outcomeLines } from './outcome.ts';
import { ProgressLine } from './progress-line.ts';
import { whereIsApi } from './where.ts';

/** Output while following a booking: text for a person, one JSON event per line, or none. */
export type Manner = 'text' | 'lines' | 'silent';

/** An attempt is news only if its visible fields changed: its ids come in separate events. */
function isNews(event: BookingEvent, told: Map<string, string>): boolean {
  if (event.type !== 'attempt') return true;
  const { call_id, status, duration_seconds, error, on_hold_since } = event.attempt;
  const seen = JSON.stringify([status, duration_seconds, error, on_hold_since]);
  if (told.get(call_id) === seen) return false;
  told.set(call_id, seen);
  return true;
}

/** How the booking ended. */
export interface Followed {
  outcome: Outcome;
  exitCode: number;
}

/**
 * Follows a booking to its end.
 * @throws CliFailure if it cannot be followed, or at Ctrl-C: then the message says how to return to the booking, which goes on.
 */
export async function follow(client: ApiClient, id: string, manner: Manner): Promise<Followed> {
  const interrupted = new AbortController();
  const onSignal = (): void => interrupted.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  const progress = manner === 'text' ? new ProgressLine() : undefined;
  const say = (line: string): void => (progress ? progress.print(line) : console.error(line));
  const told = new Map<string, string>();
  try {
    for await (const event of eventsOf(client, id, interrupted.signal, say)) {
      if (manner === 'lines') console.log(jsonOf(event));
      const line = eventLine(event, process.stdout.columns);
      if (line !== undefined && isNews(event, told)) progress?.print(line);
      const now = nowOf(event);
      if (now !== undefined) progress?.now(now);
      if (event.type !== 'final') continue;
      progress?.end();
      if (manner === 'text') for (const each of ['', ...outcomeLines(event.outcome)]) console.log(each);
      return { outcome: event.outcome, exitCode: exitCodeOf(event.outcome) };
    }
  } catch (error) {
    if (error instanceof CliFailure) error.about.booking_id ??= id;
    throw error;
  } finally {
    progress?.end();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, onSignal);
  }
  throw new CliFailure(
    `\nThe booking goes on. Watch it: vocero watch ${id}   Cancel it: vocero cancel ${id}`,
    EXIT.interrupted,
    { code: 'interrupted', booking_id: id },
  );
}

/** Calls of the business after the outcome so far; none, if the API no longer answers: the outcome is already told. */
const followUpsOf = (client: ApiClient, id: string): Promise<FollowUp[]> =>
  client.booking('GET', `/v1/bookings/${encodeURIComponent(id)}`, undefined, { id }).then(
    ({ follow_ups = [] }) => follow_ups,
    () => [],
  );

/** `vocero watch ID`. Returns the exit code. */
export async function runWatch(id: string, flags: { json?: boolean }): Promise<number> {
  const client = new ApiClient(whereIsApi());
  const { exitCode } = await follow(client, id, flags.json ? 'lines' : 'text');
  if (!flags.json) for (const line of followUpLines(await followUpsOf(client, id))) console.log(line);
  return exitCode;
}
