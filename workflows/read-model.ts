import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { BookingActivities, CollectInput, RecordActivities } from '../activities/interface.ts';
import type { DialOnRecord, Evidence } from '../domain/evidence.ts';
import { iso } from '../domain/iso.ts';
import { viewOf } from '../domain/render.ts';
import { isSameValue } from '../domain/same-value.ts';
import type { BookingState, Call } from '../domain/state.ts';
import {
  type BookingEvent,
  type BookingSnapshot,
  type BookingView,
  ofAnyVersion,
  type Waiting,
} from '../domain/view.ts';
import { shownWait } from '../domain/waits.ts';
import { ON_RECORDS } from './local-activities.ts';
import { growingPause, retryForever } from './retry-forever.ts';

const { saveSnapshot, forbidNumber, heardSoFar, recall } = proxyLocalActivities<RecordActivities>(ON_RECORDS);

/**
 * An ordinary activity writes the outcome. A local one runs before its workflow task is accepted, and a rejected task (a cancel that
 * arrives together with other evidence) would have published an outcome that never existed.
 */
const { conclude } = proxyActivities<BookingActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 s',
  retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '30 s' },
  summary: 'Write the outcome; store transcript and recording',
});

/** The booking must not stay open for a provider that never has transcript or recording. */
const COLLECT_MS = 600_000;

/** Pause before a number is added to the do-not-call list again, once the database is back. */
const FORBID_PAUSE_MS = 60_000;

/** The view without what says when it was written, and without its wait: a new wait is written with its event. */
const lasting = ({ updated_at: _, waiting_for: _for, waiting_until: _until, ...view }: BookingView): object => view;

const differs = (view: BookingView, from: BookingView): boolean => !isSameValue(lasting(view), lasting(from));

/** State of the writes that a later run of the same booking needs. */
export interface Written {
  view: BookingView | undefined;
  evidence: Evidence[];
  told_wait: string;
}

/**
 * Writes the workflow's state to the database, one write at a time, each with the changes since the last one. A failed write is repeated
 * together with everything that came meanwhile.
 */
export class ReadModel {
  private written: BookingView | undefined;
  /** The view that a running activity was given to write. Its end shows whether it did. */
  private handed: BookingView | undefined;
  private evidence: Evidence[] = [];
  private writing: Promise<void> | undefined;
  private readonly current: () => BookingState;
  private readonly waiting: () => Waiting | undefined;
  /** Called after each use of the database with true when it was unreachable. */
  private readonly tell: (away: boolean) => void;
  /** The last wait that was written as an event. */
  private toldWait = '';

  constructor(
    current: () => BookingState,
    waiting: () => Waiting | undefined,
    tell: (away: boolean) => void,
    before?: Written,
  ) {
    this.current = current;
    this.waiting = waiting;
    this.tell = tell;
    this.written = before?.view && ofAnyVersion(before.view);
    this.evidence = before?.evidence ?? [];
    this.toldWait = before?.told_wait ?? '';
  }

  /** State for the next run; undefined while a write is in progress. */
  carry(): Written | undefined {
    if (this.writing || this.handed) return undefined;
    return { view: this.written, evidence: this.evidence, told_wait: this.toldWait };
  }

  note(evidence: Evidence): void {
    this.evidence.push(evidence);
  }

  /** Events are repeated until their write is confirmed: repeats are harmless. */
  private news(view: BookingView): BookingEvent[] {
    const at = view.updated_at;
    const before = this.written;
    const events: BookingEvent[] = [];
    if (!before) events.push({ type: 'status', at: view.created_at, status: 'queued', channel: null });
    for (const evidence of this.evidence) events.push({ type: 'evidence', at, evidence });
    if (view.status !== (before?.status ?? 'queued') || view.channel !== (before?.channel ?? null)) {
      events.push({ type: 'status', at, status: view.status, channel: view.channel });
    }
    for (const [index, attempt] of view.attempts.entries()) {
      if (!isSameValue(before?.attempts[index], attempt)) events.push({ type: 'attempt', at, attempt });
    }
    const waiting = this.waiting();
    if (waiting && this.waitKey() !== this.toldWait) {
      const wait = shownWait(waiting.waiting_for);
      events.push({ type: 'status', at, status: view.status, channel: view.channel, ...waiting, wait });
    }
    if (view.outcome && !before?.outcome) events.push({ type: 'final', at, outcome: view.outcome });
    return events;
  }

  /** Distinguishes waits. Repeated requests for a busy line are one wait. */
  private waitKey(): string {
    const waiting = this.waiting();
    return waiting ? JSON.stringify(waiting) : this.toldWait;
  }

  private snapshot(): BookingSnapshot {
    const view = viewOf(this.current(), this.waiting());
    return { version: this.current().revision, view, events: this.news(view) };
  }

  /** Unwritten changes. `conclude` writes the outcome. */
  private changes(): { snapshot: BookingSnapshot; noted: number; wait: string } | undefined {
    if (this.current().outcome) return undefined;
    const snapshot = this.snapshot();
    const noted = this.evidence.length;
    const wait = this.waitKey();
    const known = this.handed ?? this.written;
    // The API wrote the queued booking before it started the workflow.
    const nothing = known ? !differs(snapshot.view, known) : snapshot.view.status === 'queued';
    return noted === 0 && wait === this.toldWait && nothing ? undefined : { snapshot, noted, wait };
  }

  private async write(first: NonNullable<ReturnType<ReadModel['changes']>>): Promise<void> {
    let pause = growingPause();
    for (let now: typeof first | undefined = first; now; now = this.changes()) {
      const { snapshot, noted, wait } = now;
      try {
        await saveSnapshot(snapshot);
        this.written = snapshot.view;
        this.handed = undefined;
        this.toldWait = wait;
        pause = growingPause();
        this.evidence = this.evidence.slice(noted);
        this.tell(false);
      } catch {
        this.tell(true);
        await pause();
      }
    }
  }

  /** Starts a write if there are changes and no write is in progress. */
  refresh(): void {
    if (this.writing) return;
    const changes = this.changes();
    if (!changes) return;
    this.writing = this.write(changes).finally(() => {
      this.writing = undefined;
    });
  }

  /** The changes, for an activity that writes them before its own work. This saves a separate write. */
  handOver(): BookingSnapshot {
    const snapshot = this.snapshot();
    this.handed = snapshot.view;
    return snapshot;
  }

  /** Ends a hand-over. Unless the activity certainly wrote, all changes are written again. */
  handedOver(wrote: boolean): void {
    if (wrote && this.handed) this.written = this.handed;
    this.handed = undefined;
  }

  /** Adds the number to the do-not-call list, once for each call with such a request. Retries until it succeeds. */
  forbid(callId: string): Promise<void> {
    const { id, business } = this.current().input.order;
    return retryForever(() => forbidNumber({ booking_id: id, call_id: callId, phone: business.phone }), {
      longestMs: FORBID_PAUSE_MS,
      tell: this.tell,
    });
  }

  /** Recorded evidence of an attempt's result, which may have come while the workflow could not be signaled. Retries until it succeeds. */
  heardSoFar({ call_id, call_sid, conversation_id }: Call): Promise<Evidence[]> {
    return retryForever(() => heardSoFar({ call_id, call_sid, conversation_id }), { tell: this.tell });
  }

  /** Every dial of this booking in the database, with its evidence. Retries until it succeeds. */
  recall(): Promise<{ dials: DialOnRecord[]; evidence: Evidence[] }> {
    const { id } = this.current().input.order;
    return retryForever(() => recall({ booking_id: id }), { tell: this.tell });
  }

  /** Writes the outcome, then stores transcripts and recordings. Resolves when the database has everything. */
  async conclude(talks: CollectInput[]): Promise<void> {
    while (this.writing) await this.writing;
    await conclude({
      snapshot: this.snapshot(),
      talks,
      collect_until: iso(Date.now() + COLLECT_MS),
    });
  }
}
