import { batchActivities } from '../../../activities/batches.ts';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import { erasure } from '../../../activities/erase.ts';
import type { BatchGateway } from '../../../delivery/batch-gateway.ts';
import type { BookingGateway } from '../../../delivery/gateway.ts';
import { batchErasureRunId, canceledMessageId, completedMessageId } from '../../../domain/batch/ids.ts';
import type { BookingRuns } from '../../../domain/booking-runs.ts';
import { erasureRunId } from '../../../domain/erasure.ts';
import { iso } from '../../../domain/iso.ts';
import type { RunStanding } from '../../../domain/lost-run.ts';
import type { BookingInput } from '../../../domain/order.ts';
import { carryBatch, type Heard } from '../../../workflows/carry-batch.ts';
import { Random } from '../random.ts';
import { BookingRun } from './booking-run.ts';
import type { Engine, Run } from './engine.ts';
import type { House, Work } from './house.ts';
import type { Phones } from './phones.ts';
import type { FateKind, Schedule } from './schedule.ts';

const TURN = { start_ms: 300_000, heartbeat_ms: 30_000 };
const ERASING = { start_ms: 600_000, heartbeat_ms: 30_000, longest_ms: 600_000 };
const DAY_MS = 86_400_000;

/** What Temporal has of batches and bookings, and how processes reach it. */
export class Temporal {
  readonly bookings = new Map<string, BookingRun>();
  /** Bookings that were ever started, in their order. */
  readonly started: BookingInput[] = [];
  /** Messages that a batch is completed, by their ids; each is one run. */
  readonly told: string[] = [];
  readonly #engine: Engine;
  readonly #house: House;
  readonly #phones: Phones;
  readonly #schedule: Schedule;
  readonly #random: Random;
  readonly #heard = new Map<string, Heard>();

  constructor(engine: Engine, house: House, phones: Phones, schedule: Schedule) {
    this.#engine = engine;
    this.#house = house;
    this.#phones = phones;
    this.#schedule = schedule;
    this.#random = new Random(schedule.seed + 31);
    phones.tell = ({ booking_id }, evidence) => {
      if (this.#random.chance(schedule.webhooks_lost)) return house.note('webhook lost');
      this.#engine.timeline.plan(20, () => this.#booking(booking_id)?.apply({ type: 'evidence', evidence }));
    };
  }

  #booking(id: string): BookingRun | undefined {
    return this.#engine.open(id) && this.bookings.get(id);
  }

  #deliver(fate: FateKind | undefined, act: () => void): void {
    const { timeline } = this.#engine;
    if (fate === 'lost') return;
    // A run that was open when it took a signal hears it before it ends.
    if (fate === 'late') timeline.plan(this.#random.int(30_000, 600_000), act);
    else act();
    if (fate === 'twice') timeline.plan(this.#random.int(10, 20_000), act);
  }

  #startBooking(input: BookingInput): void {
    const { id } = input.order;
    if (this.#engine.runs.has(id)) return;
    this.started.push(input);
    this.#engine.start('booking', id, async (run) => {
      const booking = new BookingRun(this.#engine, this.#phones, run, input);
      this.bookings.set(id, booking);
      return booking.live();
    });
  }

  #wake(batchId: string, fate: FateKind | undefined): void {
    if (fate === 'lost') return;
    if (this.#engine.open(batchId)) this.#deliver(fate, () => this.#hear(batchId, 'changes'));
    else this.#startBatch(batchId);
  }

  #hear(batchId: string, what: keyof Heard): void {
    const run = this.#engine.open(batchId);
    if (!run) return;
    this.#heard.get(batchId)![what] += 1;
    this.#engine.poke(run);
  }

  #startBatch(batchId: string): void {
    this.#engine.start('batch', batchId, (run) => this.#carry(run));
  }

  #carry(run: Run): Promise<void> {
    const batch_id = run.id;
    const heard: Heard = { changes: 0, ended: 0 };
    this.#heard.set(batch_id, heard);
    let turns = 0;
    return carryBatch(heard, {
      feed: (thorough) => {
        turns += 1;
        return this.#engine.activity(run, TURN, (deps) => batchActivities(deps).feedBatch({ batch_id, thorough }));
      },
      tell: async (how) =>
        this.#tell(batch_id, how === 'canceled' ? canceledMessageId(batch_id) : completedMessageId(batch_id, how)),
      mustGoOnAnew: () => turns >= this.#schedule.turns,
      goOnAnew: () => {
        this.#house.note('run continued anew');
        return this.#engine.goOnAnew(run, (next) => this.#carry(next));
      },
      now: () => this.#engine.timeline.now,
      until: (isSo, ms) => this.#engine.until(run, isSo, ms),
    });
  }

  #tell(batch_id: string, message_id: string): void {
    if (this.#engine.runs.has(message_id)) return;
    this.told.push(message_id);
    const until = iso(this.#engine.timeline.now + DAY_MS);
    this.#engine.start('message', message_id, (run) =>
      this.#engine.activity(
        run,
        { start_ms: 60_000, heartbeat_ms: 60_000, first_ms: 5_000, longest_ms: 3_600_000 },
        (deps) => batchActivities(deps).tellOfBatch({ batch_id, message_id, until }),
      ),
    );
  }

  eraseBooking(booking_id: string): Promise<unknown> {
    const id = erasureRunId(booking_id);
    if (this.#engine.open(id)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#engine.start('erasure', id, async (run) => {
        await this.#engine.activity(run, ERASING, (deps) => erasure(deps).forgetBooking({ booking_id }));
        await this.#engine.activity(run, ERASING, (deps) => erasure(deps).finishErasure({ booking_id }));
        resolve(undefined);
      });
    });
  }

  #eraseBatch(batch_id: string): void {
    const id = batchErasureRunId(batch_id);
    if (this.#engine.open(id)) return;
    const perform = <T>(run: Run, act: (deps: ActivityDependencies) => Promise<T>) =>
      this.#engine.activity(run, ERASING, act);
    this.#engine.start('erasure', id, async (run) => {
      for (let after: number | undefined = 0; after !== undefined; ) {
        const from: number = after;
        const begun = await perform(run, (deps) => batchActivities(deps).beginBatchErasures({ batch_id, after: from }));
        await Promise.all(begun.booking_ids.map((booking) => this.eraseBooking(booking)));
        after = begun.next;
      }
      await perform(run, (deps) => batchActivities(deps).forgetBatch({ batch_id }));
      await perform(run, (deps) => batchActivities(deps).finishBatchErasure({ batch_id }));
    });
  }

  #standing(bookingId: string): RunStanding {
    const run = this.#engine.runs.get(bookingId);
    if (run?.is === 'open') return { is: 'open' };
    return { is: 'gone', ...(run?.is === 'closed' && { outcome: this.bookings.get(bookingId)?.outcome }) };
  }

  batches(work: Work): BatchGateway {
    return {
      wake: (id) => this.#house.operate(work, 'engine', 'wake', [id], (fate) => this.#wake(id, fate)),
      retime: (id, not_after) =>
        this.#house.operate(work, 'engine', 'retime', [id], (fate) =>
          this.#deliver(fate, () =>
            this.#booking(id)?.apply({ type: 'not_after_changed', not_after: not_after ?? null }),
          ),
        ),
      erase: (id) => this.#house.operate(work, 'engine', 'erase', [id], () => this.#eraseBatch(id)),
    };
  }

  gateway(work: Work): Pick<BookingGateway, 'start' | 'cancel' | 'childEnded' | 'standing' | 'tell' | 'erase'> {
    const operate = <T>(name: string, arg: unknown, effect: (fate: FateKind | undefined) => T): Promise<T> =>
      this.#house.operate(work, 'engine', name, [arg], effect);
    return {
      start: (input) => operate('start', input, () => this.#startBooking(input)),
      cancel: (id) =>
        operate('cancel', id, () => {
          const booking = this.#booking(id);
          if (!booking) return { answer: 'not_found' as const };
          if (booking.state.outcome !== null) return { answer: 'final' as const };
          booking.apply({ type: 'cancel_requested' });
          return { answer: 'accepted' as const };
        }),
      childEnded: (parent, id) =>
        operate('childEnded', id, (fate) => this.#deliver(fate, () => this.#hear(parent, 'ended'))),
      standing: (id) => operate('standing', id, () => this.#standing(id)),
      tell: async () => undefined,
      erase: (id) => operate('eraseBooking', id, () => void this.eraseBooking(id)),
    };
  }

  lineHanded = (work: Work, id: string): Promise<'told' | 'gone'> =>
    this.#house.operate(work, 'engine', 'lineHanded', [id], (fate) => {
      if (!this.#booking(id)) return 'gone';
      this.#deliver(fate, () => this.#booking(id)?.lineHanded());
      return 'told';
    });

  stillWanted = (work: Work, callId: string, bookingId: string): Promise<boolean> =>
    this.#house.operate(
      work,
      'engine',
      'stillWanted',
      [callId],
      () => this.#booking(bookingId)?.stillWants(callId) ?? false,
    );

  forgetRuns = (work: Work, ids: readonly string[]): Promise<number> =>
    this.#house.operate(work, 'engine', 'forgetRuns', [ids], () => {
      for (const id of ids) this.#engine.end(id);
      return 0;
    });

  runs(work: Work): BookingRuns {
    const open = [...this.#engine.runs.values()].filter(({ kind, is }) => kind === 'booking' && is === 'open');
    return {
      check: () => this.#house.operate(work, 'engine', 'check', [], () => undefined),
      async *open() {
        for (const { id, run_id } of open) yield { workflowId: id, runId: run_id };
      },
      standing: this.gateway(work).standing,
      inputOf: async () => undefined,
      mayRing: async () => false,
      requestCancel: async () => undefined,
      tellWindow: async () => true,
      tell: async () => undefined,
    };
  }
}
