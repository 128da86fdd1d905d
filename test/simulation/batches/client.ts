import { acceptor } from '../../../accepting/accept.ts';
import { acceptBatch, type BatchDependencies } from '../../../accepting/batches/accept-batch.ts';
import { appendRows } from '../../../accepting/batches/append-rows.ts';
import { changeBatch } from '../../../accepting/batches/change-batch.ts';
import { cancelBatchRow, commandBatch } from '../../../accepting/batches/command-batch.ts';
import { fits } from '../../../domain/batch/lifecycle.ts';
import { readSettings } from '../../../domain/batch/settings-of-query.ts';
import { iso } from '../../../domain/iso.ts';
import { bookingRequestSchema } from '../../../domain/schemas/booking-request.ts';
import { API, type Work } from './house.ts';
import type { BatchPlan, RowPlan, TimedCommand } from './schedule.ts';
import type { SentBatch, Told } from './truth.ts';
import { OWNER, phoneOf, START, type World } from './world.ts';

const AGAIN_MS = 3_000;
const CALM_MS = 600_000;
/** Businesses of this world are three hours behind UTC. */
const ZONE_MS = -3 * 3_600_000;

const local = (ms: number): string => new Date(START + ms + ZONE_MS).toISOString().slice(0, 16);

const rowOf = (row: RowPlan) => ({
  key: row.key,
  business: { name: `Consultorio ${row.line}`, phone: phoneOf(row) },
  request: { service_type: 'dentista', user_name: 'Ana' },
  ...(row.not_before_ms === undefined ? {} : { not_before: local(row.not_before_ms) }),
  ...(row.not_after_ms === undefined ? {} : { not_after: local(row.not_after_ms) }),
});

const escalationOf = ({ dials }: Pick<BatchPlan, 'dials'>) => ({
  native: {
    enabled: true,
    max_attempts: dials.most,
    redial_delay_seconds: dials.redial_seconds,
    budget_seconds: dials.budget_seconds,
    ring_seconds: 30,
    max_call_seconds: 120,
  },
  bridge: { enabled: false },
  simulation: { enabled: false },
  callback: { enabled: false },
});

function settingsOf(plan: BatchPlan) {
  const read = readSettings({
    defaults: { language: 'es', escalation: escalationOf(plan) },
    max_concurrent: plan.max_concurrent,
    start: plan.start,
    duplicates: plan.duplicates,
    on_invalid: 'skip',
    ...(plan.stop_after && { stop_after_failures: plan.stop_after }),
    ...(plan.tells && { callback_url: 'https://client.example/batches' }),
  });
  if ('refused' in read) throw new Error(JSON.stringify(read.refused));
  return read.settings;
}

/** The client: it sends batches and commands by the API's own functions, and repeats what was not answered. */
export class Client {
  readonly #world: World;
  /** Things that are not done yet. */
  #left = 0;

  constructor(world: World) {
    this.#world = world;
  }

  get isDone(): boolean {
    return this.#left === 0;
  }

  begin(): void {
    const { schedule, timeline, truth, house } = this.#world;
    for (const [i, plan] of schedule.batches.entries()) {
      const request = {
        settings: settingsOf(plan),
        from: { rows: plan.rows.map(rowOf) },
        owner: OWNER,
        key: `batch-${i}`,
      };
      const sent: SentBatch = {
        request,
        rows: new Map(plan.rows.map((row) => [row.key, row])),
        unheard: new Map(),
        id: undefined,
        erased: false,
      };
      truth.sent.push(sent);
      this.#later(plan.at_ms, () => this.#send(sent, plan.gives_up));
      for (const again of plan.again_ms) this.#later(again, () => this.#send(sent, true));
    }
    for (const { at_ms, row } of schedule.singles) this.#later(at_ms, () => this.#single(row));
    for (const command of schedule.commands) {
      let sent = false;
      const send = async (): Promise<void> => {
        if (sent) return;
        sent = true;
        await Promise.all([this.#command(command), ...(command.twice ? [this.#command(command)] : [])]);
      };
      this.#later(command.at_ms, send);
      if (command.after) house.after(command.after, () => this.#later(timeline.now - timeline.start, send));
    }
    timeline.plan(0, () => this.#calm());
  }

  #later(ms: number, act: () => Promise<unknown>): void {
    this.#left += 1;
    this.#world.timeline.at(ms, () => {
      void act()
        .catch((error) => this.#world.truth.failed(error))
        .finally(() => {
          this.#left -= 1;
        });
    });
  }

  /** One request, again until it is answered. Undefined: it was given up. */
  async #asked<T>(ask: (deps: ReturnType<typeof this.depsOf>) => Promise<T>, once = false): Promise<T | undefined> {
    const { house, timeline, truth } = this.#world;
    for (;;) {
      while (!house.isUp(API)) await timeline.sleep(1_000);
      const work = house.begin(API);
      try {
        return await ask(this.depsOf(work));
      } catch (error) {
        truth.failed(error);
        if (once) return undefined;
      } finally {
        house.end(work);
      }
      await timeline.sleep(AGAIN_MS);
    }
  }

  depsOf(work: Work) {
    const { temporal, timeline, settings, countries, truth } = this.#world;
    return {
      records: this.#world.recordsOf(work),
      batches: temporal.batches(work),
      gateway: temporal.gateway(work),
      settings: { ...settings, allowedCountries: countries },
      now: () => timeline.now,
      alarms: { raise: () => undefined },
      log: { warn: (fields: object) => truth.warned(fields) },
    } satisfies BatchDependencies & Record<string, unknown>;
  }

  async #send(sent: SentBatch, once: boolean): Promise<void> {
    const accepted = await this.#asked((deps) => acceptBatch(deps, sent.request), once);
    if (!accepted) return;
    if (!('batch' in accepted)) {
      if (!sent.erased) throw new Error(`the batch is ${accepted.how}: ${JSON.stringify(accepted).slice(0, 300)}`);
      return;
    }
    sent.id = accepted.batch.id;
    this.#world.truth.tell(`batch ${accepted.batch.id.slice(0, 7)} is ${accepted.how}`);
  }

  async #single(row: RowPlan): Promise<void> {
    const { not_before: _b, not_after: _a, key, ...more } = { ...rowOf(row), not_before: '', not_after: '' };
    const dials = { most: 2, redial_seconds: 60, budget_seconds: 900 };
    const request = bookingRequestSchema.parse({
      ...more,
      language: 'es',
      escalation: escalationOf({ dials }),
      metadata: { key },
    });
    await this.#asked((deps) => acceptor({ ...deps, counted: () => undefined })({ request, owner: 'single', key }));
  }

  async #command(command: TimedCommand): Promise<void> {
    const { truth, timeline } = this.#world;
    const sent = truth.sent[command.batch];
    if (!sent?.id) return;
    const told: Told = { batch: command.batch, command, asked_at: timeline.now, acked_at: undefined };
    truth.told.push(told);
    if (await this.#done(sent, sent.id, command)) told.acked_at = timeline.now;
    truth.tell(
      `${command.do}${'row' in command ? ` ${command.row}` : ''}: ${told.acked_at === undefined ? 'refused' : 'acknowledged'}`,
    );
  }

  /** True: acknowledged, or found done already. */
  async #done(sent: SentBatch, id: string, command: TimedCommand): Promise<boolean> {
    const { schedule } = this.#world;
    const key = 'row' in command ? (schedule.batches[command.batch]?.rows[command.row]?.key ?? '') : '';
    switch (command.do) {
      case 'start':
      case 'pause':
      case 'resume':
      case 'cancel': {
        const how = command.do === 'cancel' ? { live_calls: command.live_calls } : {};
        const done = await this.#asked(async (deps) => {
          const batch = await deps.records.batch(id);
          return batch && commandBatch(deps, batch, command.do as 'start', how);
        });
        if (done?.how === 'unfit') return command.do === 'pause' && done.batch.view.paused_because === 'user';
        return done?.how === 'changed' || done?.how === 'unchanged';
      }
      case 'cancel_row':
        return (await this.#asked((deps) => cancelBatchRow(deps, id, key))) === 'canceled';
      case 'append': {
        const rows = command.rows.map(rowOf);
        let tries = 0;
        const done = await this.#asked(async (deps) => {
          tries += 1;
          const batch = await deps.records.batch(id);
          return batch && appendRows(deps, batch, { from: { rows } });
        });
        const added = done?.how === 'added';
        // A refusal after an answer that was lost does not say that the first try added nothing.
        const into = added ? sent.rows : tries > 1 ? sent.unheard : undefined;
        for (const row of command.rows) into?.set(row.key, row);
        return added;
      }
      case 'change': {
        const { max_concurrent, not_after_ms } = command;
        const not_after = not_after_ms === undefined ? undefined : local(not_after_ms);
        const change = { ...(max_concurrent && { max_concurrent }), ...(not_after && { not_after }) };
        const done = await this.#asked(async (deps) => {
          const batch = await deps.records.batch(id);
          return batch && changeBatch(deps, batch, change);
        });
        return done?.how === 'changed';
      }
      case 'erase': {
        const begun = await this.#asked(async (deps) => {
          const how = await deps.records.beginBatchErasure(id, iso(deps.now()), (status) => fits('erase', status));
          if (how === 'begun') {
            sent.erased = true;
            await deps.batches.erase(id);
          }
          return how;
        });
        return begun === 'begun';
      }
      case 'erase_row': {
        const booking = this.#world.truth.idOf(command.batch, command.row);
        if (booking === undefined) return false;
        const begun = await this.#asked(async (deps) => {
          const how = await deps.records.beginErasure(booking, { at: iso(deps.now()) });
          if (how === 'begun') await deps.gateway.erase(booking);
          return how;
        });
        return begun === 'begun';
      }
      case 'forbid_row': {
        const row = schedule.batches[command.batch]?.rows[command.row];
        if (!row || row.kind === 'invalid') return false;
        const phone_hash = this.#world.settings.phoneHash(phoneOf(row));
        await this.#asked((deps) =>
          deps.records.forbidNumber({ phone_hash, phone_masked: '…', booking_id: 'by hand', at: iso(deps.now()) }),
        );
        return true;
      }
    }
  }

  /** In the end the client starts and resumes whatever is not final. */
  #calm(): void {
    const { timeline, memory, truth, schedule } = this.#world;
    timeline.plan(CALM_MS, () => {
      this.#calm();
      if (!this.isDone) return;
      for (const { id, status, idempotency_key } of memory.all<{ id: string; status: string; idempotency_key: string }>(
        'select id, status, idempotency_key from batches where erasing = 0 and ready = 1',
      )) {
        const batch = truth.sent.findIndex((sent) => sent.id === id);
        // The client that gave up before its answer finds its batch in the list.
        const mine = truth.sent.find((sent) => sent.request.key === idempotency_key);
        if (batch < 0 && mine) mine.id = id;
        const name = status === 'held' ? 'start' : status === 'paused' ? 'resume' : undefined;
        if (name && batch >= 0)
          this.#later(timeline.now - timeline.start, () => this.#command({ do: name, batch, at_ms: 0 }));
      }
      void schedule;
    });
  }
}
