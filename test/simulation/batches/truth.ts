import type { BatchRequest } from '../../../accepting/batches/accept-batch.ts';
import type { Done } from './house.ts';
import type { RealCall } from './phones.ts';
import type { RowPlan, TimedCommand } from './schedule.ts';
import { isDisaster, type World } from './world.ts';

export const GUARANTEES = {
  one_booking: 'a row is at most one booking, and a booking is one row',
  no_row_lost: 'every row ends, and so do its batch and its booking',
  counts: 'the counts are those of the rows, at every moment',
  one_call: 'no number rings twice at once, and none more often than its booking allows',
  paused: 'once a pause is acknowledged, no further dial takes its place',
  canceled: 'once a cancel is acknowledged, no further dial takes its place',
  max_concurrent: 'a batch has at most `max_concurrent` calls at once',
  places: 'no provider has more calls at once than it has places',
  uncalled: 'a row that is invalid, a duplicate, forbidden or erased is not called',
  report: 'the report has every row once, with its result',
  told: 'a completion is told to the client once',
  freed: 'in the end no line and no place is taken, and nobody waits for one',
  erased: 'nothing is left of an erased batch',
  no_fault: 'nothing fails but what a disaster strikes',
} as const;
export type GuaranteeId = keyof typeof GUARANTEES;

export interface Violation {
  guarantee: GuaranteeId;
  why: string;
}

/** A command as the client sent it, and as it was acknowledged; times in ms since 1970. */
export interface Told {
  batch: number;
  command: TimedCommand;
  asked_at: number;
  /** Undefined: no answer yet, or a refusal. */
  acked_at: number | undefined;
  /** The row had its booking, or none that could come, when it was canceled. */
  known?: boolean;
}

/** What the client knows of a batch that it sent. */
export interface SentBatch {
  request: BatchRequest;
  /** Rows that it sent and that were accepted, by key. */
  rows: Map<string, RowPlan>;
  /** Rows whose sending got no answer, and was refused when it was repeated: they may stand in the batch. */
  unheard: Map<string, RowPlan>;
  /** Undefined: not acknowledged. */
  id: string | undefined;
  erased: boolean;
}

const CHANGES_ROWS = new Set([
  ...['openBatch', 'appendRows', 'takeRows', 'rowAccepted', 'rowRefused', 'expireRows', 'cancelUntaken', 'cancelRow'],
  ...['catchUp', 'saveSnapshot', 'endLost', 'beginErasure', 'forgetBooking'],
]);

const ADDS_ROWS = new Set(['openBatch', 'appendRows', 'the end']);

/** What really happened, and what must not have: checked from the truth, not by the product's own rules. */
export class Truth {
  readonly told: Told[] = [];
  readonly sent: SentBatch[] = [];
  readonly violations: Violation[] = [];
  readonly story: { at: number; text: string }[] = [];
  readonly #world: World;
  readonly #placed = new Map<string, number>();
  readonly #claimed = new Map<string, number>();
  readonly #forbidden = new Map<string, number>();
  readonly #bounds = new Map<string, { at: number; most: number }[]>();
  /** When each batch was completed or canceled: new rows may have reopened it. */
  readonly #ends = new Map<string, number[]>();
  #seq: number | null = null;
  readonly #said = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  breaks(guarantee: GuaranteeId, why: string): void {
    const key = `${guarantee} ${why}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    this.violations.push({ guarantee, why });
    this.tell(`BREAKS ${guarantee}: ${why}`);
  }

  tell(text: string): void {
    this.story.push({ at: this.#world.timeline.now, text });
  }

  failed(error: unknown): void {
    if (isDisaster(error)) return;
    this.breaks(
      'no_fault',
      error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' ') : String(error),
    );
  }

  warned(fields: object): void {
    if ('err' in fields) this.failed(fields.err);
  }

  placedAt(callId: string): number {
    return this.#placed.get(callId) ?? this.#world.timeline.now;
  }

  /** The id of a batch, or of the booking of its row. */
  idOf(batch: number, row?: number): string | undefined {
    const id = this.sent[batch]?.id;
    const key = row === undefined ? undefined : this.#world.schedule.batches[batch]?.rows[row]?.key;
    if (id === undefined || row === undefined) return id;
    return this.#world.temporal.started.find(({ order }) => order.batch?.id === id && order.batch.key === key)?.order
      .id;
  }

  saw({ name, args, value }: Done): void {
    const { timeline } = this.#world;
    const [first] = args as [{ call_id?: string; phone_hash?: string }];
    if (name === 'takeSlots' && value === undefined) this.#placed.set(first.call_id!, timeline.now);
    if (name === 'claimDial') this.#claimed.set(first.call_id!, timeline.now);
    if (name === 'forbidNumber' && !this.#forbidden.has(first.phone_hash!))
      this.#forbidden.set(first.phone_hash!, timeline.now);
    const waits = name === 'takeLine' && (value as { waits_for?: string }).waits_for;
    if (waits) this.#world.house.note(waits === 'place' ? 'waits for a place' : 'waits for its number');
    if (name === 'changeBatch' || name === 'openBatch') this.#noteBounds();
    if (CHANGES_ROWS.has(name)) this.count(name);
  }

  #noteBounds(): void {
    const rows = this.#world.memory.all<{
      id: string;
      settings_json: string;
      ended_ms: number | null;
      why: string | null;
    }>('select id, settings_json, ended_ms, paused_because as why from batches');
    for (const { id, settings_json, ended_ms, why } of rows) {
      if (why === 'failures') this.#world.house.note('paused by failures');
      if (ended_ms !== null && this.#ends.get(id)?.at(-1) !== ended_ms)
        this.#ends.set(id, [...(this.#ends.get(id) ?? []), ended_ms]);
      const { max_concurrent: most } = JSON.parse(settings_json) as { max_concurrent: number };
      const known = this.#bounds.get(id) ?? [];
      if (known.at(-1)?.most === most) continue;
      this.#bounds.set(id, [...known, { at: this.#world.timeline.now, most }]);
    }
  }

  count(after: string): void {
    const { memory } = this.#world;
    // Events tell of each change of a row that counts. New rows have none.
    const [seqs] = memory.all<{ seq: number | null }>('select sum(last_seq) as seq from batches');
    if (seqs!.seq === this.#seq && !ADDS_ROWS.has(after)) return;
    this.#seq = seqs!.seq;
    type Group = { name: string; n: number };
    const shown = 'in (select id from batches where ready = 1 and erasing = 0)';
    const rows = memory.all<Group>(
      `select batch_id || ' ' || status || ' ' || coalesce(result, '') as name, count(*) as n from batch_rows where batch_id ${shown} group by 1 order by 1`,
    );
    const counts = memory.all<Group>(
      `select batch_id || ' ' || status || ' ' || result as name, sum(count) as n from batch_counts where batch_id ${shown} group by 1 having sum(count) <> 0 order by 1`,
    );
    const [are, say] = [rows, counts].map((groups) => groups.map(({ name, n }) => `${name} ${n}`).join(', '));
    if (are !== say) this.breaks('counts', `after ${after} the rows are ${are}, and the counts say ${say}`);
  }

  /** A request reached the provider: a phone rings. */
  dialed(call: RealCall): void {
    const { phones, schedule, timeline, temporal } = this.#world;
    const { phone, batch, booking_id, placed_at } = call;
    this.tell(`the phone of ${batch?.key ?? 'a single booking'} rings (${call.call_id.slice(-4)})`);
    const others = phones.live().filter((one) => one !== call);
    if (others.some((one) => one.phone === phone)) this.breaks('one_call', `${phone} rings twice at once`);
    const { native } = temporal.bookings.get(booking_id)!.state.input.order.escalation;
    const times = phones.calls.filter((one) => one.booking_id === booking_id).length;
    if (times > (native?.max_attempts ?? 0)) this.breaks('one_call', `${booking_id} is called ${times} times`);
    const most = schedule.calls_at_once;
    if (most !== undefined && others.length + 1 > most)
      this.breaks('places', `${others.length + 1} calls with ${most} places`);
    const forbidden = this.#forbidden.get(this.#world.settings.phoneHash(phone));
    if (forbidden !== undefined && forbidden < (this.#claimed.get(call.call_id) ?? timeline.now))
      this.breaks('uncalled', `${phone} was forbidden`);
    if (batch) this.#ofBatch(call, batch, placed_at, others);
  }

  #ofBatch(call: RealCall, batch: { id: string; key: string }, placed_at: number, others: RealCall[]): void {
    const { timeline } = this.#world;
    const index = this.sent.findIndex((one) => one.id === batch.id);
    const bounds = this.#bounds.get(batch.id) ?? [];
    const inForce = bounds.filter(({ at }, i) => at <= timeline.now && (bounds[i + 1]?.at ?? Infinity) >= placed_at);
    const most = Math.max(...inForce.map((one) => one.most));
    const live = others.filter((one) => one.batch?.id === batch.id).length + 1;
    if (live > most) this.breaks('max_concurrent', `${live} calls at once, and at most ${most} are allowed`);
    const sent = this.sent[index];
    const row = sent?.rows.get(batch.key) ?? sent?.unheard.get(batch.key);
    if (row?.kind === 'invalid') this.breaks('uncalled', `${batch.key} is invalid`);
    const mine = this.told.filter((one) => one.batch === index);
    const before = mine.filter(({ acked_at = Infinity }) => acked_at < placed_at);
    for (const { command, asked_at } of before) {
      const { schedule } = this.#world;
      const goesOn = mine.some(
        ({ command: { do: does }, asked_at: asked, acked_at = Infinity }) =>
          (does === 'resume' || does === 'start') && acked_at >= asked_at && asked <= placed_at,
      );
      const ended = this.#ends.get(batch.id)?.some((at) => at >= asked_at && at <= placed_at);
      if (command.do === 'pause' && !goesOn && !ended)
        this.breaks('paused', `${batch.key} is dialed after a pause (${call.call_id})`);
      if (command.do === 'cancel') this.breaks('canceled', `${batch.key} is dialed after the cancel of its batch`);
      const key = 'row' in command ? schedule.batches[index]?.rows[command.row]?.key : undefined;
      if (command.do === 'cancel_row' && key === batch.key)
        this.breaks('canceled', `${batch.key} is dialed after its cancel`);
      if (command.do === 'erase') this.breaks('uncalled', `${batch.key} is dialed after the erasure of its batch`);
    }
  }
}
