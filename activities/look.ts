import { tellParent } from '../delivery/tell-parent.ts';
import { traceBooking } from '../delivery/trace-booking.ts';
import type { BookingRuns, RunName } from '../domain/booking-runs.ts';
import { afterOpenTime } from '../domain/calling-window.ts';
import { PHONE_CHANNELS } from '../domain/channels.ts';
import { isBookingId, lineIdOf } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { mostSecondsOf } from '../domain/leg.ts';
import { lostEnd, mayStillRing, type RunStanding } from '../domain/lost-run.ts';
import { finalMessageOf } from '../domain/message.ts';
import { policyOf } from '../domain/policy.ts';
import { presentWindow } from '../domain/present-window.ts';
import type { Outcome } from '../domain/result.ts';
import { hoursOf, sameWindow } from '../domain/weekly-hours.ts';
import { messageOf, safeMessage } from '../providers/mask.ts';
import type { OpenBooking } from '../records/ports/look.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { tellNext } from './hand-line.ts';
import { heartbeating } from './heartbeating.ts';
import type { LookActivities } from './interface.ts';
import { lookAtShortlists } from './look-shortlists.ts';

/**
 * A booking or a shortlist accepted less than this ago may be on its way to Temporal. (Only those with an acknowledged start are compared; at
 * a start of the process that is enough.)
 */
const FRESH_MS = 5_000;
const PAGE = 200;
/** Concurrent requests to Temporal. */
const AT_ONCE = 10;
/** After this many failed queries of single runs, Temporal counts as unreachable. */
const MAX_FAILURES = 10;
/** Parameters of one query. */
const IDS_AT_ONCE = 500;
/** From this many lost bookings on, it is reported when Temporal knows no open booking at all. */
const TOLD_OF_ALL = 2;
/** A booking may wait for its number beyond its budgets, but hardly this long. */
const OVERDUE_MS = 2 * 86_400_000;
/** The contract bounds one call to an hour; longer times in a stranger's run are not believed. */
const MAX_LEG_SECONDS = 3_900;

export interface Look {
  /** True while the process starts: its workers do not run yet, so no workflow can be queried. */
  starting?: boolean;
  /** Aborts the look. */
  signal?: AbortSignal | undefined;
}

/** Result of a look. */
export interface Looked {
  open: number;
  /** Bookings that were ended because their run is gone. */
  ended: number;
  /** Runs without a booking. */
  strays: number;
  /** Bookings that were signaled new calling hours. */
  told: number;
  /** Shortlists whose run was gone, and that go on. */
  resumed: number;
}

type LookDependencies = ActivityDependencies & { runs: BookingRuns };

/**
 * Compares the database with Temporal. Ends a booking whose run is gone, with an honest outcome. Reports a run without a booking to
 * operators, and holds its number's line while it may have a call. Signals the present calling hours to bookings that wait by older ones.
 * Gives a shortlist whose run is gone another one.
 * @throws when one of the two does not answer: then nothing is proved
 */
export async function lookOver(deps: LookDependencies, { starting = false, signal }: Look = {}): Promise<Looked> {
  const fresh_ms = starting ? 0 : FRESH_MS;
  await deps.runs.check();
  const running = await openRuns(deps);
  const strays = running ? await lookAtStrays(deps, running, starting, signal) : 0;
  const looked: Looked = { open: 0, ended: 0, strays, told: 0, resumed: 0 };
  const lost = new Map<string, Outcome | undefined>();
  const overdue: string[] = [];
  const failures: unknown[] = [];
  for (const status of ['queued', 'in_progress'] as const) {
    for await (const page of pagesOf(deps, status, fresh_ms)) {
      looked.open += page.length;
      for (let from = 0; from < page.length; from += AT_ONCE) {
        signal?.throwIfAborted();
        await Promise.all(
          page.slice(from, from + AT_ONCE).map(async (booking) => {
            const { id } = booking.order;
            // The list may still show a run that has just closed: the next look finds it.
            const standing = running?.has(id) ? ({ is: 'open' } as const) : await standingOf(deps, id, failures);
            if (!standing) return;
            if (standing.is === 'gone') return void lost.set(id, standing.outcome);
            if (isOverdue(deps, booking)) overdue.push(id);
            if (await tellWindow(deps, booking)) looked.told += 1;
          }),
        );
      }
    }
  }
  if (lost.size >= TOLD_OF_ALL && lost.size === looked.open) {
    const message = `this Temporal knows none of the ${lost.size} open bookings: they belong to another Temporal (see TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE), or its database is new or was restored. They end as needs_review`;
    deps.alarms.raise('other_engine', message, { count: lost.size });
  }
  if (overdue.length > 0) {
    const message = `${overdue.length} bookings are still open long after their budgets: their runs are stuck`;
    deps.alarms.raise('booking_overdue', message, { booking_ids: overdue.slice(0, 10) });
  }
  for (const [id, said] of lost) {
    signal?.throwIfAborted();
    if (await endLost(deps, id, said)) looked.ended += 1;
  }
  if (deps.shortlistRuns) looked.resumed = await lookAtShortlists(deps, deps.shortlistRuns, { fresh_ms, signal });
  // The other bookings are done; a retry asks for these again.
  if (failures.length > 0) throw failures[0];
  return looked;
}

/**
 * Undefined: the state of this run is unknown.
 * @throws when too many runs are unknown
 */
async function standingOf(
  { runs }: LookDependencies,
  bookingId: string,
  failures: unknown[],
): Promise<RunStanding | undefined> {
  try {
    return await runs.standing(bookingId);
  } catch (error) {
    failures.push(error);
    if (failures.length > MAX_FAILURES) throw error;
    return undefined;
  }
}

/** Undefined: Temporal cannot list runs; then each booking's run is queried separately. */
async function openRuns({ runs, log }: LookDependencies): Promise<Map<string, string> | undefined> {
  try {
    const found = new Map<string, string>();
    for await (const { workflowId, runId } of runs.open()) found.set(workflowId, runId);
    return found;
  } catch (error) {
    log.warn({ err: error }, 'could not list the open runs: querying the run of each booking');
    return undefined;
  }
}

async function* pagesOf(
  deps: LookDependencies,
  status: 'queued' | 'in_progress',
  freshMs: number,
): AsyncGenerator<OpenBooking[]> {
  const accepted_before = iso(clockOf(deps).now() - freshMs);
  let after: { created_at: string; id: string } | undefined;
  for (;;) {
    const page = await deps.records.openBookings({ status, accepted_before, after, limit: PAGE });
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    const { created_at, id } = page.at(-1)!.order;
    after = { created_at, id };
  }
}

/** Ends one booking whose run is gone; false: it got its outcome meanwhile. */
async function endLost(deps: LookDependencies, bookingId: string, said: Outcome | undefined): Promise<boolean> {
  const { records, runs, log } = deps;
  const stored = await records.booking(bookingId);
  if (!stored || stored.view.outcome) return false;
  const now = clockOf(deps).now();
  const view = lostEnd(stored.view, stored.sandbox, said, now);
  if (!(await records.endLost(view))) return false;
  await traceBooking({ records, log, clock: clockOf(deps) }, view, now);
  const { result } = view.outcome!;
  if (said) log.warn({ booking_id: bookingId, result }, 'wrote the outcome of a run, which was not on record');
  else {
    const message = `the run of ${bookingId} is gone from Temporal; the booking was ended as ${result}`;
    deps.alarms.raise('run_lost', message, { booking_id: bookingId });
  }
  // A line whose call may still go on is released when the call must be over.
  if (!mayStillRing(stored.view)) {
    const line_id = lineIdOf(deps.phoneHash(stored.order.business.phone));
    const asked_at = iso(now);
    await tellNext(deps, await records.releaseLine({ line_id, booking_id: bookingId, asked_at }));
    await tellNext(deps, await records.releaseSlotsOf(bookingId));
  }
  await tellParent(view, deps);
  if (stored.order.callback_url) {
    const message = finalMessageOf(view);
    await records.putMessage(message);
    await runs.tell(message).catch((error: unknown) => {
      log.warn({ booking_id: bookingId, err: error }, 'could not start the callback of an ended booking');
    });
  }
  return true;
}

async function tellWindow(deps: LookDependencies, { order, calling_window }: OpenBooking): Promise<boolean> {
  const { records, runs, log } = deps;
  const present = presentWindow(deps, order, clockOf(deps).now());
  if (calling_window && sameWindow(calling_window, present)) return false;
  try {
    if (!(await runs.tellWindow(order.id, present))) return false;
    await records.noteWindow(order.id, present);
    return true;
  } catch (error) {
    log.warn({ booking_id: order.id, err: error }, 'could not signal the present calling hours to a booking');
    return false;
  }
}

function isOverdue(deps: LookDependencies, { order }: OpenBooking): boolean {
  const budgets = PHONE_CHANNELS.map((channel) => policyOf(order, channel)).reduce(
    (sum, { enabled, budget_seconds }) => sum + (enabled ? budget_seconds : 0),
    0,
  );
  const now = clockOf(deps).now();
  const hours = hoursOf(presentWindow(deps, order, now), order.business.opening_hours);
  const from = Date.parse(order.not_before ?? order.created_at);
  const end = afterOpenTime(hours, order.zones, from, budgets * 1000);
  return end !== undefined && now > end + OVERDUE_MS;
}

/** Runs without a booking: our database is older than Temporal's, or somebody started the run past the API. */
async function lookAtStrays(
  deps: LookDependencies,
  running: ReadonlyMap<string, string>,
  starting: boolean,
  signal: AbortSignal | undefined,
): Promise<number> {
  const ids = [...running.keys()];
  const strays: string[] = ids.filter((id) => !isBookingId(id));
  const named = ids.filter(isBookingId);
  for (let from = 0; from < named.length; from += IDS_AT_ONCE) {
    for (const id of await deps.records.unknownAmong(named.slice(from, from + IDS_AT_ONCE))) {
      // Temporal deletes the runs of an erasure asynchronously.
      if (!(await deps.records.erasure(id))) strays.push(id);
    }
  }
  for (const workflowId of strays) {
    signal?.throwIfAborted();
    await lookAtStray(deps, { workflowId, runId: running.get(workflowId)! }, starting);
  }
  return strays.length;
}

async function lookAtStray(deps: LookDependencies, run: RunName, starting: boolean): Promise<void> {
  const workflow_id = run.workflowId.slice(0, 100);
  const message =
    'a run has no accepted booking, so it calls nobody. Our database is older than Temporal’s, or somebody started the run without the API';
  deps.alarms.raise('run_without_booking', message, { workflow_id });
  try {
    // Before the workers run, no workflow can answer: then the run may have a call.
    const ringing = starting || (await deps.runs.mayRing(run).catch(() => true));
    if (ringing) await holdItsLine(deps, run);
    else await deps.runs.requestCancel(run);
  } catch (error) {
    const reason = safeMessage(messageOf(error));
    deps.log.warn({ workflow_id, reason }, 'could not handle a run without a booking: the next look tries again');
  }
}

/** Keeps other bookings from the number while this run's call may go on. */
async function holdItsLine(deps: LookDependencies, run: RunName): Promise<void> {
  const { order } = Object(await deps.runs.inputOf(run)) as {
    order?: { business?: { phone?: unknown }; escalation?: unknown };
  };
  const phone = order?.business?.phone;
  if (typeof phone !== 'string') return;
  const policies = Object(order?.escalation) as Record<string, Parameters<typeof mostSecondsOf>[0]>;
  const given = PHONE_CHANNELS.filter((channel) => channel in policies);
  const longest = Math.max(...given.map((channel) => mostSecondsOf(Object(policies[channel]))));
  const seconds = longest > 0 && longest < MAX_LEG_SECONDS ? longest : MAX_LEG_SECONDS;
  const now = clockOf(deps).now();
  await deps.records.takeLine({
    line_id: lineIdOf(deps.phoneHash(phone)),
    booking_id: run.workflowId,
    now: iso(now),
    until: iso(now + seconds * 1000),
  });
}

export const look = (deps: ActivityDependencies): Pick<LookActivities, 'lookOver'> => ({
  lookOver: () =>
    heartbeating(async () => {
      const { runs } = deps;
      if (!runs) throw new Error('cannot compare bookings and runs: Temporal lists no runs');
      const looked = await lookOver({ ...deps, runs });
      if (looked.ended + looked.strays + looked.told + looked.resumed > 0)
        deps.log.info({ ...looked }, 'bookings and runs compared');
    }),
});
