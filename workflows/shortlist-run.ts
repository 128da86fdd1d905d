import type { ShortlistActivities } from '../activities/interface.ts';
import type { CarriedShortlist } from '../domain/shortlist/carried.ts';
import { decideShortlist, type ShortlistEnd, type Step } from '../domain/shortlist/decide.ts';
import {
  type Fact,
  foldShortlist,
  initialShortlist,
  type ShortlistInput,
  type ShortlistState,
} from '../domain/shortlist/state.ts';
import { eventsBetween, progressOf, type ShortlistProgress } from '../domain/shortlist/view.ts';

/** Pauses between two looks at a booking. Its end is signaled; the looks are for a lost signal. */
const FIRST_LOOK_MS = 10_000;
const LONGEST_LOOK_MS = 600_000;

/** All that a run uses: Temporal, or the clock of the simulator. */
export interface Ground {
  activities: Omit<ShortlistActivities, 'tellShortlistClient'>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves once `ready` is true, at the latest after so many milliseconds. */
  until(ready: () => boolean, ms: number): Promise<void>;
  /** The history is long: the next run goes on. */
  isLong(): boolean;
  /** Ends this run and begins the next. */
  goOnAnew(input: ShortlistInput, carried: CarriedShortlist): Promise<void>;
  /** Shown to operators. */
  details(text: string): void;
  /** False for a run of an earlier build that placed a booking here all the same. */
  looksOnceMore(): boolean;
}

/** One run of a shortlist: it decides, writes and acts, until the shortlist has its end. It survives everything that its ground survives. */
export class ShortlistRun {
  state: ShortlistState;
  private readonly ground: Ground;
  private written: ShortlistProgress | undefined;
  private version: number;
  /** Bookings whose end or review was signaled and not read yet. */
  private readonly ended = new Set<string>();
  private pause = FIRST_LOOK_MS;

  constructor(ground: Ground, input: ShortlistInput, carried?: CarriedShortlist) {
    this.ground = ground;
    this.state = carried ? { ...carried.state, input } : initialShortlist(input);
    this.written = carried?.written;
    this.version = carried?.version ?? 0;
  }

  childEnded(bookingId: string): void {
    this.ended.add(bookingId);
  }

  cancel(): void {
    if (!this.state.cancel_requested) this.apply({ type: 'cancel_requested' });
  }

  /** The last write. */
  get standing(): Pick<CarriedShortlist, 'written' | 'version'> {
    return { written: this.written, version: this.version };
  }

  private apply(fact: Fact): void {
    this.state = foldShortlist(this.state, fact, this.ground.now());
  }

  private decide(): Step {
    return decideShortlist(this.state, this.ground.now());
  }

  /** Writes the changes, if there are any. */
  private async write(step: Step): Promise<void> {
    const { id } = this.state.input;
    const progress = progressOf(this.state, step, this.ground.now());
    const events = eventsBetween(this.written, progress);
    const waits = progress.waiting_until !== (this.written?.waiting_until ?? null);
    const canceled = progress.cancel_requested !== (this.written?.cancel_requested ?? false);
    if (events.length === 0 && !waits && !canceled) return;
    this.version += 1;
    await this.ground.activities.saveShortlist({ id, version: this.version, progress, events });
    this.written = progress;
  }

  private async goOnAnew(): Promise<void> {
    if (this.ended.size > 0 || !this.ground.isLong()) return;
    const { input, ...state } = this.state;
    await this.ground.goOnAnew(input, { state, ...this.standing });
  }

  /** Waits for a signal, at most for `ms`. */
  private async news(ms: number): Promise<void> {
    const { revision } = this.state;
    await this.ground.until(() => this.state.revision !== revision || this.ended.size > 0, Math.max(ms, 1));
  }

  /** Waits for a signal; without one, longer each time. */
  private async newsOfBooking(): Promise<void> {
    await this.news(this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_LOOK_MS);
  }

  private async read(bookingId: string): Promise<boolean> {
    const ending = await this.ground.activities.candidateEnding({ booking_id: bookingId });
    if (ending) this.apply({ type: 'ended', ending });
    return ending !== undefined;
  }

  /** Reads a booking, and if it has no outcome yet, waits for its end, or until the next look. */
  private async watch(bookingId: string): Promise<void> {
    if (await this.read(bookingId)) {
      this.pause = FIRST_LOOK_MS;
      return;
    }
    await this.newsOfBooking();
  }

  /** Waits for the review of a booking in doubt. */
  private async untilReviewed(bookingId: string): Promise<void> {
    await this.newsOfBooking();
    const ending = await this.ground.activities.candidateEnding({ booking_id: bookingId });
    if (!ending || ending.result === 'needs_review') return;
    this.pause = FIRST_LOOK_MS;
    this.apply({ type: 'ended', ending });
  }

  private async recall(): Promise<void> {
    const { id } = this.state.input;
    this.apply({ type: 'recalled', recorded: await this.ground.activities.recallShortlist({ id }) });
  }

  private async place({ candidate, as, turn }: Step & { do: 'place' }): Promise<void> {
    const { id } = this.state.input;
    const placed = await this.ground.activities.placeCandidate({ id, candidate, as, turn });
    if (placed.how === 'placed') return this.apply({ type: 'placed', booking_id: placed.booking_id });
    if (placed.how === 'refused') return this.apply({ type: 'refused', result: placed.result });
    await this.recall();
    // The records forbid what the state still wants.
    if (this.decide().do === 'place') await this.newsOfBooking();
  }

  private async perform(step: Exclude<Step, { do: 'end' }>): Promise<void> {
    switch (step.do) {
      case 'take_turn':
        this.pause = FIRST_LOOK_MS;
        return this.apply({ type: 'turn', candidate: step.candidate, as: step.as });
      case 'place':
        return this.place(step);
      case 'recall':
        return this.recall();
      case 'watch':
        return this.watch(step.booking_id);
      case 'halt':
        return this.untilReviewed(step.booking_id);
      case 'cancel':
        await this.ground.activities.cancelCandidate({ booking_id: step.booking_id });
        return this.apply({ type: 'cancel_sent' });
      case 'look': {
        const { id } = this.state.input;
        return this.apply({ type: 'looked', openings: await this.ground.activities.candidateHours({ id }) });
      }
      case 'wait':
        return this.news(step.until - this.ground.now());
    }
  }

  /** A cancel or a ring-back may have come while the step was written. */
  private isStill(step: Step): boolean {
    return step.do !== 'place' || this.decide().do === 'place' || !this.ground.looksOnceMore();
  }

  /** Until the shortlist has its end. */
  async run(): Promise<ShortlistEnd> {
    for (;;) {
      await this.goOnAnew();
      for (const bookingId of [...this.ended]) {
        this.ended.delete(bookingId);
        await this.read(bookingId);
      }
      const step = this.decide();
      await this.write(step);
      this.ground.details(`${step.do} · ${this.state.candidates.length} candidates`);
      if (step.do === 'end') return step.end;
      if (this.isStill(step)) await this.perform(step);
    }
  }
}
