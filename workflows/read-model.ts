import { proxyActivities, proxyLocalActivities, sleep } from '@temporalio/workflow';
import type { RecordActivities } from '../activities/interface.ts';
import { eventKey } from '../domain/event-key.ts';
import type { Evidence } from '../domain/evidence.ts';
import { viewOf } from '../domain/render.ts';
import type { BookingState } from '../domain/state.ts';
import type { BookingEvent, BookingView } from '../domain/view.ts';

const { saveSnapshot, forbidNumber } = proxyLocalActivities<RecordActivities>({
  startToCloseTimeout: '5 s',
  retry: { maximumAttempts: 2, initialInterval: '200 ms' },
});

/**
 * The outcome is written by an ordinary activity: a local one runs before its workflow task is accepted, and a task that is
 * refused (a cancel that arrives together with other news) would have published an outcome that never came to be.
 */
const { saveSnapshot: saveFinal } = proxyActivities<RecordActivities>({
  startToCloseTimeout: '10 s',
  retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '30 s' },
  summary: 'Write the outcome to the database',
});

/** Between two tries while the database is out of reach: the calls go on, only their record waits. */
const DATABASE_RETRY = '5 s';

/** Puts the number on the do-not-call list, for as long as it takes. */
export async function forbid(state: BookingState): Promise<void> {
  const { id, business } = state.input.order;
  for (;;) {
    try {
      return await forbidNumber({ booking_id: id, phone: business.phone });
    } catch {
      await sleep(DATABASE_RETRY);
    }
  }
}

const changed = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/**
 * Keeps the database's copy of a booking behind the workflow's state: one write at a time, each with what is new since
 * the last. A write that fails is repeated with everything that came meanwhile.
 */
export class ReadModel {
  private written: BookingView | undefined;
  private evidence: Evidence[] = [];
  private writing: Promise<void> | undefined;
  private readonly current: () => BookingState;

  constructor(current: () => BookingState) {
    this.current = current;
  }

  note(evidence: Evidence): void {
    this.evidence.push(evidence);
  }

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
    if (view.outcome && !before?.outcome) events.push({ type: 'final', at, outcome: view.outcome });
    return events;
  }

  private async write(): Promise<void> {
    for (;;) {
      const view = viewOf(this.current());
      const events = this.news(view);
      if (events.length === 0 && !changed({ ...view, updated_at: '' }, { ...this.written, updated_at: '' })) return;
      const noted = this.evidence.length;
      const keyed = events.map((event) => ({ key: eventKey(event), event }));
      try {
        const save = view.outcome ? saveFinal : saveSnapshot;
        await save({ version: this.current().revision, view, events: keyed });
        this.written = view;
        this.evidence = this.evidence.slice(noted);
      } catch {
        await sleep(DATABASE_RETRY);
      }
    }
  }

  /** Starts writing when there is something to write and nothing is being written. */
  refresh(): void {
    // The API wrote the queued booking before it started the workflow.
    if (!this.written && this.evidence.length === 0 && viewOf(this.current()).status === 'queued') return;
    this.writing ??= this.write().finally(() => {
      this.writing = undefined;
    });
  }

  /** Resolves when the database has everything. */
  async settled(): Promise<void> {
    this.refresh();
    while (this.writing) await this.writing;
    this.refresh();
    await this.writing;
  }
}
