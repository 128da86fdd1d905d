import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { BookingActivities, CollectInput, RecordActivities } from '../activities/interface.ts';
import type { DialOnRecord, Evidence } from '../domain/evidence.ts';
import { iso } from '../domain/iso.ts';
import { viewOf } from '../domain/render.ts';
import type { BookingState, Call } from '../domain/state.ts';
import type { BookingEvent, BookingSnapshot, BookingView, Waiting } from '../domain/view.ts';
import { insist, pauses } from './insist.ts';

const { saveSnapshot, forbidNumber, heardSoFar, recall } = proxyLocalActivities<RecordActivities>({
  startToCloseTimeout: '5 s',
  retry: { maximumAttempts: 2, initialInterval: '200 ms' },
});

/**
 * The outcome is written by an ordinary activity: a local one runs before its workflow task is accepted, and a task that is
 * refused (a cancel that arrives together with other news) would have published an outcome that never came to be.
 */
const { conclude } = proxyActivities<BookingActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 s',
  retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '30 s' },
  summary: 'Write the outcome; collect transcript and recording',
});

/** A provider that never has what outlives the call must not keep the booking open. */
const COLLECT_MS = 600_000;

/** A number that asked never to be called must not wait for long once the database is back. */
const FORBID_PAUSE_MS = 60_000;

const changed = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

const differs = (view: BookingView, from: BookingView | undefined): boolean =>
  changed({ ...view, updated_at: '' }, { ...from, updated_at: '' });

/** What a later run of the same booking must know of what was written. */
export interface Written {
  view: BookingView | undefined;
  evidence: Evidence[];
  told_wait: string;
}

/**
 * Keeps the database's copy of a booking behind the workflow's state: one write at a time, each with what is new since
 * the last. A write that fails is repeated with everything that came meanwhile.
 */
export class ReadModel {
  private written: BookingView | undefined;
  /** What an activity was given to write; whether it has, is known at its end. */
  private handed: BookingView | undefined;
  private evidence: Evidence[] = [];
  private writing: Promise<void> | undefined;
  private readonly current: () => BookingState;
  private readonly waiting: () => Waiting | undefined;
  /** Hears whether the database was away, each time that it was used. */
  private readonly tell: (away: boolean) => void;
  /** The wait that observers know of. */
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
    this.written = before?.view;
    this.evidence = before?.evidence ?? [];
    this.toldWait = before?.told_wait ?? '';
  }

  /** What the next run goes on from; undefined while a write is under way. */
  carry(): Written | undefined {
    if (this.writing || this.handed) return undefined;
    return { view: this.written, evidence: this.evidence, told_wait: this.toldWait };
  }

  note(evidence: Evidence): void {
    this.evidence.push(evidence);
  }

  /** Events are told again until their write is known to have happened: repeats are harmless. */
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
      if (changed(before?.attempts[index], attempt)) events.push({ type: 'attempt', at, attempt });
    }
    const waiting = this.waiting();
    if (waiting && this.waitKey() !== this.toldWait) {
      events.push({ type: 'status', at, status: view.status, channel: view.channel, ...waiting });
    }
    if (view.outcome && !before?.outcome) events.push({ type: 'final', at, outcome: view.outcome });
    return events;
  }

  /** Tells waits apart; asking again and again for a busy line is one wait. */
  private waitKey(): string {
    const waiting = this.waiting();
    return waiting ? JSON.stringify(waiting) : this.toldWait;
  }

  private snapshot(): BookingSnapshot {
    const view = viewOf(this.current());
    return { version: this.current().revision, view, events: this.news(view) };
  }

  private async write(): Promise<void> {
    let pause = pauses();
    for (;;) {
      // The outcome is not written here.
      if (this.current().outcome) return;
      const snapshot = this.snapshot();
      const noted = this.evidence.length;
      const wait = this.waitKey();
      const known = this.handed ?? this.written;
      // The API wrote the queued booking before it started the workflow.
      const nothing = known ? !differs(snapshot.view, known) : snapshot.view.status === 'queued';
      if (noted === 0 && wait === this.toldWait && nothing) return;
      try {
        await saveSnapshot(snapshot);
        this.written = snapshot.view;
        this.handed = undefined;
        this.toldWait = wait;
        pause = pauses();
        this.evidence = this.evidence.slice(noted);
        this.tell(false);
      } catch {
        this.tell(true);
        await pause();
      }
    }
  }

  /** Starts writing when there is something to write and nothing is being written. */
  refresh(): void {
    this.writing ??= this.write().finally(() => {
      this.writing = undefined;
    });
  }

  /** What is new, for an activity that writes it before its own work, so that this needs no step of its own. */
  handOver(): BookingSnapshot {
    const snapshot = this.snapshot();
    this.handed = snapshot.view;
    return snapshot;
  }

  /** That activity has come to its end. Unless it certainly wrote, everything is told again. */
  handedOver(wrote: boolean): void {
    if (wrote && this.handed) this.written = this.handed;
    this.handed = undefined;
  }

  /** Puts the number on the do-not-call list, for as long as it takes; once for each call in which that was asked for. */
  forbid(callId: string): Promise<void> {
    const { id, business } = this.current().input.order;
    return insist(() => forbidNumber({ booking_id: id, call_id: callId, phone: business.phone }), {
      longestMs: FORBID_PAUSE_MS,
      tell: this.tell,
    });
  }

  /** What is on record of an attempt's result: it may have come while nobody could tell this workflow. For as long as it takes. */
  heardSoFar({ call_id, call_sid, conversation_id }: Call): Promise<Evidence[]> {
    return insist(() => heardSoFar({ call_id, call_sid, conversation_id }), { tell: this.tell });
  }

  /** Every dial that the database has of this booking, and what came of them; for as long as it takes. */
  recall(): Promise<{ dials: DialOnRecord[]; evidence: Evidence[] }> {
    const { id } = this.current().input.order;
    return insist(() => recall({ booking_id: id }), { tell: this.tell });
  }

  /** Writes the outcome, and collects what outlives the calls. Resolves when the database has everything. */
  async conclude(talks: CollectInput[]): Promise<void> {
    while (this.writing) await this.writing;
    await conclude({
      snapshot: this.snapshot(),
      talks,
      collect_until: iso(Date.now() + COLLECT_MS),
    });
  }
}
