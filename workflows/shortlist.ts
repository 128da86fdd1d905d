import {
  CancellationScope,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { ShortlistActivities } from '../activities/interface.ts';
import { iso } from '../domain/iso.ts';
import { decideShortlist, type ShortlistEnd, type Step } from '../domain/shortlist/decide.ts';
import {
  type Fact,
  foldShortlist,
  initialShortlist,
  type ShortlistInput,
  type ShortlistState,
} from '../domain/shortlist/state.ts';
import { eventsBetween, progressOf, type ShortlistProgress } from '../domain/shortlist/view.ts';
import { childEnded, requestCancel } from './messages.ts';

const activities = proxyActivities<ShortlistActivities>({
  startToCloseTimeout: '1 minute',
  // A live call of a canceled shortlist must not go on until a worker that died counts as dead.
  heartbeatTimeout: '10 s',
  retry: { initialInterval: '1 s', maximumInterval: '1 minute' },
});

/** How long delivery to the client is retried. */
const TELL_FOR_MS = 24 * 3_600_000;
const { tellShortlistClient } = proxyActivities<ShortlistActivities>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: TELL_FOR_MS + 3_600_000,
  retry: { initialInterval: '5 s', maximumInterval: '1 h' },
  summary: 'Notify the client',
});

/** Pauses between two looks at a booking. Its end is signaled; the looks are for a lost signal. */
const FIRST_LOOK_MS = 10_000;
const LONGEST_LOOK_MS = 600_000;
/** The next run continues a shortlist that waits for days. */
const MAX_HISTORY_EVENTS = 1_000;

/** Passed to the next run of the same shortlist. */
export interface CarriedShortlist {
  state: Omit<ShortlistState, 'input'>;
  written: ShortlistProgress | undefined;
  version: number;
}

class Shortlist {
  state: ShortlistState;
  private written: ShortlistProgress | undefined;
  private version: number;
  /** Bookings whose end or review was signaled and not read yet. */
  private readonly ended = new Set<string>();
  private pause = FIRST_LOOK_MS;

  constructor(input: ShortlistInput, carried?: CarriedShortlist) {
    this.state = carried ? { ...carried.state, input } : initialShortlist(input);
    this.written = carried?.written;
    this.version = carried?.version ?? 0;
  }

  apply(fact: Fact): void {
    this.state = foldShortlist(this.state, fact, Date.now());
  }

  childEnded(bookingId: string): void {
    this.ended.add(bookingId);
  }

  /** Writes the changes, if there are any. */
  private async write(step: Step): Promise<void> {
    const { id } = this.state.input;
    const progress = progressOf(this.state, step, Date.now());
    const events = eventsBetween(this.written, progress);
    const waits = progress.waiting_until !== (this.written?.waiting_until ?? null);
    const canceled = progress.cancel_requested !== (this.written?.cancel_requested ?? false);
    if (events.length === 0 && !waits && !canceled) return;
    this.version += 1;
    await activities.saveShortlist({ id, version: this.version, progress, events });
    this.written = progress;
  }

  private async goOnAnew(): Promise<void> {
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (this.ended.size > 0 || (historyLength < MAX_HISTORY_EVENTS && !continueAsNewSuggested)) return;
    const { input, ...state } = this.state;
    await continueAsNew<typeof askShortlist>(input, { state, written: this.written, version: this.version });
  }

  /** Waits for a signal, at most for `ms`. */
  private async news(ms: number): Promise<void> {
    const { revision } = this.state;
    await condition(() => this.state.revision !== revision || this.ended.size > 0, Math.max(ms, 1));
  }

  private async read(bookingId: string): Promise<boolean> {
    const ending = await activities.candidateEnding({ booking_id: bookingId });
    if (ending) this.apply({ type: 'ended', ending });
    return ending !== undefined;
  }

  /** Reads a booking, and if it has no outcome yet, waits for its end, or until the next look. */
  private async watch(bookingId: string): Promise<void> {
    if (await this.read(bookingId)) {
      this.pause = FIRST_LOOK_MS;
      return;
    }
    await this.news(this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_LOOK_MS);
  }

  /** Waits for the review of a booking in doubt. */
  private async untilReviewed(bookingId: string): Promise<void> {
    await this.news(this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_LOOK_MS);
    const ending = await activities.candidateEnding({ booking_id: bookingId });
    if (!ending || ending.result === 'needs_review') return;
    this.pause = FIRST_LOOK_MS;
    this.apply({ type: 'ended', ending });
  }

  private async perform(step: Exclude<Step, { do: 'end' }>): Promise<void> {
    const { id } = this.state.input;
    switch (step.do) {
      case 'take_turn':
        this.pause = FIRST_LOOK_MS;
        return this.apply({ type: 'turn', candidate: step.candidate, as: step.as });
      case 'place': {
        const { candidate, as, turn } = step;
        const placed = await activities.placeCandidate({ id, candidate, as, turn });
        return this.apply(
          placed.how === 'placed'
            ? { type: 'placed', booking_id: placed.booking_id }
            : { type: 'refused', result: placed.result },
        );
      }
      case 'watch':
        return this.watch(step.booking_id);
      case 'halt':
        return this.untilReviewed(step.booking_id);
      case 'cancel':
        await activities.cancelCandidate({ booking_id: step.booking_id });
        return this.apply({ type: 'cancel_sent' });
      case 'look':
        return this.apply({ type: 'looked', openings: await activities.candidateHours({ id }) });
      case 'wait':
        return this.news(step.until - Date.now());
    }
  }

  /** Decides, writes, acts, until the shortlist has its end. */
  async run(): Promise<ShortlistEnd> {
    for (;;) {
      await this.goOnAnew();
      for (const bookingId of [...this.ended]) {
        this.ended.delete(bookingId);
        await this.read(bookingId);
      }
      const step = decideShortlist(this.state, Date.now());
      await this.write(step);
      setCurrentDetails(`${step.do} · ${this.state.candidates.length} candidates`);
      if (step.do === 'end') return step.end;
      await this.perform(step);
    }
  }
}

/**
 * A person's errand: several businesses are asked for the same, one after the other, until one confirms. `decideShortlist` has the policy;
 * each candidate that is asked is a separate booking. The history has ids and results only: the records have the rest.
 */
export async function askShortlist(input: ShortlistInput, carried?: CarriedShortlist): Promise<ShortlistEnd> {
  const shortlist = new Shortlist(input, carried);
  setHandler(childEnded, (bookingId) => shortlist.childEnded(bookingId), {
    description: 'A booking of this shortlist has its outcome, or a review',
  });
  const cancel = (): void => {
    if (!shortlist.state.cancel_requested) shortlist.apply({ type: 'cancel_requested' });
  };
  setHandler(requestCancel, cancel, { description: 'Cancel the shortlist; a live call is hung up' });
  // A cancel in the Temporal UI has the same meaning as the client's.
  void CancellationScope.current().cancelRequested.catch(cancel);
  return CancellationScope.nonCancellable(async () => {
    const end = await shortlist.run();
    const until = iso(Date.now() + TELL_FOR_MS);
    // The outcome stands, whether or not the client got the message.
    await tellShortlistClient({ id: input.id, until }).catch(() => undefined);
    return end;
  });
}
