import type { Played } from './play.ts';

/** The operations around which processes die in every phase: rows become bookings, bookings take places, and all of it ends. */
const PHASES = [
  ...['beginBatch', 'putRows', 'openBatch', 'takeRows', 'acceptBooking', 'start', 'markStarted', 'rowAccepted'],
  ...['openGate', 'takeLine', 'claimDial', 'dial', 'saveSnapshot', 'lineHanded', 'childEnded', 'changeBatch'],
  ...['wake', 'cancel', 'cancelRow', 'cancelUntaken', 'expireRows', 'appendRows', 'post'],
];

/** Every disaster that a long run must have met. */
export const DISASTERS: readonly string[] = [
  ...PHASES.flatMap((on) => [`dies_before at ${on}`, `dies_after at ${on}`]),
  ...['takeRows', 'acceptBooking', 'rowAccepted', 'openGate', 'changeBatch'].flatMap((on) =>
    ['refused', 'answer_lost', 'sleeps_before', 'sleeps_after', 'unheard'].map((kind) => `${kind} at ${on}`),
  ),
  ...['lineHanded', 'childEnded', 'wake'].flatMap((on) => ['lost', 'twice', 'late'].map((kind) => `${kind} at ${on}`)),
  ...['worker-1 killed', 'worker-2 killed', 'api killed', 'database away', 'engine away', 'webhook lost'],
  ...['run of a batch lost', 'run of a booking lost', 'run continued anew', 'country barred'],
  ...['start', 'pause', 'resume', 'cancel', 'cancel_row', 'append', 'change', 'erase', 'erase_row', 'forbid_row'].map(
    (command) => `command ${command}`,
  ),
  ...['expired', 'invalid', 'duplicate', 'canceled', 'completed', 'failed', 'needs_review'].map(
    (status) => `row ${status}`,
  ),
  ...['paused by failures', 'waits for a place', 'waits for its number', 'completed again'],
];

/** What a number of worlds has met, by name. */
export class Coverage {
  readonly met = new Map<string, number>();
  runs = 0;
  calls = 0;
  rows = 0;

  note({ world }: Played): void {
    const { house, phones, memory, truth } = world;
    this.runs += 1;
    this.calls += phones.calls.length;
    for (const [what, count] of house.reached) this.#add(what, count);
    for (const { command, acked_at } of truth.told) if (acked_at !== undefined) this.#add(`command ${command.do}`);
    for (const { status, n } of memory.all<{ status: string; n: number }>(
      'select status, count(*) as n from batch_rows group by status',
    )) {
      this.#add(`row ${status}`, n);
      this.rows += n;
    }
    const [again] = memory.all<{ n: number }>('select count(*) as n from batches where completions > 1');
    if (again!.n > 0) this.#add('completed again');
  }

  #add(what: string, count = 1): void {
    this.met.set(what, (this.met.get(what) ?? 0) + count);
  }

  missing(): string[] {
    return DISASTERS.filter((what) => !this.met.has(what));
  }
}
