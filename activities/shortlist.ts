import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { candidateRequest } from '../accepting/candidate-request.ts';
import { nextOpening } from '../domain/calling-window.ts';
import { messageBody } from '../domain/message-body.ts';
import { presentWindow } from '../domain/present-window.ts';
import { endingOf, proofOf } from '../domain/shortlist/ending.ts';
import { recordedOf } from '../domain/shortlist/recorded.ts';
import { eventsBetween, type ShortlistProgress, shortlistView } from '../domain/shortlist/view.ts';
import { hoursOf } from '../domain/weekly-hours.ts';
import type { ShortlistMessage, StoredShortlist } from '../records/ports/shortlists.ts';
import { CandidateOvertaken } from '../records/shortlist-bookings.ts';
import { actsFor } from './belonging.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { heartbeating } from './heartbeating.ts';
import type { ShortlistActivities } from './interface.ts';
import { deliver, stateOrRetry } from './tell-client.ts';

/** How often a process with other accounts looks whether the shortlist is its own by now. */
const ELSEWHERE_MS = 60_000;

async function storedOf({ records }: ActivityDependencies, id: string): Promise<StoredShortlist> {
  const stored = await records.shortlist(id);
  if (stored) return stored;
  throw ApplicationFailure.nonRetryable('the shortlist is not in the database', 'UnknownShortlist');
}

const candidateHours =
  (deps: ActivityDependencies): ShortlistActivities['candidateHours'] =>
  async ({ id }) => {
    const { order } = await storedOf(deps, id);
    const now = clockOf(deps).now();
    const opens = order.candidates.map(({ business, zones }) => {
      // Erased before it was asked: its turn passes at once.
      if (!business) return now;
      const window = presentWindow(deps, { business, created_at: order.created_at }, now);
      return nextOpening(hoursOf(window, business.opening_hours), zones, now) ?? null;
    });
    return { at: now, opens };
  };

const placeCandidate =
  (deps: ActivityDependencies): ShortlistActivities['placeCandidate'] =>
  async ({ id, candidate, as, turn }) => {
    const { order, owner, accounts, progress } = await storedOf(deps, id);
    if (progress.outcome) throw ApplicationFailure.nonRetryable('the shortlist has its outcome', 'ShortlistFinal');
    if (!deps.children) throw new Error('cannot place a booking: this process accepts none');
    if (!actsFor(deps, { accounts, sandbox: accounts.mode === 'sandbox' })) {
      throw ApplicationFailure.create({
        type: 'OtherAccounts',
        message: 'the shortlist belongs to another mode or other accounts than this process works with',
        nextRetryDelay: ELSEWHERE_MS,
      });
    }
    const request = candidateRequest(order, candidate, as);
    if (!request) return { how: 'refused', result: 'error' };
    const parent = { shortlist: { id, candidate }, turn };
    const accepted = await deps.children.accept({ request, owner, parent }).catch((error: unknown) => {
      if (error instanceof CandidateOvertaken) return error;
      throw error;
    });
    if (accepted instanceof CandidateOvertaken) {
      deps.log.warn({ shortlist_id: id, candidate, reason: accepted.message }, 'could not ask a candidate now');
      return { how: 'overtaken' };
    }
    if ('order' in accepted) return { how: 'placed', booking_id: accepted.order.id };
    // The same candidate and turn are in the records, by an earlier build or as an erased booking.
    if ('booking_id' in accepted) return { how: 'placed', booking_id: accepted.booking_id };
    const fields = accepted.how === 'refused' ? accepted.fields : [];
    deps.log.warn({ shortlist_id: id, candidate, fields }, 'could not place the booking of a candidate');
    return { how: 'refused', result: fields.some(({ field }) => field === 'not_after') ? 'expired' : 'error' };
  };

const candidateEnding =
  ({ records }: ActivityDependencies): ShortlistActivities['candidateEnding'] =>
  async ({ booking_id }) => {
    const stored = await records.booking(booking_id);
    if (stored) return endingOf(stored.view);
    const none = { confirmed_date: null, confirmed_time: null };
    return { booking_id, result: 'lost', ...none, simulated: false, reviewed: false };
  };

const recallShortlist =
  (deps: ActivityDependencies): ShortlistActivities['recallShortlist'] =>
  async ({ id }) => {
    await deps.records.dropUnstartedOf(id);
    return recordedOf(await storedOf(deps, id), await deps.records.bookingsOfShortlist(id));
  };

/** The progress with the proof, which the booking's record has; a review has none. */
async function proved({ records }: ActivityDependencies, progress: ShortlistProgress): Promise<ShortlistProgress> {
  const { outcome } = progress;
  if (outcome?.result !== 'confirmed' || outcome.booking_id === null) return progress;
  const booking = await records.booking(outcome.booking_id);
  return { ...progress, outcome: { ...outcome, proof: booking ? proofOf(booking.view) : null } };
}

const messageOf = (stored: StoredShortlist, progress: ShortlistProgress): ShortlistMessage => ({
  id: `msg_${stored.order.id}_completed`,
  type: 'shortlist.completed',
  timestamp: progress.updated_at,
  data: shortlistView(stored.order, progress),
});

const saveShortlist =
  (deps: ActivityDependencies): ShortlistActivities['saveShortlist'] =>
  async ({ id, version, progress }) => {
    const stored = await storedOf(deps, id);
    const known = await proved(deps, progress);
    const { outcome } = known;
    await deps.records.saveShortlist({
      id,
      // The outcome of a run that was set back comes under a version that was written before.
      version: outcome ? Math.max(version, stored.version + 1) : version,
      progress: known,
      // Since the last write that counted: the run may not know it.
      events: eventsBetween(stored.version === 0 ? undefined : stored.progress, known),
      message: outcome && stored.order.callback_url ? messageOf(stored, known) : undefined,
    });
  };

const tellShortlistClient =
  (deps: ActivityDependencies): ShortlistActivities['tellShortlistClient'] =>
  async ({ id, until }) => {
    const { records, callbacks, log } = deps;
    const url = (await records.shortlist(id))?.order.callback_url;
    const told = await records.shortlistMessage(id);
    // Erased meanwhile: there is nothing to send.
    if (!url || !callbacks || !told) return 'given_up';
    const { message } = told;
    const delivery = await deliver(deps, callbacks, { url, id: message.id, body: messageBody(message), until });
    const { state, pause: _, ...answer } = delivery;
    await records.addShortlistDelivery(id, answer, state);
    const { attempt } = activityInfo();
    log.info({ shortlist_id: id, message: message.id, attempt, ...answer, state }, 'client notified');
    return stateOrRetry(delivery);
  };

/** The activities of a shortlist. */
export const shortlist = (deps: ActivityDependencies): ShortlistActivities => ({
  candidateHours: (of) => heartbeating(() => candidateHours(deps)(of)),
  placeCandidate: (of) => heartbeating(() => placeCandidate(deps)(of)),
  candidateEnding: (of) => heartbeating(() => candidateEnding(deps)(of)),
  recallShortlist: (of) => heartbeating(() => recallShortlist(deps)(of)),
  cancelCandidate: ({ booking_id }) =>
    heartbeating(async () => {
      // One that has its outcome, or no run, is found by the next look at its record.
      await deps.children?.cancel(booking_id);
    }),
  saveShortlist: (progress) => heartbeating(() => saveShortlist(deps)(progress)),
  tellShortlistClient: (of) => heartbeating(() => tellShortlistClient(deps)(of)),
});
